/**
 * Looks for items in the match index that the peer does not hold yet in this sync. An index says only which items may be
 * meant: each of them is looked at as it is now.
 */
import type { Content } from '../../pim/content.ts';
import { scheduledUid } from '../../pim/match/prepare.ts';
import { heldLuid } from '../changes/mapping.ts';
import type { PeerContext } from '../changes/peer-context.ts';
import { blockingKeysIn, blockingKeysOf, contentKeyOf } from '../model/blocking-keys.ts';
import type { PassedEntries } from '../model/datastore-state.ts';
import { guid as asGuid, type Guid, isGuid } from '../model/ids.ts';
import { MAX_LOOKED_AT } from '../model/limits.ts';
import { BLOCKING_KEY } from '../model/match-entries.ts';
import type { Item } from '../model/records.ts';
import type { Holders, MatchIndex } from './match-index.ts';

/** An item that is not deleted. */
export type LiveItem = Item & { readonly content: Content };

/** A blocking key that more items have is useless: a country's dialling code, a firm's name. */
const CROWD = 50;
/** The same in a sync that brings only changes. The peer holds most of the items that have the key, and each costs a read. */
const SMALL_CROWD = 8;
/** The most candidates for one item, and how many of the likeliest are looked at to find so many. */
const MOST = 8;
const RANKED = 24;

/** At most eight items. */
export interface Candidates {
  /** The peer does not hold them. */
  readonly free: readonly LiveItem[];
  /** The peer holds them already. */
  readonly held: readonly LiveItem[];
}

export class FreeItems {
  readonly index: MatchIndex;
  readonly passed: PassedEntries;
  private readonly isComplete: boolean;
  /** How many items of crowds were looked at in this message. */
  private looked = 0;
  /** Where the windows of each crowd end, in this message; the first number is where the first window begins. */
  private readonly windows = new Map<string, number[]>();

  /**
   * `passed`: what the session knows of the entries of crowds; it is written to. `isComplete`: the peer names all its items,
   * so most of the server's are not held yet, and crowds are searched for them.
   */
  constructor(index: MatchIndex, passed: PassedEntries, isComplete = true) {
    this.index = index;
    this.passed = passed;
    this.isComplete = isComplete;
  }

  /** How many items of the datastore have a blocking key (pim/match/blocking.ts), whoever holds them. */
  holdersOf(key: string): number {
    return this.index.holdersOf(key.slice(0, BLOCKING_KEY.characters)).count;
  }

  /** Items with an equal content that the peer does not hold. */
  equal(peer: PeerContext, content: Content, most: number): LiveItem[] {
    const key = contentKeyOf(content);
    const isEqual = (item: LiveItem) => item.content.key === content.key;
    return this.among(peer, { name: `c ${key}`, holders: this.index.holdersOfContent(key), isEqual }, most);
  }

  /** Items with an equal content that the peer holds, unless very many items have it. */
  equalHeld(peer: PeerContext, content: Content): LiveItem[] {
    const holders = this.index.holdersOfContent(contentKeyOf(content));
    if (holders.entries > CROWD) return [];
    return heldAmong(peer, holders, CROWD).filter((item) => item.content.key === content.key);
  }

  /** Items that may be the same item written differently, the likeliest first. */
  candidates(peer: PeerContext, content: Content): Candidates {
    const keys = [...new Set(blockingKeysIn(blockingKeysOf(content)))];
    const held = keys.map((key) => ({ key, holders: this.index.holdersOf(key) }));
    const known = held.filter(({ holders }) => holders.count > 0);
    const crowd = this.isComplete ? CROWD : SMALL_CROWD;
    const telling = known.filter(({ holders }) => holders.count <= crowd);
    const named = itemNamedBy(peer, content);
    if (telling.length > 0 || named !== undefined) {
      const ranked = rank(telling.map(({ holders }) => holders)).slice(0, RANKED);
      const guids = new Set([...(named === undefined ? [] : [named.guid]), ...ranked]);
      const live = [...guids].flatMap((guid) => liveItem(peer, guid) ?? []);
      const free = live.filter((item) => mayLink(peer, item)).slice(0, MOST);
      const held = live.filter((item) => !mayLink(peer, item)).slice(0, MOST - free.length);
      return { free, held };
    }
    const [rarest] = known.sort((a, b) => a.holders.entries - b.holders.entries);
    if (rarest === undefined || !this.isComplete) return { free: [], held: [] };
    return { free: this.among(peer, { name: `b ${rarest.key}`, holders: rarest.holders }, MOST), held: [] };
  }

