/** Copy [RP12 6.5.5, C10]: a second item with the content of a first. */
import { Status } from '../../message/codes.ts';
import type { ItemCommand, MessageItem } from '../../message/model.ts';
import { resolve } from '../changes/mapping.ts';
import type { DatastoreState } from '../model/datastore-state.ts';
import { luid as asLuid } from '../model/ids.ts';
import { MAX_LUID } from '../model/limits.ts';
import { noteApplied, receiveItem, takeContent } from '../receive/item.ts';
import { traitsOf } from '../state/sync-kind.ts';
import { answer, itemRefs, peerContextOf, type Work } from '../work.ts';

export function handleCopy(work: Work, datastore: DatastoreState, command: ItemCommand): void {
  if (command.items.length === 0) return answer(work, command, Status.incomplete);
  for (const item of command.items)
    if (item.data === undefined) copyItem(work, datastore, command, item);
    else receiveItem(work, datastore, command, item); // some bring the content along
}

function copyItem(work: Work, datastore: DatastoreState, command: ItemCommand, item: MessageItem): void {
  const refs = itemRefs(item);
  if (!traitsOf(datastore).clientSends) return answer(work, command, Status.commandNotAllowed, refs);
  const { source, target } = refs;
  if (!source || !target) return answer(work, command, Status.incomplete, refs);
  if (Buffer.byteLength(target) > MAX_LUID) return answer(work, command, Status.uriTooLong, refs);
  const original = resolve(peerContextOf(work, datastore), source);
  if (original?.content === undefined) return answer(work, command, Status.notFound, refs);
  const content = work.changes.wholeOf(datastore.name, original.guid, original.content);
  if (content === undefined) return; // the run is repeated with the text
  const applied = takeContent(work, datastore, { name: 'Add', luid: asLuid(target), content });
  noteApplied(work, datastore, applied);
  answer(work, command, applied.code, refs);
}
