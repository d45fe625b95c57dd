/**
 * THE RULES: one message in, one decision out.
 *
 * Promise of this folder: no clock, no randomness, no await, no I/O, no log. The same request, facts and fresh values
 * give the same decision, so any exchange replays from its log.
 */

import type { Message, Version } from '../message/model.ts';
import { readMessage } from '../message/read-message.ts';
import { ChangeSet } from './changes/change-set.ts';
import { planTransactions } from './changes/transactions.ts';
import { Facts, Pending, type Read } from './io/facts.ts';
import type { Put } from './io/writes.ts';
import { peerOfDevice } from './model/ids.ts';
import { BULKY_ROWS } from './model/limits.ts';
import { advancePhase, applyCommands } from './process.ts';
import { refusal } from './reply/reply.ts';
import { buildReply } from './reply/respond.ts';
import { takeLimits } from './session/client-limits.ts';
import { type Opened, openSession, type Refused } from './session/open-session.ts';
import type { EngineEvent, Fresh, Request, Work } from './work.ts';

export type Decision =
  /** The step cannot be decided without these; run it again with their answers. */
  | { readonly kind: 'needs'; readonly reads: readonly Read[] }
  /** The message was processed before: send the stored reply. */
  | { readonly kind: 'repeated'; readonly user: string }
  | Decided;

export interface Decided {
  readonly kind: 'decided';
  readonly message: Message;
  readonly version: Version;
  /** Absent when nobody is authenticated and no login is known: then there are no writes either. */
  readonly user?: string;
  /** Transactions in order; the last one holds the session, to which the shell adds the encoded reply. */
  readonly transactions: readonly (readonly Put[])[];
  /** False for a refusal: there is no session to keep the reply for. */
  readonly keepReply: boolean;
  readonly events: readonly EngineEvent[];
  /** The session as it was found, for a busy answer. */
  readonly opened?: Extract<Opened, { kind: 'open' }>;
}

export function step(request: Request, known: ReadonlyMap<string, unknown>, fresh: Fresh): Decision {
  const facts = new Facts(known);
  let decision: Decision | undefined;
  try {
    decision = decide(request, facts, fresh);
  } catch (error) {
    // What is thrown on incomplete facts means nothing: the run is repeated on complete ones.
    if (!(error instanceof Pending) && facts.missing.size === 0) throw error;
  }
  if (facts.missing.size > 0 || decision === undefined)
    return { kind: 'needs', reads: [...facts.missing.values()] };
  return decision;
}

function decide(request: Request, facts: Facts, fresh: Fresh): Decision {
  const opened = openSession(request, facts, fresh);
  if (opened.kind === 'refused') return refused(request, opened);
  if (opened.kind === 'repeated') return opened;
  const work = begin(request, facts, fresh, opened);
  carryOut(work);
  advancePhase(work);
  const planned = planTransactions(work.changes);
  const message = buildReply(work, planned, opened);
  if (work.device !== opened.device || opened.chal !== undefined) keepDevice(work, opened);
  const { state } = work;
  const rest: Put[] = [...work.puts, { put: 'session', state, version: opened.version }];
  return {
    kind: 'decided',
    message,
    version: state.version,
    user: state.user,
    transactions: withRest(planned.transactions, rest),
    keepReply: true,
    events: work.events,
    opened,
  };
}

function refused(request: Request, { code, version, chal, items, user, puts = [] }: Refused): Decided {
  const message = refusal(request, { code, version, ...(chal && { chal }), ...(items && { items }) });
  const events: EngineEvent[] = [{ event: 'auth-failed', code }];
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

function begin(
  request: Request,
  facts: Facts,
  fresh: Fresh,
  opened: Extract<Opened, { kind: 'open' }>,
): Work {
  const state = structuredClone(opened.state);
  takeLimits(state, request.message);
  const peer = peerOfDevice(state.device);
  const origin = { user: state.user, peer, session: state.sessionId, now: fresh.now };
  return {
    request,
    facts,
    fresh,
    state,
    peer,
    changes: new ChangeSet(facts, origin),
    device: opened.device,
    out: [],
    puts: [],
    indexes: new Map(),
    windows: new Set(),
    events: [],
    substance: false,
    refusals: 0,
    atomics: 0,
    suspended: false,
  };
}

/** The message, and before it the one that there was no time for (B05). */
function carryOut(work: Work): void {
  const { request, state } = work;
  const before = heldMessage(work);
  delete state.held;
  if (state.msgId > 0) delete state.cutOff;
  if (before !== undefined) {
    work.request = { ...request, message: before };
    applyCommands(work);
    const final = before.final || request.message.final;
    work.request = { ...request, message: { ...request.message, final } };
  }
  applyCommands(work);
}

function heldMessage({ state, facts }: Work): Message | undefined {
  const { held, user, device, sessionId } = state;
  if (held === undefined) return undefined;
  const { tag, rows, wire, charset } = held;
  const bytes = facts.must({ read: 'chunks', user, device, sessionId, from: 0, rows, tag });
  return bytes && readMessage(bytes, wire, charset); // it could be read when it came
}

/** The device's row: its nonce for the next session, its device information. */
function keepDevice(work: Work, opened: Extract<Opened, { kind: 'open' }>): void {
  const record = work.device ?? opened.device ?? { version: 0 };
  work.puts.push({ put: 'device', device: work.state.device, record });
}

/** A row that means nothing before the session names it. */
export const isBulky = (put: Put): boolean => put.put === 'index' || put.put === 'chunk';

/**
 * The transactions of the items, and in the last one the other rows. Rows that may be written early and twice go before
 * them all, in transactions of their own.
 */
function withRest(items: readonly (readonly Put[])[], rest: readonly Put[]): (readonly Put[])[] {
  const bulky = rest.filter(isBulky);
  const others = rest.filter((put) => !isBulky(put));
  const early: Put[][] = [];
  for (let at = 0; at < bulky.length; at += BULKY_ROWS) early.push(bulky.slice(at, at + BULKY_ROWS));
  const last = items.at(-1) ?? [];
  return [...early, ...items.slice(0, -1), [...last, ...others]];
}
