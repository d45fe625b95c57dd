/** A small seeded generator (mulberry32): the same seed tells the same story on every machine. */
export interface Random {
  /** 0 <= x < 1 */
  next(): number;
  below(n: number): number;
  chance(p: number): boolean;
  pick<T>(list: readonly T[]): T;
}

/** Gives the same numbers again when it is seeded anew. */
export interface Reseedable extends Random {
  seed(seed: number): void;
}

export function createRandom(seed: number): Reseedable {
  let a = seed >>> 0;
  const next = (): number => {
    a = (a + 0x6d2b79f5) >>> 0;
    let t = Math.imul(a ^ (a >>> 15), a | 1);
    t = (t + Math.imul(t ^ (t >>> 7), t | 61)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  const below = (n: number): number => Math.floor(next() * n);
  return {
    seed: (other) => {
      a = other >>> 0;
    },
    next,
    below,
    chance: (p) => next() < p,
    pick: (list) => {
      if (list.length === 0) throw new RangeError('nothing to pick from');
      return list[below(list.length)] as (typeof list)[number];
    },
  };
}
