/** Bugs planted where it is decided what a device has no room for. Nothing in the product knows of them. */
import { afterEach, describe, expect, it, vi } from 'vitest';
import type * as Cuts from '../../lib/pim/merge/cuts.ts';
import type * as Slots from '../../lib/pim/merge/slots.ts';
import { seedThatFinds } from './planted-seeds.ts';
import type * as StoryModule from './story.ts';

/** Seeds within which a bug must be found. */
const SEEDS = 300;
const SLOTS = '../../lib/pim/merge/slots.ts';
const CUTS = '../../lib/pim/merge/cuts.ts';

const countIgnored: typeof Slots = { leftOut: () => [] };
const neverDeleted: typeof Slots = { leftOut: ({ missing }) => missing };
const cutIsChange: typeof Cuts = { withRoomless: (_, made) => made };

/** Each with its module, and seeds that found it. */
const BUGS: readonly (readonly [string, seeds: readonly number[], module: string, plant: object])[] = [
  ['slots that do not count: what lacks is deleted', [2], SLOTS, countIgnored],
  ['a cut that is taken as a change', [41], CUTS, cutIsChange],
  ['a deletion that is never believed', [35], SLOTS, neverDeleted],
];

describe('the simulation finds', () => {
  afterEach(() => {
    for (const module of [SLOTS, CUTS]) vi.doUnmock(module);
    vi.resetModules();
  });

  it.each(BUGS)(
    '%s',
    async (_, known, module, plant) => {
      vi.resetModules();
      vi.doMock(module, () => plant);
      const { runStory } = (await import('./story.ts')) as typeof StoryModule;
      const tell = (seed: number) => runStory(seed, { rich: true, small: true, broken: false, steps: 40 });
      expect(await seedThatFinds(known, SEEDS, tell)).toBeLessThanOrEqual(SEEDS);
    },
    300_000,
  );
});
