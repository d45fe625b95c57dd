/** The stores that the bench runs on. Each that is opened is empty, and takes what it needs with it when it is closed. */
import { dynamodbStore } from '../../lib/store/dynamodb/store.ts';
import { createTables } from '../../lib/store/dynamodb/tables.ts';
import type { Store } from '../../lib/store/port/port.ts';
import { sqliteStore } from '../../lib/store/sqlite/store.ts';
import { startDynamoDbLocal } from '../setup/dynamodb-local-process.ts';

export const STORES = {
  sqlite: async (): Promise<Store> => sqliteStore({ file: ':memory:' }),
  /** DynamoDB Local, a process for each: it slows down with all that was written in it. */
  dynamodb: async (): Promise<Store> => {
    const emulator = await startDynamoDbLocal();
    const options = { endpoint: emulator.endpoint, prefix: 'bench' };
    await createTables(options);
    const store = dynamodbStore(options);
    const close = async () => {
      await store.close();
      await emulator.stop();
    };
    return { ...store, close };
  },
} as const;

export type StoreName = keyof typeof STORES;
