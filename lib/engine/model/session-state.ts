/**
 * The session between two messages (P41): plain data, written to one row after each message and read back for the next.
 *
 * A test pins its members. Raise SESSION_SHAPE with any change of them: a session that an older deployment wrote is
 * then dropped, and its client begins again, instead of being misread.
 */

import type { StatusCode } from '../../message/codes.ts';
import type { Command, Version, Wire } from '../../message/model.ts';
import type { DatastoreState } from './datastore-state.ts';
import type { Policy } from './datastores.ts';
import type { Guid, Luid } from './ids.ts';

export const SESSION_SHAPE = 16;

/** What a session is waiting for (state/package-phase.ts). */
export const PHASES = ['init', 'sync', 'send', 'map', 'done'] as const;
export type Phase = (typeof PHASES)[number];

/** A command of the server that waits for its Status. The session keeps it under `MsgID.CmdID`. */
export interface Sent {
  /** Index of the datastore. */
  d: number;
  op: 'alert' | 'add' | 'replace' | 'delete' | 'chunk';
  guid?: Guid;
  luid?: Luid;
  /** A 2xx arrived; an Add still waits for its Map. */
  ok?: true;
}

/** A large object that the client is sending (L04): its bytes lie in chunk rows `from` .. `from + rows - 1`. */
export interface Inbound {
  d: number;
  command: 'Add' | 'Replace';
  luid: Luid;
  size: number;
  received: number;
  from: number;
  rows: number;
  /** Chunks of the sessions before a resume, in order. */
  earlier?: { session: string; from: number; rows: number; bytes: number }[];
  /** After a resume, until the first chunk arrives: digest of the last chunk that was taken (S14). */
  last?: string;
  resumed?: true;
  type?: string;
  format?: string;
}

/** The large object that the client completed last: after a resume its last chunk may come again (S14). */
export interface Ended {
  d: number;
  luid: Luid;
  /** Digest of its last chunk, and the Status that it got. */
  last: string;
  code: StatusCode;
  resumed?: true;
}

/** A message of the client that waits to be carried out. */
export interface DeferredMessage {
  /** Part of the keys of its rows. */
  readonly tag: string;
  readonly rows: number;
  readonly wire: Wire;
  readonly charset?: string;
}

export interface SessionState {
  user: string;
  login: string;
  device: string;
  sessionId: string;
  version: Version;
  /** Secret part of the RespURI: who knows it may go on with the session. */
  secret: string;
  phase: Phase;
  /** MsgID of the last message processed, and the digest of its bytes (T18). */
  msgId: number;
  digest: string;
  /**
   * When that message came, epoch milliseconds. A session without a message for too long can only be resumed (P43).
   */
  at: number;
  /** A message that there was no time to carry out. Its bytes lie in chunk rows (B01). */
  deferred?: DeferredMessage;
  /** The client's limits, bytes; absent when it named none. */
  maxMsgSize?: number;
  maxObjSize?: number;
  /** The account's own conflict policies, read at authentication. */
  policies?: { readonly [datastore: string]: Policy };
  askedDevInf?: boolean;
  datastores: DatastoreState[];
  /** Commands of the server that found no room in its last message (P23). */
  pending: Command[];
  /** The Final was due, and has to wait for the pending commands. */
  owesFinal?: boolean;
  sent: { [key: string]: Sent };
  /**
   * This session replaced one of the same id that had a large object open. It cannot be resumed until the client's next
   * message shows that the client knows of the new session (T19).
   */
  cutOff?: true;
  /** Adds without a Map, by datastore, of the session of the same id that this one replaced. */
  unmapped?: { [datastore: string]: Guid[] };
  /** Sessions that had the datastore before the session of the same id that this one replaced, the newest first. */
  earlier?: { [datastore: string]: string[] };
  inbound?: Inbound;
  /** A large object of which a chunk was refused or never came. Its other chunks are not taken for an item (L09). */
  torn?: { d: number; luid: Luid };
  ended?: Ended;
  /** Number of the next chunk row. */
  nextChunk: number;
  /** Consecutive requests for the next message with nothing else in them (P37). */
  emptyRequests: number;
}

/** A session's row as the store gives it back; without `state` when it is of another shape than SESSION_SHAPE. */
export interface StoredSession {
  readonly state?: SessionState;
  readonly version: number;
}
