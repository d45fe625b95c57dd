/**
 * The stored answer of a session, for a repetition of the message (T18). A small one lies in the session's row `R`. A
 * large one lies in a row of its own, which `R` names. That row is put before the transaction of `R`, by itself, which
 * costs half. If the transaction is lost nobody names the row, and it expires.
 */
import { createHash } from 'node:crypto';
import { REPLY_IN_ROW, SESSION_SECONDS } from '../../engine/model/limits.ts';
import type { Store, Write } from '../port/port.ts';
import { type InSession, replyBytesKey, replyKey } from '../rows/keys.ts';
import { packBytes, unpackBytes } from '../rows/pack.ts';
import { SHAPE } from '../rows/shapes.ts';
import { after, put, type Scope } from './put-row.ts';

export interface StoredReply {
  readonly msgId: number;
  readonly type: string;
  readonly bytes: Uint8Array;
}

/** `early`: the row with the bytes of a large answer. `last`: the row `R`, for the transaction of the session. */
export interface ReplyWrites {
  readonly early: readonly Write[];
  readonly last: Write;
}

export function replyWrites(scope: Scope, { msgId, type, bytes }: StoredReply): ReplyWrites {
  const blob = packBytes(bytes);
  const expires = after(scope, SESSION_SECONDS);
  const attributes = { f: SHAPE.reply, msg: msgId, type };
  if (blob.length <= REPLY_IN_ROW)
    return { early: [], last: put(replyKey(scope), 0, 'any', { attributes, blob, expires }) };
  const tag = tagOf(bytes);
  const own = put(replyBytesKey(scope, tag), 0, 'any', { attributes: { f: SHAPE.reply }, blob, expires });
  const last = put(replyKey(scope), 0, 'any', { attributes: { ...attributes, tag }, expires });
  return { early: [own], last };
}

/** Two processes may answer the same message differently at the same time, so the tag is made of the answer's bytes. */
const tagOf = (bytes: Uint8Array): string =>
  createHash('sha256').update(bytes).digest('base64url').slice(0, 16);

/** The stored answer, and the MsgID that it answers. Undefined also if the row that `R` names is gone. */
export async function readReply(store: Store, at: InSession): Promise<StoredReply | undefined> {
  const [row] = await store.get([replyKey(at)]);
  if (row === undefined) return undefined;
  const { msg, type, tag } = row.attributes;
  const [holder] = tag === undefined ? [row] : await store.get([replyBytesKey(at, String(tag))]);
  if (holder?.blob === undefined) return undefined;
  return { msgId: Number(msg), type: String(type), bytes: unpackBytes(holder.blob) };
}
