/** The store that `--store`, `--data` and `--endpoint` name, with the stream of its changes. */
import { existsSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { kmsService } from '../lib/store/dynamodb/kms.ts';
import { dynamodbScan } from '../lib/store/dynamodb/scan.ts';
import { dynamodbStore } from '../lib/store/dynamodb/store.ts';
import { dynamodbStream } from '../lib/store/dynamodb/stream.ts';
import { createTables } from '../lib/store/dynamodb/tables.ts';
import { type Store, StoreError } from '../lib/store/port/port.ts';
import type { Scan } from '../lib/store/port/scan.ts';
import type { StreamSource } from '../lib/store/port/stream-source.ts';
import { DEFAULT_TABLE_PREFIX, type TableName } from '../lib/store/rows/schema.ts';
import { type DataKeys, keysInMemory } from '../lib/store/sealing/data-keys.ts';
import { keysInStore } from '../lib/store/sealing/keys-in-store.ts';
import { withSealedAccounts } from '../lib/store/sealing/sealed-accounts.ts';
import { createSealer } from '../lib/store/sealing/sealer.ts';
import type { Opening } from '../lib/store/sqlite/database.ts';
import { sqliteScan } from '../lib/store/sqlite/scan.ts';
import { sqliteStore } from '../lib/store/sqlite/store.ts';
import { sqliteStream } from '../lib/store/sqlite/stream.ts';
import { keysInFile } from './key-file.ts';

export const STORES = ['sqlite', 'dynamodb'] as const;
export type StoreKind = (typeof STORES)[number];

export interface StorePlace {
  readonly store: StoreKind;
  /** Folder of the SQLite file, which is made; `:memory:` keeps everything in memory. */
  readonly data: string;
  /** The address of DynamoDB, where `openStore` makes missing tables; absent: that of the region. */
  readonly endpoint?: string;
  /** Of DynamoDB: what the names of its tables begin with, its region, and the profile of the credentials. */
  readonly prefix?: string;
  readonly region?: string;
  readonly profile?: string;
}

export interface OpenStore {
  /** Its verifiers of passwords are sealed where they lie, and open where they are read. */
  readonly store: Store;
  /** The same rows with their verifiers sealed, and the keys of these. */
  readonly sealed: { readonly store: Store; readonly keys: DataKeys };
  /** Rows as they lie, verifiers sealed. */
  readonly scan: Scan;
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
      return openDynamodb(place, { create: true });
  }
}

/** No store is where the options say. */
export class NoStoreError extends Error {}

/**
 * Opens a store that is there for `work`, and closes it whatever comes of that. Makes none: throws a NoStoreError.
 */
export async function withStore<T>(
  place: StorePlace,
  work: (store: Store, open: OpenStore) => Promise<T>,
): Promise<T> {
  const open = await openExisting(place);
  const { store } = open;
  try {
    return place.store === 'dynamodb'
      ? await atEndpoint(place.endpoint, () => work(store, open))
      : await work(store, open);
  } finally {
    await store.close();
  }
}

async function openExisting(place: StorePlace): Promise<OpenStore> {
  const { store, data } = place;
  if (store === 'dynamodb') return openDynamodb(place, { create: false });
  const file = join(data, FILE);
  if (data !== MEMORY && existsSync(file)) return openSqlite(data, { create: false });
  throw new NoStoreError(
    `There is no store in ${resolve(data)}: it has no ${FILE}. --data names the folder that npm start has.`,
  );
}

const FILE = 'syncml.sqlite';
/** Of the keys of a store on this machine. */
const KEY_FILE = 'key';

function openSqlite(data: string, opening: Opening): OpenStore {
  const file = data === MEMORY ? MEMORY : join(data, FILE);
  const store = sqliteStore({ file, ...opening });
  const identity = file === MEMORY ? MEMORY : `sqlite ${statSync(file).ino}`;
  return {
    ...sealing(store, keysBeside(data)),
    scan: sqliteScan(store),
    stream: async (table) => sqliteStream({ store }, table),
    identity,
  };
}

const keysBeside = (data: string): DataKeys =>
  data === MEMORY ? keysInMemory() : keysInFile(join(data, KEY_FILE));

const sealing = (store: Store, keys: DataKeys): Pick<OpenStore, 'store' | 'sealed'> => ({
  store: withSealedAccounts(store, createSealer(keys)),
  sealed: { store, keys },
});

async function openDynamodb(place: StorePlace, { create }: Opening): Promise<OpenStore> {
  const { endpoint, prefix = DEFAULT_TABLE_PREFIX, region, profile } = place;
  // The SDK looks for credentials in the profile that the environment names.
  if (profile !== undefined) process.env.AWS_PROFILE = profile;
  const options = {
    prefix,
    ...(endpoint !== undefined && { endpoint }),
    ...(region !== undefined && { region }),
  };
  if (create === true) await atEndpoint(endpoint, () => createTables(options));
  const store = dynamodbStore(options);
  const keys = isOnAws(endpoint)
    ? keysInStore(store, kmsService({ prefix, ...(region !== undefined && { region }) }), Date.now)
    : keysBeside(place.data);
  return {
    ...sealing(store, keys),
    scan: dynamodbScan(options),
    stream: (table) => dynamodbStream(options, table),
    identity: `dynamodb ${endpoint}`,
  };
}

/** An emulator has no KMS beside it. */
const isOnAws = (endpoint: string | undefined): boolean =>
  endpoint === undefined || /\.(amazonaws\.com(\.cn)?|api\.aws)$/.test(new URL(endpoint).hostname);

/** Adds the address to what DynamoDB, or the way to it, says. */
async function atEndpoint<T>(endpoint: string | undefined, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof StoreError) || endpoint === undefined) throw error;
    const { message, retryable, notCommitted } = error;
    const text = `${message}. The address is --endpoint ${endpoint}; is DynamoDB there, with its tables?`;
    throw new StoreError(text, { retryable, notCommitted, cause: error });
  }
}
