/** `erase`: a user and all that is known of him go. */
import type { Command } from 'commander';
import { type ErasedTable, eraseUser } from '../../../lib/app/erase.ts';
import type { Context } from './context.ts';
import { confirmed, tableOf } from './output.ts';

export function addEraseCommand(program: Command, context: Context): void {
  program
    .command('erase <login>')
    .description('delete a user with all data and logins, for good')
    .option('--yes', 'do not ask')
    .addHelpText(
      'after',
      '\nIt can be called again where it broke off. At the end whole tables are read:\non DynamoDB that costs by their size.',
    )
    .action((login: string, { yes }: { yes?: boolean }) => erase(context, login, yes));
}

async function erase(context: Context, login: string, yes: boolean | undefined): Promise<void> {
  const { terminal, inSearchableStore, print } = context;
  await confirmed(terminal, `Delete all that is known of ${login}? Nothing brings it back.`, yes);
  const tables = await inSearchableStore((store) =>
    eraseUser(store, login, ({ table, deleted }) => terminal.progress?.(`${table}: ${deleted} rows deleted`)),
  );
  print({ login, tables, left: 0 }, erasedText(login, tables));
}

const erasedText = (login: string, tables: readonly ErasedTable[]): string =>
  [
    tableOf(
      ['TABLE', 'DELETED', 'SEARCHED'],
      tables.map(({ table, deleted, searched }) => [table, deleted, searched]),
    ),
    '',
    `${login} is erased. All rows that are left in the tables were searched: none belongs to ${login}.`,
  ].join('\n');
