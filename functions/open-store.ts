/** The store that `--store`, `--data` and `--endpoint` name, with the stream of its changes. */
import { existsSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { dynamodbStore } from '../lib/store/dynamodb/store.ts';
import { dynamodbStream } from '../lib/store/dynamodb/stream.ts';
import { createTables } from '../lib/store/dynamodb/tables.ts';
import { type Store, StoreError } from '../lib/store/port/port.ts';
import type { StreamSource } from '../lib/store/port/stream-source.ts';
import { DEFAULT_TABLE_PREFIX, type TableName } from '../lib/store/rows/schema.ts';
import type { Opening } from '../lib/store/sqlite/database.ts';
import { sqliteStore } from '../lib/store/sqlite/store.ts';
import { sqliteStream } from '../lib/store/sqlite/stream.ts';

export const STORES = ['sqlite', 'dynamodb'] as const;
export type StoreKind = (typeof STORES)[number];

export interface StorePlace {
  readonly store: StoreKind;
  /** Folder of the SQLite file, which is made; `:memory:` keeps everything in memory. */
  readonly data: string;
  /** Needed for DynamoDB, whose missing tables are made there. */
  readonly endpoint?: string;
}

export interface OpenStore {
  readonly store: Store;
  readonly stream: (table: TableName) => Promise<StreamSource>;
  /** Tells this store from any other, also from one at the same place after the old one was deleted. */
  readonly identity: string;
}

export const MEMORY = ':memory:';

/**
 * Opens the store to serve from it: what is missing is made, a file is checked for damage. Throws a StoreError when it
 * cannot be reached or used.
 */
export async function openStore(place: StorePlace): Promise<OpenStore> {
  switch (place.store) {
    case 'sqlite':
      return openSqlite(place.data, { create: true, check: true });
    case 'dynamodb':
      return openDynamodb(place.endpoint, { create: true });
  }
}

/** No store is where the options say. */
export class NoStoreError extends Error {}

/**
 * Opens a store that is there for `work`, and closes it whatever comes of that. Makes none: throws a NoStoreError.
 */
export async function withStore<T>(place: StorePlace, work: (store: Store) => Promise<T>): Promise<T> {
  const { store } = await openExisting(place);
  try {
    return place.store === 'dynamodb'
      ? await atEndpoint(place.endpoint, () => work(store))
      : await work(store);
  } finally {
    await store.close();
  }
}

async function openExisting(place: StorePlace): Promise<OpenStore> {
  const { store, data, endpoint } = place;
  if (store === 'dynamodb') return openDynamodb(endpoint, { create: false });
  const file = join(data, FILE);
  if (data !== MEMORY && existsSync(file)) return openSqlite(data, { create: false });
  throw new NoStoreError(
    `There is no store in ${resolve(data)}: it has no ${FILE}. --data names the folder that npm start has.`,
  );
}

const FILE = 'syncml.sqlite';

function openSqlite(data: string, opening: Opening): OpenStore {
  const file = data === MEMORY ? MEMORY : join(data, FILE);
  const store = sqliteStore({ file, ...opening });
  const identity = file === MEMORY ? MEMORY : `sqlite ${statSync(file).ino}`;
  return { store, stream: async (table) => sqliteStream({ store }, table), identity };
}

async function openDynamodb(endpoint: string | undefined, { create }: Opening): Promise<OpenStore> {
  if (endpoint === undefined) throw new Error('DynamoDB needs the URL of its endpoint.');
  const options = { prefix: DEFAULT_TABLE_PREFIX, endpoint };
  if (create === true) await atEndpoint(endpoint, () => createTables(options));
  return {
    store: dynamodbStore(options),
    stream: (table) => dynamodbStream(options, table),
    identity: `dynamodb ${endpoint}`,
  };
}

/** Adds the address to what DynamoDB, or the way to it, says. */
async function atEndpoint<T>(endpoint: string | undefined, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    const { message, retryable, notCommitted } = error;
    const text = `${message}. The address is --endpoint ${endpoint}; is DynamoDB there, with its tables?`;
    throw new StoreError(text, { retryable, notCommitted, cause: error });
  }
}
