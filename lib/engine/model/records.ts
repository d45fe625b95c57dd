/**
 * What the engine knows of a user's data: items, versions, commits, anchors, devices, accounts.
 *
 * Owns: the domain records. Must not know: rows, keys, tables (lib/store maps them).
 * Times are epoch milliseconds, sizes bytes of UTF-8.
 */

import type { DevInf } from '../../message/devinf-model.ts';
import type { Content } from '../../pim/content.ts';
import type { Policy } from './datastores.ts';
import type { Guid, Peer } from './ids.ts';
import type { Learned } from './learned.ts';
import type { Luids } from './luids.ts';
import type { Packing } from './mapping-pairs.ts';
import type { MatchKeys } from './match-entries.ts';
import type { MappingStamp, Standing } from './standing.ts';

export interface Item {
  readonly guid: Guid;
  /** Absent: a tombstone. */
  readonly content?: Content;
  /** Raised by every change of the content, never by a Map. */
  readonly rev: number;
  /** The commit that made this rev, and its origin. */
  readonly sequence: number;
  readonly origin: Peer;
  /** The content is not what its origin sent: changes of others are in it, and the origin must still be told. */
  readonly differs?: true;
  /** Hash of what a peer sent last, if that is not the content. When the peer sends it again, it is a resend. */
  readonly sent?: { readonly [peer: string]: string };
  readonly at: number;
  readonly luids: Luids;
  /** Version of the row as read; 0 when there is none yet. */
  readonly version: number;
}

/** A content that a commit replaced or deleted, or that lost a conflict. Kept for the retention time. */
export interface ItemVersion {
  readonly guid: Guid;
  readonly rev: number;
  readonly content: Content;
  readonly origin: Peer;
  /** The item's sequence when this was its content. */
  readonly sequence: number;
  readonly differs?: true;
  readonly at: number;
  /**
   * What took the place of this content: a change, a deletion, the winner of a conflict, a merge of both. A version
   * that is `refused` or `sent` never was the item's content: a peer sent it, and lost, or its changes were merged into
   * the item.
   */
  readonly reason: 'replaced' | 'deleted' | 'lost-conflict' | 'merged' | 'refused' | 'sent';
  /** Who replaced it, and when. */
  readonly by: Peer;
  readonly byAt: number;
}

/** Was the version once the item's content? */
export const isRev = ({ reason }: Pick<ItemVersion, 'reason'>): boolean =>
  reason !== 'refused' && reason !== 'sent';

/** Is the content something that the peer does not have? */
export const isNewsTo = ({ origin, differs }: Pick<Item, 'origin' | 'differs'>, peer: Peer): boolean =>
  origin !== peer || differs === true;

export interface Change {
  readonly guid: Guid;
  readonly op: 'add' | 'replace' | 'delete';
  readonly rev: number;
  /** 0 when there was no item before. */
  readonly prevRev: number;
  /** The item is not what the commit's origin sent: it is news to the origin too. */
  readonly differs?: true;
  /** By what the match index finds the item. Absent for a deletion, and in commits of before the index. */
  readonly keys?: MatchKeys;
}

export interface Commit {
  readonly sequence: number;
  /** A random id, and that of the commit before it (docs/adr/0019). Absent in commits of before; the first has no `prev`. */
  readonly id?: string;
  readonly prev?: string;
  readonly origin: Peer;
  /** SessionID of a device, event id of the CRM. */
  readonly session: string;
  readonly at: number;
  readonly changes: readonly Change[];
}

/** The head of a datastore's log: its newest commit, and what is known of all items at that commit. */
export interface Head {
  /** The sequence of the newest commit; 0 before the first one. */
  readonly sequence: number;
  /** The id of that commit. Absent if it is one of before. */
  readonly id?: string;
  /** How many items are not deleted. Absent in a log of before, until its items were counted. */
  readonly live?: number;
  /** The match index. Absent in a log of before, until the index is made. */
  readonly index?: IndexState;
  /** The stamps of the devices' mappings, the one that was renewed last at the end. */
  readonly stamps?: readonly MappingStamp[];
  readonly version: number;
}

/**
 * Where the match index of a datastore stands. Its entries lie in rows that never change, and in the commits after those
 * that the rows hold.
 */
