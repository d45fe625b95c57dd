/** The stories that are told to find bugs. They are loaded when the first one is told: by then the switches are in. */
import type { WorldOptions } from '../world.ts';
import type { Tell } from './bug.ts';

/** A story of the simulation. Where nothing is said of steps, it has 40. */
export const story =
  (options: WorldOptions & { readonly steps?: number }): Tell =>
  async (seed) => {
    const { runStory } = await import('../story.ts');
    const { memoryStore } = await import('../../kit/memory-store.ts');
    return runStory(seed, { steps: 40, ...options, store: memoryStore() });
  };

/** The same on SQLite. Two devices often sync at the same time. */
export const sqliteStory: Tell = async (seed) => {
  const { runStory } = await import('../story.ts');
  const { sqliteStore } = await import('../../../lib/store/sqlite/store.ts');
  return runStory(seed, { ...PLAIN, harsh: true, steps: 40, store: sqliteStore({ file: ':memory:' }) });
};

/** Without what came to the stories later. */
export const PLAIN = { broken: false, restored: false, copies: false, small: false, parts: false } as const;

/** Contacts of few fields where much fails. Such a story takes less time than others. */
export const harsh: Tell = story({ ...PLAIN, rich: false, harsh: true });

/** The same things are added on several sides. */
export const sameThings: Tell = async (seed) => {
  const { runSameThings } = await import('../same-things.ts');
  const { memoryStore } = await import('../../kit/memory-store.ts');
  return runSameThings(seed, { store: memoryStore() });
};

/** A phone with a filter. */
export const filtered: Tell = async (seed) => {
  const { runFiltered } = await import('../filtered.ts');
  const { memoryStore } = await import('../../kit/memory-store.ts');
  return runFiltered(seed, memoryStore());
};

/** A life: phones with programs of their own, so that what they show is expected without the product's writers. */
export const life: Tell = async (seed) => {
  const { playLife } = await import('../life/play.ts');
  const { planOf } = await import('../life/plan.ts');
  return playLife(planOf(seed));
};
