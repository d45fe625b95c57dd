/** A process that tells stories for crew.ts: takes orders, reports each seed. */
import { setImmediate as breath } from 'node:timers/promises';
import { BRANCHES } from '../branches/branches.ts';
import { type Counts, countBranches } from '../branches/counting.ts';
import { type StoryStores, storyStores } from '../stores.ts';
import type { Order, Outcome } from './crew.ts';

let stores: StoryStores | undefined;
let counted: (() => Promise<Counts>) | undefined;
let working = Promise.resolve();

async function work({ seeds, lives, steps, store, branches }: Order): Promise<void> {
  stores ??= storyStores(store);
  if (branches) counted ??= await countBranches(BRANCHES);
  const tell = await tellerOf(lives);
  for (let seed = seeds.from; seed < seeds.to && process.connected; seed += 1) {
    const outcome = await tell(seed, steps, stores);
    const isLast = seed === seeds.to - 1;
    const counts = isLast && counted !== undefined ? { counts: [...(await counted())] } : {};
    // A story on SQLite never waits for anything: the end of the main process would go unheard.
    await breath();
    if (process.connected) process.send?.({ ...outcome, ...counts }, undefined, undefined, () => {});
  }
}

type Teller = (seed: number, steps: number, stores: StoryStores) => Promise<Outcome>;

/** Loads what tells, and with it the server: V8 counts only what is loaded after it began to count. */
const tellerOf = (lives: boolean): Promise<Teller> => (lives ? lifeTeller() : storyTeller());

async function storyTeller(): Promise<Teller> {
  const { runStory } = await import('../story.ts');
  return async (seed, steps, { open }) => {
    try {
      await runStory(seed, { steps, store: await open(), kind: 'any' });
      return { seed };
    } catch (error) {
      return { seed, failure: error instanceof Error ? error.message : String(error) };
    }
  };
}

async function lifeTeller(): Promise<Teller> {
  const { planOf } = await import('../life/plan.ts');
  const { playLife } = await import('../life/play.ts');
  const { shortened, testOf } = await import('../life/shorten.ts');
  return async (seed, steps, { open }) => {
    const plan = planOf(seed, steps);
    try {
      await playLife(plan, { store: await open() });
      return { seed };
    } catch (error) {
      const failure = error instanceof Error ? error.message : String(error);
      const [reason = ''] = failure.split('\n');
      return { seed, failure: `${failure}\nShortened:\n${testOf(await shortened(plan, failure), reason)}` };
    }
  };
}

process.on('message', (order) => {
  working = work(order as Order);
});
process.once('disconnect', async () => {
  await working;
  await stores?.close();
});
// The main process hears it too, keeps what is done, and leaves; then so does this one.
process.on('SIGINT', () => {});
