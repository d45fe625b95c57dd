/** The stream of a table: every change, in order, with its image. */
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { Row, StreamRecord, Write } from '../../lib/store/port/port.ts';
import type { StreamSource } from '../../lib/store/port/stream-source.ts';
import type { TableName } from '../../lib/store/rows/schema.ts';
import type { Bench } from './contract.ts';

/** A stream may lag: ask again so often, in so many milliseconds. */
const PATIENCE = { attempts: 200, wait: 25 };

export function streamContract(bench: Bench): void {
  /** Reads on until `count` records of the partition have come. */
  async function recordsOf(source: StreamSource, pk: string, count: number, from?: string, limit = 100) {
    const found: StreamRecord[] = [];
    let position = from;
    for (let attempt = 0; found.length < count && attempt < PATIENCE.attempts; attempt++) {
      const batch = await source.read(position, limit);
      expect(batch.records.length).toBeLessThanOrEqual(limit);
      found.push(...batch.records.filter(({ key }) => key.pk === pk));
      position = batch.position;
      if (batch.records.length === 0) await delay(PATIENCE.wait);
    }
    return { found, position };
  }
  const row = (table: TableName, sk: string, version: number): Row => ({
    ...{
      table,
      pk: bench.freshKey().pk,
      sk,
      version,
      attributes: { text: `ü ${version}`, deep: [{ n: 1.5 }] },
    },
    blob: Uint8Array.of(version, 0, 255),
  });
  const commit = async (...writes: Write[]): Promise<void> => {
    expect(await bench.subject().store.transact(writes)).toBe('committed');
  };

  describe.each(['items', 'crm-changes'] as const)('the stream of %s', (table) => {
    it('reports each change of a partition in order, with the row as it then was', async () => {
      const source = await bench.subject().stream(table);
      const first: Row = { ...row(table, 'one', 1), expires: bench.clock.seconds() + 3600 };
      const { pk, sk } = first;
      const key = { table, pk, sk };
      await commit({ op: 'put', row: first, condition: 'absent' });
      await commit({ op: 'set', key, attributes: { text: 'two' }, condition: { version: 1 } });
      await commit({ op: 'delete', key, condition: 'exists' });

      const { found } = await recordsOf(source, pk, 3);
      const second = { ...first, version: 2, attributes: { ...first.attributes, text: 'two' } };
      expect(found.map(({ event, key, row }) => ({ event, key, row }))).toEqual([
        { event: 'INSERT', key, row: first },
        { event: 'MODIFY', key, row: second },
        { event: 'REMOVE', key, row: undefined },
      ]);
      expect(new Set(found.map(({ eventId }) => eventId)).size).toBe(3);
    });
  });

  describe('a stream', () => {
    it('reports nothing of a transaction that was not committed, of checks and of deletions in vain', async () => {
      const source = await bench.subject().stream('items');
      const { position } = await recordsOf(source, 'nobody', 0);
      const one = row('items', 'one', 1);
      const missing = { ...one, sk: 'missing' };
      const refused: Write[] = [
        { op: 'put', row: one, condition: 'absent' },
        { op: 'check', key: missing, condition: 'exists' },
      ];
      expect(await bench.subject().store.transact(refused)).toBe('conflict');
      await commit({ op: 'delete', key: missing, condition: 'any' });
      await commit(
        { op: 'put', row: { ...one, sk: 'last' }, condition: 'absent' },
        { op: 'check', key: missing, condition: 'absent' },
      );
      const { found } = await recordsOf(source, one.pk, 1, position);
      expect(found.map(({ key, event }) => [key.sk, event])).toEqual([['last', 'INSERT']]);
    });

    it('goes on at a position, also in another reader, and repeats what lies behind it', async () => {
      const source = await bench.subject().stream('items');
      const rows = [1, 2, 3, 4, 5].map((version) => row('items', 'same', version));
      const { pk } = rows[0] as Row;
      for (const each of rows) await commit({ op: 'put', row: { ...each, pk }, condition: 'any' });
      const versions = (found: readonly StreamRecord[]) => found.map(({ row }) => row?.version);

      const start = await recordsOf(source, pk, 2, undefined, 1);
      expect(versions(start.found)).toEqual([1, 2]);
      const rest = await recordsOf(source, pk, 3, start.position);
      expect(versions(rest.found)).toEqual([3, 4, 5]);
      const other = await bench.subject().stream('items');
      expect(versions((await recordsOf(other, pk, 3, start.position)).found)).toEqual([3, 4, 5]);
      expect((await source.read(rest.position, 10)).records).toEqual([]);
    });
  });
}
