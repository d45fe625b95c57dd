/** `export` and `import`: all that is known of a user as files, and items of files as a user's. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Command } from 'commander';
import { knownAccount } from '../../../lib/app/accounts.ts';
import { exportUser } from '../../../lib/app/export.ts';
import { createImport, IMPORT_PORTION, type TakeItems, type Taken } from '../../../lib/app/import.ts';
import { itemComplaint } from '../item-text.ts';
import type { Context } from './context.ts';
import { type Counts, type ItemFile, itemFilesIn, makeExportFolder, writeExport } from './files.ts';
import { tableOf } from './output.ts';

export function addTransferCommands(program: Command, context: Context): void {
  program
    .command('export <login> <dir>')
    .description('write all that is known of a user into a new folder')
    .addHelpText(
      'after',
      '\nEach item is a file: contacts as vCard 3.0, appointments and tasks as iCalendar,\nnotes as text. user.json holds all the rest, but nothing that opens an account.',
    )
    .action((login: string, folder: string) => exportInto(context, login, folder));
  program
    .command('import <login> <dir>')
    .description('add the items of a folder as `export` makes it')
    .addHelpText(
      'after',
      "\nWhat the user has already is not added again. Where both have a field, the\nuser's stays. A second time changes nothing.",
    )
    .action((login: string, folder: string) => importFrom(context, login, folder));
}

async function exportInto({ terminal, inStore, print }: Context, login: string, folder: string) {
  const counts = await inStore(async (store) => {
    await knownAccount(store, login);
    makeExportFolder(folder);
    return writeExport(folder, exportUser(store, login), (so: Counts) =>
      terminal.progress?.(
        Object.entries(so)
          .map(([name, n]) => `${n} ${name}`)
          .join(', '),
      ),
    );
  });
  const rows = Object.entries(counts);
  print({ login, folder, ...counts }, `${folder} holds of ${login}:\n${tableOf(['WHAT', 'RECORDS'], rows)}`);
}

/** What became of a file. */
interface TakenFile {
  readonly path: string;
  readonly result: Taken | string;
}

async function importFrom({ terminal, inStore, print, now }: Context, login: string, folder: string) {
  const files = itemFilesIn(folder);
  const taken: TakenFile[] = [];
  await inStore(async (store) => {
    const { user } = await knownAccount(store, login);
    const take = createImport(store, user, now);
    for (const portion of portionsOf(files)) {
      taken.push(...(await takePortion(take, folder, portion)));
      terminal.progress?.(`${taken.length} of ${files.length} items`);
    }
  });
  const count = (result: Taken) => taken.filter((one) => one.result === result).length;
  const counts = { added: count('added'), merged: count('merged'), known: count('known') };
  const refused = taken.filter(({ result }) => !(result in counts));
  print({ login, ...counts, refused }, importText(counts, refused));
  if (refused.length > 0) throw new Error(`${refused.length} of ${files.length} files were not taken.`);
}

/** Portions of files of one datastore. */
function portionsOf(files: readonly ItemFile[]): ItemFile[][] {
  return [...Map.groupBy(files, ({ datastore }) => datastore).values()].flatMap((own) =>
    Array.from({ length: Math.ceil(own.length / IMPORT_PORTION) }, (_, n) =>
      own.slice(n * IMPORT_PORTION, (n + 1) * IMPORT_PORTION),
    ),
  );
}

async function takePortion(
  take: TakeItems,
  folder: string,
  files: readonly ItemFile[],
): Promise<TakenFile[]> {
  const read = await Promise.all(
    files.map(async ({ path, type, datastore, isUnread }) => {
      const data = await readFile(join(folder, path));
      return {
        path,
        datastore,
        type,
        data,
        complaint: isUnread ? undefined : itemComplaint(datastore, data),
      };
    }),
  );
  const whole = read.filter(({ complaint }) => complaint === undefined);
  const results = await take(files[0]?.datastore ?? '', whole);
  return [
    ...whole.map(({ path }, n) => ({ path, result: results[n] ?? 'known' })),
    ...read.flatMap(({ path, complaint }) => (complaint === undefined ? [] : [{ path, result: complaint }])),
  ];
}

const importText = (
  { added, merged, known }: { readonly added: number; readonly merged: number; readonly known: number },
  refused: readonly TakenFile[],
): string =>
  [
    `${added} added, ${merged} got what they lacked, ${known} were there already.`,
    ...refused.map(({ path, result }) => `${path}: ${result}.`),
  ].join('\n');
