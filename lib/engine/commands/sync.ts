/** Sync and the changes in it [SP11 5.1]: each item gets its own Status (C09, P19, P20). */

import { assertNever } from '../../message/assert-never.ts';
import { Status, type StatusCode } from '../../message/codes.ts';
import type { Command, Delete, ItemCommand, MessageItem, Sync } from '../../message/model.ts';
import { resolve } from '../changes/mapping.ts';
import { descriptionOf } from '../device/formats.ts';
import type { DatastoreState } from '../model/datastore-state.ts';
import { datastoreOf } from '../model/datastores.ts';
import { MAX_LUID } from '../model/limits.ts';
import { applyDelete } from '../receive/apply.ts';
import { hasRoom, noteApplied, receiveItem, refuseContent } from '../receive/item.ts';
import { dropIncomplete } from '../receive/large-object.ts';
import { noteMemory } from '../send/memory.ts';
import { note } from '../state/datastore-progress.ts';
import { move, phaseRefusal } from '../state/package-phase.ts';
import { traitsOf } from '../state/sync-kind.ts';
import { reserveGeneration } from '../sync/begin.ts';
import { answer, answerFault, itemRefs, peerContextOf, type Refs, refuseNested, type Work } from '../work.ts';
import { handleAtomic, handleSequence } from './containers.ts';
import { handleCopy } from './copy.ts';

export function handleSync(work: Work, sync: Sync): void {
  const refs: Refs = {
    ...(sync.target && { target: sync.target.uri }),
    ...(sync.source && { source: sync.source.uri }),
  };
  work.substance = true;
  // E26: an empty Target means the client's own name of the database.
  const known = datastoreOf(refs.target || refs.source || '');
  const datastore = work.state.datastores.find((candidate) => candidate.name === known?.name);
  const refusal = refusalOf(work, known !== undefined, datastore);
  if (datastore === undefined || refusal !== undefined)
    return refuseAll(work, sync, refusal ?? Status.notFound, refs);
  move(work.state, 'synced');
  reserveGeneration(work, datastore);
  note(datastore, 'synced');
  const description = descriptionOf(work, datastore);
  if (description !== undefined) datastore.client.described ??= description;
  if (sync.meta?.maxObjSize !== undefined) datastore.client.maxObjSize = sync.meta.maxObjSize; // L02
  noteMemory(datastore, sync.meta?.mem);
  answer(work, sync, Status.ok, refs);
  for (const command of sync.commands) handleChange(work, datastore, command);
}

function refusalOf(
  work: Work,
  known: boolean,
  datastore: DatastoreState | undefined,
): StatusCode | undefined {
  if (!known) return Status.notFound;
  if (datastore === undefined) return Status.incomplete; // a Sync without the Alert that begins it
  // Without separate initialisation the first batch is not taken when another sync type is needed (P34).
  if (datastore.incoming.refusedIn === work.request.message.header.msgId) return Status.refreshRequired;
  return phaseRefusal(work.state, 'sync');
}

function refuseAll(work: Work, sync: Sync, code: StatusCode, refs: Refs): void {
  answer(work, sync, code, refs);
  for (const command of sync.commands) refuseNested(work, command, code);
}

function handleChange(work: Work, datastore: DatastoreState, command: Command): void {
  if (command.name !== 'Status' && command.fault !== undefined)
    return answerFault(work, command, command.fault);
  switch (command.name) {
    case 'Add':
    case 'Replace':
      return handleItems(work, datastore, command);
    case 'Delete':
      return handleDelete(work, datastore, command);
    case 'Copy':
      return handleCopy(work, datastore, command);
    case 'Move': // our datastores are flat (C29)
      return answer(work, command, Status.notSupported);
    case 'Atomic':
      return handleAtomic(work, datastore, command, (inner) => handleChange(work, datastore, inner));
    case 'Sequence':
      return handleSequence(work, command, (inner) => handleChange(work, datastore, inner));
    case 'Exec':
    case 'Search':
    case 'Unknown':
      return answer(work, command, Status.notImplemented);
    case 'Alert':
    case 'Get':
    case 'Put':
    case 'Results':
    case 'Map':
    case 'Sync':
      return answer(work, command, Status.badRequest);
    case 'Status':
      return;
    default:
      return assertNever(command);
  }
}

function handleItems(work: Work, datastore: DatastoreState, command: ItemCommand): void {
  if (command.items.length === 0) return answer(work, command, Status.incomplete);
  const open = command.items.findIndex((item) => item.moreData === true);
  const end = open < 0 ? command.items.length : open + 1;
  for (const item of command.items.slice(0, end)) receiveItem(work, datastore, command, item);
  // L23: nothing stands behind a chunk in its command.
  for (const item of command.items.slice(end)) {
    refuseContent(work, datastore, item.source?.uri ?? '');
    answer(work, command, Status.badRequest, itemRefs(item));
  }
}

function handleDelete(work: Work, datastore: DatastoreState, command: Delete): void {
  dropIncomplete(work);
  if (command.items.length === 0) return answer(work, command, Status.incomplete);
  for (const item of command.items) deleteItem(work, datastore, command, item);
}

function deleteItem(work: Work, datastore: DatastoreState, command: Delete, item: MessageItem): void {
  const luid = item.source?.uri ?? item.target?.uri;
  if (luid === undefined || luid === '') return answer(work, command, Status.incomplete);
  if (Buffer.byteLength(luid) > MAX_LUID) return answer(work, command, Status.itemNotDeleted);
  const refs = itemRefs(item);
  if (!traitsOf(datastore).clientSends) return answer(work, command, Status.commandNotAllowed, refs);
  const peer = peerContextOf(work, datastore);
  if (command.sftDel === true) {
    // C07, C08: the client would have to be kept from getting it again for good.
    const known = resolve(peer, luid);
    const deleted = known !== undefined && known.content === undefined;
    return answer(work, command, deleted ? Status.softDeleteConflict : Status.notSupported, refs);
  }
  if (!hasRoom(peer, luid, 0)) return answer(work, command, Status.commandFailed, refs);
  const applied = applyDelete(peer, luid);
  noteApplied(work, datastore, applied);
  const archived = command.archive === true && applied.code === Status.ok;
  answer(work, command, archived ? Status.deletedNotArchived : applied.code, refs); // C06
}
