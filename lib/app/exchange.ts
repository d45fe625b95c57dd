/**
 * One round trip: load -> step -> read -> step -> commit. The only loop in which the engine meets the store.
 *
 * Owns: the order of reads and transactions, and the retry after a lost race. Must not know: HTTP, any rule of SyncML.
 */
import { encode } from '../codec/codec.ts';
import { peerOfDevice } from '../engine/ids.ts';
import { type Decided, step } from '../engine/step.ts';
import type { EngineEvent, Fresh, Request } from '../engine/work.ts';
import { serializeMessage } from '../message/serialize.ts';
import type { Store } from '../store/port.ts';
import { readReply } from '../store/reader.ts';
import { replyWrite, type Scope, toWrites } from '../store/writer.ts';
import { decide } from './decide.ts';

export interface ExchangeDeps {
  readonly store: Store;
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly random: (bytes: number) => Uint8Array;
}

export interface Exchanged {
  readonly contentType: string;
  readonly bytes: Uint8Array;
  readonly user?: string;
  readonly repeated: boolean;
  readonly attempts: number;
  readonly events: readonly EngineEvent[];
}

/** How often a lost race is tried again before the client is asked to. */
const MAX_ATTEMPTS = 5;

/** The race was lost too often; nothing of the message is lost, the client may send it again. */
export class BusyError extends Error {}

export const CONTENT_TYPES = {
  xml: 'application/vnd.syncml+xml; charset=utf-8',
  wbxml: 'application/vnd.syncml+wbxml',
} as const;

/** Answers one message. Throws BusyError or a StoreError when the message should be sent again. */
export async function exchange(deps: ExchangeDeps, request: Request): Promise<Exchanged> {
  const fresh: Fresh = {
    now: deps.now(),
    // Printable octets: some clients keep a nonce as a C string, which ends at a NUL.
    nonce: Buffer.from(Buffer.from(deps.random(12)).toString('base64url')),
    secret: Buffer.from(deps.random(18)).toString('base64url'),
  };
  for (let attempt = 1, lost = 0; lost < MAX_ATTEMPTS; attempt += 1) {
    const decision = await decide(deps.store, (known) => step(request, known, fresh));
    if (decision.kind === 'repeated')
      return { ...(await repeat(deps.store, request, decision.user)), attempts: attempt };
    const done = await commit(deps.store, request, decision, fresh);
    if (typeof done !== 'number') return { ...done, attempts: attempt };
    // A race that was lost after some chunks were written has brought the message forward.
    if (done === 0) lost += 1;
  }
  throw new BusyError('the session is written to by others all the time');
}

/** The stored bytes again, whatever has happened since (T18). */
async function repeat(store: Store, request: Request, user: string): Promise<Omit<Exchanged, 'attempts'>> {
  const { header } = request.message;
  const reply = await readReply(store, {
    user,
    peer: peerOfDevice(header.source.uri),
    sessionId: header.sessionId,
  });
  if (reply === undefined) throw new BusyError('the stored reply is not there');
  return { contentType: reply.type, bytes: reply.bytes, user, repeated: true, events: [] };
}

/** Writes the transactions in order; when one lost its race, how many went before it. */
async function commit(
  store: Store,
  request: Request,
  decided: Decided,
  fresh: Fresh,
): Promise<Omit<Exchanged, 'attempts'> | number> {
  const { message, version, user, chunks, keepReply, events } = decided;
  const bytes = encode(serializeMessage(message, version), request.wire, version);
  const contentType = CONTENT_TYPES[request.wire];
  const { header } = request.message;
  for (const [at, chunk] of chunks.entries()) {
    if (user === undefined) break;
    const scope: Scope = {
      user,
      peer: peerOfDevice(header.source.uri),
      sessionId: header.sessionId,
      now: fresh.now,
    };
    const writes = toWrites(scope, chunk);
    if (keepReply && at === chunks.length - 1) writes.push(replyWrite(scope, contentType, bytes));
    if ((await store.transact(writes)) === 'conflict') return at;
  }
  return { contentType, bytes, ...(user !== undefined && { user }), repeated: false, events };
}
