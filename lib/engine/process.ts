/** The commands of a message in their order, and the phase that the message leaves the session in. */

import { assertNever } from '../message/assert-never.ts';
import { Alert, Status } from '../message/codes.ts';
import type { Command } from '../message/model.ts';
import { handleAlert } from './commands/alert.ts';
import { handleSequence } from './commands/containers.ts';
import { handleGet, handlePut, handleResults } from './commands/device-info.ts';
import { handleMap } from './commands/map.ts';
import { handleStatus } from './commands/status.ts';
import { handleSync } from './commands/sync.ts';
import type { DatastoreState } from './model/datastore-state.ts';
import { dropIncomplete } from './receive/large-object.ts';
import { deleteUnmatched } from './receive/slow-sync.ts';
import { hasSync, isWholeList, note } from './state/datastore-progress.ts';
import { closePackage, noteMessageEnd, type PackageEnd } from './state/package-phase.ts';
import { reserveGeneration } from './sync/begin.ts';
import { answer, answerFault, indexOf, peerContextOf, refuseNested, type Work } from './work.ts';

export function applyCommands(work: Work): void {
  for (const command of work.request.message.commands) applyCommand(work, command);
  work.state.msgId = work.request.message.header.msgId ?? work.state.msgId;
  work.state.at = work.fresh.now;
  work.state.digest = work.request.digest;
}

function applyCommand(work: Work, command: Command): void {
  if (work.suspended) return refuseNested(work, command, Status.cancelledBeforeProcessing); // S05
  if (command.name !== 'Status' && command.fault !== undefined)
    return answerFault(work, command, command.fault);
  switch (command.name) {
    case 'Alert':
      return handleAlert(work, command);
    case 'Sync':
      return handleSync(work, command);
    case 'Map':
      return handleMap(work, command);
    case 'Status':
      return handleStatus(work, command);
    case 'Get':
      return handleGet(work, command);
    case 'Put':
      return handlePut(work, command);
    case 'Results':
      return handleResults(work, command);
    case 'Add':
    case 'Replace':
    case 'Delete':
    case 'Copy':
    case 'Move':
      return answer(work, command, Status.badRequest); // outside a Sync
    case 'Sequence':
      return handleSequence(work, command, (inner) => applyCommand(work, inner));
    case 'Atomic': // there is no transaction over several datastores
      return refuseNested(work, command, Status.notSupported);
    case 'Exec':
    case 'Search':
    case 'Unknown':
      return answer(work, command, Status.notImplemented); // C21
    default:
      return assertNever(command);
  }
}

/** A package of the client that is complete moves the session on. */
export function advancePhase(work: Work): void {
  if (work.suspended) return; // what is open stays open for a resume
  const { final, commands } = work.request.message;
  const asksForMore = commands.some((c) => c.name === 'Alert' && c.code === Alert.nextMessage);
  const end = noteMessageEnd(work.state, { final, asksForMore, hasSubstance: work.substance });
  if (end === undefined) return;
  if (end.package === 3) receiveEnds(work, end);
  closePackage(work.state, end);
}

/** S20: a client that only asks for more has no changes; what it holds is not known. */
function assumeEmptySync(work: Work, datastore: DatastoreState): void {
  if (hasSync(datastore)) return;
  reserveGeneration(work, datastore);
  note(datastore, 'synced');
  datastore.incoming.hasGaps = true;
}

/** A large object of the client was never completed, so that not all that the client has is known. */
function noteIncomplete(work: Work): void {
  const { inbound, datastores } = work.state;
  const datastore = inbound && datastores[inbound.d];
  if (datastore !== undefined) datastore.incoming.hasGaps = true;
  dropIncomplete(work);
}

/** Package #3 is complete. */
function receiveEnds(work: Work, { by }: PackageEnd): void {
  if (by === 'requests') for (const datastore of work.state.datastores) assumeEmptySync(work, datastore);
  noteIncomplete(work);
  for (const datastore of work.state.datastores) {
    const index = isWholeList(datastore) ? indexOf(work, datastore) : undefined;
    if (index !== undefined) deleteUnmatched(peerContextOf(work, datastore), index);
    note(datastore, 'packageEnded');
  }
}
