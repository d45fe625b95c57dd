/** The options of `npm run simulate`. Throws a UsageError that says what helps. */
import { parse, UsageError } from '../../../functions/cli/options.ts';
import { STORES, type StoreName } from '../stores.ts';
import { countOf, parseSeeds, type Seeds } from './seeds.ts';

export const HELP = `npm run simulate -- [options]
  --seeds A..B      seeds from A on, without B; several ranges with commas between
  --seeds N         so many seeds (1000)
  --from SEED       the first of the N (1)
  --lives           lives, told by phones with programs of their own, in place of stories
  --steps N         steps of each story (40), or of the longest lives (24)
  --jobs N          processes at the same time (1)
  --store NAME      memory, sqlite or dynamodb (memory): the same stories, fastest first
  --ledger FILE     where the results of all runs add up (simulation.ledger)
  --again           also the seeds that the ledger has already
  --branches        count how often each rare branch of the server runs; tells all the seeds
  --proof           write how many were told, and failed, into docs/proof.md
  --any-commit      seeds that passed with another commit count as done`;

export interface SimulateOptions {
  readonly seeds: Seeds;
  readonly lives: boolean;
  readonly steps: number;
  readonly jobs: number;
  readonly store: StoreName;
  readonly ledger: string;
  readonly again: boolean;
  readonly branches: boolean;
  readonly proof: boolean;
  readonly anyCommit: boolean;
  readonly help: boolean;
}

export function parseOptions(args: readonly string[]): SimulateOptions {
  const { values } = parse({
    args: [...args],
    options: {
      seeds: { type: 'string', default: '1000' },
      from: { type: 'string' },
      lives: { type: 'boolean', default: false },
      steps: { type: 'string' },
      jobs: { type: 'string', default: '1' },
      store: { type: 'string', default: 'memory' },
      ledger: { type: 'string', default: 'simulation.ledger' },
      again: { type: 'boolean', default: false },
      branches: { type: 'boolean', default: false },
      proof: { type: 'boolean', default: false },
      'any-commit': { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  const store = STORES.find((name) => name === values.store);
  if (store === undefined) throw new UsageError(`--store takes ${STORES.join(', ')}, not "${values.store}".`);
  if (values.ledger === '') throw new UsageError('--ledger needs the name of a file.');
  return {
    seeds: seedsOf(values.seeds, values.from),
    lives: values.lives,
    steps: numberOf('steps', values.steps ?? (values.lives ? '24' : '40')),
    jobs: numberOf('jobs', values.jobs),
    store,
    ledger: values.ledger,
    again: values.again || values.branches,
    branches: values.branches,
    proof: values.proof,
    anyCommit: values['any-commit'],
    help: values.help,
  };
}

function seedsOf(text: string, from: string | undefined): Seeds {
  if (!text.includes('..')) {
    const first = numberOf('from', from ?? '1', 0);
    return [{ from: first, to: first + numberOf('seeds', text) }];
  }
  if (from !== undefined)
    throw new UsageError('--from goes with a number of seeds, for example --seeds 1000 --from 1.');
  const seeds = parseSeeds(text);
  if (seeds === undefined || countOf(seeds) === 0)
    throw new UsageError(`--seeds takes a number or ranges such as 0..20000, not "${text}".`);
  return seeds;
}

function numberOf(name: string, text: string, least = 1): number {
  const number = Number(text);
  if (/^\d+$/.test(text) && Number.isSafeInteger(number) && number >= least) return number;
  throw new UsageError(`--${name} takes a whole number from ${least} on, not "${text}".`);
}
