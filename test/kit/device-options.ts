/** What devices of tests are told of themselves: as a whole, and of each of their databases. */
import type { Received } from './device-database.ts';
import type { Interrupted } from './device-messages.ts';
import type { Draft, SessionOptions } from './session.ts';

/** Of the device as a whole. */
export interface HandsetOptions extends SessionOptions {
  /** Changes in one Sync of package #3. */
  readonly perMessage?: number;
  /** Items of one command: 1 where it is not said. A client that packs several expects a Status for each. */
  readonly itemsPerCommand?: number;
  /** Bytes of an item from which on it is sent in chunks of this size. */
  readonly chunkBytes?: number;
  readonly largeObjects?: boolean;
  readonly numberOfChanges?: boolean;
  readonly maxGuidSize?: number;
  /** Sends what it adds and replaces in one message as an Atomic. */
  readonly atomic?: boolean;
  /** Says under which LUIDs it stored our Adds in its next session only. */
  readonly lateMaps?: boolean;
  /** Says it in the last message of the session, and not in the next one. */
  readonly mapsLast?: boolean;
  /** A database that only sends has ended with the answer to its changes, whatever becomes of the session. */
  readonly endsEarly?: boolean;
  /** The command that brings its device information; otherwise it says what these options say. */
  readonly put?: Draft;
  /** Puts large objects together as libsynthesis does. */
  readonly appends?: boolean;
  /** Does it tell the versions of its content types? */
  readonly tellsVersions?: boolean;
  /** Who made its software. */
  readonly oem?: string;
  /** How it sends the Syncs of several databases; `apart` where it is not said. */
  readonly syncs?: SyncOrder;
  /** The Syncs of its databases come in the reverse order of their Alerts. */
  readonly reversed?: boolean;
  /** It synchronised before this test began. */
  readonly past?: PastOfHandset;
}

/**
 * How the Syncs of several databases stand in the messages of package #3:
 * - `apart`: one database after the other, each message is about one.
 * - `filled`: one database after the other; a message that has room for more goes on with the next.
 * - `together`: each message is about every database that has changes left.
 */
export type SyncOrder = 'apart' | 'filled' | 'together';

/** Of one database. */
export interface DatabaseOptions {
  /** The server's name of it. */
  readonly datastore?: string;
  readonly type?: string;
  /** The version of the content type that it tells: one that nobody knows, if it is not said. */
  readonly typeVersion?: string;
  /** Names of those that it lists; undefined: it lists none. */
  readonly properties?: readonly string[];
  /** Values that it holds of some of them at most. */
  readonly most?: { readonly [property: string]: number };
  /** Bytes that it holds of a value of some of them at most. */
  readonly sizes?: { readonly [property: string]: number };
  /** Items that it holds at most: a further one it answers with 420. */
  readonly capacity?: number;
  /** Says with each Sync for how many items more it has room. */
  readonly tellsMemory?: boolean;
  /** What it keeps of an item that it gets in the place of `before`, or anew; the rest it drops without a word. */
  readonly keeps?: (data: string, before?: string) => string;
  /** Its own name of the database; `./` and the name of the datastore when it has none. */
  readonly database?: string;
  /** It synchronised before this test began. */
  readonly past?: PastOfDatabase;
}

/** A device with one database. */
export interface DeviceOptions extends Omit<HandsetOptions, 'past'>, Omit<DatabaseOptions, 'past'> {
  readonly past?: Past;
}

interface PastOfHandset {
  /** The number of its last session. */
  readonly session: number;
}
interface PastOfDatabase {
  /** Next of the last session that was completed. */
  readonly anchor?: string;
  /** The last session, when it broke. */
  readonly broken?: Interrupted;
}
/** What a device keeps of its former sessions, beside its items. */
export interface Past extends PastOfHandset, PastOfDatabase {}

/** What became of one database in a session. */
export interface Report {
  /** The type of sync that the server named. */
  readonly code: number;
  /** What the server sent: Add, Replace, Delete. */
  readonly received: Received;
  /** NumberOfChanges as announced. */
  readonly announced: number | undefined;
  /** Status codes for what the device sent, by LUID. */
  readonly codes: Map<string, number>;
  /** Messages of the whole session. */
  readonly messages: number;
}

export interface HandsetReport {
  /** Of the databases that were synchronised, by the name of their datastore. */
  readonly synced: { readonly [datastore: string]: Report };
  /** The Statuses that refused the Alerts of the others. */
  readonly refused: { readonly [datastore: string]: number };
  readonly messages: number;
}
