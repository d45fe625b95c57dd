/** Sets of seeds as ranges, and the arithmetic of them. All functions are pure. */

/** `from` is in it, `to` is not. */
export interface SeedRange {
  readonly from: number;
  readonly to: number;
}
/** In order; none is empty, none touches the next. */
export type Seeds = readonly SeedRange[];

/** What is in any of the sets; takes ranges in any order. */
export function joined(...sets: readonly (readonly SeedRange[])[]): Seeds {
  const all = sets
    .flat()
    .filter(({ from, to }) => from < to)
    .sort((a, b) => a.from - b.from);
  const found: SeedRange[] = [];
  for (const range of all) {
    const last = found.at(-1);
    if (last === undefined || last.to < range.from) found.push(range);
    else found[found.length - 1] = { from: last.from, to: Math.max(last.to, range.to) };
  }
  return found;
}

/** What of the one is not in the other. */
export function without(seeds: Seeds, others: Seeds): Seeds {
  return seeds.flatMap(({ from, to }) => {
    const left: SeedRange[] = [];
    let start = from;
    for (const other of others) {
      if (other.to <= start || other.from >= to) continue;
      left.push({ from: start, to: other.from });
      start = other.to;
    }
    return [...left, { from: start, to }].filter((range) => range.from < range.to);
  });
}

/** What is in both. */
export const common = (a: Seeds, b: Seeds): Seeds => without(a, without(a, b));

/** A set of one. */
export const only = (seed: number): SeedRange => ({ from: seed, to: seed + 1 });
export const has = (seeds: Seeds, seed: number): boolean =>
  seeds.some(({ from, to }) => from <= seed && seed < to);
export const countOf = (seeds: Seeds): number => seeds.reduce((sum, { from, to }) => sum + to - from, 0);

/** The same seeds in pieces of at most this many, in order. */
export function* portions(seeds: Seeds, most: number): Generator<SeedRange> {
  for (const { from, to } of seeds)
    for (let start = from; start < to; start += most) yield { from: start, to: Math.min(start + most, to) };
}

/** As `0..20 30..31`. */
export const textOf = (seeds: Seeds): string => seeds.map(({ from, to }) => `${from}..${to}`).join(' ');

/** What `textOf` wrote, or a person in any order; undefined when it is something else. */
export function parseSeeds(text: string): Seeds | undefined {
  const ranges = text.split(/[ ,]+/).filter((part) => part !== '');
  const found = ranges.map((part) => {
    const [, from, to] = /^(\d+)\.\.(\d+)$/.exec(part) ?? [];
    return { from: Number(from), to: Number(to) };
  });
  const areRanges = found.every(({ from, to }) => Number.isSafeInteger(to) && from < to);
  return areRanges ? joined(found) : undefined;
}