export interface IndexState {
  /** A random part of the keys of its rows. An index that is made anew has another one. */
  readonly epoch: string;
  /** That of the blocking keys in it (pim/match/blocking.ts). Absent in an index of before: it is made anew. */
  readonly edition?: number;
  /** The number of its rows, and of the entries in them. */
  readonly rows: number;
  readonly entries: number;
  /** The rows hold the log up to this commit; `id` is that of the commit. */
  readonly sequence: number;
  readonly id?: string;
  /** The id of the newest row. Absent where there is none, and in an index of before. */
  readonly newest?: string;
  /** Bytes of the entries in the commits after it, and when the first of these was made (epoch ms). */
  readonly tail: number;
  readonly tailSince?: number;
  /** Present while the index is made of the items: all items before this place are in its rows. */
  readonly walk?: WalkPlace;
  /** Rows of an earlier index, which are to be deleted. */
  readonly old?: { readonly epoch: string; readonly rows: number };
}

/** A place among all items of a datastore: behind the item `after` in a shard; at its beginning if `after` is empty. */
export interface WalkPlace {
  readonly shard: number;
  readonly after: string;
}

/** An item to send again: `map` waits for the Map of an acknowledged Add (M09), `error` was refused (C42). */
export interface Resend {
  readonly guid: Guid;
  readonly why: 'map' | 'error';
  /** The log position up to which the device surely knows of the item. Absent where nobody knows, and in rows of before. */
  readonly since?: number;
}

/** The beginning of all items. */
export const WALK_BEGIN: WalkPlace = { shard: 0, after: '' };

/** The place behind a page of items that begins at `place`. `next`: the last item of the page, if the shard has more. */
export const placeBehind = (place: WalkPlace, next: string | undefined): WalkPlace =>
  next === undefined ? { shard: place.shard + 1, after: '' } : { ...place, after: next };

/** How far a peer has come in a datastore. */
export interface Anchor extends Learned {
  /** The client's Next of the last completed session: its Last of the next one (N04). Absent before the first. */
  readonly last?: string;
  /** The server's own Next of that session (N09). */
  readonly next?: string;
  /** Position in the commit log that the peer has seen. */
  readonly sequence: number;
  /** What the device knew of the log when the row was written last. Absent in anchors of before. */
  readonly standing?: Standing;
  /** The session that began last has not settled the anchor: what it was told stands in the row of the session. */
  readonly open?: true;
  /** Settled mapping generation, and the highest one that any session began. */
  readonly generation: number;
  readonly used: number;
  /**
   * The message that began the highest generation, and the log position then, while only a part of what it says is stored.
   */
  readonly beginning?: { readonly message: string; readonly sequence: number };
  /** Absent if all its generations are of before. */
  readonly packing?: Packing;
  readonly resend: readonly Resend[];
  /** What the sync set of the last session was chosen by: filter, content types, sizes. */
  readonly syncSet?: string;
  /** Content type of what the client sent last, with its version where that is not the usual one. */
  readonly lastSentType?: string;
  /** The client once sent a series with exceptions, and has since got series together with their exceptions. */
  readonly gotExceptions?: true;
  /**
   * The last day (`yyyymmdd`) of the lists of dates that the client has in place of rules; `none` if it has no such list.
   * Absent in anchors of before: then neither such lists nor the dates of exceptions were sent.
   */
  readonly datesUntil?: string;
  /** The client's database, as its Alert named it. */
  readonly database?: string;
  /** The properties that the device listed when it last got items. */
  readonly listedProperties?: readonly string[];
  /** Hash of the form in which it last got items: the content type, and the limits of the listed properties. */
  readonly formHash?: string;
  /** The session that began last. Only this one may go on, and only this one can be resumed by Alert 225 (S07). */
  readonly session?: string;
  /**
   * The Last and the position before these. A client that missed the server's last answer still has this Last (N12).
   */
  readonly previous?: { readonly last: string; readonly sequence: number; readonly next?: string };
  readonly version: number;
}

export interface Device {
  readonly devInf?: DevInf;
  /** base64 of the nonce for the next session (U18), and of the one in the last challenge. */
  readonly nonce?: string;
  readonly challenge?: string;
  readonly version: number;
}

export interface Account {
  readonly login: string;
  readonly user: string;
  /** B64(MD5(login ":" password)) (U22). */
  readonly verifier: string;
  /** B64(MD5(server id ":" password)): signs notifications for devices that keep one password for both directions. */
  readonly san?: string;
  readonly policies?: { readonly [datastore: string]: Policy };
}

/** Two items that may be the same and were kept apart: somebody has to look at them. */
export interface Review {
  /** The item that came, and the one that was there. */
  readonly guid: Guid;
  readonly other: Guid;
  readonly score: number;
  readonly reasons: readonly string[];
  /** Who brought the item that came, and when. */
  readonly by: Peer;
  readonly at: number;
}

/** Is this what the peer sent last? If so it is a resend: it was replaced by others, or refused, since. */
export const wasSent = (item: Item, peer: Peer, content: Content): boolean =>
  item.sent?.[peer] === content.hash;
