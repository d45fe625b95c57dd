/** The contract of the scan beside the Store port: every row of a table, of every partition, page by page. */
import { describe, expect, it } from 'vitest';
import type { Row } from '../../lib/store/port/port.ts';
import type { Bench } from './contract.ts';

/** More than SQLite and DynamoDB give in one page. */
const ROWS = 600;

export function scanContract(bench: Bench): void {
  describe('a scan', () => {
    const scanned = async (pks: ReadonlySet<string>): Promise<string[]> => {
      const found: Row[] = [];
      let after: string | undefined;
      do {
        const page = await bench.subject().scan('accounts', after);
        found.push(...page.rows);
        after = page.next;
      } while (after !== undefined);
      return found.filter(({ pk }) => pks.has(pk)).map(({ pk, sk }) => `${pk} ${sk}`);
    };

    it('gives the rows of all partitions of its table, without expired ones', async () => {
      const keys = ['a', 'b'].map((sk) => ({ ...bench.freshKey(sk), table: 'accounts' as const }));
      const [first, second] = keys;
      if (first === undefined || second === undefined) throw new Error('no keys');
      await bench.put({ ...first, version: 1, attributes: { n: 1 } });
      await bench.put({ ...second, version: 1, attributes: {}, expires: bench.clock.seconds() + 60 });
      await bench.put({ ...first, table: 'items', version: 1, attributes: {} });
      const pks = new Set(keys.map(({ pk }) => pk));
      expect((await scanned(pks)).sort()).toEqual(keys.map(({ pk, sk }) => `${pk} ${sk}`).sort());
      bench.clock.advance(61);
      expect(await scanned(pks)).toEqual([`${first.pk} ${first.sk}`]);
    });

    it('gives each row once, also where they take several pages', async () => {
      const { pk } = bench.freshKey();
      const { store } = bench.subject();
      const text = 'x'.repeat(2_000);
      for (let n = 0; n < ROWS; n += 100) {
        const keys = Array.from({ length: 100 }, (_, i) => ({
          table: 'accounts' as const,
          pk,
          sk: `r${n + i}`,
        }));
        const rows = keys.map((key) => ({ ...key, version: 1, attributes: { text } }));
        expect(await store.transact(rows.map((row) => ({ op: 'put', row, condition: 'any' })))).toBe(
          'committed',
        );
      }
      const found = await scanned(new Set([pk]));
      expect([found.length, new Set(found).size]).toEqual([ROWS, ROWS]);
    });
  });
}
