/**
 * THE RULES: one message in, one decision out.
 *
 * Promise of this folder: no clock, no randomness, no await, no I/O, no log. The same request, facts and environment
 * give the same decision, so any exchange replays from its log.
 */

import type { Message, Version } from '../message/model.ts';
import { readMessage } from '../message/read-message.ts';
import { type PlannedTransactions, planTransactions } from './changes/transactions.ts';
import { withNumberedPairs } from './context/numbered-pairs.ts';
import { withStandings } from './context/standings.ts';
import { createStep, type StepContext, withMessage } from './context/step-context.ts';
import type { EngineEvent } from './io/events.ts';
import { Facts, Pending, type Read } from './io/facts.ts';
import type { Environment, Request } from './io/request.ts';
import type { Put } from './io/writes.ts';
import { type GoOn, Groundwork } from './match/groundwork.ts';
import { advancePhase, applyCommands } from './process.ts';
import { refusal } from './reply/reply.ts';
import { buildReply } from './respond.ts';
import { takeLimits } from './session/client-limits.ts';
import type { Unsettled } from './session/going-on.ts';
import { type OpenedSession, openSession, type Refused } from './session/open-session.ts';
import { sendsAlerts, sendsChanges } from './state/package-phase.ts';

export type Decision =
  /** The step lacks the answers to these reads: it is run again with them. */
  | { readonly kind: 'needs'; readonly reads: readonly Read[] }
  /** The message was processed before: send the stored reply. */
  | { readonly kind: 'repeated'; readonly user: string }
  /** All is read anew, and the step run again. */
  | Unsettled
  | GroundworkDue
  | Decided;

/** These transactions are to be written first; then the step is run again, on facts that are read anew. */
export interface GroundworkDue {
  readonly kind: 'groundwork';
  readonly user: string;
  readonly version: Version;
  readonly transactions: readonly (readonly Put[])[];
  /** For the environment of the next run. */
  readonly goOn?: GoOn;
  /** The session as it was found, for a busy answer. */
  readonly opened: OpenedSession;
}

export interface Decided {
  readonly kind: 'decided';
  /** The reply, and the SyncML version that it is written in. */
  readonly message: Message;
  readonly version: Version;
  /** Absent when nobody is authenticated and no login is known. Then nothing is written. */
  readonly user?: string;
  /** Transactions in order; the last one holds the session; lib/app adds the encoded reply to it. */
  readonly transactions: readonly (readonly Put[])[];
  /** False for a refusal: there is no session that the reply could be kept with. */
  readonly keepReply: boolean;
  readonly events: readonly EngineEvent[];
  /** The session as it was found, for a busy answer. */
  readonly opened?: OpenedSession;
}

/** Decides one message on the facts that are known; without enough of them it says which ones are missing. */
export function step(
  request: Request,
  known: ReadonlyMap<string, unknown>,
  environment: Environment,
): Decision {
  const facts = new Facts(known);
  let decision: Decision | undefined;
  try {
    decision = runOnce(request, facts, environment);
  } catch (error) {
    // An error on incomplete facts means nothing: the run is repeated on complete ones.
    if (!(error instanceof Pending) && facts.missing.size === 0) throw error;
  }
  if (facts.missing.size > 0 || decision === undefined)
    return { kind: 'needs', reads: [...facts.missing.values()] };
  return decision;
}

/** One run on the facts so far. What it gives is thrown away when a fact was missing. */
function runOnce(request: Request, facts: Facts, environment: Environment): Decision {
  const opened = openSession(request, facts, environment);
  if (opened.kind === 'refused') return refused(request, opened);
  if (opened.kind !== 'open') return opened;
  try {
    return decide(request, facts, environment, opened);
  } catch (error) {
    if (!(error instanceof Groundwork)) throw error;
    const { user, version } = opened.state;
    const { transactions, goOn } = error;
    return { kind: 'groundwork', user, version, transactions, opened, ...(goOn && { goOn }) };
  }
}

