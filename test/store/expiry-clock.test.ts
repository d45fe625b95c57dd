import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { Write } from '../../lib/store/port/port.ts';
import { DOUBT, USUAL_GAP } from '../../lib/store/sqlite/expiry.ts';
import { type SqliteStore, sqliteStore } from '../../lib/store/sqlite/store.ts';
import { eachInFolder } from '../kit/folder.ts';

const HOUR = 60 * 60 * 1000;
const DAY = 24 * HOUR;
const START = Date.UTC(2030, 0, 1);

let folder: string;
let now: number;
let store: SqliteStore;
const open = () => sqliteStore({ file: join(folder, 'store.sqlite'), now: () => now });
eachInFolder('sqlite-', (path) => {
  folder = path;
  now = START;
  store = open();
});
afterEach(() => store.close());

const put = (sk: string, days?: number): Write => ({
  op: 'put',
  row: {
    ...{ table: 'items', pk: 'user', sk, version: 1, attributes: {} },
    ...(days !== undefined && { expires: (now + days * DAY) / 1000 }),
  },
  condition: 'any',
});
const kept = () =>
  store.sql
    .all<{ sk: string }>('SELECT sk FROM rows WHERE expires IS NOT NULL ORDER BY sk')
    .map(({ sk }) => sk);
/** A write at this time, as any message makes one. */
const work = async (at: number): Promise<void> => {
  now = at;
  await store.transact([put('any')]);
};
const restart = async (): Promise<void> => {
  await store.close();
  store = open();
};

const YEARS = 3_650 * DAY;

describe.each(['in a running server', 'while it is off'])('a clock that jumps ten years %s', (when) => {
  const jump = async (): Promise<void> => {
    await store.transact([put('version', 30), put('commit', 180), put('old', 0.01)]);
    if (when === 'while it is off') await restart();
    await work(START + YEARS);
  };

  it('deletes no version and no commit, and shows them when it is right again', async () => {
    await jump();
    for (let n = 1; n <= 100; n += 1) await work(START + YEARS + n * HOUR);
    expect(kept()).toEqual(['commit', 'old', 'version']);
    await work(START + DAY);
    expect(kept()).toEqual(['commit', 'version']);
    const keys = ['version', 'commit'].map((sk) => ({ table: 'items', pk: 'user', sk }) as const);
    expect(await store.get(keys)).toHaveLength(2);
  });

  it('is believed when it has gone on for days', async () => {
    await jump();
    for (let at = 0; at <= DOUBT; at += DAY / 2) await work(START + YEARS + at);
    expect(kept()).toEqual([]);
  });

  it('begins its days anew with each further jump, and after it was right', async () => {
    await jump();
    await work(START + 2 * YEARS);
    await work(START + 3 * YEARS);
    await work(START + DAY);
    await work(START + YEARS + DOUBT + DAY);
    expect(kept()).toEqual(['commit', 'version']);
  });
});

it('keeps the changes that nobody has read yet', async () => {
  const change: Write = {
    op: 'put',
    row: { table: 'crm-changes', pk: 'user', sk: 'event', version: 1, attributes: {} },
    condition: 'any',
  };
  await store.transact([change]);
  await work(START + YEARS);
  expect(store.sql.all('SELECT id FROM stream')).toHaveLength(1);
});

it('a server that was off for a while deletes what is due at once', async () => {
  await store.transact([put('short', 1), put('long', 30)]);
  await restart();
  await work(START + USUAL_GAP);
  expect(kept()).toEqual(['long']);
});

it('a clock that falls back deletes nothing, and goes on where it was', async () => {
  await store.transact([put('short', 1), put('long', 30)]);
  await work(0);
  await work(START + 2 * DAY);
  expect(kept()).toEqual(['long']);
});
