/**
 * The commands of a message in their order, each handled by its file in commands/; then the phase in which the message
 * leaves the session.
 */

import { assertNever } from '../message/assert-never.ts';
import { Alert, Status } from '../message/codes.ts';
import type { Command } from '../message/model.ts';
import { handleAlert } from './commands/alert.ts';
import { handleSequence } from './commands/containers.ts';
import { handleGet, handlePut, handleResults } from './commands/device-info.ts';
import { handleMap } from './commands/map.ts';
import { handleStatus } from './commands/status.ts';
import { handleSync } from './commands/sync.ts';
import { type DatastoreSync, syncsOf } from './context/datastore-sync.ts';
import type { StepContext } from './context/step-context.ts';
import { dropIncomplete } from './receive/large-object.ts';
import { deleteUnnamed } from './receive/unnamed.ts';
import { hasSync, isSweeping, isWholeList, note } from './state/datastore-progress.ts';
import { closePackage, noteMessageEnd, type PackageEnd } from './state/package-phase.ts';
import { reserveGeneration } from './sync/begin.ts';

export function applyCommands(step: StepContext): void {
  for (const command of step.message.commands) applyCommand(step, command);
  step.session.msgId = step.message.header.msgId ?? step.session.msgId;
  step.session.at = step.environment.now;
  step.session.digest = step.request.digest;
}

function applyCommand(step: StepContext, command: Command): void {
  if (step.progress.isSuspended) return step.answers.refuseNested(command, Status.cancelledBeforeProcessing); // S05
  if (command.name !== 'Status' && command.fault !== undefined)
    return step.answers.fault(command, command.fault);
  switch (command.name) {
    case 'Alert':
      return handleAlert(step, command);
    case 'Sync':
      return handleSync(step, command);
    case 'Map':
      return handleMap(step, command);
    case 'Status':
      return handleStatus(step, command);
    case 'Get':
      return handleGet(step, command);
    case 'Put':
      return handlePut(step, command);
    case 'Results':
      return handleResults(step, command);
    case 'Add':
    case 'Replace':
    case 'Delete':
    case 'Copy':
    case 'Move':
      return step.answers.status(command, Status.badRequest); // outside a Sync
    case 'Sequence':
      return handleSequence(step, command, (inner) => applyCommand(step, inner));
    case 'Atomic': // there is no transaction over several datastores
      return step.answers.refuseNested(command, Status.notSupported);
    case 'Exec':
    case 'Search':
    case 'Unknown':
      return step.answers.status(command, Status.notImplemented); // C21
    default:
      return assertNever(command);
  }
}

/** Moves the session on when a package of the client is complete. */
export function advancePhase(step: StepContext): void {
  if (step.progress.isSuspended) return; // a resume goes on with the open package
  goOnDeleting(step);
  const { final, commands } = step.message;
  const asksForMore = commands.some((c) => c.name === 'Alert' && c.code === Alert.nextMessage);
  const end = noteMessageEnd(step.session, { final, asksForMore, hasSubstance: step.progress.hasSubstance });
  if (end === undefined) return;
  if (end.package === 3) receiveEnds(step, end);
  closePackage(step.session, end);
}

/** S20: a client that only asks for more is taken to have no changes. Which items it holds is not known. */
function assumeEmptySync(sync: DatastoreSync): void {
  const { datastore } = sync;
  if (hasSync(datastore)) return;
  reserveGeneration(sync);
  note(datastore, 'synced');
  datastore.incoming.hasGaps = true;
}

/** A large object that the client never completed is dropped; from then on not all items of the client are known. */
function noteIncomplete(step: StepContext): void {
  const { inbound, datastores } = step.session;
  const datastore = inbound && datastores[inbound.d];
  if (datastore !== undefined) datastore.incoming.hasGaps = true;
  dropIncomplete(step);
}

/** Package #3 is complete. */
function receiveEnds(step: StepContext, { by }: PackageEnd): void {
  if (by === 'requests') for (const sync of syncsOf(step)) assumeEmptySync(sync);
  noteIncomplete(step);
  for (const sync of syncsOf(step)) {
    const { datastore } = sync;
    if (!isWholeList(datastore) || deleteUnnamed(sync)) note(datastore, 'packageEnded');
  }
}

/** Goes on with deletions that the end of package #3 began and that were too many for one message. */
function goOnDeleting(step: StepContext): void {
  for (const sync of syncsOf(step))
    if (isSweeping(sync.datastore) && deleteUnnamed(sync)) note(sync.datastore, 'packageEnded');
}
