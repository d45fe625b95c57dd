/** Stories on a server that does everything in small portions: an index is made, items are walked and deleted few at a time. */
import { expect, it, vi } from 'vitest';
import type * as Limits from '../../lib/engine/model/limits.ts';
import { runStory } from './story.ts';

vi.mock('../../lib/engine/model/limits.ts', async (original) => ({
  ...(await original<typeof Limits>()),
  INDEX_TAIL_BYTES: 150,
  INDEX_ROW_BYTES: 200,
  INDEX_PORTION: 2,
  MAX_LOOKED_AT: 3,
  FIRST_PAGE_ITEMS: 2,
  LEAST_PAGE_ITEMS: 1,
  MAX_PAGE_ITEMS: 3,
  MAX_WALKED_ITEMS: 4,
  MAX_SWEPT_ITEMS: 2,
}));

it.each(Array.from({ length: 2 }, (_, n) => 10 * n))('10 stories from %i', async (from) => {
  for (let seed = from + 1; seed <= from + 10; seed += 1)
    expect(
      (await runStory(seed, { steps: 25, broken: true, parts: false, kind: 'any' })).lines.length,
    ).toBeGreaterThan(2);
});