  /** Items that have or had an equal content, and that the peer holds. */
  everEqualHeld(peer: PeerContext, content: Content): LiveItem[] {
    return heldAmong(peer, this.index.holdersOfContent(contentKeyOf(content)), MOST);
  }

  /**
   * The first free items among the holders of a key. Leading entries that are of no use are noted in the session, so that
   * a long sync passes each of them only once.
   */
  private among(peer: PeerContext, crowd: Crowd, most: number): LiveItem[] {
    const { name, holders, isEqual = () => true } = crowd;
    const found = new Map<Guid, LiveItem>();
    let at = this.passed.entries[name] ?? 0;
    let isLeading = true;
    while (at < holders.entries && found.size < most) {
      const end = this.windowEnd(crowd, at);
      if (end === undefined) break;
      const guids = holders.window(at, end);
      const items = guids.map((guid) => freeItem(peer, guid));
      if (peer.changes.facts.missing.size > 0) return [];
      for (const item of items) {
        const fits = item !== undefined && isEqual(item);
        if (fits) found.set(item.guid, item);
        isLeading &&= !fits;
        if (isLeading && holders.entries > CROWD) this.passed.entries[name] = at + 1;
        at += 1;
      }
    }
    return [...found.values()].slice(0, most);
  }

  /**
   * The end of the window in which the entry stands; undefined where this message has looked at enough items. The windows
   * of a crowd are the same for all items of a message, and each has twice the size of the one before. So the items of a
   * crowd cost few rounds of reads, however many a message names.
   */
  private windowEnd({ name, holders }: Crowd, at: number): number | undefined {
    if (holders.entries <= CROWD) return holders.entries;
    const ends = this.windows.get(name) ?? [at];
    this.windows.set(name, ends);
    const known = ends.find((end) => end > at);
    if (known !== undefined) return known;
    if (ends.length > 1 && this.looked > MAX_LOOKED_AT) return undefined;
    const end = Math.min(at + CROWD * 2 ** (ends.length - 1), holders.entries);
    this.looked += end - at;
    ends.push(end);
    return end;
  }
}

interface Crowd {
  readonly name: string;
  readonly holders: Holders;
  readonly isEqual?: (item: LiveItem) => boolean;
}

/** May an item that the peer sends be linked to this one? Not if the peer holds this one already, by another LUID. */
export const mayLink = (peer: PeerContext, item: Item): boolean => heldLuid(peer, item) === undefined;

/** The item, if it is not deleted. */
function liveItem(peer: PeerContext, guid: Guid): LiveItem | undefined {
  const item = peer.changes.itemAt(peer.datastore, guid);
  return item?.content === undefined ? undefined : (item as LiveItem);
}

/** The item that devices know by the UID of the content, because it has no id of its own. */
export function itemNamedBy(peer: PeerContext, content: Content): LiveItem | undefined {
  const uid = scheduledUid(content);
  return uid !== undefined && isGuid(uid) ? liveItem(peer, asGuid(uid)) : undefined;
}

/** The items of the first entries that the peer holds. */
function heldAmong(peer: PeerContext, holders: Holders, most: number): LiveItem[] {
  const live = [...new Set(holders.window(0, most))].flatMap((guid) => liveItem(peer, guid) ?? []);
  return live.filter((item) => !mayLink(peer, item));
}

/** The item, if it is not deleted and the peer does not hold it. */
function freeItem(peer: PeerContext, guid: Guid): LiveItem | undefined {
  const item = liveItem(peer, guid);
  return item !== undefined && mayLink(peer, item) ? item : undefined;
}

/** Items that share more keys, and rarer ones, come first. */
function rank(keys: readonly Holders[]): Guid[] {
  const weights = new Map<Guid, number>();
  for (const holders of keys)
    for (const guid of holders.all) weights.set(guid, (weights.get(guid) ?? 0) + 1 / holders.count);
  return [...weights].sort(([, a], [, b]) => b - a).map(([guid]) => guid);
}
