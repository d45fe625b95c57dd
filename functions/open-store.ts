/** The store that `--store`, `--data` and `--endpoint` name, with the stream of its changes. */
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { dynamodbStore } from '../lib/store/dynamodb/store.ts';
import { dynamodbStream } from '../lib/store/dynamodb/stream.ts';
import { createTables } from '../lib/store/dynamodb/tables.ts';
import type { Store } from '../lib/store/port/port.ts';
import type { StreamSource } from '../lib/store/port/stream-source.ts';
import { DEFAULT_TABLE_PREFIX, type TableName } from '../lib/store/rows/schema.ts';
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

/** Throws a StoreError when the store cannot be reached. */
export async function openStore(place: StorePlace): Promise<OpenStore> {
  switch (place.store) {
    case 'sqlite':
      return openSqlite(place.data);
    case 'dynamodb':
      return openDynamodb(place.endpoint);
  }
}

/** Opens the store for `work`, and closes it whatever comes of that. */
export async function withStore<T>(place: StorePlace, work: (store: Store) => Promise<T>): Promise<T> {
  const { store } = await openStore(place);
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}

function openSqlite(data: string): OpenStore {
  const file = data === MEMORY ? MEMORY : join(data, 'syncml.sqlite');
  const store = sqliteStore({ file });
  const identity = file === MEMORY ? MEMORY : `sqlite ${statSync(file).ino}`;
  return { store, stream: async (table) => sqliteStream({ store }, table), identity };
}

async function openDynamodb(endpoint: string | undefined): Promise<OpenStore> {
  if (endpoint === undefined) throw new Error('DynamoDB needs the URL of its endpoint.');
  const options = { prefix: DEFAULT_TABLE_PREFIX, endpoint };
  await createTables(options);
  return {
    store: dynamodbStore(options),
    stream: (table) => dynamodbStream(options, table),
    identity: `dynamodb ${endpoint}`,
  };
}
