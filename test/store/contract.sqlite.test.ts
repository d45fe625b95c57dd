import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe } from 'vitest';
import type { TableName } from '../../lib/store/rows/schema.ts';
import { sqliteScan } from '../../lib/store/sqlite/scan.ts';
import { sqliteStore } from '../../lib/store/sqlite/store.ts';
import { sqliteStream } from '../../lib/store/sqlite/stream.ts';
import { storeContract } from './contract.ts';

const streams: readonly TableName[] = ['items', 'crm-changes'];

describe('the store on a SQLite file', () => {
  storeContract(async ({ now }) => {
    const folder = mkdtempSync(join(tmpdir(), 'store-'));
    const file = join(folder, 'made', 'store.sqlite');
    const store = sqliteStore({ file, now, streams });
    const rival = sqliteStore({ file, now, streams });
    return {
      store,
      rival,
      stream: async (table) => sqliteStream({ file }, table),
      scan: sqliteScan(store, now),
      close: async () => {
        await Promise.all([store.close(), rival.close()]);
        rmSync(folder, { recursive: true });
      },
    };
  });
});

describe('the store on SQLite in memory', () => {
  storeContract(async ({ now }) => {
    const store = sqliteStore({ file: ':memory:', now, streams });
    const stream = async (table: TableName) => sqliteStream({ store }, table);
    return { store, rival: store, stream, scan: sqliteScan(store, now), close: () => store.close() };
  });
});
