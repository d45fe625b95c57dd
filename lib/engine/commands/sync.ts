/**
 * The Sync command and the commands in it [SP11 5.1]: an Add or Replace goes to receive/item.ts item by item, a Delete
 * to receive/apply.ts. Each item gets its own Status (C09, P19, P20).
 */

import { assertNever } from '../../message/assert-never.ts';
import { Status, type StatusCode } from '../../message/codes.ts';
import type { Command, Delete, ItemCommand, MessageItem, Sync } from '../../message/model.ts';
import { askTail } from '../changes/log-heads.ts';
import { itemByLuid, noteBlanks } from '../changes/mapping.ts';
import { itemRefs, type Refs } from '../context/answers.ts';
import { type DatastoreSync, syncNamed } from '../context/datastore-sync.ts';
import type { StepContext } from '../context/step-context.ts';
import type { DatastoreState } from '../model/datastore-state.ts';
import { datastoreOf } from '../model/datastores.ts';
import { MAX_LUID } from '../model/limits.ts';
import { applyDelete } from '../receive/apply.ts';
import { hasRoom, noteApplied, receiveItem, refuseContent } from '../receive/item.ts';
import { dropInterrupted } from '../receive/large-object.ts';
import { noteMemory } from '../send/memory.ts';
import { note } from '../state/datastore-progress.ts';
import { move, phaseRefusal } from '../state/package-phase.ts';
import { traitsOf } from '../state/sync-kind.ts';
import { reserveGeneration } from '../sync/begin.ts';
import { handleAtomic, handleSequence } from './containers.ts';
import { handleCopy } from './copy.ts';

/** Bytes that the entry of a change has in the match index, about. */
const ENTRY_BYTES = 40;

export function handleSync(step: StepContext, command: Sync): void {
  const refs: Refs = {
    ...(command.target && { target: command.target.uri }),
    ...(command.source && { source: command.source.uri }),
  };
  step.progress.noteSubstance();
  // E26: an empty Target means the client's own name of the database.
  const known = datastoreOf(refs.target || refs.source || '');
  const sync = syncNamed(step, known?.name);
  const refusal = known === undefined ? Status.notFound : refusalOf(step, sync?.datastore);
  if (sync === undefined || refusal !== undefined)
    return refuseAll(step, command, refusal ?? Status.notFound, refs);
  move(step.session, 'synced');
  reserveGeneration(sync);
  note(sync.datastore, 'synced');
  noteSaid(sync, command);
  askTail(
    step.facts,
    { user: step.session.user, datastore: sync.name },
    ENTRY_BYTES * command.commands.length,
  );
  step.answers.status(command, Status.ok, refs);
  for (const change of command.commands) handleChange(sync, change);
}

/** Notes what the client says of its database with the Sync: the largest object that it takes, its free memory. */
function noteSaid({ datastore, device }: DatastoreSync, { meta }: Sync): void {
  const { client } = datastore;
  const { description } = device;
  if (description !== undefined) client.described ??= description;
  if (meta?.maxObjSize !== undefined) client.maxObjSize = meta.maxObjSize; // L02
  noteMemory(datastore, meta?.mem);
}

/** The Status that refuses the Sync; undefined: the Sync is taken. */
function refusalOf(step: StepContext, datastore: DatastoreState | undefined): StatusCode | undefined {
  if (datastore === undefined) return Status.incomplete; // a Sync without the Alert that begins it
  // Without separate initialisation the first batch is not taken when another kind of sync is needed (P34).
  if (datastore.incoming.refusedIn === step.message.header.msgId) return Status.refreshRequired;
  return phaseRefusal(step.session, 'sync');
}

function refuseAll(step: StepContext, command: Sync, code: StatusCode, refs: Refs): void {
  step.answers.status(command, code, refs);
  for (const change of command.commands) step.answers.refuseNested(change, code);
}

/** One command in a Sync. */
function handleChange(sync: DatastoreSync, command: Command): void {
  const { step } = sync;
  if (command.name !== 'Status' && command.fault !== undefined)
    return step.answers.fault(command, command.fault);
  switch (command.name) {
    case 'Add':
    case 'Replace':
      return handleItems(sync, command);
    case 'Delete':
      return handleDelete(sync, command);
    case 'Copy':
      return handleCopy(sync, command);
    case 'Move': // datastores have no folders (C29)
      return step.answers.status(command, Status.notSupported);
    case 'Atomic':
      return handleAtomic(sync, command, (inner) => handleChange(sync, inner));
    case 'Sequence':
      return handleSequence(step, command, (inner) => handleChange(sync, inner));
    case 'Exec':
    case 'Search':
    case 'Unknown':
      return step.answers.status(command, Status.notImplemented);
    case 'Alert':
    case 'Get':
    case 'Put':
    case 'Results':
    case 'Map':
    case 'Sync':
      return step.answers.status(command, Status.badRequest);
    case 'Status':
      return;
    default:
      return assertNever(command);
  }
}

function handleItems(sync: DatastoreSync, command: ItemCommand): void {
  const { step } = sync;
  if (command.items.length === 0) return step.answers.status(command, Status.incomplete);
  const open = command.items.findIndex((item) => item.moreData === true);
  const end = open < 0 ? command.items.length : open + 1;
  for (const item of command.items.slice(0, end)) receiveItem(sync, command, item);
  // L23: a chunk must be the last item of its command.
  for (const item of command.items.slice(end)) {
    refuseContent(sync, item.source?.uri ?? '');
    step.answers.status(command, Status.badRequest, itemRefs(item));
  }
}

function handleDelete(sync: DatastoreSync, command: Delete): void {
  const { step } = sync;
  dropInterrupted(step, sync.position);
  if (command.items.length === 0) return step.answers.status(command, Status.incomplete);
  for (const item of command.items) deleteItem(sync, command, item);
}

function deleteItem(sync: DatastoreSync, command: Delete, item: MessageItem): void {
  const { step, datastore } = sync;
  const luid = item.source?.uri ?? item.target?.uri;
  if (luid === undefined || luid === '') return step.answers.status(command, Status.incomplete);
  if (Buffer.byteLength(luid) > MAX_LUID) return step.answers.status(command, Status.itemNotDeleted);
  const refs = itemRefs(item);
  if (!traitsOf(datastore).clientSends) return step.answers.status(command, Status.commandNotAllowed, refs);
  const peer = sync.peer;
  noteBlanks(peer, luid);
  if (command.sftDel === true) {
    // C07, C08: a soft delete is not supported, because the client must never get the item again after it.
    const known = itemByLuid(peer, luid);
    const deleted = known !== undefined && known.content === undefined;
    return step.answers.status(command, deleted ? Status.softDeleteConflict : Status.notSupported, refs);
  }
  if (!hasRoom(peer, luid, 0)) return step.answers.status(command, Status.commandFailed, refs);
  const applied = applyDelete(peer, luid);
  noteApplied(sync, applied);
  const archived = command.archive === true && applied.code === Status.ok;
  step.answers.status(command, archived ? Status.deletedNotArchived : applied.code, refs); // C06
}
