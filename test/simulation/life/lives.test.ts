/** Lives told with the tests; `npm run simulate -- --lives` tells as many as one likes. */
import { describe, expect, it } from 'vitest';
import type { Life } from './life.ts';
import { planOf } from './plan.ts';
import { playLife } from './play.ts';
import { shortened, testOf } from './shorten.ts';

/** What happened, and what all devices have at the end. */
const endOf = ({ lines, devices }: Life): string =>
  JSON.stringify([lines, devices.map(({ handset }) => handset.databases.map(({ items }) => [...items]))]);

describe('what people typed stands everywhere', () => {
  it.each([0, 1, 2, 3])(
    'in ten lives, part %i',
    async (part) => {
      for (let seed = part * 10; seed < part * 10 + 10; seed += 1)
        expect((await playLife(planOf(seed))).plan.seed).toBe(seed);
    },
    60_000,
  );

  it('each time in the same way', async () => {
    for (const seed of [3, 4, 9]) {
      const [first, second] = [await playLife(planOf(seed)), await playLife(planOf(seed))];
      expect(endOf(second)).toBe(endOf(first));
    }
  }, 60_000);
});

describe('a life that fails', () => {
  it('is shortened, and printed as a test', async () => {
    const plan = { ...planOf(5), kinds: [], devices: [] };
    const short = await shortened(plan, 'life 5: Error: nothing fails so');
    expect(short).toBe(plan);
    expect(testOf(short, 'a reason')).toContain('"seed":5');
  });
});
