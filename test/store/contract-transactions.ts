/** Batches: their limits, races between two writers. */
import { describe, expect, it } from 'vitest';
import {
  type Key,
  MAX_TRANSACTION_WRITES,
  type Row,
  type Store,
  type Write,
} from '../../lib/store/port/port.ts';
import { type Bench, REFUSED } from './contract.ts';

export function transactionContract(bench: Bench): void {
  const puts = (count: number, text = ''): Write[] => {
    const key = bench.freshKey();
    return Array.from({ length: count }, (_, index) => ({
      op: 'put',
      row: { ...key, sk: `row ${index}`, version: 1, attributes: { text } },
      condition: 'absent',
    }));
  };
  const rowsOf = async (writes: readonly Write[]): Promise<Row[]> => {
    const { pk } = (writes[0] as Write & { op: 'put' }).row;
    const page = await bench.subject().store.query({ table: 'anchors', pk, from: '', to: 'z' });
    return [...page.rows];
  };

  describe('a batch', () => {
    it('of nothing is committed', async () => {
      expect(await bench.subject().store.transact([])).toBe('committed');
    });

    it('takes 100 writes, and not one of them when the last fails', async () => {
      const writes = puts(MAX_TRANSACTION_WRITES);
      await bench.put((writes.at(-1) as Write & { op: 'put' }).row);
      expect(await bench.subject().store.transact(writes)).toBe('conflict');
      expect(await rowsOf(writes)).toHaveLength(1);

      const others = puts(MAX_TRANSACTION_WRITES);
      expect(await bench.subject().store.transact(others)).toBe('committed');
      expect(await rowsOf(others)).toHaveLength(MAX_TRANSACTION_WRITES);
    });

    it('refuses the 101st write', async () => {
      const writes = puts(MAX_TRANSACTION_WRITES + 1);
      await expect(bench.subject().store.transact(writes)).rejects.toMatchObject(REFUSED);
      expect(await rowsOf(writes)).toEqual([]);
    });

    it('refuses two writes of the same row', async () => {
      const [write] = puts(1) as [Write & { op: 'put' }];
      const check: Write = { op: 'check', key: write.row, condition: 'absent' };
      await expect(bench.subject().store.transact([write, check])).rejects.toMatchObject(REFUSED);
      expect(await rowsOf([write])).toEqual([]);
    });

    it('refuses more bytes than a transaction takes', async () => {
      const writes = puts(12, 'x'.repeat(300_000));
      await expect(bench.subject().store.transact(writes)).rejects.toMatchObject(REFUSED);
      expect(await rowsOf(writes)).toEqual([]);
    });

    it('names rows of several tables', async () => {
      const { pk } = bench.freshKey();
      const rows: Row[] = (['items', 'anchors', 'sessions', 'crm-changes', 'accounts'] as const).map(
        (table) => ({
          ...{ table, pk, sk: 'one', version: 1, attributes: { table } },
        }),
      );
      const writes = rows.map((row): Write => ({ op: 'put', row, condition: 'absent' }));
      expect(await bench.subject().store.transact(writes)).toBe('committed');
      expect(byTable(await bench.subject().store.get(rows))).toEqual(byTable(rows));
    });
  });

  describe('a race', () => {
    const increment = async (store: Store, key: Key): Promise<'committed' | 'conflict'> => {
      const [row] = await store.get([key]);
      const count = Number(row?.attributes.count ?? 0) + 1;
      const next: Row = { ...key, version: (row?.version ?? 0) + 1, attributes: { count } };
      const condition = row === undefined ? 'absent' : { version: row.version };
      return store.transact([{ op: 'put', row: next, condition }]);
    };

    it('is lost by who writes on what is no longer there', async () => {
      const { store, rival } = bench.subject();
      const row: Row = { ...bench.freshKey(), version: 1, attributes: { text: 'base' } };
      await bench.put(row);
      const [mine, theirs] = [await store.get([row]), await rival.get([row])];
      expect(mine).toEqual(theirs);

      const write = (text: string): Write => {
        return { op: 'set', key: row, attributes: { text }, condition: { version: 1 } };
      };
      expect(await rival.transact([write('theirs')])).toBe('committed');
      expect(await store.transact([write('mine')])).toBe('conflict');
      expect(await bench.read(row)).toMatchObject({ version: 2, attributes: { text: 'theirs' } });
    });

    it('to create a row has one winner', async () => {
      const { store, rival } = bench.subject();
      const row: Row = { ...bench.freshKey(), version: 1, attributes: {} };
      const create: Write[] = [{ op: 'put', row, condition: 'absent' }];
      const outcomes = await Promise.all([store.transact(create), rival.transact(create)]);
      expect(outcomes.sort()).toEqual(['committed', 'conflict']);
    });

    it('of repeated increments loses none', async () => {
      const { store, rival } = bench.subject();
      const key = bench.freshKey();
      const work = async (own: Store): Promise<void> => {
        for (let done = 0; done < 5; ) if ((await increment(own, key)) === 'committed') done += 1;
      };
      await Promise.all([work(store), work(rival), work(store)]);
      expect(await bench.read(key)).toMatchObject({ version: 15, attributes: { count: 15 } });
    });
  });
}

const byTable = (rows: readonly Row[]): Row[] => [...rows].sort((a, b) => (a.table < b.table ? -1 : 1));
