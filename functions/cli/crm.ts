/** `npm run crm`: the CRM's side by hand. Works beside a running server, whose poller feeds in what is put here. */
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { knownAccount, readAccount } from '../../lib/app/accounts.ts';
import { readChanges } from '../../lib/app/changes.ts';
import { readNews } from '../../lib/app/feed.ts';
import { type CrmChange, putCrmChange } from '../../lib/app/ingest.ts';
import { DATASTORES, type Datastore, datastoreNamed } from '../../lib/engine/model/datastores.ts';
import type { Store } from '../../lib/store/port/port.ts';
import { withStore } from '../open-store.ts';
import { changeTable } from './change-table.ts';
import { itemComplaint } from './item-text.ts';
import { newsText, placeOf } from './news-text.ts';
import { runCommand, STORE_HELP, storeArguments, storePlace, UsageError } from './options.ts';

const HELP = `npm run crm -- put USER DATASTORE RECORD FILE    the CRM saved this record
npm run crm -- delete USER DATASTORE RECORD      the CRM deleted this record
npm run crm -- changes USER                      all changes of a user, oldest first
npm run crm -- news USER DATASTORE PLACE         what is new since PLACE, and the next PLACE; \`start\` at first
${STORE_HELP}`;

const COMMANDS: { readonly [name: string]: (store: Store, args: readonly string[]) => Promise<string> } = {
  put: async (store, args) => {
    const [user, datastore, record, file] = arity(args, 'put USER DATASTORE RECORD FILE');
    const offered = knownDatastore(datastore);
    const body = await itemIn(file, datastore);
    await knownUser(store, user);
    return feed(store, { user, datastore, record, op: 'upsert', type: offered.types[0].type, body });
  },
  delete: async (store, args) => {
    const [user, datastore, record] = arity(args, 'delete USER DATASTORE RECORD');
    knownDatastore(datastore);
    await knownUser(store, user);
    return feed(store, { user, datastore, record, op: 'delete' });
  },
  changes: async (store, args) => {
    const [user] = arity(args, 'changes USER');
    await knownUser(store, user);
    return changeTable(await readChanges(store, user));
  },
  news: async (store, args) => {
    const [user, datastore, place = ''] = arity(args, 'news USER DATASTORE PLACE');
    knownDatastore(datastore);
    await knownUser(store, user);
    const after = place === 'start' ? undefined : placeOf(place);
    return newsText(await readNews(store, { user, datastore }, after));
  },
};

await runCommand(async () => {
  const { values, positionals } = storeArguments();
  const [name = '', ...args] = positionals;
  if (values.help) return console.log(HELP);
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (command === undefined) throw new UsageError(`Say what to do.\n${HELP}`);
  console.log(await withStore(storePlace(values), (store) => command(store, args)));
});

/** Most users have a login of their name; one whom other logins open has at least changes. Throws an UnknownLoginError. */
async function knownUser(store: Store, user: string): Promise<void> {
  const account = await readAccount(store, user);
  if (account === undefined && (await readChanges(store, user)).length === 0) await knownAccount(store, user);
}

type Change = Omit<CrmChange, 'eventId' | 'at'>;

async function feed(store: Store, change: Change): Promise<string> {
  const eventId = randomUUID();
  await putCrmChange(store, { ...change, eventId, at: Date.now() });
  return `stored as event ${eventId}`;
}

/** As many arguments as the usage has words behind its name. */
function arity(args: readonly string[], usage: string): [string, string, string, string] {
  if (args.length !== usage.split(' ').length - 1 || args.includes('')) {
    throw new UsageError(`It is used like this: npm run crm -- ${usage}`);
  }
  return args as unknown as [string, string, string, string];
}

function knownDatastore(name: string): Datastore {
  const found = datastoreNamed(name);
  if (found !== undefined) return found;
  const names = DATASTORES.map((datastore) => datastore.name).join(', ');
  throw new UsageError(`There is no datastore "${name}", only ${names}.`);
}

async function itemIn(file: string, datastore: string): Promise<string> {
  const data = await readFile(file).catch(() => {
    throw new UsageError(`The file ${file} cannot be read.`);
  });
  const complaint = itemComplaint(datastore, data);
  if (complaint !== undefined) throw new UsageError(`${file} ${complaint}.`);
  return data.toString('utf8');
}
