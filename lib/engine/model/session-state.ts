/**
 * The session between two messages (P41): plain data, persisted as one row, reloaded at each round trip.
 *
 * Its shape is pinned by a test: raise SESSION_SHAPE with any change, so that a session written by an older
 * deployment is dropped (its client begins again) instead of being misread.
 */

import type { RecordFilter } from '../../filter/ast.ts';
import type { StatusCode } from '../../message/codes.ts';
import type { Command, Message, Version, Wire } from '../../message/model.ts';
import type { Policy } from './datastores.ts';
import type { Guid, Luid } from './ids.ts';
import type { Resend } from './records.ts';

export const SESSION_SHAPE = 10;

/** What a session is waiting for (state/package-phase.ts). */
export const PHASES = ['init', 'sync', 'send', 'map', 'done'] as const;
export type Phase = (typeof PHASES)[number];

/** How a datastore is synchronised (state/sync-kind.ts). */
export const SYNC_KINDS = [
  'two-way',
  'slow',
  'one-way-from-client',
  'refresh-from-client',
  'one-way-from-server',
  'refresh-from-server',
] as const;
export type SyncKind = (typeof SYNC_KINDS)[number];

/** Where the sending of changes to the client stands: list by list, then the position in the list. */
export interface Cursor {
  list: 'resend' | 'inventory' | 'log' | 'end';
  /** Index in `resend` or the inventory; commit sequence in the log. */
  at: number;
  /** Index in the commit's changes. */
  sub: number;
}

/** One datastore of the session. URIs are kept exactly as the client wrote them (P28). */
export interface DatastoreState {
  name: string;
  /** Server database and client database as the client named them. */
  serverUri: string;
  clientUri: string;
  kind: SyncKind;
  /** 508 was answered in the message numbered here: a Sync in that same message is refused (P34). */
  refusedIn?: number;
  /** The pair that the client named: its Last is what a session that resumes this one must name again (S10). */
  clientLast?: string;
  clientNext?: string;
  serverNext: string;
  /** Position in the log that the client has seen; changes after it are new to it. */
  since: number;
  generation: number;
  settled: number;
  /** In a complete sync: the earlier generations, whose LUIDs are hints, newest first. */
  earlier: number[];
  /** A complete sync has its generation: its first Sync came. */
  reserved?: true;
  /** Set at the beginning of package #4: what comes later waits for the next session (Y17). */
  snapshot?: number;
  /** The match index of a slow or refresh sync: rows in the store (of which session), and its log position. */
  index?: { tag: string; parts: number; sequence: number; session?: string };
  /** Entries of the index that the client has: bitmap, base64. */
  matched?: string;
  /** Unbroken run of commits that this session made itself: the log needs no reading there. */
  ownRun?: { from: number; to: number };
  /** Changes of others that this session's own took the place of: GUID and their sequence. */
  overtaken: { [guid: string]: number };
  cursor: Cursor;
  /** The session of the device that had the datastore before this one. */
  before?: string;
  /** It goes on with the sync of an earlier session. */
  resumed?: true;
  /** After a resume: where the cursor goes on behind `resend`, and the log position that the client knows by now. */
  behind?: Cursor;
  told?: number;
  /** After a resume: an object of which the client may hold a part, so that a new beginning must be seen as one. */
  begun?: Guid;
  /** The view that the changes of package #4 are chosen by. */
  view?: string;
  resend: Resend[];
  /** What the next session must send again. */
  failed: Resend[];
  deviceFull?: boolean;
  /** Not everything that the client holds is known: an item was refused, or no Sync came. */
  doubtful?: boolean;
  /** More is open than can be kept: package #4 was ended early. */
  truncated?: boolean;
  /** Hash of what the client said of its database when its first Sync came, in this session or one that it resumes. */
  described?: string;
  /** Content type of what the client sent last, with its version where that is not the usual one. */
  spoken?: string;
  /** New items were kept back: its memory is full. */
  starved?: true;
  /** What the client's memory still takes (B08): new items, and their bytes. */
  memory?: { ids?: number; bytes?: number; shared?: true };
  /** MaxObjSize that the client names for this datastore (L02), bytes. */
  maxObjSize?: number;
  /** The client's filter; and whether its sync set is made with another view than last time. */
  filter?: RecordFilter;
  walk?: true;
  /** Our Alert for it is sent; the client's Sync arrived; our Sync is sent. */
  alerted?: boolean;
  syncSeen?: boolean;
  /** Package #3 is complete, in this session or in the one that it resumes. */
  received?: boolean;
  syncSent?: boolean;
  finished?: boolean;
}

/** A command of ours that waits for its Status, by `MsgID.CmdID`. */
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

/** A large object that we are sending (L13): bytes up to `offset` are sent. */
export interface Outbound {
  d: number;
  guid: Guid;
  rev: number;
  op: 'add' | 'replace';
  luid?: Luid;
  offset: number;
  /** 213 (or another success) arrived for the last chunk. */
  accepted?: boolean;
}

export interface DeferredMessage {
  /** Of the keys of its rows. */
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
  /** When that was, epoch milliseconds: a session that rests for too long ends, and can only be resumed (P43). */
  at: number;
  /** A message that there was no time for: its bytes lie in chunk rows (B01). */
  held?: DeferredMessage;
  /** The client's limits, bytes; absent when it named none. */
  maxMsgSize?: number;
  maxObjSize?: number;
  /** The account's own conflict policies, read at authentication. */
  policies?: { readonly [datastore: string]: Policy };
  askedDevInf?: boolean;
  datastores: DatastoreState[];
  /** Commands that did not fit the last message (P23), and the Final that has to wait for them. */
  pending: Command[];
  owesFinal?: boolean;
  sent: { [key: string]: Sent };
  /** It took the place of one that had an object open, and the client may not know: there is nothing to resume (T19). */
  cutOff?: true;
  /** Adds without a Map in a session of the same id that this one took the place of, by datastore. */
  unmapped?: { [datastore: string]: Guid[] };
  inbound?: Inbound;
  /** An object of which a part was refused, or never came: what is left of it is no object of its own. */
  torn?: { d: number; luid: Luid };
  ended?: Ended;
  outbound?: Outbound;
  /** Number of the next chunk row. */
  nextChunk: number;
  /** Consecutive requests for the next message with nothing else in them (P37). */
  empty: number;
}

/** A session's row as the store gives it back; without `state` when it is of another shape than SESSION_SHAPE. */
export interface StoredSession {
  readonly state?: SessionState;
  readonly version: number;
}

/** H18: what a message of the client says of its limits, in bytes. */
export function takeLimits(state: SessionState, { header: { meta } }: Message): void {
  if (meta?.maxMsgSize !== undefined) state.maxMsgSize = meta.maxMsgSize;
  if (meta?.maxObjSize !== undefined) state.maxObjSize = meta.maxObjSize;
}
