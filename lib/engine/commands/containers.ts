/** Sequence and Atomic [RP12 6.5.3, 6.5.15]: commands in commands. */

import { Status, type StatusCode } from '../../message/codes.ts';
import type { Command, Container } from '../../message/model.ts';
import { commandSize } from '../../message/serialize/measure.ts';
import { fitsOneTransaction } from '../changes/transactions.ts';
import type { DatastoreSync } from '../context/datastore-sync.ts';
import type { StepContext } from '../context/step-context.ts';
import { ATOMIC_MARGIN, messageLimit } from '../model/limits.ts';
import { traitsOf } from '../state/sync-kind.ts';
import { type Savepoint, savepoint } from './savepoint.ts';

/** C11: carries out the commands one after the other, also after one that failed. */
export function handleSequence(
  step: StepContext,
  sequence: Container,
  run: (command: Command) => void,
): void {
  step.answers.status(sequence, Status.ok);
  for (const command of sequence.commands) run(command);
}

/** C12: carries out all commands in one transaction, or none of them. */
export function handleAtomic(sync: DatastoreSync, atomic: Container, run: (command: Command) => void): void {
  const { step } = sync;
  const refuse = (code: StatusCode): void => fail(sync, atomic, { code, statuses: [], tried: 0 });
  if (atomic.commands.some(isNotForAtomic)) return refuse(Status.notSupported);
  if (!step.progress.takeAtomic()) return refuse(Status.atomicFailed);
  const saved = savepoint(step);
  const { answers } = step;
  const at = answers.all.length;
  const before = answers.refusals;
  let tried = 0;
  for (const command of atomic.commands) {
    tried += 1;
    run(command);
    if (answers.refusals > before) break;
  }
  const statuses = answers.takeFrom(at);
  const code = answers.refusals > before ? Status.atomicFailed : join(sync, saved, statuses);
  if (code === Status.ok) {
    answers.status(atomic, code);
    answers.say(...statuses);
    return;
  }
  saved.rollback();
  fail(sync, atomic, { code, statuses, tried });
}

/** C13, L23: an Atomic in an Atomic, or a chunk of a large object, which the message does not bring completely. */
const isNotForAtomic = (command: Command): boolean =>
  command.name === 'Atomic' ||
  ('items' in command &&
    (command.items ?? []).some((item) => 'moreData' in item && item.moreData === true)) ||
  ('commands' in command && command.commands.some(isNotForAtomic));

/** Ties all changes of the Atomic into one transaction. A Status other than 200 says why that is not possible. */
function join(sync: DatastoreSync, saved: Savepoint, statuses: readonly Command[]): StatusCode {
  const { step, datastore } = sync;
  const { message, request } = step;
  const limit = messageLimit(step.session.maxMsgSize);
  const size = statuses.reduce(
    (n, one) => n + commandSize({ ...one, cmdId: '99999' }, request.wire, step.session.version),
    0,
  );
  if (message.header.noResp !== true && size > limit - ATOMIC_MARGIN) return Status.atomicResponseTooLarge;
  const guids = saved.touched().map(({ item }) => item.guid);
  const [first] = guids;
  if (first === undefined) return Status.ok;
  step.changes.tie(datastore.name, ...guids);
  return fitsOneTransaction(step.changes.tiedTo(datastore.name, first)) ? Status.ok : Status.atomicFailed;
}

interface Failure {
  readonly code: StatusCode;
  /** The Statuses of the commands that were tried. */
  readonly statuses: readonly Command[];
  /** How many commands were tried. */
  readonly tried: number;
}

/** Answers an Atomic that failed: 216 for commands that were rolled back, 215 for those that were not tried. */
function fail(sync: DatastoreSync, atomic: Container, { code, statuses, tried }: Failure): void {
  const { step, datastore } = sync;
  step.answers.status(atomic, code);
  for (const status of statuses) {
    if (status.name !== 'Status') continue;
    const undone = status.code < 400 || status.code === Status.serverWins;
    step.answers.say({ ...status, ...(undone && { code: Status.atomicRollBack }) });
  }
  const untried = code === Status.notSupported ? code : Status.notExecuted;
  for (const command of atomic.commands.slice(tried)) step.answers.refuseNested(command, untried);
  if (!traitsOf(datastore).isCompared) return;
  // Not all items of the client were compared. None may be sent to it as new, and the next session compares again.
  datastore.incoming.hasGaps = true;
  datastore.anchors.stay = true;
  datastore.outgoing.cursor = { list: 'end', at: 0, sub: 0 };
}
