/**
 * Walks through all items of a datastore, tombstones too, page by page: shard by shard, in the order of their GUIDs. The
 * pages of a message begin where the session stands and do not depend on what the message decides, so each run of the
 * step asks for the same ones.
 */
import type { Facts } from '../io/facts.ts';
import type { ItemPage } from '../io/reads.ts';
import { SHARDS } from '../model/ids.ts';
import { LEAST_PAGE_ITEMS, MAX_PAGE_ITEMS, MAX_PAGES, MAX_WALKED_ITEMS } from '../model/limits.ts';
import { type Item, placeBehind, WALK_BEGIN, type WalkPlace } from '../model/records.ts';

/** `pending`: a page is not read yet. `later`: this message has walked far enough. */
export type Walked = Item | 'pending' | 'later' | undefined;

interface Sources {
  readonly facts: Facts;
  readonly user: string;
  readonly datastore: string;
  /** How many items the message will most likely look at. */
  readonly wanted: number;
}

interface LoadedPage extends ItemPage {
  readonly place: WalkPlace;
}

export class ItemPages {
  private readonly from: Sources;
  private readonly loaded: LoadedPage[] = [];

  constructor(from: Sources) {
    this.from = from;
  }

  /** Behind all that was read: there a walk goes on for which it is `later`. */
  get reached(): WalkPlace {
    const last = this.loaded.at(-1);
    return last === undefined ? WALK_BEGIN : placeBehind(last.place, last.next);
  }

  /** How many of the items that were read lie before this place, or at it. */
  passed({ shard, after }: WalkPlace): number {
    return this.loaded.reduce((sum, { place, items }) => {
      if (place.shard !== shard) return place.shard < shard ? sum + items.length : sum;
      return sum + indexBehind(items, after);
    }, 0);
  }

  /** How many items were read. */
  private get count(): number {
    return this.loaded.reduce((sum, { items }) => sum + items.length, 0);
  }

  /** The first item behind the place; undefined at the end. The places that are asked for never go back by a page. */
  behind(place: WalkPlace): Walked {
    let at: WalkPlace = place;
    while (at.shard < SHARDS) {
      const page = this.pageWith(at);
      if (page === 'pending' || page === 'later') return page;
      const item = firstBehind(page.items, at.after);
      if (item !== undefined) return item;
      at = placeBehind(at, page.next);
    }
    return undefined;
  }

  /** The page in which the items behind the place begin. */
  private pageWith(place: WalkPlace): LoadedPage | 'pending' | 'later' {
    const found = this.loaded.find((page) => covers(page, place));
    if (found !== undefined) return found;
    if (this.count > MAX_WALKED_ITEMS || this.loaded.length >= MAX_PAGES) return 'later';
    const page = this.read(place);
    if (page === undefined) return 'pending';
    const loaded = { ...page, place };
    this.loaded.push(loaded);
    return loaded;
  }

  private read(place: WalkPlace): ItemPage | undefined {
    const { facts, user, datastore, wanted } = this.from;
    const first = Math.min(MAX_PAGE_ITEMS, Math.max(LEAST_PAGE_ITEMS, wanted));
    const at = { read: 'items', user, datastore } as const;
    // If a page holds a whole shard, some more shards are asked for in the same round.
    const live = facts.need({ read: 'head', user, datastore })?.live ?? Number.POSITIVE_INFINITY;
    const shards = Math.ceil(first / Math.max(1, live / SHARDS));
    const further = Math.max(0, this.loaded.length + 1 - shards);
    const limit = Math.min(MAX_PAGE_ITEMS, first * 4 ** further);
    const page = facts.need({ ...at, ...place, limit });
    if (page === undefined && this.loaded.length === 0)
      for (let shard = place.shard + 1; shard < Math.min(SHARDS, place.shard + shards); shard += 1)
        facts.need({ ...at, shard, after: '', limit: first });
    return page;
  }
}

const covers = ({ place, next }: LoadedPage, { shard, after }: WalkPlace): boolean =>
  place.shard === shard && place.after <= after && (next === undefined || after < next);

const firstBehind = (items: readonly Item[], after: string): Item | undefined =>
  items[indexBehind(items, after)];

/** The index of the first item behind this one. */
function indexBehind(items: readonly Item[], after: string): number {
  let [low, high] = [0, items.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((items[middle]?.guid ?? '') <= after) low = middle + 1;
    else high = middle;
  }
  return low;
}
