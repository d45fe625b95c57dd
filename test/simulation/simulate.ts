/**
 * `npm run simulate -- --seeds N --from SEED --steps N --jobs N --store sqlite|dynamodb`: as many stories as one likes,
 * with progress. Prints each failing seed with the end of its story; exit code 1 when there is one.
 */
import { fork } from 'node:child_process';
import { parseArgs } from 'node:util';
import { STORES, type StoreName, storyStores } from './stores.ts';
import { runStory } from './story.ts';

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '1000' },
    from: { type: 'string', default: '1' },
    steps: { type: 'string', default: '40' },
    jobs: { type: 'string', default: '1' },
    store: { type: 'string', default: 'sqlite' },
  },
});
const [seeds = 0, from = 1, steps = 40, jobs = 1] = [
  values.seeds,
  values.from,
  values.steps,
  values.jobs,
].map(Number);
const store = STORES.find((name) => name === values.store);
if (![seeds, from, steps, jobs].every((n) => Number.isInteger(n) && n > 0) || store === undefined) {
  console.error(
    '--seeds, --from, --steps and --jobs are whole numbers above 0, --store is sqlite or dynamodb.',
  );
  process.exit(2);
}
if (process.send !== undefined) await runAll(seeds, from, store, (outcome) => process.send?.(outcome));
else await simulate(store);

interface Outcome {
  readonly seed: number;
  readonly failure?: string;
}

async function runAll(count: number, first: number, name: StoreName, tell: (outcome: Outcome) => void) {
  const stores = await storyStores(name);
  for (let seed = first; seed < first + count; seed += 1) {
    try {
      await runStory(seed, { steps, store: await stores.open() });
      tell({ seed });
    } catch (error) {
      tell({ seed, failure: error instanceof Error ? error.message : String(error) });
    }
  }
  await stores.close();
}

async function simulate(name: StoreName): Promise<void> {
  const failed: number[] = [];
  const started = Date.now();
  let done = 0;
  const take = ({ seed, failure }: Outcome): void => {
    done += 1;
    if (failure !== undefined) {
      failed.push(seed);
      console.log(`\n${failure}`);
    }
    if (done % 20 === 0 || done === seeds) progress(done, failed.length, started);
  };
  if (jobs === 1) await runAll(seeds, from, name, take);
  else await Promise.all(shares().map((share) => runShare(share, name, take)));
  const seconds = ((Date.now() - started) / 1000).toFixed(1);
  console.log(
    `\n${done} stories of ${steps} steps on ${name} in ${seconds} s, ${failed.length} failed ${failed.join(' ')}`,
  );
  process.exitCode = failed.length > 0 || done < seeds ? 1 : 0;
}

function shares(): { first: number; count: number }[] {
  const all = Array.from({ length: jobs }, (_, n) => {
    const [start, end] = [Math.floor((n * seeds) / jobs), Math.floor(((n + 1) * seeds) / jobs)];
    return { first: from + start, count: end - start };
  });
  return all.filter(({ count }) => count > 0);
}

function runShare(
  { first, count }: { first: number; count: number },
  name: StoreName,
  take: (outcome: Outcome) => void,
): Promise<void> {
  const options = ['--seeds', count, '--from', first, '--steps', steps, '--store', name].map(String);
  const child = fork(import.meta.filename, options);
  child.on('message', (outcome) => take(outcome as Outcome));
  return new Promise((resolve) => child.on('exit', () => resolve()));
}

function progress(done: number, failed: number, started: number): void {
  const left = Math.round(((Date.now() - started) / done) * (seeds - done) * 0.001);
  process.stderr.write(`\r${done} of ${seeds}, ${failed} failed, ${left} s left   `);
}
