/** What the counts of branches say, for people. */
import type { Counts } from './counting.ts';

/** A run of so many seeds must get to each branch. */
const MANY_SEEDS = 10_000;

/** One line a branch, the rarest first. */
export const branchesText = (counts: Counts): string =>
  ['times  branch', ...byCount(counts).map(([name, count]) => `${String(count).padStart(5)}  ${name}`)].join(
    '\n',
  );

const byCount = (counts: Counts): [name: string, count: number][] =>
  [...counts].sort(([, a], [, b]) => a - b);

/** The complaints of a run of many seeds: of each branch that never ran. */
export const neverRun = (counts: Counts, told: number): string[] =>
  told < MANY_SEEDS
    ? []
    : byCount(counts)
        .filter(([, count]) => count === 0)
        .map(([name]) => `In ${told} seeds it never happened that ${name}.`);
