/** The rows of a match index are read once by each process, and again where an eventually consistent read lacks some. */
import { describe, expect, it } from 'vitest';
import { guid } from '../../../lib/engine/model/ids.ts';
import { packEntries } from '../../../lib/engine/model/match-entries.ts';
import type { Range, Store } from '../../../lib/store/port/port.ts';
import { indexKey } from '../../../lib/store/rows/keys.ts';
import { indexRows } from '../../../lib/store/step-io/index-rows.ts';
import { memoryStore } from '../../kit/memory-store.ts';

const AT = { user: 'anna', datastore: 'contacts' };
const name = (row: number) => guid(`row-${row}`.padEnd(22, 'A'));

/** A store whose queries are noted. `late`: of an eventually consistent page so many of the newest rows are not there yet. */
function watchedStore(late = 0) {
  const inner = memoryStore();
  const queries: Range[] = [];
  const store: Store = {
    ...inner,
    query: async (range) => {
      queries.push(range);
      const page = await inner.query(range);
      if (range.eventual !== true || late === 0) return page;
      return { rows: page.rows.slice(0, -late) };
    },
  };
  const taken = () =>
    queries.splice(0).map(({ eventual, from }) => `${from.slice(-2)}${eventual ? '' : '!'}`);
  return { store, taken };
}

async function put(store: Store, row: number, { epoch = 'e', bytes = 0 } = {}): Promise<void> {
  const blob = Buffer.concat([packEntries([{ guid: name(row) }]), Buffer.alloc(bytes)]);
  const written = { ...indexKey(AT, epoch, row), version: 1, attributes: {}, blob };
  await store.transact([{ op: 'put', row: written, condition: 'any' }]);
}

async function withRows(count: number, late = 0) {
  const watched = watchedStore(late);
  for (let row = 0; row < count; row += 1) await put(watched.store, row);
  return watched;
}

const read = async (store: Store, rows: number, epoch = 'e') =>
  (await indexRows(store, AT, { epoch, rows }))?.map((pack) => pack.guid(0));
const names = (count: number) => Array.from({ length: count }, (_, row) => name(row));

describe('the rows of an index', () => {
  it('are read eventually consistent, and only those that the head names', async () => {
    const { store, taken } = await withRows(5);
    expect(await read(store, 3)).toEqual(names(3));
    expect(taken()).toEqual(['00']);
  });

  it('are not read twice: a process reads only those that came since', async () => {
    const { store, taken } = await withRows(3);
    await read(store, 3);
    taken();
    expect(await read(store, 3)).toEqual(names(3));
    expect(taken()).toEqual([]);
    await put(store, 3);
    expect(await read(store, 4)).toEqual(names(4));
    expect(taken()).toEqual(['03']);
    // A step that read the head before goes on with fewer.
    expect(await read(store, 2)).toEqual(names(2));
    expect(taken()).toEqual([]);
  });

  it('are read again consistently where the newest is not there yet', async () => {
    const { store, taken } = await withRows(3, 1);
    expect(await read(store, 3)).toEqual(names(3));
    expect(taken()).toEqual(['00', '00!']);
    await put(store, 3);
    expect(await read(store, 4)).toEqual(names(4));
    expect(taken()).toEqual(['03', '03!']);
  });

  it('need no second read where only rows are late that nobody asked for', async () => {
    const { store, taken } = await withRows(4, 1);
    expect(await read(store, 3)).toEqual(names(3));
    expect(taken()).toEqual(['00']);
  });

  it.each([0, 1, 2])('are no index where row %i is gone', async (row) => {
    const { store, taken } = await withRows(3);
    await store.transact([{ op: 'delete', key: indexKey(AT, 'e', row), condition: 'any' }]);
    expect(await read(store, 3)).toBeUndefined();
    expect(taken()).toEqual(['00', '00!']);
    await put(store, row);
    expect(await read(store, 3)).toEqual(names(3));
  });

  it('are no index where one has another format', async () => {
    const { store } = await withRows(2);
    const blob = Buffer.from([9, 0, 0, 0, 0]);
    const row = { ...indexKey(AT, 'e', 1), version: 1, attributes: {}, blob };
    await store.transact([{ op: 'put', row, condition: 'any' }]);
    expect(await read(store, 2)).toBeUndefined();
  });

  it('are apart by epoch', async () => {
    const { store } = await withRows(2);
    expect(await read(store, 2)).toEqual(names(2));
    expect(await read(store, 2, 'other')).toBeUndefined();
  });

  it('come in several pages where they are large', async () => {
    const { store, taken } = watchedStore();
    for (let row = 0; row < 8; row += 1) await put(store, row, { bytes: 300_000 });
    expect(await read(store, 8)).toEqual(names(8));
    expect(taken().length).toBeGreaterThan(1);
    expect(await read({ ...store }, 2)).toEqual(names(2));
    expect(taken()).toHaveLength(1);
  });

  it('stay in memory up to a limit: those that were used least recently go', async () => {
    const { store, taken } = watchedStore();
    const epochs = Array.from({ length: 50 }, (_, n) => `e${n}`);
    for (const epoch of epochs) await put(store, 0, { epoch, bytes: 380_000 });
    // Of 50 indexes of 380 kB about 42 fit. The first one is used again and again.
    for (const epoch of epochs) {
      await read(store, 1, epoch);
      await read(store, 1, 'e0');
    }
    taken();
    await read(store, 1, 'e0');
    await read(store, 1, 'e49');
    expect(taken()).toEqual([]);
    await read(store, 1, 'e1');
    expect(taken()).toEqual(['00']);
  });
});
