/** One run: stories told by several processes, what they found kept in the ledger, progress on stderr. */
import { constants } from 'node:os';
import { BRANCHES } from '../branches/branches.ts';
import { added, type Counts } from '../branches/counting.ts';
import { branchesText, neverRun } from '../branches/table.ts';
import { carryOut, type Order, type Outcome } from './crew.ts';
import { type Entry, type Kind, withSeed } from './ledger.ts';
import { saveResult } from './ledger-file.ts';
import type { SimulateOptions } from './options.ts';
import { durationText, type ProgressLine, rateText, showProgress } from './progress.ts';
import { countOf, portions, type Seeds } from './seeds.ts';

/** Seeds that one process is given at a time: few, so that all have work to the end. */
const PORTION = 5;
/** In milliseconds: what a run that is killed may lose. */
const SAVE_EVERY = 5_000;
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

export interface Task {
  readonly options: SimulateOptions;
  readonly kind: Kind;
  /** The seeds to tell; and how many of those asked for were told, and failed, before. */
  readonly left: Seeds;
  readonly done: number;
  readonly failed: number;
}

/** Ends the process when it is stopped by a signal, with what is done in the ledger. Returns what went wrong beside stories. */
export async function run(task: Task): Promise<string[]> {
  const { options, kind, left } = task;
  const begun = new Date().toISOString();
  const started = performance.now();
  let result: Entry = { ...kind, begun, last: begun, seeds: [], failures: [] };
  // Now too: a file that cannot be written is known before the first story.
  const save = () => saveResult(options.ledger, result);
  save();
  const secondsNow = () => (performance.now() - started) / 1000;
  const line = showProgress(() => progressOf(task, result, secondsNow()));
  let branches: Counts = new Map(BRANCHES.map(({ name }) => [name, 0]));
  const take = ({ seed, failure, counts = [] }: Outcome): void => {
    branches = added(branches, new Map(counts));
    if (failure !== undefined) line.say(failure);
    result = withSeed(result, seed, new Date().toISOString(), failure && reasonOf(failure));
  };
  const saving = setInterval(() => orSay(line, save), SAVE_EVERY);
  for (const signal of SIGNALS)
    process.on(signal, () => {
      line.end();
      save();
      console.log(stoppedText(task, result));
      process.exit(128 + constants.signals[signal]);
    });
  const complaints = await carryOut(ordersOf(task), options.jobs, take);
  clearInterval(saving);
  line.end();
  save();
  const told = countOf(result.seeds);
  const seconds = secondsNow();
  console.log(`${told} of ${countOf(left)} told in ${durationText(seconds)}, ${rateText(told / seconds)}`);
  if (!options.branches) return complaints;
  console.log(branchesText(branches));
  return [...complaints, ...neverRun(branches, told)];
}

function* ordersOf({ left, options: { lives, steps, store, branches } }: Task): Generator<Order> {
  for (const seeds of portions(left, PORTION)) yield { seeds, lives, steps, store, branches };
}

function progressOf({ left, done, failed }: Task, { seeds, failures }: Entry, seconds: number) {
  const told = countOf(seeds);
  return {
    done: done + told,
    all: done + countOf(left),
    failed: failed + failures.length,
    ...{ told, seconds },
  };
}

/** A disk that is full for a while loses nothing: the next time writes all of the run. */
function orSay(line: ProgressLine, save: () => void): void {
  try {
    save();
  } catch (error) {
    line.say(error instanceof Error ? error.message : String(error));
  }
}

function stoppedText({ left, options: { ledger } }: Task, { seeds }: Entry): string {
  const kept = `${countOf(seeds)} of ${countOf(left)} told, kept in ${ledger}`;
  return `Stopped: ${kept}. The same command goes on with what is missing.`;
}

/** The first line of what runStory throws. */
const reasonOf = (failure: string): string =>
  (failure.split('\n')[0] ?? '').replace(/^(seed|life) \d+: (Error: )?/, '');
