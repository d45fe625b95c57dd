/**
 * What was simulated so far: which seeds of which code, and which of them failed. Runs add up: taking in a
 * result twice changes nothing, and results of different seeds may come in any order. All functions are pure.
 */
import { STORES, type StoreName } from '../stores.ts';
import { has, joined, only, parseSeeds, type Seeds, textOf, without } from './seeds.ts';

/** Seeds add up as long as all of this is the same. */
export interface Kind {
  readonly commit: string;
  /** Digest of what differs from the commit; absent when nothing does. */
  readonly dirty?: string;
  /** Lives in place of stories. */
  readonly lives?: true;
  readonly steps: number;
  readonly store: StoreName;
}

export interface Failure {
  readonly seed: number;
  readonly reason: string;
}

export interface Entry extends Kind {
  /** Times in ISO 8601, of the first run and of the last result. */
  readonly begun: string;
  readonly last: string;
  readonly seeds: Seeds;
  /** By seed. */
  readonly failures: readonly Failure[];
}
export type Ledger = readonly Entry[];

/** Written into the file; a file of another format is refused. */
const FORMAT = 1;

export const isKind = (a: Kind, b: Kind): boolean =>
  a.commit === b.commit && a.dirty === b.dirty && isLike(a, b);
/** The same, of other code perhaps. */
const isLike = (a: Kind, b: Kind): boolean =>
  a.steps === b.steps && a.store === b.store && a.lives === b.lives;

export const entryOf = (ledger: Ledger, kind: Kind): Entry | undefined =>
  ledger.find((entry) => isKind(entry, kind));

/** Takes in a result. Of a seed that was there already, the new result stands. */
export function added(ledger: Ledger, result: Entry): Ledger {
  const before = entryOf(ledger, result);
  const { begun, seeds, failures } = before ?? { ...result, seeds: [], failures: [] };
  const older = failures.filter(({ seed }) => !has(result.seeds, seed));
  const merged: Entry = {
    ...result,
    begun,
    seeds: joined(seeds, result.seeds),
    failures: [...older, ...result.failures].sort((a, b) => a.seed - b.seed),
  };
  return before === undefined
    ? [...ledger, merged]
    : ledger.map((entry) => (entry === before ? merged : entry));
}

/** A result with one more seed. */
export const withSeed = (result: Entry, seed: number, last: string, reason?: string): Entry => ({
  ...result,
  last,
  seeds: joined(result.seeds, [only(seed)]),
  failures: reason === undefined ? result.failures : [...result.failures, { seed, reason }],
});

/** Which seeds need no run. `anyCommit`: also those that passed with other code. */
export function doneSeeds(ledger: Ledger, kind: Kind, anyCommit: boolean): Seeds {
  const own = entryOf(ledger, kind)?.seeds ?? [];
  if (!anyCommit) return own;
  return joined(own, ...ledger.filter((entry) => isLike(entry, kind)).map(passed));
}

const passed = ({ seeds, failures }: Entry): Seeds =>
  without(seeds, joined(failures.map(({ seed }) => only(seed))));

/** Of this code, among these seeds. */
export const failuresIn = (ledger: Ledger, kind: Kind, seeds: Seeds): readonly Failure[] =>
  (entryOf(ledger, kind)?.failures ?? []).filter(({ seed }) => has(seeds, seed));

export function ledgerText(ledger: Ledger): string {
  const entries = ledger.map(({ seeds, ...rest }) => ({ ...rest, seeds: textOf(seeds) }));
  return `${JSON.stringify({ format: FORMAT, entries }, null, 1)}\n`;
}

/** Throws with the reason when the text is no ledger. */
export function parseLedger(text: string): Ledger {
  const { format, entries } = JSON.parse(text) as { format?: unknown; entries?: unknown };
  if (format !== FORMAT) throw new Error(`its format is ${format}, not ${FORMAT}`);
  if (!Array.isArray(entries)) throw new Error('it has no entries');
  return entries.map(parseEntry);
}

function parseEntry(entry: { readonly [name in keyof Entry]?: unknown }, at: number): Entry {
  const { seeds, steps, store, failures } = entry;
  const parsed = typeof seeds === 'string' ? parseSeeds(seeds) : undefined;
  const areTexts = [entry.commit, entry.begun, entry.last, entry.dirty ?? ''].every(
    (value) => typeof value === 'string',
  );
  const isKnown = STORES.some((name) => name === store) && Number.isInteger(steps);
  if (!areTexts || !isKnown || parsed === undefined || !Array.isArray(failures) || !failures.every(isFailure))
    throw new Error(`its entry ${at + 1} cannot be read`);
  return { ...(entry as Entry), seeds: parsed };
}

const isFailure = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && 'seed' in value && Number.isInteger(value.seed);
