/** A phone with a filter sees what its filter says, whatever everybody does meanwhile. */
import { expect, it } from 'vitest';
import { memoryStore } from '../kit/memory-store.ts';
import { runFiltered } from './filtered.ts';

it('8 stories of a phone with a filter (F08 F11 F13 F14)', async () => {
  for (let seed = 0; seed < 8; seed += 1)
    expect((await runFiltered(seed, memoryStore())).length).toBeGreaterThan(10);
});
