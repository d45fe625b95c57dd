/** Copy [RP12 6.5.5, C10]: adds an item with the content of another one. */

import { Status } from '../../message/codes.ts';
import type { ItemCommand, MessageItem } from '../../message/model.ts';
import { itemByLuid } from '../changes/mapping.ts';
import { itemRefs } from '../context/answers.ts';
import type { DatastoreSync } from '../context/datastore-sync.ts';
import { luid as asLuid } from '../model/ids.ts';
import { MAX_LUID } from '../model/limits.ts';
import { noteApplied, receiveItem, takeContent } from '../receive/item.ts';
import { traitsOf } from '../state/sync-kind.ts';

export function handleCopy(sync: DatastoreSync, command: ItemCommand): void {
  const { step } = sync;
  if (command.items.length === 0) return step.answers.status(command, Status.incomplete);
  for (const item of command.items)
    if (item.data === undefined) copyItem(sync, command, item);
    else receiveItem(sync, command, item); // some clients send the content too
}

function copyItem(sync: DatastoreSync, command: ItemCommand, item: MessageItem): void {
  const { step, datastore } = sync;
  const refs = itemRefs(item);
  if (!traitsOf(datastore).clientSends) return step.answers.status(command, Status.commandNotAllowed, refs);
  const { source, target } = refs;
  if (!source || !target) return step.answers.status(command, Status.incomplete, refs);
  if (Buffer.byteLength(target) > MAX_LUID) return step.answers.status(command, Status.uriTooLong, refs);
  const original = itemByLuid(sync.peer, source);
  if (original?.content === undefined) return step.answers.status(command, Status.notFound, refs);
  const content = step.changes.wholeOf(datastore.name, original.guid, original.content);
  if (content === undefined) return; // the run is repeated when the text is read
  const applied = takeContent(sync, { name: 'Add', luid: asLuid(target), content }, { isCopy: true });
  noteApplied(sync, applied);
  step.answers.status(command, applied.code, refs);
}
