/**
 * One round trip: the step is run, its reads are answered and it is run again until it is decided (decide.ts), then
 * what it decided is written (write-transactions.ts). After a lost race all of it begins again.
 *
 * Owns: the order of reads and transactions, and the retry after a lost race. Must not know: HTTP, any rule of SyncML.
 */

import { encode } from '../codec/codec.ts';
import type { EngineEvent } from '../engine/io/events.ts';
import type { Environment, Request } from '../engine/io/request.ts';
import { peerOfDevice } from '../engine/model/ids.ts';
import { busyAnswer } from '../engine/session/deferred.ts';
import { type Decided, type GroundworkDue, step } from '../engine/step.ts';
import { serializeMessage } from '../message/serialize/message.ts';
import type { Store } from '../store/port/port.ts';
import type { Scope } from '../store/step-io/put-row.ts';
import { readReply, replyWrites } from '../store/step-io/reply-rows.ts';
import { decideOnFacts } from './decide.ts';
import { writeInOrder } from './write-transactions.ts';

export interface ExchangeDeps {
  readonly store: Store;
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly random: (bytes: number) => Uint8Array;
  /** Seconds within which an answer leaves. */
  readonly answerSeconds?: number;
}

/** API Gateway gives up after 30 seconds. */
export const ANSWER_SECONDS = 20;
/**
 * After this part of the time nothing more is begun. The rest is for one more store call and for writing the answer.
 */
const WORKING_PART = 0.75;

export interface Exchanged {
  readonly contentType: string;
  readonly bytes: Uint8Array;
  readonly user?: string;
  readonly repeated: boolean;
  readonly attempts: number;
  readonly events: readonly EngineEvent[];
}

/** How many races a message may lose before the client is asked to send it again. */
const MAX_ATTEMPTS = 5;

/** How many portions of groundwork may lose their races. */
const MAX_LOST_PORTIONS = 100;

/** The message lost too many races. Nothing of it is lost; the client may send it again. */
export class BusyError extends Error {
  override readonly name = 'BusyError';
}

export const CONTENT_TYPES = {
  xml: 'application/vnd.syncml+xml; charset=utf-8',
  wbxml: 'application/vnd.syncml+wbxml',
} as const;

/**
 * Answers one message within its time (docs/adr/0009). Throws BusyError or a StoreError when the message should be sent
 * again.
 */
export async function exchange(deps: ExchangeDeps, request: Request): Promise<Exchanged> {
  const now = deps.now();
  const deadline = now + (deps.answerSeconds ?? ANSWER_SECONDS) * 1000 * WORKING_PART;
  const isLate = () => deps.now() >= deadline;
  const environment = environmentAt(now, deps);
  const late = async (decision: Pick<Decided, 'opened' | 'version'>, attempts: number) => ({
    ...(await defer(deps.store, decision, { request, now })),
    attempts,
  });
  let before: Pick<Environment, 'places' | 'sessionRead'> = {};
  for (let attempt = 1, lost = 0; lost < MAX_ATTEMPTS; attempt += 1) {
    const isLast = isLate();
    const run = (known: ReadonlyMap<string, unknown>) =>
      step(request, known, { ...environment, ...before, hurry: isLast || isLate() });
    const decision = await decideOnFacts(deps.store, run);
    if (decision.kind === 'repeated' || decision.kind === 'unsettled') {
      const again = decision.kind === 'repeated' && (await repeat(deps.store, request, decision.user));
      if (again) return { ...again, attempts: attempt };
      if (decision.kind === 'unsettled') before = { ...before, sessionRead: decision.sessionRead };
      lost += 1;
      continue;
    }
    if (decision.kind === 'groundwork') {
      if (isLast) return late(decision, attempt);
      const went = await writeGroundwork(deps.store, decision, scopeOf(request, decision.user, now));
      // A portion that lost its race counts little: somebody else has come forward, with the same work most likely.
      if (went === 'lost') lost += MAX_ATTEMPTS / MAX_LOST_PORTIONS;
      else before = { ...before, places: { ...before.places, ...went } };
      continue;
    }
    const done = await writeDecided(deps.store, decision, { request, now, isLate });
    if (done === 'late') return late(decision, attempt);
    if (typeof done !== 'number') return { ...done, attempts: attempt };
    // Where some transactions were written before the race was lost, the message has come forward: that counts for no
    // loss.
    if (done === 0) lost += 1;
  }
  throw new BusyError('the session is written to by others all the time');
}

