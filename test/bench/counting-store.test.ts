import { describe, expect, it } from 'vitest';
import type { Key, Row, Write } from '../../lib/store/port/port.ts';
import { rowBytes } from '../../lib/store/rows/row-size.ts';
import { sqliteStore } from '../../lib/store/sqlite/store.ts';
import { countingStore } from './counting-store.ts';

const key = (sk: string): Key => ({ table: 'items', pk: 'anna', sk });

/** A row of exactly so many bytes. */
function row(sk: string, bytes: number, version = 1): Row {
  const empty: Row = { ...key(sk), version, attributes: { t: '' } };
  return { ...empty, attributes: { t: 'x'.repeat(bytes - rowBytes(empty)) } };
}
const put = (of: Row): Write => ({ op: 'put', row: of, condition: 'any' });

async function storeWith(...rows: Row[]) {
  const inner = sqliteStore({ file: ':memory:' });
  if (rows.length > 0) await inner.transact(rows.map(put));
  return countingStore(inner);
}

describe('capacity units of writes', () => {
  it('charges one unit per started KB for a write alone', async () => {
    const store = await storeWith();
    await store.transact([put(row('a', 1024))]);
    expect(store.take().writeUnits).toBe(1);
    await store.transact([put(row('b', 1025))]);
    expect(store.take().writeUnits).toBe(2);
  });

  it('charges two units per started KB and row in a transaction', async () => {
    const store = await storeWith();
    await store.transact([put(row('a', 1024)), put(row('b', 1025)), put(row('c', 100))]);
    expect(store.take()).toMatchObject({ writeUnits: 2 + 4 + 2, transactions: 1, rounds: 1, readUnits: 0 });
  });

  it('charges the larger of the row before and after', async () => {
    const store = await storeWith(row('a', 3000), row('b', 3000), row('c', 1000));
    await store.transact([put(row('a', 200))]);
    expect(store.take().writeUnits).toBe(3);
    await store.transact([{ op: 'delete', key: key('b'), condition: 'exists' }]);
    expect(store.take().writeUnits).toBe(3);
    await store.transact([
      { op: 'set', key: key('c'), attributes: { more: 'y'.repeat(100) }, condition: 'exists' },
    ]);
    expect(store.take().writeUnits).toBe(2);
  });

  it('charges a check like a write in a transaction, also alone', async () => {
    const store = await storeWith(row('a', 1500));
    await store.transact([{ op: 'check', key: key('a'), condition: 'exists' }]);
    expect(store.take().writeUnits).toBe(4);
    await store.transact([{ op: 'check', key: key('none'), condition: 'absent' }, put(row('b', 10_24))]);
    expect(store.take().writeUnits).toBe(2 + 2);
  });

  it('charges what was not committed', async () => {
    const store = await storeWith(row('a', 100));
    const lost = await store.transact([
      { ...put(row('a', 2000)), condition: 'absent' } as Write,
      put(row('b', 100)),
    ]);
    expect(lost).toBe('conflict');
    expect(store.take().writeUnits).toBe(4 + 2);
  });
});

describe('capacity units of reads', () => {
  it('rounds each row of a batch up to 4 KB; an absent one costs one', async () => {
    const store = await storeWith(row('a', 4096), row('b', 4097));
    await store.get([key('a'), key('b'), key('none'), key('a')]);
    expect(store.take()).toMatchObject({ readUnits: 1 + 2 + 1, gets: 1, writeUnits: 0 });
  });

  it('rounds the sum of a page up to 4 KB', async () => {
    const store = await storeWith(row('a', 3000), row('b', 3000), row('c', 3000));
    await store.query({ table: 'items', pk: 'anna', from: 'a', to: 'z' });
    expect(store.take().readUnits).toBe(3);
    await store.query({ table: 'items', pk: 'anna', from: 'a', to: 'z', limit: 1 });
    expect(store.take().readUnits).toBe(1);
    await store.query({ table: 'items', pk: 'nobody', from: 'a', to: 'z' });
    expect(store.take()).toMatchObject({ readUnits: 1, queries: 1 });
  });
});

describe('rounds', () => {
  it('counts calls that wait for one another', async () => {
    const store = await storeWith();
    await store.get([key('a')]);
    await store.get([key('b')]);
    await store.transact([put(row('a', 100))]);
    expect(store.take().rounds).toBe(3);
  });

  it('counts calls in parallel once, whatever each goes on with', async () => {
    const store = await storeWith();
    const twice = async () => {
      await store.get([key('a')]);
      await store.query({ table: 'items', pk: 'anna', from: 'a', to: 'z' });
    };
    await Promise.all([twice(), twice(), store.get([key('b')])]);
    expect(store.take()).toMatchObject({ rounds: 2, gets: 3, queries: 2 });
  });

  it('goes on after a call that fails', async () => {
    const store = await storeWith();
    const same = put(row('a', 100));
    await expect(store.transact([same, same])).rejects.toThrow('same row');
    await store.get([key('a')]);
    expect(store.take()).toMatchObject({ rounds: 2, gets: 1 });
  });
});
