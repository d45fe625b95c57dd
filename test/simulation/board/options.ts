/** The options of `npm run board`. Throws a UsageError that says what helps. */
import { parse, UsageError } from '../../../functions/cli/options.ts';

export const HELP = `npm run board -- [options]
  --seeds N     so many stories for each bug at most, from seed 0 on (1000)
  --bug TEXT    only bugs whose layer and name hold this text (all)
  --gaps        only bugs that no known seed finds
  --print       print the table, and leave docs/proof.md as it is`;

export interface BoardOptions {
  readonly seeds: number;
  readonly bug: string;
  readonly gaps: boolean;
  readonly print: boolean;
}

/** Undefined when help is asked for. */
export function parseOptions(args: readonly string[]): BoardOptions | undefined {
  const { values } = parse({
    args: [...args],
    options: {
      seeds: { type: 'string', default: '1000' },
      bug: { type: 'string', default: '' },
      gaps: { type: 'boolean', default: false },
      print: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) return undefined;
  const seeds = Number(values.seeds);
  if (!Number.isSafeInteger(seeds) || seeds < 1)
    throw new UsageError(`--seeds takes a whole number from 1 on, not "${values.seeds}".`);
  return { seeds, bug: values.bug, gaps: values.gaps, print: values.print };
}
