/** `items`: what a user has, what it was before, and how it comes back. */
import type { Command } from 'commander';
import { knownAccount } from '../../../lib/app/accounts.ts';
import { lastRevIn, type RestoreReport, restoreItem, restoreSession } from '../../../lib/app/restore.ts';
import { itemName, listItems, type ShownItem, showItem } from '../../../lib/app/stored-items.ts';
import type { Store } from '../../../lib/store/port/port.ts';
import { knownDatastore } from '../crm-commands.ts';
import { UsageError } from '../options.ts';
import type { Context } from './context.ts';
import { confirmed, tableOf, timeOf } from './output.ts';

export function addItemsCommands(program: Command, context: Context): void {
  const items = program.command('items').description("a user's items, deleted ones too, and their versions");
  items
    .command('list <login>')
    .description('what the user has')
    .option('--datastore <name>', 'only those of this datastore')
    .option('--deleted', 'what was deleted, by whom and when, instead')
    .action((login: string, options: Listing) => list(context, login, options));
  items
    .command('show <login> <datastore> <guid>')
    .description('one item with its text')
    .action((login: string, datastore: string, guid: string) => show(context, { login, datastore, guid }));
  items
    .command('versions <login> <datastore> <guid>')
    .description('what the item was before, and who changed it')
    .action((login: string, datastore: string, guid: string) =>
      versions(context, { login, datastore, guid }),
    );
  items
    .command('restore <login> [datastore] [guid]')
    .description('bring back what was deleted or overwritten, on all devices')
    .option('--rev <n>', "the version that comes back; without it, the item's last one")
    .option('--session <id>', 'instead of one item, all that this session deleted or overwrote')
    .option('--device <id>', 'whose session it was, by the DevID')
    .option('--yes', 'do not ask')
    .addHelpText(
      'after',
      '\nWhat somebody changed after the session stays as it is. `crm changes` lists the log.',
    )
    .action((login: string, datastore: string | undefined, guid: string | undefined, options: Restoring) =>
      options.session === undefined
        ? restoreOne(context, { login, datastore, guid }, options)
        : restoreAll(context, { login, datastore }, options),
    );
}

interface Listing {
  readonly datastore?: string;
  readonly deleted?: boolean;
}
interface Restoring {
  readonly rev?: string;
  readonly session?: string;
  readonly device?: string;
  readonly yes?: boolean;
}
interface Named {
  readonly login: string;
  readonly datastore: string;
  readonly guid: string;
}

/** The words of a command that names an item, or not. */
interface MaybeNamed {
  readonly login: string;
  readonly datastore: string | undefined;
  readonly guid: string | undefined;
}

async function list({ inStore, print }: Context, login: string, options: Listing): Promise<void> {
  if (options.datastore !== undefined) knownDatastore(options.datastore);
  const items = await inStore(async (store) =>
    listItems(store, (await knownAccount(store, login)).user, options),
  );
  const titles = ['DATASTORE', 'GUID', options.deleted ? 'DELETED' : 'CHANGED', 'BY', 'NAME'];
  const rows = items.map((one) => [one.datastore, one.guid, timeOf(one.at), one.by, one.name]);
  print(items, rows.length === 0 ? 'None.' : tableOf(titles, rows));
}

/** Throws where there is no such item. */
async function found(store: Store, { login, datastore, guid }: Named): Promise<ShownItem & { user: string }> {
  knownDatastore(datastore);
  const { user } = await knownAccount(store, login);
  const shown = await showItem(store, { user, datastore }, guid);
  if (shown === undefined)
    throw new Error(`${login} has no item "${guid}" in ${datastore}. \`items list ${login}\` lists them.`);
  return { ...shown, user };
}

async function show({ inStore, print }: Context, named: Named): Promise<void> {
  const { item, name, content } = await inStore((store) => found(store, named));
  const { type, storedText: text } = content ?? {};
  const state = `${item.deleted ? 'deleted' : 'changed'} ${timeOf(item.at)} by ${item.by}, rev ${item.rev}`;
  print({ ...item, name, type, text }, `${state}\n${type ?? ''}\n\n${text ?? 'Its text is gone.'}`);
}

async function versions({ inStore, print }: Context, named: Named): Promise<void> {
  const shown = await inStore((store) => found(store, named));
  const value = shown.versions.map(({ content, ...rest }) => ({
    ...rest,
    name: itemName(content),
    ...(content.isWhole && { text: content.storedText }),
  }));
  const rows = value.map((one) => [
    one.rev,
    timeOf(one.at),
    one.origin,
    one.reason,
    timeOf(one.byAt),
    one.by,
    one.name,
  ]);
  const titles = ['REV', 'FROM', 'OF', 'BECAME', 'AT', 'BY', 'NAME'];
  print(value, rows.length === 0 ? 'No versions are kept.' : tableOf(titles, rows));
}

async function restoreOne(
  { terminal, inStore, print, now }: Context,
  { login, datastore, guid }: MaybeNamed,
  { rev, yes }: Restoring,
): Promise<void> {
  if (datastore === undefined || guid === undefined)
    throw new UsageError('Name an item by DATASTORE and GUID, or a session by --session.');
  if (rev !== undefined && !/^\d{1,9}$/.test(rev))
    throw new UsageError(`--rev takes a number, not "${rev}".`);
  const report = await inStore(async (store) => {
    const { user, versions: kept } = await found(store, { login, datastore, guid });
    const wanted = rev === undefined ? lastRevIn(kept) : Number(rev);
    if (wanted === undefined) throw new Error('No version of this item is kept.');
    await confirmed(terminal, `Bring back rev ${wanted} of ${guid} on all devices of ${login}?`, yes);
    return restoreItem(store, { user, datastore }, { guid, rev: wanted }, now);
  });
  print(report, reportText(report));
}

async function restoreAll(
  { terminal, inStore, print, now }: Context,
  { login, datastore }: { readonly login: string; readonly datastore: string | undefined },
  { session = '', device, rev, yes }: Restoring,
): Promise<void> {
  if (device === undefined)
    throw new UsageError('--session needs --device: other devices have such a session, too.');
  if (datastore !== undefined || rev !== undefined)
    throw new UsageError('--session brings back all that the session changed: name no item and no --rev.');
  const report = await inStore(async (store) => {
    const { user } = await knownAccount(store, login);
    await confirmed(terminal, `Bring back what session ${session} of ${device} deleted or overwrote?`, yes);
    return restoreSession(store, { user, origin: `d:${device}`, session }, now);
  });
  print(report, reportText(report));
}

const reportText = ({ restored, left }: RestoreReport): string =>
  [
    `${restored.length} brought back. Every device gets them with its next sync.`,
    ...left.map(({ datastore, guid, why }) => `${datastore} ${guid} stays as it is: ${why}.`),
  ].join('\n');