/** The stored answer again, byte for byte (T18); undefined when the session went on meanwhile. */
async function repeat(
  store: Store,
  request: Request,
  user: string,
): Promise<Omit<Exchanged, 'attempts'> | undefined> {
  const { header } = request.message;
  const reply = await readReply(store, {
    user,
    peer: peerOfDevice(header.source.uri),
    sessionId: header.sessionId,
  });
  if (reply === undefined) throw new BusyError('the stored reply is not there');
  if (reply.msgId !== header.msgId) return undefined;
  return { contentType: reply.type, bytes: reply.bytes, user, repeated: true, events: [] };
}

/** What is new in this exchange. */
const environmentAt = (now: number, { random }: ExchangeDeps): Environment => ({
  now,
  // Printable octets: some clients keep a nonce as a C string, which ends at a NUL.
  nonce: Buffer.from(Buffer.from(random(12)).toString('base64url')),
  secret: Buffer.from(random(18)).toString('base64url'),
  seed: Buffer.from(random(12)).toString('base64url'),
});

/** Writes what the step needs written first. Gives the places where the next run goes on. */
async function writeGroundwork(
  store: Store,
  { transactions, goOn }: GroundworkDue,
  scope: Scope,
): Promise<NonNullable<Environment['places']> | 'lost'> {
  const done = await writeInOrder(store, { scope, transactions });
  if (done.kind !== 'written') return 'lost';
  return goOn === undefined ? {} : { [goOn.datastore]: goOn.place };
}

/** The message that is answered, and when. */
interface Answering {
  readonly request: Request;
  readonly now: number;
}

type Answered = Omit<Exchanged, 'attempts'>;

/** Writes what was decided, and gives the answer. A number: a race was lost after so many transactions. */
async function writeDecided(
  store: Store,
  decided: Decided,
  { request, now, isLate }: Answering & { readonly isLate: () => boolean },
): Promise<Answered | number | 'late'> {
  const { message, version, user, transactions, keepReply, events, opened } = decided;
  const bytes = encode(serializeMessage(message, version), request.wire, version);
  const contentType = CONTENT_TYPES[request.wire];
  const answer: Answered = { contentType, bytes, repeated: false, events };
  if (user === undefined) return answer;
  const scope = scopeOf(request, user, now);
  const done = await writeInOrder(store, {
    scope,
    transactions,
    ...(keepReply && { reply: replyWrites(scope, { msgId: msgIdOf(request), type: contentType, bytes }) }),
    // Without a session the message cannot be kept for later.
    ...(opened !== undefined && { isLate }),
  });
  switch (done.kind) {
    case 'written':
      return { ...answer, user };
    case 'late':
      return 'late';
    case 'lost':
      return done.written;
  }
}

/**
 * There is no time for the message: it is kept for the next round trip, and the client is told to ask for it (B01).
 */
async function defer(
  store: Store,
  { opened, version }: Pick<Decided, 'opened' | 'version'>,
  { request, now }: Answering,
): Promise<Answered> {
  const busy = opened && busyAnswer(request, opened);
  if (opened === undefined || busy === undefined) throw new BusyError('another message is being worked on');
  const { user } = opened.state;
  const scope = scopeOf(request, user, now);
  const bytes = encode(serializeMessage(busy.message, version), request.wire, version);
  const contentType = CONTENT_TYPES[request.wire];
  const reply = replyWrites(scope, { msgId: msgIdOf(request), type: contentType, bytes });
  const done = await writeInOrder(store, { scope, transactions: [busy.puts], reply });
  if (done.kind !== 'written') throw new BusyError('the session was written to meanwhile');
  return { contentType, bytes, user, repeated: false, events: [{ event: 'busy' }] };
}

const msgIdOf = ({ message: { header } }: Request): number => header.msgId ?? 0;

const scopeOf = ({ message: { header } }: Request, user: string, now: number): Scope => ({
  user,
  peer: peerOfDevice(header.source.uri),
  sessionId: header.sessionId,
  now,
});
