/**
 * Finds the few of many items that may be the same as a given one: those that share blocking keys with it. The work grows
 * with the number of items, not with the number of pairs.
 */

/** The most candidates for one item. */
const MOST = 8;
/** A blocking key that more free items have is useless: a country's dialling code, a firm's name. */
const CROWD = 50;

/** The positions of the items with one key, in order. The items before `from` are not free. */
interface Holders {
  readonly list: number[];
  from: number;
}

export class Candidates {
  private readonly holders = new Map<string, Holders>();

  /** Takes the blocking keys of each item, in the order of the items. */
  constructor(keysOfItems: Iterable<readonly string[]>) {
    let at = 0;
    for (const keys of keysOfItems) {
      for (const key of new Set(keys)) {
        const held = this.holders.get(key);
        if (held === undefined) this.holders.set(key, { list: [at], from: 0 });
        else held.list.push(at);
      }
      at += 1;
    }
  }

  /**
   * The positions of free items that share some of these keys. Items that share more keys, and rarer ones, come first.
   * An item that was not free once is taken to stay so.
   */
  of(keys: readonly string[], isFree: (at: number) => boolean): number[] {
    const held = [...new Set(keys)].flatMap((key) => this.holders.get(key) ?? []);
    const found = held.map((one) => ({ free: freeOf(one, isFree), left: one.list.length - one.from }));
    const telling = found.filter(({ left }) => left <= CROWD);
    const weights = new Map<number, number>();
    for (const { free } of telling.length > 0 ? telling : found)
      for (const at of free) weights.set(at, (weights.get(at) ?? 0) + 1 / free.length);
    const sorted = [...weights].sort(([a, x], [b, y]) => y - x || a - b);
    return sorted.slice(0, MOST).map(([at]) => at);
  }
}

/** The first free items with a key. Items that are not free are dropped from the list, so that each is passed only once. */
function freeOf(holders: Holders, isFree: (at: number) => boolean): number[] {
  const { list } = holders;
  const free: number[] = [];
  let at = holders.from;
  for (; at < list.length && free.length < CROWD; at += 1) {
    const one = list[at] as number;
    if (isFree(one)) free.push(one);
  }
  holders.from = at - free.length;
  free.forEach((one, n) => {
    list[holders.from + n] = one;
  });
  return free;
}
