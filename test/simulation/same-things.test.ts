/** The same things are added on both sides between syncs. */
import { describe, expect, it } from 'vitest';
import { runSameThings } from './same-things.ts';

describe('the same things, added on several sides', () => {
  it.each(Array.from({ length: 4 }, (_, n) => 8 * n))(
    'are one item each: 8 stories from %i',
    async (from) => {
      for (let seed = from + 1; seed <= from + 8; seed += 1)
        expect((await runSameThings(seed)).length).toBeGreaterThan(2);
    },
    120_000,
  );
});
