/** The CRM's side by hand, for `npm run crm` and `npm run admin -- crm`. A running server feeds in what is put here. */
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { knownAccount, readAccount } from '../../lib/app/accounts.ts';
import { readChanges } from '../../lib/app/changes.ts';
import { readNews } from '../../lib/app/feed.ts';
import { type CrmChange, putCrmChange } from '../../lib/app/ingest.ts';
import { DATASTORES, type Datastore, datastoreNamed } from '../../lib/engine/model/datastores.ts';
import type { Store } from '../../lib/store/port/port.ts';
import { changeTable } from './change-table.ts';
import { itemComplaint } from './item-text.ts';
import { newsText, placeOf } from './news-text.ts';
import { UsageError } from './options.ts';

/** What a command found or did: for programs, and for people. */
export interface CrmAnswer {
  readonly value: unknown;
  readonly text: string;
}

interface CrmCommand {
  /** Name and words, each in capitals. */
  readonly usage: string;
  readonly says: string;
  /** Throws a UsageError for wrong words. */
  readonly run: (store: Store, words: readonly string[]) => Promise<CrmAnswer>;
}

export const CRM_COMMANDS: readonly CrmCommand[] = [
  {
    usage: 'put USER DATASTORE RECORD FILE',
    says: 'the CRM saved this record',
    run: async (store, [user = '', datastore = '', record = '', file = '']) => {
      const offered = knownDatastore(datastore);
      const body = await itemIn(file, datastore);
      await knownUser(store, user);
      return feed(store, { user, datastore, record, op: 'upsert', type: offered.types[0].type, body });
    },
  },
  {
    usage: 'delete USER DATASTORE RECORD',
    says: 'the CRM deleted this record',
    run: async (store, [user = '', datastore = '', record = '']) => {
      knownDatastore(datastore);
      await knownUser(store, user);
      return feed(store, { user, datastore, record, op: 'delete' });
    },
  },
  {
    usage: 'changes USER',
    says: 'all changes of a user, oldest first',
    run: async (store, [user = '']) => {
      await knownUser(store, user);
      const value = await readChanges(store, user);
      return { value, text: changeTable(value) };
    },
  },
  {
    usage: 'news USER DATASTORE PLACE',
    says: 'what is new since PLACE; `start` at first',
    run: async (store, [user = '', datastore = '', place = '']) => {
      knownDatastore(datastore);
      await knownUser(store, user);
      const after = place === 'start' ? undefined : placeOf(place);
      const value = await readNews(store, { user, datastore }, after);
      return { value, text: newsText(value) };
    },
  },
];

/** Most users have a login of their name; one whom other logins open has at least changes. Throws an UnknownLoginError. */
async function knownUser(store: Store, user: string): Promise<void> {
  const account = await readAccount(store, user);
  if (account === undefined && (await readChanges(store, user)).length === 0) await knownAccount(store, user);
}

type Change = Omit<CrmChange, 'eventId' | 'at'>;

async function feed(store: Store, change: Change): Promise<CrmAnswer> {
  const eventId = randomUUID();
  await putCrmChange(store, { ...change, eventId, at: Date.now() });
  return { value: { event: eventId }, text: `stored as event ${eventId}` };
}

/** Throws a UsageError. */
export function knownDatastore(name: string): Datastore {
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
