/**
 * Bugs planted in modules, where what is written is not wrong in itself. The stories do everything in small portions. Nothing
 * in the product knows of them.
 */
import { afterEach, describe, expect, it, vi } from 'vitest';
import type * as StandingModule from '../../lib/engine/changes/standing.ts';
import type * as ItemPagesModule from '../../lib/engine/context/item-pages.ts';
import { shardOf } from '../../lib/engine/model/ids.ts';
import type * as Limits from '../../lib/engine/model/limits.ts';
import type * as HeldEqualModule from '../../lib/engine/receive/held-equal.ts';
import type * as UnnamedModule from '../../lib/engine/receive/unnamed.ts';
import { seedThatFinds } from './planted-seeds.ts';
import type * as StoryModule from './story.ts';
import type { WorldOptions } from './world.ts';

/** Seeds within which a bug must be found. */
const SEEDS = 1_000;
const LIMITS = '../../lib/engine/model/limits.ts';
const SMALL = { FIRST_PAGE_ITEMS: 2, LEAST_PAGE_ITEMS: 1, MAX_PAGE_ITEMS: 3, MAX_SWEPT_ITEMS: 2 };

type Original<M> = () => Promise<M>;

/** A walk that goes from one shard to the next loses the first item there. */
function skippingBorders({ ItemPages, ...rest }: typeof ItemPagesModule) {
  class Skipping extends ItemPages {
    override behind(place: Parameters<typeof ItemPages.prototype.behind>[0]) {
      const item = super.behind(place);
      if (typeof item !== 'object' || shardOf(item.guid) === place.shard) return item;
      return super.behind({ shard: shardOf(item.guid), after: item.guid });
    }
  }
  return { ...rest, ItemPages: Skipping };
}

/** What the client named in this sync counts for nothing. */
function forgettingNames({ deleteUnnamed }: typeof UnnamedModule) {
  const blind: typeof deleteUnnamed = (sync) => {
    const peer = { ...sync.peer, generation: -1 };
    return deleteUnnamed(Object.create(sync, { peer: { value: peer } }));
  };
  return { deleteUnnamed: blind };
}

/** An item that the device holds already is added as a new one. */
const linkingNothing = (_: typeof HeldEqualModule) => ({ findHeldEqual: () => undefined });

/** The ids of commits and the stamps are not compared: a log is believed if it is long enough. */
const believingLengths = (own: typeof StandingModule) => ({
  ...own,
  holds: ((facts, at, _, { sequence }) => own.isInLog(facts, at, { sequence })) satisfies typeof own.holds,
});

/** A log is believed, whatever it holds, but stamps are compared. */
const believingLogs = (own: typeof StandingModule) => ({
  ...own,
  holds: ((facts, at, peer, { stamp }) => own.isStamped(facts, at, peer, stamp)) satisfies typeof own.holds,
});

/** Stamps are not compared: LUIDs may be gone that no commit names. */
const believingStamps = (own: typeof StandingModule) => ({
  ...own,
  holds: ((facts, at, _, standing) => own.isInLog(facts, at, standing)) satisfies typeof own.holds,
});

interface Bug {
  /** Seeds that found it. */
  readonly seeds: readonly number[];
  readonly module: string;
  readonly plant: unknown;
  readonly options: WorldOptions;
}

const WALKS: WorldOptions = { broken: true, restored: false, copies: false };
const COPIES: WorldOptions = { broken: true, restored: false, copies: true };
const RESTORED: WorldOptions = { broken: false, rich: false, restored: true, copies: false };
const STANDING = '../../lib/engine/changes/standing.ts';

const BUGS: { readonly [name: string]: Bug } = {
  'a walk that skips an item at a border': {
    ...{ seeds: [1], options: WALKS },
    ...{ module: '../../lib/engine/context/item-pages.ts', plant: skippingBorders },
  },
  'deletions that ignore what was named': {
    ...{ seeds: [7], options: WALKS },
    ...{ module: '../../lib/engine/receive/unnamed.ts', plant: forgettingNames },
  },
  'ids of commits and stamps that are not compared': {
    ...{ seeds: [2], options: RESTORED },
    ...{ module: STANDING, plant: believingLengths },
  },
  'a log that is believed': { seeds: [254], options: RESTORED, module: STANDING, plant: believingLogs },
  'copies that are not linked': {
    ...{ seeds: [5], options: COPIES },
    ...{ module: '../../lib/engine/receive/held-equal.ts', plant: linkingNothing },
  },
  'stamps that are not compared': {
    seeds: [155],
    options: RESTORED,
    module: STANDING,
    plant: believingStamps,
  },
};

describe('the simulation finds', () => {
  afterEach(() => {
    vi.doUnmock(LIMITS);
    for (const { module } of Object.values(BUGS)) vi.doUnmock(module);
    vi.resetModules();
  });

  it.each(Object.entries(BUGS))(
    '%s',
    async (_, bug) => {
      const { seeds, options, module, plant } = bug;
      vi.resetModules();
      vi.doMock(LIMITS, async (original) => ({
        ...(await (original as Original<typeof Limits>)()),
        ...SMALL,
      }));
      vi.doMock(module, async (original) => (plant as (own: unknown) => object)(await original()));
      const { runStory } = (await import('./story.ts')) as typeof StoryModule;
      const tell = (seed: number) => runStory(seed, { ...options, small: false, parts: false, steps: 40 });
      expect(await seedThatFinds(seeds, SEEDS, tell)).toBeLessThanOrEqual(SEEDS);
    },
    300_000,
  );
});