/** Carries out the message of a session. */
function decide(request: Request, facts: Facts, environment: Environment, opened: OpenedSession): Decided {
  const session = structuredClone(opened.state);
  takeLimits(session, request.message);
  const step = carryOut(createStep({ request, environment, facts, session, device: opened.device }));
  advancePhase(step);
  // A reply of Statuses asks for nothing more: it is not worth the work before all is read.
  if (facts.missing.size > 0 && !sendsAlerts(session) && !sendsChanges(session)) throw new Pending();
  const planned = withStandings(step, withNumberedPairs(step, planTransactions(step.changes)));
  const message = buildReply(step, planned, opened);
  return {
    kind: 'decided',
    message,
    version: session.version,
    user: session.user,
    transactions: withRest(
      isSplit(planned.transactions)
        ? step.anchors.withReservations(planned.transactions)
        : planned.transactions,
      otherRows(step, opened, planned),
    ),
    keepReply: true,
    events: step.events.all,
    opened,
  };
}

/**
 * The rows that are written beside the items. A challenge changes the nonce, so the device's row is written with it.
 */
function otherRows(
  { anchors, rows, device, session }: StepContext,
  opened: OpenedSession,
  planned: PlannedTransactions,
): Put[] {
  const isDeviceDue = device.isChanged || opened.chal !== undefined;
  return [
    ...rows.puts,
    ...anchors.puts({ isReserved: isSplit(planned.transactions) }),
    ...(isDeviceDue ? ([{ put: 'device', device: session.device, record: device.record }] as const) : []),
    { put: 'session', state: session, version: opened.rowVersion },
  ];
}

/** Are the items written in several transactions? After a crash a part of them may be there, and the rest not. */
const isSplit = (items: readonly unknown[]): boolean => items.length > 1;

/** The answer to a message that opens no session. */
function refused(request: Request, opened: Refused): Decided {
  const { code, version, chal, items, user, puts = [] } = opened;
  const message = refusal(request, { code, version, ...(chal && { chal }), ...(items && { items }) });
  const { failedLogin: login } = opened;
  const events: EngineEvent[] = [
    login === undefined ? { event: 'not-opened', code } : { event: 'auth-failed', login },
  ];
  return {
    kind: 'decided',
    message,
    version,
    ...(user !== undefined && { user }),
    transactions: puts.length > 0 ? [puts] : [],
    keepReply: false,
    events,
  };
}

/**
 * Carries out the message, and before it the one that was kept for want of time (B05). Gives the step as it ended.
 */
function carryOut(step: StepContext): StepContext {
  const { message, session, tag } = step;
  const before = deferredMessage(step);
  const { tag: tagBefore = '' } = session.deferred ?? {};
  delete session.deferred;
  if (session.msgId > 0) delete session.cutOff;
  if (before === undefined) {
    applyCommands(step);
    return step;
  }
  const first = withMessage(step, { message: before, tag: tagBefore });
  applyCommands(first);
  const final = before.final || message.final;
  const last = withMessage(first, { message: { ...message, final }, tag });
  applyCommands(last);
  return last;
}

/** The message that was kept in the session; undefined when none was. */
function deferredMessage({ session, facts }: StepContext): Message | undefined {
  const { deferred, user, device, sessionId } = session;
  if (deferred === undefined) return undefined;
  const { tag, rows, wire, charset } = deferred;
  const bytes = facts.must({ read: 'chunks', user, device, sessionId, from: 0, rows, tag });
  return bytes && readMessage(bytes, wire, charset); // it could be read when it came
}

/** All transactions, in order. The last one takes the rows beside the items. */
const withRest = (items: readonly (readonly Put[])[], rest: readonly Put[]): (readonly Put[])[] => [
  ...items.slice(0, -1),
  [...(items.at(-1) ?? []), ...rest],
];
