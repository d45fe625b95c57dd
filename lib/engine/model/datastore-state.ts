/**
 * One datastore of a session between two messages: plain data, grouped by who writes it. It is a part of the session's
 * row (session-state.ts), and pinned with it.
 */
import type { RecordFilter } from '../../filter/ast.ts';
import type { Guid, Luid } from './ids.ts';
import type { Generations } from './luids.ts';
import type { Resend, WalkPlace } from './records.ts';
import type { Standing } from './standing.ts';

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

/** Where the sending of changes to the client stands: the list, and the position in it. */
export interface Cursor {
  list: 'resend' | 'inventory' | 'log' | 'end';
  /** Index in `resend`; shard of the inventory; commit sequence in the log. */
  at: number;
  /** Index in the commit's changes. */
  sub: number;
  /** In the inventory: the item of the shard behind which the next one stands. Absent at the beginning of a shard. */
  after?: string;
  /** LUIDs of the item at the cursor that were told of it: the client has more copies of it than one message held. */
  told?: { guid: Guid; luids: Luid[] };
}

/** Items to send again come first. */
export const FIRST_CURSOR: Readonly<Cursor> = { list: 'resend', at: 0, sub: 0 };

/**
 * How far the sync of a datastore has come, and how far the server's part of it. state/datastore-progress.ts is the
 * only writer of both.
 */
export const PROGRESS = ['agreed', 'receiving', 'received', 'finished'] as const;
export type Progress = (typeof PROGRESS)[number];
export const OUTGOING_PROGRESS = ['unannounced', 'announced', 'sending'] as const;
export type OutgoingProgress = (typeof OUTGOING_PROGRESS)[number];

/** One datastore of the session: which sync was agreed on, and how far it has come. */
export interface DatastoreState {
  name: string;
  kind: SyncKind;
  progress: Progress;
  /** The server's database and the client's, exactly as the client wrote them (P28). */
  uris: { server: string; client: string };
  anchors: StagedAnchors;
  mapping: MappingGenerations;
  client: ClientDatabase;
  incoming: IncomingState;
  outgoing: OutgoingState;
  /** What the client itself did in this session: the log holds it, and the client need not be told. */
  own: {
    /** Unbroken run of commits that this session made. The log is not read there. */
    run?: { from: number; to: number };
    /** Changes of others that a change of the client replaced: the GUID, and the sequence of the replaced change. */
    overtaken: { [guid: string]: number };
  };
  /**
   * In a complete sync: the log position when the client's first Sync came. Changes by others after it are found in the
   * log, not in the list of all items.
   */
  began?: number;
  /** In a sync that compares items. */
  passed?: PassedEntries;
  /** Present when the sync goes on where an earlier session stopped. */
  resume?: ResumedSync;
  /** The session of the device that had the datastore before this one. */
  before?: string;
  /** That session did not end: the client may have got what it did not confirm. */
  missed?: true;
  /** What this session knew of the log after its last message. */
  standing: Standing;
}

/** The anchors that become the valid ones when the sync is finished (N03). */
export interface StagedAnchors {
  /** The pair that the client named: its Last is what a session that resumes this one must name again (S10). */
  clientLast?: string;
  clientNext?: string;
  /** The server's Next of the last session that the client completed: the client compares it with what it noted. */
  serverLast?: string;
  serverNext: string;
  /** Position in the log that the client has seen; changes after it are new to it. */
  since: number;
  /**
   * The anchors are not moved: too much is open, not all was compared, or the client wants the next session to compare.
   */
  stay?: true;
}

/** Generations of the mapping. */
export interface MappingGenerations extends Generations {
  generation: number;
  settled: number;
  /** In a complete sync: the earlier generations, whose LUIDs are hints, newest first. */
  earlier: number[];
  /** Absent if all generations are of before. */
  packing?: { from: number; generation: number; rows: number[] };
  /** In a complete sync: the anchor holds the number of its generation, which is never used again. */
  reserved?: true;
}

/** What the client said of its database in this session, or in one that it resumes. */
export interface ClientDatabase {
  /** MaxObjSize that it names for this datastore (L02), bytes. */
  maxObjSize?: number;
  /** Free memory (B08): how many new items fit, and how many bytes. */
  memory?: { ids?: number; bytes?: number; shared?: true };
  filter?: RecordFilter;
  /** Hash of what its device information said of the database when its first Sync came. */
  described?: string;
  /** Content type of what it sent last, with its version where that is not the usual one. */
  lastSentType?: string;
}

export interface IncomingState {
  /** 508 was answered in the message numbered here: a Sync in that same message is refused (P34). */
  refusedIn?: number;
  /** Not everything that the client holds is known: an item was refused, or no Sync came. */
  hasGaps?: true;
  /** The client has named an item in a sync that compares items. */
  named?: true;
  /** The items that the client did not name are being deleted: those before this place are. */
  sweep?: WalkPlace;
}

/** Package #4. */
export interface OutgoingState {
  progress: OutgoingProgress;
  cursor: Cursor;
  /**
   * The log position up to which the package tells, fixed when it begins. Later changes wait for the next session
   * (Y17).
   */
  snapshot?: number;
  /** What the sync set is chosen by: content types, sizes, filter. */
  syncSet?: string;
  /** The whole datastore is looked at, because the sync set is chosen by something else than last time. */
  walks?: true;
  /** What the client must be told again in this session. */
  resend: Resend[];
  /** What the client must be told again in the next session. */
  failed: Resend[];
  /** The large object that is being sent. */
  object?: Outbound;
  /** The item that this session sent last, with its last chunk if it has chunks. */
  last?: SentItem;
  /** A large object that was given up: the client may hold a part. When it is sent anew, it must be seen to begin. */
  begun?: Guid;
  /** How many items the last message looked at: about so many are read for the next one. */
  lastCount?: number;
  /** The client answered that it is full. It gets no more Adds in this session. */
  deviceFull?: true;
  /** Items were sent with a list of dates in place of a rule. */
  listsDates?: true;
  /** New items were kept back, because the client is full. */
  keptBack?: true;
}

/**
 * A large object that the server is sending (L13), in the form that it had when its sending began. Positions are bytes of
 * its text. It stays here until the client has answered its last chunk: a resume goes on with it.
 */
export interface Outbound {
  guid: Guid;
  rev: number;
  op: 'add' | 'replace';
  luid?: Luid;
  /** Of the text as the client gets it. */
  size: number;
  digest: string;
  /** Up to here the client has answered. */
  confirmed: number;
  /** Up to here it is sent. */
  sent: number;
  /** The client may know it from an earlier session, and this one has sent nothing of it yet. */
  resumed?: true;
  /** An earlier session sent all of it, and the client's first answer in this one will say whether it has all. */
  whole?: true;
  /** The client may answer its last chunk by the Status of another item, and ignore it (E67). */
  unsure?: true;
}

export interface SentItem {
  guid: Guid;
  rev: number;
}

/**
 * For keys of the match index that very many items have: how many of their first entries are of no more use, because the
 * client holds these items. It is valid for one epoch of the index.
 */
export interface PassedEntries {
  epoch: string;
  entries: { [key: string]: number };
}

export interface ResumedSync {
  /** Package #3 was complete in an earlier session (S11). */
  received?: true;
  /** Where the cursor goes on after the items of `resend`. */
  behind?: Cursor;
  /** The log position up to which the earlier session told the client. */
  told?: number;
  /** The item that the earlier session sent last. */
  last?: SentItem;
}
