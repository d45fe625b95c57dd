/** Which of many items may be the same as one: those that share marks with it. Work grows with the items, not their pairs. */

/** Items that one is compared with, at most. */
const MOST = 8;
/** A mark that more items have says nothing: a country's dialling code, a firm's name. */
const CROWD = 50;

export class Candidates {
  private readonly holders = new Map<string, number[]>();

  /** The marks of each item, in their order. */
  constructor(marks: Iterable<readonly string[]>) {
    let at = 0;
    for (const own of marks) {
      for (const mark of new Set(own)) {
        const held = this.holders.get(mark);
        if (held === undefined) this.holders.set(mark, [at]);
        else held.push(at);
      }
      at += 1;
    }
  }

  /** Positions that are free and share marks with these: the rarer the marks and the more of them, the earlier. */
  of(marks: readonly string[], isFree: (at: number) => boolean): number[] {
    const own = [...new Set(marks)].filter((mark) => this.holders.has(mark));
    const telling = own.filter((mark) => (this.holders.get(mark)?.length ?? 0) <= CROWD);
    const weights = new Map<number, number>();
    for (const mark of telling.length > 0 ? telling : own) {
      const holders = (this.holders.get(mark) ?? []).slice(0, CROWD);
      for (const at of holders) if (isFree(at)) weights.set(at, (weights.get(at) ?? 0) + 1 / holders.length);
    }
    const sorted = [...weights].sort(([a, x], [b, y]) => y - x || a - b);
    return sorted.slice(0, MOST).map(([at]) => at);
  }
}
