import { expect, it } from 'vitest';
import type { Bug } from './bug.ts';
import { hunt } from './hunting.ts';

const bugThat = (tell: Bug['tell']): Bug => ({
  ...{ layer: 'codec', name: 'a bug', plants: [], seeds: [], tell },
});

it('ends with the first seed whose story fails, and says what the story said', async () => {
  let isPlanted = true;
  const bug = bugThat(async (seed) => {
    if (seed < 3 || !isPlanted) return;
    isPlanted = false;
    throw new Error(`seed ${seed}: Error: lost: Name-1\n    at story`);
  });
  expect(await hunt(bug, 10)).toMatchObject({ bug, seed: 3, told: 4, reason: 'lost: Name-1' });
});

it('goes on behind a story that fails without the bug, too', async () => {
  const told: number[] = [];
  const bug = bugThat(async (seed) => {
    if (seed === 1) throw new Error('it always fails');
  });
  expect(await hunt(bug, 3, (count) => told.push(count))).toEqual({ bug, told: 3, reached: false });
  expect(told).toEqual([1, 2, 3]);
});
