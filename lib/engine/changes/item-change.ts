/**
 * What one step does to one item: the item before and after, and the rows that are written beside it.
 *
 * An item change is a value: every function here returns a new object. So a savepoint keeps the objects, and an item
 * was touched since then if its change is another object.
 */
import type { Content } from '../../pim/content.ts';
import type { Guid, Luid, Peer } from '../model/ids.ts';
import type { Luids } from '../model/luids.ts';
import type { Item, ItemVersion, Review } from '../model/records.ts';

export interface ItemChange {
  readonly datastore: string;
  /** The item as read. */
  readonly before: Item | undefined;
  /** The item after the step. It gets its sequence from the commit that it is written with. */
  readonly item: Item;
  /** The content changed, so the log must name the item. */
  readonly changed: boolean;
  /** Changes of one group are written in one transaction. */
  readonly group?: Guid;
  readonly versions: readonly ItemVersion[];
  readonly reviews: readonly Review[];
  readonly mappings: readonly MappedLuid[];
}

/** A LUID that is mapped to the item, in one generation of the peer's mapping. */
export interface MappedLuid {
  readonly generation: number;
  readonly luid: Luid;
  /** The pair goes into a row with others. */
  readonly isPacked: boolean;
}

/** Who changes the item, and when. */
interface Author {
  readonly peer: Peer;
  readonly now: number;
}

/** Another item that this one may be. */
export type PossibleMatch = Pick<Review, 'other' | 'score' | 'reasons'>;

export interface Why {
  /** Why the old content became a version. */
  readonly reason: ItemVersion['reason'];
  /** Hash of what the peer sent, where its change was merged into the item. */
  readonly sentHash?: string;
  /** The new content holds changes of others too, so the peer must be told of it. */
  readonly differs?: boolean;
}

/** A change that does nothing yet. `before`: the item as read; undefined if there is none. */
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

/** The item gets this content, or is deleted if there is none. The old content stays as a version. */
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

/** The old content as a version; empty when the item had none. */
function replacedVersion(item: Item, reason: Why['reason'], { peer, now }: Author): ItemVersion[] {
  const { guid, rev, content, origin, sequence, differs, at } = item;
  if (content === undefined) return [];
  const news = differs && { differs };
  return [{ guid, rev, content, origin, sequence, ...news, at, reason, by: peer, byAt: now }];
}

/**
 * Hashes of what peers sent last, for those peers that did not send the new content: a peer whose content is replaced
 * now, and the peer of this change if its content was merged.
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

/**
 * A content that the peer sent stays as a version beside the item: it was refused, or merged with changes of others.
 */
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

/** Without the hash of what the peer sent last. An empty list is written over the one in the row. */
export function withoutSent(change: ItemChange, { peer }: Author): ItemChange {
  const { [peer]: _, ...sent } = change.item.sent ?? {};
  return { ...change, item: { ...change.item, sent } };
}

/** The item may be the same as one of the others: a person has to decide. */
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

/** Without the mapping of this LUID, which is now mapped to another item. */
export const withoutMapping = (
  change: ItemChange,
  { generation, luid }: Pick<MappedLuid, 'generation' | 'luid'>,
): ItemChange => ({
  ...change,
  mappings: change.mappings.filter((one) => one.luid !== luid || one.generation !== generation),
});

export const withSequence = (change: ItemChange, sequence: number): ItemChange => ({
  ...change,
  item: { ...change.item, sequence },
});

export const inGroup = (change: ItemChange, group: Guid): ItemChange => ({ ...change, group });

/** Did the LUIDs of the item change, or the hashes of what peers sent? */
export const peersChanged = ({ item, before }: ItemChange): boolean =>
  item.luids !== before?.luids || item.sent !== before?.sent;

/** Is there anything to write? */
export const hasWrites = (change: ItemChange): boolean =>
  change.changed ||
  peersChanged(change) ||
  [change.versions, change.mappings, change.reviews].some(({ length }) => length > 0);
