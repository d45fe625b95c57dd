/** Searches for a seed whose story finds a planted bug. */

/**
 * The first seed whose story fails, of those that found the bug once and then of 1 to `most`; Infinity where there is none.
 * When all of the known ones tell another story by now, the search takes minutes. `tell` tells the story of a seed.
 */
export async function seedThatFinds(
  known: readonly number[],
  most: number,
  tell: (seed: number) => Promise<unknown>,
): Promise<number> {
  const seeds = Array.from({ length: most }, (_, n) => n + 1);
  for (const [n, seed] of [...known, ...seeds].entries())
    try {
      await tell(seed);
    } catch {
      if (n >= known.length) console.warn(`Found by seed ${seed}, by none of ${known}: note it here.`);
      return seed;
    }
  return Number.POSITIVE_INFINITY;
}
