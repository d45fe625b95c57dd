/**
 * `npm run simulate -- --seeds N --from SEED --steps N`: as many stories as one likes, with progress. Prints each
 * failing seed with the end of its story; exit code 1 when there is one.
 */
import { parseArgs } from 'node:util';
import { runStory } from './story.ts';

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '1000' },
    from: { type: 'string', default: '1' },
    steps: { type: 'string', default: '40' },
  },
});
const [seeds, from, steps] = [values.seeds, values.from, values.steps].map(Number);
if (![seeds, from, steps].every(Number.isInteger)) {
  console.error('--seeds, --from and --steps are whole numbers.');
  process.exit(2);
}
await simulate(seeds ?? 0, from ?? 1, steps ?? 40);

async function simulate(count: number, first: number, length: number): Promise<void> {
  const failed: number[] = [];
  const started = Date.now();
  for (let seed = first; seed < first + count; seed += 1) {
    try {
      await runStory(seed, { steps: length });
    } catch (error) {
      failed.push(seed);
      console.log(`\n${error instanceof Error ? error.message : String(error)}`);
    }
    const done = seed - first + 1;
    if (done % 20 === 0 || done === count) progress(done, count, failed.length, started);
  }
  const seconds = ((Date.now() - started) / 1000).toFixed(1);
  console.log(
    `\n${count} stories of ${length} steps in ${seconds} s, ${failed.length} failed ${failed.join(' ')}`,
  );
  process.exitCode = failed.length > 0 ? 1 : 0;
}

function progress(done: number, count: number, failed: number, started: number): void {
  const left = Math.round(((Date.now() - started) / done) * (count - done) * 0.001);
  process.stderr.write(`\r${done} of ${count}, ${failed} failed, ${left} s left   `);
}
