import { describe, expect, it } from 'vitest';
import { runStory } from './story.ts';

/** Seeds that once failed stay here, each with what it found. */
const FOUND: readonly (readonly [seed: number, what: string])[] = [];

describe('simulation', () => {
  it.each(FOUND)('seed %i: %s', async (seed) => {
    expect((await runStory(seed)).seed).toBe(seed);
  });

  it('150 short stories hold the invariants', async () => {
    for (let seed = 1; seed <= 150; seed += 1) expect((await runStory(seed)).lines.length).toBeGreaterThan(2);
  }, 120_000);
});
