/** Which of many items may be the same as one: those that share marks with it. Work grows with the items, not their pairs. */

/** Items that one is compared with, at most. */
const MOST = 8;
/** A mark that more free items have says nothing: a country's dialling code, a firm's name. */
const CROWD = 50;

/** Positions of items with one mark, in their order; those before `from` are all taken. */
interface Holders {
  readonly list: number[];
  from: number;
}

export class Candidates {
  private readonly holders = new Map<string, Holders>();

  /** The marks of each item, in their order. */
  constructor(marks: Iterable<readonly string[]>) {
    let at = 0;
    for (const own of marks) {
      for (const mark of new Set(own)) {
        const held = this.holders.get(mark);
        if (held === undefined) this.holders.set(mark, { list: [at], from: 0 });
        else held.list.push(at);
      }
      at += 1;
    }
  }

  /**
   * Positions that are free and share marks with these: the rarer the marks and the more of them, the earlier. What was
   * not free once is never asked for again.
   */
  of(marks: readonly string[], isFree: (at: number) => boolean): number[] {
    const held = [...new Set(marks)].flatMap((mark) => this.holders.get(mark) ?? []);
    const found = held.map((one) => ({ free: freeOf(one, isFree), left: one.list.length - one.from }));
    const telling = found.filter(({ left }) => left <= CROWD);
    const weights = new Map<number, number>();
    for (const { free } of telling.length > 0 ? telling : found)
      for (const at of free) weights.set(at, (weights.get(at) ?? 0) + 1 / free.length);
    const sorted = [...weights].sort(([a, x], [b, y]) => y - x || a - b);
    return sorted.slice(0, MOST).map(([at]) => at);
  }
}

/** The first that are free. Those between them that are taken are left behind, so that each is passed once. */
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
