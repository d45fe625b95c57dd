import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { copyFileSync, existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import type { Row, Write } from '../../lib/store/port/port.ts';
import { LOG_BYTES } from '../../lib/store/sqlite/database.ts';
import { type SqliteStore, sqliteStore } from '../../lib/store/sqlite/store.ts';
import { sqliteStream } from '../../lib/store/sqlite/stream.ts';
import { eachInFolder } from '../kit/folder.ts';

const INCREMENT = join(import.meta.dirname, 'increment.ts');
const DAY = 24 * 60 * 60;

let file: string;
eachInFolder('sqlite-', (path) => {
  file = join(path, 'store.sqlite');
});

const put = (sk: string, more: Partial<Row> = {}): Write => ({
  op: 'put',
  row: { table: 'items', pk: 'user', sk, version: 1, attributes: {}, ...more },
  condition: 'any',
});

describe('a SQLite file', () => {
  it('serves several processes at once, also while they make it', async () => {
    const run = () => promisify(execFile)(process.execPath, ['--no-warnings', INCREMENT, file, '40']);
    await Promise.all([run(), run(), run()]);
    const store = sqliteStore({ file });
    const rows = await store.get([{ table: 'items', pk: 'counters', sk: 'one' }]);
    expect(rows).toMatchObject([{ version: 120, attributes: { count: 120 } }]);
    expect((await sqliteStream({ file }, 'items').read(undefined, 1000)).records).toHaveLength(120);
    await store.close();
  }, 30_000);

  it.each([1, 2, 3])(
    'that was restored: a position of before counts no more (%i records since)',
    async (count) => {
      const write = async (at: number, names: readonly string[], position?: string) => {
        const store = sqliteStore({ file, now: () => at, streams: ['items'] });
        await store.transact(names.map((name) => put(name)));
        const batch = await sqliteStream({ store }, 'items').read(position, 10);
        await store.close();
        return batch;
      };
      await write(1_000, ['one']);
      copyFileSync(file, `${file}.copy`);
      const { position } = await write(2_000, ['two', 'three']);
      copyFileSync(`${file}.copy`, file);
      const later = ['four', 'five', 'six'].slice(0, count);
      const { records } = await write(3_000, later, position);
      expect(records.map(({ key }) => key.sk)).toEqual(['one', ...later]);
    },
  );

  it('keeps its rows when closed', async () => {
    const first = sqliteStore({ file });
    await first.transact([put('one')]);
    await first.close();
    await first.close();
    await expect(first.get([])).resolves.toEqual([]);
    await expect(first.transact([put('two')])).rejects.toMatchObject({
      name: 'StoreError',
      retryable: false,
    });
    const second = sqliteStore({ file });
    expect(await second.get([{ table: 'items', pk: 'user', sk: 'one' }])).toHaveLength(1);
    await second.close();
  });

  it('has a write-ahead log that stays small, also after a long read, and none when closed', async () => {
    const store = sqliteStore({ file });
    const logBytes = () => statSync(`${file}-wal`).size;
    const write = async (times: number): Promise<void> => {
      for (let n = 0; n < times; n += 1)
        await store.transact([put('one', { blob: Uint8Array.from(randomBytes(380_000)) })]);
    };
    await write(60);
    expect(logBytes()).toBeLessThan(LOG_BYTES + 500_000);
    const reader = new DatabaseSync(file);
    reader.exec('BEGIN');
    reader.prepare('SELECT count(*) FROM rows').get();
    await write(60);
    expect(logBytes()).toBeGreaterThan(2 * LOG_BYTES);
    reader.close();
    await write(2);
    expect(logBytes()).toBeLessThanOrEqual(LOG_BYTES);
    await store.close();
    expect(existsSync(`${file}-wal`)).toBe(false);
  });

  it('of another shape is refused', () => {
    const other = new DatabaseSync(file);
    other.exec('PRAGMA user_version = 99');
    other.close();
    expect(() => sqliteStore({ file })).toThrow('shape 99');
  });
});

describe('what is old', () => {
  const START = 1_750_000_000;

  it('goes: expired rows, which the stream reports, and stream records after a day', async () => {
    let seconds = START;
    const store = sqliteStore({ file: ':memory:', now: () => seconds * 1000, streams: ['items'] });
    const stream = sqliteStream({ store }, 'items');
    const read = async () =>
      (await stream.read(undefined, 100)).records.map(({ event, key }) => [event, key.sk]);
    const stored = () => store.sql.all<{ sk: string }>('SELECT sk FROM rows ORDER BY sk').map(({ sk }) => sk);
    await store.transact([put('short', { expires: START + 60 }), put('long', { expires: START + 3 * DAY })]);
    expect(stored()).toEqual(['long', 'short']);

    seconds += 3600;
    await store.transact([put('later')]);
    expect(stored()).toEqual(['later', 'long']);
    const expiry = ['REMOVE', 'short'];
    expect(await read()).toEqual([['INSERT', 'short'], ['INSERT', 'long'], ['INSERT', 'later'], expiry]);

    seconds += DAY - 60;
    await store.transact([put('last')]);
    expect(await read()).toEqual([['INSERT', 'later'], expiry, ['INSERT', 'last']]);

    seconds += 2 * DAY;
    await store.transact([
      { op: 'check', key: { table: 'items', pk: 'user', sk: 'none' }, condition: 'absent' },
    ]);
    expect(stored()).toEqual(['last', 'later']);
    await store.close();
  });

  it('leaves its number to nobody, so that a position stays behind', async () => {
    let seconds = START;
    const store = sqliteStore({ file: ':memory:', now: () => seconds * 1000, streams: ['items'] });
    const stream = sqliteStream({ store }, 'items');
    await store.transact([put('one'), put('two')]);
    const { position } = await stream.read(undefined, 10);
    seconds += 2 * DAY;
    await store.transact([{ op: 'delete', key: { table: 'anchors', pk: 'a', sk: 'b' }, condition: 'any' }]);
    expect((await stream.read(undefined, 10)).records).toEqual([]);
    await store.transact([put('three')]);
    expect((await stream.read(position, 10)).records.map(({ key }) => key.sk)).toEqual(['three']);
    await store.close();
  });

  it('tables without a stream have none', () => {
    expect(() => sqliteStream({ file }, 'sessions')).toThrow('no stream');
  });
});

describe('a stream that nobody reads', () => {
  const recorded = (store: SqliteStore) =>
    store.sql.all<{ tbl: string; n: number }>('SELECT tbl, count(*) AS n FROM stream GROUP BY tbl');
  const change: Write = {
    op: 'put',
    row: { table: 'crm-changes', pk: 'user', sk: 'event', version: 1, attributes: {} },
    condition: 'any',
  };

  it('is not written: a record is a second copy of its row', async () => {
    const store = sqliteStore({ file });
    await store.transact([put('one'), put('two'), change]);
    await store.transact([
      { op: 'delete', key: { table: 'items', pk: 'user', sk: 'one' }, condition: 'exists' },
    ]);
    expect(recorded(store)).toEqual([{ tbl: 'crm-changes', n: 1 }]);
    expect(() => sqliteStream({ store }, 'items')).toThrow('no stream');
    await store.close();
  });

  it('may be in a file of an earlier server: the file opens, and its records go after a day', async () => {
    let now = Date.now();
    const earlier = sqliteStore({ file, now: () => now, streams: ['items', 'crm-changes'] });
    await earlier.transact([put('one'), change]);
    await earlier.close();
    const store = sqliteStore({ file, now: () => now });
    expect(recorded(store)).toHaveLength(2);
    expect((await sqliteStream({ store }, 'crm-changes').read(undefined, 10)).records).toHaveLength(1);
    now += 2 * DAY * 1000;
    await store.transact([change]);
    expect(recorded(store)).toEqual([{ tbl: 'crm-changes', n: 1 }]);
    expect(await store.get([{ table: 'items', pk: 'user', sk: 'one' }])).toHaveLength(1);
    await store.close();
  });
});
