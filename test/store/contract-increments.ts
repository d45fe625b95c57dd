/** Increments: none is lost, a row begins with one, and what is no number is refused. */
import { describe, expect, it } from 'vitest';
import type { Increment, Key, Row, Store, Write } from '../../lib/store/port/port.ts';
import { type Bench, REFUSED } from './contract.ts';

/** In seconds: the emulator deletes what is expired by its own time. */
const DAY = 86_400;

export function incrementContract(bench: Bench): void {
  const add = (key: Key, more: Partial<Increment> = {}): Increment => ({
    ...{ op: 'add', key, amounts: { count: 1 }, condition: 'any' },
    ...more,
  });
  const commit = async (...writes: Write[]): Promise<void> => {
    expect(await bench.subject().store.transact(writes)).toBe('committed');
  };

  describe('an increment', () => {
    it('begins a row, and goes on with it', async () => {
      const key = bench.freshKey();
      const first = bench.clock.seconds() + DAY;
      const write = (at: number, expires: number) =>
        add(key, {
          amounts: { count: 1, bytes: at },
          initial: { first: at },
          attributes: { last: at },
          expires,
        });
      await commit(write(10, first));
      const row = {
        ...key,
        version: 1,
        expires: first,
        attributes: { count: 1, bytes: 10, first: 10, last: 10 },
      };
      expect(await bench.read(key)).toEqual(row);
      await commit(write(20, first + 5));
      await commit(add(key, { amounts: { count: -3, other: 0 } }));
      const attributes = { count: -1, bytes: 30, first: 10, last: 20, other: 0 };
      expect(await bench.read(key)).toEqual({ ...key, version: 3, expires: first + 5, attributes });
    });

    it('leaves the rest of a row as it is', async () => {
      const row: Row = {
        ...bench.freshKey(),
        version: 4,
        attributes: { name: 'x', list: [1] },
        blob: Buffer.from('b'),
      };
      await bench.put(row);
      await commit(add(row, { amounts: { count: 2 }, initial: { name: 'y', new: null } }));
      const attributes = { name: 'x', list: [1], new: null, count: 2 };
      const { blob, ...after } = (await bench.read(row)) as Row;
      expect(after).toEqual({ table: row.table, pk: row.pk, sk: row.sk, version: 5, attributes });
      expect(Buffer.from(blob ?? [])).toEqual(row.blob);
    });

    it('begins anew where the row is expired, by itself and in a transaction', async () => {
      for (const others of [0, 2]) {
        const key = bench.freshKey();
        const expired = {
          ...key,
          version: 7,
          attributes: { count: 41, first: 1, old: true },
          blob: Buffer.from('b'),
        };
        await bench.put({ ...expired, expires: bench.clock.seconds() - 60 });
        const companions = Array.from({ length: others }, (_, n) => add({ ...key, sk: `other ${n}` }));
        await commit(add(key, { initial: { first: 2 } }), ...companions);
        expect(await bench.read(key)).toEqual({ ...key, version: 1, attributes: { count: 1, first: 2 } });
        await commit(add(key));
        expect(await bench.read(key)).toMatchObject({ version: 2, attributes: { count: 2, first: 2 } });
        for (const { key: other } of companions) {
          expect(await bench.read(other)).toEqual({ ...other, version: 1, attributes: { count: 1 } });
        }
      }
    });

    it('adds to no row that is missing or expired where one must exist', async () => {
      const key = bench.freshKey();
      const write = add(key, { condition: 'exists' });
      expect(await bench.subject().store.transact([write])).toBe('conflict');
      await bench.put({ ...key, version: 1, expires: bench.clock.seconds() - 60, attributes: { count: 5 } });
      expect(await bench.subject().store.transact([write])).toBe('conflict');
      expect(await bench.read(key)).toBeUndefined();
    });

    it('counts nothing in a transaction of which a condition fails, also where its row is expired', async () => {
      const key = bench.freshKey();
      const expired: Row = { ...key, sk: 'expired', version: 3, attributes: { count: 9 } };
      await bench.put({ ...expired, expires: bench.clock.seconds() - 60 });
      await commit(add(key));
      const failing: Write = { op: 'check', key: { ...key, sk: 'missing' }, condition: 'exists' };
      const writes = [add(key), add(expired), failing];
      expect(await bench.subject().store.transact(writes)).toBe('conflict');
      expect(await bench.read(key)).toMatchObject({ version: 1, attributes: { count: 1 } });
      expect(await bench.read(expired)).toBeUndefined();
    });
  });

  describe('increments at the same time', () => {
    const tillCommitted = async (store: Store, write: Increment): Promise<void> => {
      while ((await store.transact([write])) !== 'committed');
    };
    it.each(['absent', 'expired', 'live'])('lose nothing: of a row that is %s', async (state) => {
      const { store, rival } = bench.subject();
      const key = bench.freshKey();
      const expires = bench.clock.seconds() - 60;
      const row: Row = { ...key, version: 1, attributes: { count: 100 } };
      if (state !== 'absent') await bench.put(state === 'live' ? row : { ...row, expires });
      const stores = Array.from({ length: 12 }, (_, n) => (n % 2 === 0 ? store : rival));
      await Promise.all(stores.map((own) => tillCommitted(own, add(key))));
      const [version, count] = state === 'live' ? [13, 112] : [12, 12];
      expect(await bench.read(key)).toMatchObject({ version, attributes: { count } });
    });
  });

  describe('an increment that is wrong in itself is refused', () => {
    it.each<[string, Partial<Increment>]>([
      ['nothing is added', { amounts: {} }],
      ['a part of a number', { amounts: { count: 0.5 } }],
      ['what is no number', { amounts: { count: Number.NaN } }],
      ['a text', { amounts: { count: '1' as never } }],
      ['the name of a version', { amounts: { v: 1 } }],
      ['one name twice', { attributes: { count: 1 } }],
      ['one name at the beginning and always', { initial: { at: 1 }, attributes: { at: 1 } }],
      ['an empty name', { initial: { '': 1 } }],
    ])('%s', async (_, wrong) => {
      const key = bench.freshKey();
      await expect(bench.subject().store.transact([add(key, wrong)])).rejects.toMatchObject(REFUSED);
      expect(await bench.read(key)).toBeUndefined();
    });

    it.each([['a text'], [null], [true], [[1]]])('adding to %j', async (count) => {
      const row: Row = { ...bench.freshKey(), version: 1, attributes: { count } };
      await bench.put(row);
      for (const writes of [[add(row)], [add(row), add({ ...row, sk: 'other' })]]) {
        await expect(bench.subject().store.transact(writes)).rejects.toMatchObject(REFUSED);
        expect(await bench.read(row)).toEqual(row);
        expect(await bench.read({ ...row, sk: 'other' })).toBeUndefined();
      }
    });
  });
}
