/**
 * One datastore of a session between two messages: plain data, grouped by who writes it. It is a part of the session's row
 * (session-state.ts), and pinned with it.
 */
import type { RecordFilter } from '../../filter/ast.ts';
import type { Guid } from './ids.ts';
import type { Generations, Resend } from './records.ts';

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

/** What goes again goes first. */
export const FIRST_CURSOR: Readonly<Cursor> = { list: 'resend', at: 0, sub: 0 };

/**
 * How far the sync of a datastore has come, and how far our part of it (state/datastore-progress.ts is the only writer of
 * both).
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
  /** What this session did itself, where the log would name it as news to the client. */
  own: {
    /** First and last of commits without a gap that this session made: the log needs no reading there. */
    run?: { from: number; to: number };
    /** Changes of others that this session's own took the place of: GUID and their sequence. */
    overtaken: { [guid: string]: number };
  };
  /** Of a sync that lists the whole datastore, from the first need on. */
  index?: StoredIndex;
  /** It goes on with the sync of an earlier session. */
  resume?: ResumedSync;
  /** The session of the device that had the datastore before this one. */
  before?: string;
}

/** The anchors that become the valid ones when the sync is finished (N03). */
export interface StagedAnchors {
  /** The pair that the client named: its Last is what a session that resumes this one must name again (S10). */
  clientLast?: string;
  clientNext?: string;
  serverNext: string;
  /** Position in the log that the client has seen; changes after it are new to it. */
  since: number;
  /** They do not: too much is open, not all was compared, or the client wants the next session to compare. */
  stay?: true;
}

/** Generations of the mapping. */
export interface MappingGenerations extends Generations {
  generation: number;
  settled: number;
  /** In a complete sync: the earlier generations, whose LUIDs are hints, newest first. */
  earlier: number[];
  /** In a complete sync: the number of its generation is taken for good. */
  reserved?: true;
}

/** What the client said of its database in this session, or in one that it resumes. */
export interface ClientDatabase {
  /** MaxObjSize that it names for this datastore (L02), bytes. */
  maxObjSize?: number;
  /** What its memory still takes (B08): new items, and their bytes. */
  memory?: { ids?: number; bytes?: number; shared?: true };
  filter?: RecordFilter;
  /** Hash of what its device information said of the database when its first Sync came. */
  described?: string;
  /** Content type of what it sent last, with its version where that is not the usual one. */
  spoken?: string;
}

export interface IncomingState {
  /** 508 was answered in the message numbered here: a Sync in that same message is refused (P34). */
  refusedIn?: number;
  /** Not everything that the client holds is known: an item was refused, or no Sync came. */
  hasGaps?: true;
}

/** Package #4. */
export interface OutgoingState {
  progress: OutgoingProgress;
  cursor: Cursor;
  /** The log position up to which it tells, fixed when it begins: what comes later waits for the next session (Y17). */
  snapshot?: number;
  /** What the sync set is chosen by; `walks`: it is not what it was last time, so the whole datastore is looked at. */
  view?: string;
  walks?: true;
  /** What the client must be told again in this session, and in the next one. */
  resend: Resend[];
  failed: Resend[];
  /** An object of which the client may hold a part, so that a new beginning must be seen as one. */
  begun?: Guid;
  /** The client answered that it is full: it gets no more Adds. */
  deviceFull?: true;
  /** New items were kept back, because the client is full. */
  keptBack?: true;
}

/** The match index: its rows in the store (of which session, if not of this one), and its position in the log. */
export interface StoredIndex {
  tag: string;
  parts: number;
  sequence: number;
  session?: string;
  /** Its entries that the client has: bitmap, base64. */
  matched?: string;
}

export interface ResumedSync {
  /** Package #3 was complete in an earlier session (S11). */
  received?: true;
  /** Where the cursor goes on behind `resend`, and the log position that the client knows by now. */
  behind?: Cursor;
  told?: number;
}
