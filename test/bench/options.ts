/** What `npm run bench` is told on its command line. Must not know: how anything is measured. */
import { parseArgs } from 'node:util';
import { STORES, type StoreName } from './stores.ts';

export interface BenchOptions {
  /** Empty: all that are not asked for by name only. */
  readonly groups: readonly string[];
  readonly kinds: readonly string[];
  readonly sizes: readonly number[];
  /** On which store the kinds are run. */
  readonly store: StoreName;
  readonly client: boolean;
  readonly counts: readonly number[];
  readonly profile?: { readonly kind: string; readonly size?: number };
}

/** Names that options may take. */
export interface Known {
  readonly groups: readonly string[];
  readonly kinds: readonly string[];
}

/** What is wrong with the command line, in words for who typed it. */
export class OptionError extends Error {}

const STRING = { type: 'string' } as const;

/** Throws an OptionError. */
export function benchOptions(args: readonly string[], known: Known): BenchOptions | 'help' {
  const { values, positionals } = parsed(args);
  if (values.help) return 'help';
  const { profile, size } = values;
  if (size !== undefined && profile === undefined)
    throw new OptionError('--size belongs to --profile; the table takes --sizes.');
  const [profiled] = profile === undefined ? [] : namesIn(profile, 'kind', known.kinds);
  return {
    groups: positionals.flatMap((name) => namesIn(name, 'group', known.groups)),
    kinds: values.kinds === undefined ? known.kinds : namesIn(values.kinds, 'kind', known.kinds),
    sizes: numbersIn(values.sizes),
    store: storeNamed(values.store),
    client: values.client,
    counts: numbersIn(values.counts),
    ...(profiled !== undefined && {
      profile: { kind: profiled, ...(size !== undefined && { size: numberIn(size) }) },
    }),
  };
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        client: { type: 'boolean', default: false },
        counts: { ...STRING, default: '100,1000,10000' },
        help: { type: 'boolean', default: false },
        kinds: STRING,
        profile: STRING,
        size: STRING,
        sizes: { ...STRING, default: '300,1000,3000' },
        store: { ...STRING, default: 'sqlite' },
      },
    });
  } catch (error) {
    throw new OptionError(error instanceof Error ? error.message : String(error));
  }
}

function namesIn(text: string, what: string, known: readonly string[]): string[] {
  const names = text.split(',');
  const unknown = names.find((name) => !known.includes(name));
  if (unknown === undefined) return names;
  throw new OptionError(`There is no ${what} "${unknown}"; there are ${known.join(', ')}.`);
}

function storeNamed(text: string): StoreName {
  if (text in STORES) return text as StoreName;
  throw new OptionError(`There is no store "${text}"; there are ${Object.keys(STORES).join(', ')}.`);
}

const numbersIn = (text: string): number[] => text.split(',').map(numberIn);

function numberIn(text: string): number {
  if (!/^[1-9]\d{0,6}$/.test(text)) throw new OptionError(`"${text}" is no number of items.`);
  return Number(text);
}
