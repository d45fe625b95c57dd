/** What is wrong with the file is said, and nobody is served by halves. */
import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import type { Store, Write } from '../../lib/store/port/port.ts';
import { sqliteStore } from '../../lib/store/sqlite/store.ts';
import { sqliteStream } from '../../lib/store/sqlite/stream.ts';
import { eachInFolder } from '../kit/folder.ts';

let folder: string;
let file: string;
eachInFolder('sqlite-', (path) => {
  folder = path;
  file = join(path, 'store.sqlite');
});

const key = (sk: string) => ({ table: 'items', pk: 'user', sk }) as const;
const put = (sk: string, bytes = 1_000): Write => ({
  op: 'put',
  row: { ...key(sk), version: 1, attributes: {}, blob: Uint8Array.from(randomBytes(bytes)) },
  condition: 'any',
});

/** A file of some hundred pages, which no process has open. */
async function filled(): Promise<void> {
  const store = sqliteStore({ file });
  for (let n = 0; n < 200; n += 1) await store.transact([put(`row ${n}`)]);
  await store.close();
}

/** Overwrites pages in the middle of the file. */
function scribble(from = 20, pages = 100): void {
  const handle = openSync(file, 'r+');
  writeSync(handle, randomBytes(pages * 4_096), 0, pages * 4_096, from * 4_096);
  closeSync(handle);
}

const outage = { name: 'StoreError', retryable: true, retryAfter: 60 };

describe('a damaged file', () => {
  it.each([
    ['whose pages are overwritten', () => scribble()],
    ['that was cut', () => truncateSync(file, 40 * 4_096)],
    ['whose header is gone', () => scribble(0, 1)],
    ['that is something else', () => writeFileSync(file, 'Dear diary, '.repeat(1_000))],
  ])('%s is refused by the start, which names it and says what to do', async (_, damage) => {
    await filled();
    damage();
    expect(() => sqliteStore({ file, check: true })).toThrow(file);
    expect(() => sqliteStore({ file, check: true })).toThrow(/damaged .*\n?Put a copy of it back/);
  });

  it('that is sound is opened', async () => {
    await filled();
    await sqliteStore({ file, check: true }).close();
  });

  it('refuses every call once one has met the damage, those too that would not meet it', async () => {
    await filled();
    scribble();
    const store = sqliteStore({ file });
    const names = Array.from({ length: 200 }, (_, n) => `row ${n}`);
    const ends = await Promise.all(
      names.map((name) =>
        store.get([key(name)]).then(
          () => 'read',
          () => 'refused',
        ),
      ),
    );
    const first = ends.indexOf('refused');
    expect(first).toBeGreaterThanOrEqual(0);
    expect(new Set(ends.slice(first))).toEqual(new Set(['refused']));
    for (const call of calls(store))
      await expect(call()).rejects.toMatchObject({
        ...outage,
        message: expect.stringContaining('is damaged'),
      });
    await store.close();
  });

  it('is one with a row that is no longer JSON', async () => {
    const store = sqliteStore({ file });
    await store.transact([put('one'), put('two')]);
    store.sql.database.exec(`UPDATE rows SET attributes = '{"a' WHERE sk = 'one'`);
    await expect(store.get([key('one')])).rejects.toMatchObject(outage);
    await expect(store.get([key('two')])).rejects.toMatchObject(outage);
    await store.close();
  });
});

const calls = (store: Store) => [
  () => store.get([key('none')]),
  () => store.query({ table: 'items', pk: 'nobody', from: 'a', to: 'b' }),
  () => store.transact([put('new')]),
];

describe('a full disk', () => {
  it('is said, and the store goes on when there is room again', async () => {
    const store = sqliteStore({ file });
    await store.transact([put('one')]);
    const { database } = store.sql;
    database.exec('PRAGMA max_page_count = 20');
    const message = expect.stringContaining('the disk is full');
    const full = expect(store.transact([put('large', 200_000)])).rejects;
    await full.toMatchObject({ ...outage, notCommitted: true, message });
    expect(await store.get([key('one'), key('large')])).toHaveLength(1);
    database.exec('PRAGMA max_page_count = 2000000');
    expect(await store.transact([put('large', 200_000)])).toBe('committed');
    await store.close();
  });
});

describe('a file that goes away', () => {
  it.each([
    ['deleted', () => rmSync(file)],
    ['moved with its folder', () => renameSync(folder, `${folder}-moved`)],
  ])('%s: nothing is written that would be gone with the process', async (_, away) => {
    const store = sqliteStore({ file });
    await store.transact([put('one')]);
    away();
    for (const call of calls(store))
      await expect(call()).rejects.toMatchObject({
        ...outage,
        message: expect.stringContaining('moved or deleted'),
      });
    await expect(sqliteStream({ store }, 'crm-changes').read(undefined, 1)).rejects.toMatchObject(outage);
    if (existsSync(`${folder}-moved`)) {
      renameSync(`${folder}-moved`, folder);
      expect(await store.get([key('one')])).toHaveLength(1);
    }
    await store.close();
  });
});

describe('the place of the file', () => {
  it('that cannot be made ends with its name, and does not hang', () => {
    expect(() => sqliteStore({ file: '/proc/none/deep/store.sqlite' })).toThrow(
      'the folder /proc/none/deep cannot be made',
    );
    writeFileSync(file, '');
    expect(() => sqliteStore({ file: join(file, 'store.sqlite') })).toThrow(/cannot be (made|opened)/);
    mkdirSync(join(folder, 'taken'));
    expect(() => sqliteStore({ file: join(folder, 'taken') })).toThrow('cannot be opened for writing');
  });

  it('is not made by who only reads, nor is a store made in a file of another program', () => {
    expect(() => sqliteStore({ file, create: false })).toThrow('there is no database file');
    expect(existsSync(file)).toBe(false);
    const other = new DatabaseSync(file);
    other.exec('CREATE TABLE theirs (a)');
    other.close();
    expect(() => sqliteStore({ file })).toThrow('holds no store of this program');
  });

  const modeOf = (path: string) => (statSync(path).mode & 0o777).toString(8);

  it('is for its owner alone, with the files beside it', async () => {
    const deep = join(folder, 'a', 'b');
    const store = sqliteStore({ file: join(deep, 'store.sqlite') });
    await store.transact([put('one')]);
    expect([join(folder, 'a'), deep].map(modeOf)).toEqual(['700', '700']);
    const files = ['', '-wal', '-shm'].map((end) => join(deep, `store.sqlite${end}`));
    expect(files.map(modeOf)).toEqual(['600', '600', '600']);
    await store.close();
  });

  it('takes from others the rights to a file of before', async () => {
    const before = sqliteStore({ file });
    await before.transact([put('one')]);
    const files = ['', '-wal', '-shm'].map((end) => `${file}${end}`);
    for (const each of files) chmodSync(each, 0o664);
    const store = sqliteStore({ file });
    expect(files.map(modeOf)).toEqual(['600', '600', '600']);
    await store.close();
    await before.close();
  });
});
