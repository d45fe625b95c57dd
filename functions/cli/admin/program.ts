/** `npm run admin`: the commands of an operator, and the store that they work on. */
import { Command, CommanderError, Option } from 'commander';
import { STORES, type StorePlace, withStore } from '../../open-store.ts';
import { UsageError } from '../options.ts';
import { completionScript } from './completion.ts';
import type { Context } from './context.ts';
import { addCrmCommands } from './crm.ts';
import { addDeviceReports } from './device-reports.ts';
import { addEraseCommand } from './erase.ts';
import { addItemsCommands } from './items.ts';
import { endProgress, type Terminal } from './output.ts';
import { addTransferCommands } from './transfer.ts';
import { addUsersCommands } from './users.ts';

interface StoreOptions {
  readonly data: string;
  readonly store: (typeof STORES)[number];
  readonly endpoint?: string;
  readonly prefix?: string;
  readonly region?: string;
  readonly profile?: string;
  readonly json?: boolean;
}

const EXIT_CODES = `
Exit codes: 0 done, 1 it could not be done, 2 the command was not understood.`;

/** Ends with the answer printed; throws what the caller tells in a sentence. */
export async function runAdmin(args: readonly string[], terminal: Terminal): Promise<void> {
  try {
    await programFor(terminal).parseAsync([...args], { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return;
    throw new UsageError(sentenceOf(error));
  }
}

/** All commands, with their help. */
export function programFor(terminal: Terminal): Command {
  const program = new Command('syncml-admin');
  program
    .description('Looks after the users of the server. Works beside a running server.')
    .option('--data <dir>', 'folder of the data', '.data')
    .addOption(new Option('--store <kind>', 'where they are kept').choices(STORES).default('sqlite'))
    .option('--endpoint <url>', "DynamoDB's address; without it, that of the region")
    .option('--prefix <text>', 'what the names of the tables begin with')
    .option('--region <name>', 'region of DynamoDB')
    .option('--profile <name>', 'profile of the credentials')
    .option('--json', 'print JSON')
    .addHelpText('after', EXIT_CODES)
    .helpCommand(false)
    .configureHelp({ helpWidth: 80, minWidthToWrap: 20, showGlobalOptions: true })
    .configureOutput({ writeOut: (text) => terminal.print(text.trimEnd()), writeErr: () => undefined })
    .exitOverride();
  const context = contextOf(program, terminal);
  addUsersCommands(program, context);
  addItemsCommands(program, context);
  addTransferCommands(program, context);
  addEraseCommand(program, context);
  addDeviceReports(program, context);
  addCrmCommands(program, context);
  program
    .command('completion <shell>')
    .description('print what completes the commands in bash or zsh')
    .addHelpText('after', '\nFor bash: eval "$(syncml-admin completion bash)"')
    .action((shell: string) => terminal.print(completionScript(program, shell)));
  for (const command of allOf(program)) inherit(command, program);
  return program;
}

const allOf = (command: Command): Command[] => command.commands.flatMap((one) => [one, ...allOf(one)]);

/** Options of the store may stand behind the command's words, too. */
function inherit(command: Command, program: Command): void {
  command.copyInheritedSettings(program).helpCommand(false);
  command.configureHelp({ helpWidth: 80, minWidthToWrap: 20, showGlobalOptions: true });
}

/** `error: unknown option '--x'` as a sentence that says what helps. */
function sentenceOf({ message, code }: CommanderError): string {
  if (code === 'commander.help') return 'A command is missing. --help lists them.';
  const text = message
    .replace(/^error: /, '')
    .replace(/\s+/g, ' ')
    .replace(/\.$/, '');
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}. --help says what there is.`;
}

function contextOf(program: Command, terminal: Terminal): Context {
  const options = () => program.opts<StoreOptions>();
  return {
    terminal,
    inStore: (work) => withStore(placeOf(options()), work),
    inSearchableStore: (work) => withStore(placeOf(options()), work),
    print: (value, text) => {
      endProgress(terminal);
      terminal.print(options().json === true ? JSON.stringify(value, null, 2) : text);
    },
    now: Date.now,
  };
}

function placeOf({ data, store, endpoint, prefix, region, profile }: StoreOptions): StorePlace {
  if (store === 'dynamodb') {
    if (endpoint !== undefined && !URL.canParse(endpoint))
      throw new UsageError(`--endpoint takes a URL, not "${endpoint}".`);
    return {
      ...{ store, data },
      ...(endpoint !== undefined && { endpoint }),
      ...(prefix !== undefined && { prefix }),
      ...(region !== undefined && { region }),
      ...(profile !== undefined && { profile }),
    };
  }
  const wrong = Object.entries({ endpoint, prefix, region, profile }).find(
    ([, value]) => value !== undefined,
  );
  if (wrong !== undefined) throw new UsageError(`--${wrong[0]} goes with --store dynamodb.`);
  return { store, data };
}
