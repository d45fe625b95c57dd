/**
 * Walks through all items of a datastore, tombstones too, page by page: shard by shard, in the order of their GUIDs. The
 * pages of a message begin where the session stands and do not depend on what the message decides, so each run of the
 * step asks for the same ones.
 */
import type { Facts } from '../io/facts.ts';
import type { ItemPage } from '../io/reads.ts';
import { SHARDS } from '../model/ids.ts';
import { FIRST_PAGE_ITEMS, LEAST_PAGE_ITEMS, MAX_PAGE_ITEMS, MAX_WALKED_ITEMS } from '../model/limits.ts';
import type { Item, WalkPlace } from '../model/records.ts';

/** `pending`: a page is not read yet. `later`: this message has walked far enough. */
export type Walked = Item | 'pending' | 'later' | undefined;

interface Sources {
  readonly facts: Facts;
  readonly user: string;
  readonly datastore: string;
  /** How many items the message before looked at. */
  readonly lastCount: number | undefined;
}

interface LoadedPage extends ItemPage {
  readonly place: WalkPlace;
}

/** The beginning of all items. */
export const WALK_BEGIN: WalkPlace = { shard: 0, after: '' };

export class ItemPages {
  private readonly from: Sources;
  private readonly loaded: LoadedPage[] = [];

  constructor(from: Sources) {
    this.from = from;
  }

  /** The first item behind the place; undefined at the end. The places that are asked for never go back by a page. */
  behind(place: WalkPlace): Walked {
    let at: WalkPlace = place;
    while (at.shard < SHARDS) {
      const page = this.pageWith(at);
      if (page === 'pending' || page === 'later') return page;
      const item = firstBehind(page.items, at.after);
      if (item !== undefined) return item;
      at = page.next === undefined ? { shard: at.shard + 1, after: '' } : { ...at, after: page.next };
    }
    return undefined;
  }

  /** The page in which the items behind the place begin. */
  private pageWith(place: WalkPlace): LoadedPage | 'pending' | 'later' {
    const found = this.loaded.find((page) => covers(page, place));
    if (found !== undefined) return found;
    const walked = this.loaded.reduce((sum, { items }) => sum + items.length, 0);
    if (walked > MAX_WALKED_ITEMS) return 'later';
    const page = this.read(place);
    if (page === undefined) return 'pending';
    const loaded = { ...page, place };
    this.loaded.push(loaded);
    return loaded;
  }

  private read(place: WalkPlace): ItemPage | undefined {
    const { facts, user, datastore, lastCount } = this.from;
    const first = Math.max(LEAST_PAGE_ITEMS, lastCount ?? FIRST_PAGE_ITEMS);
    const limit = (n: number) => Math.min(MAX_PAGE_ITEMS, first * 4 ** n);
    const page = facts.need({ read: 'items', user, datastore, ...place, limit: limit(this.loaded.length) });
    // In a small datastore a page holds a whole shard. The other shards are asked for in the same round.
    const live = facts.need({ read: 'head', user, datastore })?.live ?? Number.POSITIVE_INFINITY;
    if (page === undefined && this.loaded.length === 0 && 2 * live < SHARDS * first)
      for (let n = 1; place.shard + n < SHARDS; n += 1)
        facts.need({ read: 'items', user, datastore, shard: place.shard + n, after: '', limit: limit(n) });
    return page;
  }
}

const covers = ({ place, next }: LoadedPage, { shard, after }: WalkPlace): boolean =>
  place.shard === shard && place.after <= after && (next === undefined || after < next);

function firstBehind(items: readonly Item[], after: string): Item | undefined {
  let [low, high] = [0, items.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((items[middle]?.guid ?? '') <= after) low = middle + 1;
    else high = middle;
  }
  return items[low];
}
