/**
 * `npm run simulate -- --seeds 0..20000`: as many stories as one likes, with progress. The results add up in a file, the
 * ledger: a run that was stopped, or that is asked for more seeds, goes on with what is missing. Prints each failing seed
 * with the end of its story; exit code 1 when one of the seeds asked for has failed, or has no result.
 */
import { join } from 'node:path';
import { runCommand } from '../../functions/cli/options.ts';
import { PROOF, rewriteSection } from '../kit/proof.ts';
import { codeOf } from './runs/code.ts';
import { figuresText } from './runs/figures.ts';
import { doneSeeds, failuresIn, type Kind } from './runs/ledger.ts';
import { readLedger } from './runs/ledger-file.ts';
import { HELP, parseOptions, type SimulateOptions } from './runs/options.ts';
import { run } from './runs/run.ts';
import { common, countOf, without } from './runs/seeds.ts';
import { kindText, summaryText } from './runs/summary.ts';
import { whyNot } from './stores.ts';

await runCommand(async () => {
  const options = parseOptions(process.argv.slice(2));
  if (options.help) console.log(HELP);
  else await simulate(options);
});

async function simulate(options: SimulateOptions): Promise<void> {
  const { lives, steps, store, seeds, ledger: file, again, anyCommit } = options;
  const missing = whyNot(store);
  if (missing !== undefined) throw new Error(`--store ${store} cannot run here: ${missing}`);
  const kind: Kind = {
    ...codeOf(join(import.meta.dirname, '..', '..')),
    steps,
    store,
    ...(lives && { lives }),
  };
  if (kind.commit === 'unknown')
    console.error('git does not name the commit: seeds of other code count as done. --again runs them too.');
  const before = readLedger(file);
  const done = again ? [] : common(seeds, doneSeeds(before, kind, anyCommit));
  const left = without(seeds, done);
  console.log(`${kindText(kind)}: ${countOf(left)} of ${countOf(seeds)} seeds to do, results in ${file}`);
  const task = { options, kind, left, done: countOf(done), failed: failuresIn(before, kind, done).length };
  const complaints = countOf(left) === 0 ? [] : await run(task);

  const ledger = readLedger(file);
  console.log(summaryText(file, ledger, kind));
  if (options.proof) rewriteSection(PROOF, 'figures', (before) => figuresText(before, ledger, kind));
  for (const complaint of complaints) console.error(complaint);
  const lost = countOf(without(seeds, doneSeeds(ledger, kind, anyCommit)));
  if (lost > 0) console.error(`${lost} seeds have no result. The same command goes on with them.`);
  if (lost + complaints.length > 0 || failuresIn(ledger, kind, seeds).length > 0) process.exitCode = 1;
}
