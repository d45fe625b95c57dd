/** The same things are added on both sides between syncs; and a planted bug, by which nobody compares them. */
import { afterEach, describe, expect, it, vi } from 'vitest';
import type * as LinkingModule from '../../lib/engine/receive/linking.ts';
import type * as SameThings from './same-things.ts';
import { runSameThings } from './same-things.ts';

const LINKING = '../../lib/engine/receive/linking.ts';

describe('the same things, added on several sides', () => {
  afterEach(() => {
    vi.doUnmock(LINKING);
    vi.resetModules();
  });

  it.each(Array.from({ length: 4 }, (_, n) => 8 * n))(
    'are one item each: 8 stories from %i',
    async (from) => {
      for (let seed = from + 1; seed <= from + 8; seed += 1)
        expect((await runSameThings(seed)).length).toBeGreaterThan(2);
    },
    120_000,
  );

  it('are found to be two where Adds are compared with nothing', async () => {
    vi.resetModules();
    vi.doMock(LINKING, async (original) => {
      const own = (await original()) as typeof LinkingModule;
      const unmatched: typeof own.applyOrLink = (peer, received) =>
        own.applyOrLink(peer, received, () => undefined);
      return { ...own, applyOrLink: unmatched };
    });
    const { runSameThings: run } = (await import('./same-things.ts')) as typeof SameThings;
    for (const seed of [1, 2, 3, 4]) await expect(run(seed)).rejects.toThrow(/thing \d+ is \d items/);
  }, 120_000);
});
