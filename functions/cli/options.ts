/** Command-line options that both commands share, and how a mistake in them is answered: with a sentence. */
import { parseArgs } from 'node:util';
import { UnknownLoginError } from '../../lib/app/accounts.ts';
import { StoreError } from '../../lib/store/port/port.ts';
import { NoStoreError, STORES, type StoreKind, type StorePlace } from '../open-store.ts';

/** A mistake of the person at the keyboard; the message is the whole answer. */
export class UsageError extends Error {}

export const STORE_OPTIONS = {
  data: { type: 'string', default: '.data' },
  store: { type: 'string', default: 'sqlite' },
  endpoint: { type: 'string' },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

/** What --help says of them. */
export const STORE_HELP = `  --data DIR                folder of the data (.data)
  --store sqlite|dynamodb   where items are kept (sqlite)
  --endpoint URL            DynamoDB's address, for --store dynamodb`;

/** npm takes options before them for its own, and hands on what stands behind each as a word. */
export const AFTER_DASHES = "Options come after npm's `--`.";

type Config = NonNullable<Parameters<typeof parseArgs>[0]>;

/**
 * The options that npm took for its own because they stood before its `--`, and of which the command would see nothing,
 * or the value alone.
 */
export function takenByNpm(names: readonly string[], variables: NodeJS.ProcessEnv): string[] {
  if (variables.npm_lifecycle_event === undefined) return [];
  return names.filter((name) => variables[`npm_config_${name}`] !== undefined);
}

/** parseArgs, with its complaint as a UsageError. */
export function parse<T extends Config>(config: T): ReturnType<typeof parseArgs<T>> {
  const [taken] = takenByNpm(Object.keys(config.options ?? {}), process.env);
  if (taken !== undefined) throw new UsageError(`npm took --${taken} for its own. ${AFTER_DASHES}`);
  try {
    return parseArgs(config);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const advice = code === 'ERR_PARSE_ARGS_UNEXPECTED_POSITIONAL' ? ` ${AFTER_DASHES}` : '';
    // Node goes on with advice about positional arguments that helps nobody here.
    const text = (message.split('. ')[0] ?? message).replace(/\.$/, '');
    throw new UsageError(`${text}. --help lists the options.${advice}`);
  }
}

/** The options and words of a command that works on a store. Throws a UsageError. */
export const storeArguments = () =>
  parse({ args: process.argv.slice(2), options: STORE_OPTIONS, allowPositionals: true });

export function storePlace(values: {
  data: string;
  store: string;
  endpoint?: string | undefined;
}): StorePlace {
  const { data, store, endpoint } = values;
  if (!isStore(store)) throw new UsageError(`--store takes ${STORES.join(' or ')}, not "${store}".`);
  if (data === '') throw new UsageError('--data needs the name of a folder.');
  if (store === 'sqlite') {
    if (endpoint !== undefined) throw new UsageError('--endpoint goes with --store dynamodb.');
    return { store, data };
  }
  if (endpoint === undefined) {
    throw new UsageError('--store dynamodb needs --endpoint, for example --endpoint http://127.0.0.1:8000.');
  }
  if (!URL.canParse(endpoint)) throw new UsageError(`--endpoint takes a URL, not "${endpoint}".`);
  return { store, data, endpoint };
}

/** `LOGIN:PASSWORD`; the password may hold colons. */
export function userOf(text: string): { readonly login: string; readonly password: string } {
  const colon = text.indexOf(':');
  if (colon < 1 || colon === text.length - 1)
    throw new UsageError('--user takes LOGIN:PASSWORD, neither of them empty.');
  return { login: text.slice(0, colon), password: text.slice(colon + 1) };
}

const isStore = (name: string): name is StoreKind => STORES.some((store) => store === name);

/** Runs a command; what goes wrong becomes one sentence on stderr and exit code 1, or 2 for a mistake in the options. */
export async function runCommand(command: () => Promise<void>): Promise<void> {
  try {
    await command();
  } catch (error) {
    process.exitCode = error instanceof UsageError || error instanceof NoStoreError ? 2 : 1;
    console.error(sentenceOf(error));
  }
}

const LOGIN_ADVICE = 'npm run password -- LOGIN --new makes one, and so does --user of npm start.';

function sentenceOf(error: unknown): string {
  if (error instanceof UnknownLoginError) return `${error.message} ${LOGIN_ADVICE}`;
  const text = error instanceof Error ? error.message : String(error);
  // In a log they stand behind other words.
  return error instanceof StoreError ? `${text.charAt(0).toUpperCase()}${text.slice(1)}` : text;
}
