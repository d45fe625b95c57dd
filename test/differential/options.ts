/** The options of `npm run differential`. Throws a UsageError that says what helps. */
import { parse, UsageError } from '../../functions/cli/options.ts';

export const HELP = `npm run differential -- [options]
  --scenes LIST   only these stories, with commas between (all)
  --items         only the items that are written for devices, set before a second reader
  --jobs N        stories at the same time (2)
  --list          the names of the stories, and what happens in them`;

export interface DifferentialOptions {
  /** Names of stories; empty: none. */
  readonly scenes: readonly string[];
  readonly items: boolean;
  readonly jobs: number;
  readonly list: boolean;
}

/** `known`: the names of all stories. */
export function differentialOptions(
  args: readonly string[],
  known: readonly string[],
): DifferentialOptions | 'help' {
  const { values } = parse({
    args: [...args],
    options: {
      scenes: { type: 'string' },
      items: { type: 'boolean', default: false },
      jobs: { type: 'string', default: '2' },
      list: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) return 'help';
  if (values.items && values.scenes !== undefined)
    throw new UsageError('--items plays no stories: it does not go with --scenes.');
  const scenes = values.scenes === undefined ? known : namesIn(values.scenes, known);
  return {
    scenes: values.items ? [] : scenes,
    items: values.items || values.scenes === undefined,
    jobs: jobsOf(values.jobs),
    list: values.list,
  };
}

function namesIn(text: string, known: readonly string[]): string[] {
  const names = text.split(',').map((name) => name.trim());
  const unknown = names.find((name) => !known.includes(name));
  if (unknown === undefined) return names;
  throw new UsageError(`There is no story "${unknown}". --list names them.`);
}

function jobsOf(text: string): number {
  if (/^[1-9]\d?$/.test(text)) return Number(text);
  throw new UsageError(`--jobs takes a number from 1 to 99, not "${text}".`);
}
