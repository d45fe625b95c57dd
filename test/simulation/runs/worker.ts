/** A process that tells stories for crew.ts: takes orders, reports each seed. */
import { setImmediate as breath } from 'node:timers/promises';
import { planOf } from '../life/plan.ts';
import { playLife } from '../life/play.ts';
import { shortened, testOf } from '../life/shorten.ts';
import { type StoryStores, storyStores } from '../stores.ts';
import { runStory } from '../story.ts';
import type { Order, Outcome } from './crew.ts';

let stores: StoryStores | undefined;
let working = Promise.resolve();

async function work({ seeds, lives, steps, store }: Order): Promise<void> {
  stores ??= storyStores(store);
  for (let seed = seeds.from; seed < seeds.to && process.connected; seed += 1) {
    const outcome = await (lives ? tellLife : tell)(seed, steps, stores);
    // A story on SQLite never waits for anything: the end of the main process would go unheard.
    await breath();
    if (process.connected) process.send?.(outcome, undefined, undefined, () => {});
  }
}

async function tell(seed: number, steps: number, { open }: StoryStores): Promise<Outcome> {
  try {
    await runStory(seed, { steps, store: await open(), kind: 'any' });
    return { seed };
  } catch (error) {
    return { seed, failure: error instanceof Error ? error.message : String(error) };
  }
}

async function tellLife(seed: number, steps: number, { open }: StoryStores): Promise<Outcome> {
  const plan = planOf(seed, steps);
  try {
    await playLife(plan, { store: await open() });
    return { seed };
  } catch (error) {
    const failure = error instanceof Error ? error.message : String(error);
    const [reason = ''] = failure.split('\n');
    return { seed, failure: `${failure}\nShortened:\n${testOf(await shortened(plan, failure), reason)}` };
  }
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
