/**
 * What one step does to one item: the item before and after, and the rows that are written beside it.
 *
 * An item change is a value: every function here returns a new one. So a savepoint keeps the changes themselves, and
 * a change was touched since then exactly when another object stands in its place.
 */
import type { Content } from '../../pim/content.ts';
import type { Guid, Luid, Peer } from '../model/ids.ts';
import type { Item, ItemVersion, Luids, Review } from '../model/records.ts';

export interface ItemChange {
  readonly datastore: string;
  /** The item as read. */
  readonly before: Item | undefined;
  /** The item after the step; the commit that it is written with gives it its sequence. */
  readonly item: Item;
  /** The content changed, so the log must name the item. */
  readonly changed: boolean;
  /** Changes of one group are written in one transaction. */
  readonly group?: Guid;
  readonly versions: readonly ItemVersion[];
  readonly reviews: readonly Review[];
  readonly mappings: readonly MappedLuid[];
}

/** A LUID that means the item from now on, in one generation of the peer's mapping. */
export interface MappedLuid {
  readonly generation: number;
  readonly luid: Luid;
}

/** Who changes the item, and when. */
interface Author {
  readonly peer: Peer;
  readonly now: number;
}

/** Another item that this one may be. */
export type PossibleMatch = Pick<Review, 'other' | 'score' | 'reasons'>;

export interface Why {
  /** Why the content before became a version. */
  readonly reason: ItemVersion['reason'];
  /** Hash of what the peer sent, where its change was merged into the item. */
  readonly sentHash?: string;
  /** Changes of others are in the new content too, so the peer is to be told. */
  readonly differs?: boolean;
}

/** A change that does nothing yet; `before` is absent when there is no such item. */
export const unchanged = (
  datastore: string,
  guid: Guid,
  before: Item | undefined,
  { peer, now }: Author,
): ItemChange => ({
  datastore,
  before,
  item: before ?? { guid, rev: 0, sequence: 0, origin: peer, at: now, luids: {}, version: 0 },
  changed: false,
  versions: [],
  reviews: [],
  mappings: [],
});

/** The item gets this content (none: it is deleted); the content before stays as a version. */
export function withContent(
  change: ItemChange,
  content: Content | undefined,
  why: Why,
  author: Author,
): ItemChange {
  const { guid, rev, sequence, luids, version } = change.item;
  const replaced = replacedVersion(change.item, why.reason, author);
  const merged = why.sentHash === content?.hash ? undefined : why.sentHash;
  const sent = sentAfter(change.item, author.peer, merged);
  const item: Item = {
    guid,
    rev: rev + 1,
    sequence,
    origin: author.peer,
    ...(why.differs === true && { differs: true }),
    at: author.now,
    luids,
    version,
    ...(Object.keys(sent).length > 0 && { sent }),
    ...(content && { content }),
  };
  return { ...change, item, changed: true, versions: [...change.versions, ...replaced] };
}

/** The content before as a version; nothing when there was none. */
function replacedVersion(item: Item, reason: Why['reason'], { peer, now }: Author): ItemVersion[] {
  const { guid, rev, content, origin, sequence, differs, at } = item;
  if (content === undefined) return [];
  const mark = differs && { differs };
  return [{ guid, rev, content, origin, sequence, ...mark, at, reason, by: peer, byAt: now }];
}

/**
 * Hashes of what peers sent last, where the content does not show it: what others sent before this change, and what this
 * peer sent when it was merged.
 */
function sentAfter(old: Item, peer: Peer, merged: string | undefined): NonNullable<Item['sent']> {
  const { [peer]: _, ...others } = old.sent ?? {};
  const overwrites = old.content !== undefined && old.origin !== peer;
  return {
    ...(overwrites && { [old.origin]: old.content.hash }),
    ...others,
    ...(merged !== undefined && { [peer]: merged }),
  };
}

/** What the peer sent stays as a version beside the item: it lost, or it was merged with what others changed. */
export function withSent(
  change: ItemChange,
  content: Content,
  reason: 'refused' | 'sent',
  { peer, now }: Author,
): ItemChange {
  const { guid, rev, sequence, origin, at, sent } = change.item;
  const version = { guid, rev, content, origin: peer, sequence, at: now, reason, by: origin, byAt: at };
  return {
    ...change,
    item: { ...change.item, sent: { ...sent, [peer]: content.hash } },
    versions: [...change.versions, version],
  };
}

/** Somebody has to say whether the item is one of the others. */
export const withReviews = (
  change: ItemChange,
  others: readonly PossibleMatch[],
  { peer: by, now: at }: Author,
): ItemChange => {
  const reviews = others.map((other) => ({ guid: change.item.guid, ...other, by, at }));
  return { ...change, reviews: [...change.reviews, ...reviews] };
};

export const withLuids = (change: ItemChange, luids: Luids): ItemChange => ({
  ...change,
  item: { ...change.item, luids },
});

export const withMapping = (change: ItemChange, mapped: MappedLuid): ItemChange => ({
  ...change,
  mappings: [...change.mappings, mapped],
});

/** Without the mapping of this LUID, which means another item by now. */
export const withoutMapping = (change: ItemChange, { generation, luid }: MappedLuid): ItemChange => ({
  ...change,
  mappings: change.mappings.filter((one) => one.luid !== luid || one.generation !== generation),
});

export const withSequence = (change: ItemChange, sequence: number): ItemChange => ({
  ...change,
  item: { ...change.item, sequence },
});

export const inGroup = (change: ItemChange, group: Guid): ItemChange => ({ ...change, group });

/** Did the LUIDs of the item change, or what it keeps of what peers sent? */
export const peersChanged = ({ item, before }: ItemChange): boolean =>
  item.luids !== before?.luids || item.sent !== before?.sent;

/** Is there anything to write? */
export const hasWrites = (change: ItemChange): boolean =>
  change.changed ||
  peersChanged(change) ||
  [change.versions, change.mappings, change.reviews].some(({ length }) => length > 0);
