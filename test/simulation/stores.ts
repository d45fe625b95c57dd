/** A fresh, empty store for each story: on all of them a seed tells the same story. */
import { dynamodbStore } from '../../lib/store/dynamodb/store.ts';
import { createTables } from '../../lib/store/dynamodb/tables.ts';
import type { Store } from '../../lib/store/port/port.ts';
import { sqliteStore } from '../../lib/store/sqlite/store.ts';
import { memoryStore } from '../kit/memory-store.ts';
import {
  type DynamoDbLocal,
  missingForDynamoDbLocal,
  startDynamoDbLocal,
} from '../setup/dynamodb-local-process.ts';

export const STORES = ['memory', 'sqlite', 'dynamodb'] as const;
export type StoreName = (typeof STORES)[number];

export interface StoryStores {
  open(): Promise<Store>;
  close(): Promise<void>;
}

/** DynamoDB Local slows down with all that it did: after so many stories a fresh one begins. */
const STORIES_PER_EMULATOR = 40;

/** Why there can be no such store here and what helps, or undefined when there can. */
export const whyNot = (name: StoreName): string | undefined =>
  name === 'dynamodb' ? missingForDynamoDbLocal() : undefined;

export function storyStores(name: StoreName): StoryStores {
  if (name === 'memory') return { open: async () => memoryStore(), close: async () => {} };
  if (name === 'sqlite')
    return { open: async () => sqliteStore({ file: ':memory:' }), close: async () => {} };
  let emulator: DynamoDbLocal | undefined;
  let opened = 0;
  return {
    open: async () => {
      if (opened % STORIES_PER_EMULATOR === 0) {
        await emulator?.stop();
        emulator = await startDynamoDbLocal();
      }
      opened += 1;
      const options = { endpoint: emulator?.endpoint ?? '', prefix: `story-${opened}` };
      await createTables(options);
      return dynamodbStore(options);
    },
    close: async () => emulator?.stop(),
  };
}
