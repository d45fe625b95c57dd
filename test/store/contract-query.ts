/** Ranges of one partition: their order, their ends, their pages. */
import { describe, expect, it } from 'vitest';
import type { Page, Range, Row } from '../../lib/store/port/port.ts';
import { type Bench, REFUSED } from './contract.ts';

/** In the order of their UTF-8 bytes, which is not that of UTF-16 (the last two). */
const SORTED = ['A', 'C#0009', 'C#0010', 'a', 'b', 'b#', 'é', '\uFF5E', '\u{1F600}'];

export function queryContract(bench: Bench): void {
  async function partition(sortKeys: readonly string[], attributes: Row['attributes'] = {}): Promise<string> {
    const { pk } = bench.freshKey();
    for (const sk of sortKeys) await bench.put({ table: 'anchors', pk, sk, version: 1, attributes });
    return pk;
  }
  const query = (range: Omit<Range, 'table'>): Promise<Page> =>
    bench.subject().store.query({ table: 'anchors', ...range });
  const sortKeys = ({ rows }: Page): string[] => rows.map(({ sk }) => sk);
  const LAST = '\u{10FFFF}';

  async function pages(range: Omit<Range, 'table'>): Promise<Page[]> {
    const found: Page[] = [];
    let after: string | undefined;
    do {
      const page = await query({ ...range, ...(after === undefined ? {} : { after }) });
      found.push(page);
      after = page.next;
    } while (after !== undefined);
    return found;
  }

  describe('query', () => {
    it('gives a partition in the order of UTF-8 bytes, both ways', async () => {
      const pk = await partition([...SORTED].reverse());
      await partition(SORTED);
      expect(sortKeys(await query({ pk, from: '', to: LAST }))).toEqual(SORTED);
      const descending = await query({ pk, from: '', to: LAST, descending: true });
      expect(sortKeys(descending)).toEqual([...SORTED].reverse());
      expect(descending.next).toBeUndefined();
    });

    it('includes both ends', async () => {
      const pk = await partition(SORTED);
      expect(sortKeys(await query({ pk, from: 'C#0009', to: 'C#0010' }))).toEqual(['C#0009', 'C#0010']);
      expect(sortKeys(await query({ pk, from: 'b', to: 'b' }))).toEqual(['b']);
      expect(sortKeys(await query({ pk, from: 'B', to: 'C' }))).toEqual([]);
      expect(sortKeys(await query({ pk, from: 'b', to: 'a' }))).toEqual([]);
    });

    it.each([false, true])('goes on behind a page (descending: %s)', async (descending) => {
      const pk = await partition(SORTED);
      const found = await pages({ pk, from: 'C', to: LAST, limit: 3, descending });
      const inRange = SORTED.slice(1);
      const wanted = descending ? [...inRange].reverse() : inRange;
      expect(found.flatMap(sortKeys)).toEqual(wanted);
      expect(sortKeys(found[0] as Page)).toEqual(wanted.slice(0, 3));
    });

    it('takes an `after` that is no row, or outside of the range', async () => {
      const pk = await partition(['b', 'd', 'f']);
      const range = { pk, from: 'b', to: 'e' };
      expect(sortKeys(await query({ ...range, after: 'c' }))).toEqual(['d']);
      expect(sortKeys(await query({ ...range, after: 'a' }))).toEqual(['b', 'd']);
      expect(sortKeys(await query({ ...range, after: 'e' }))).toEqual([]);
      expect(sortKeys(await query({ ...range, after: 'c', descending: true }))).toEqual(['b']);
      expect(sortKeys(await query({ ...range, after: 'z', descending: true }))).toEqual(['d', 'b']);
      expect(sortKeys(await query({ ...range, after: 'b', descending: true }))).toEqual([]);
    });

    it('gives one row a page where the limit is 1', async () => {
      const pk = await partition(['a', 'b']);
      const found = await pages({ pk, from: '', to: LAST, limit: 1 });
      expect(found.map(sortKeys).filter((keys) => keys.length > 0)).toEqual([['a'], ['b']]);
    });

    it('refuses a limit below 1', async () => {
      await expect(query({ pk: 'none', from: '', to: LAST, limit: 0 })).rejects.toMatchObject(REFUSED);
    });

    it('counts expired rows in the limit, and gives a page without them', async () => {
      const pk = await partition(['c']);
      for (const sk of ['a', 'b']) {
        // Expired by the store's clock only, so that the emulator does not delete them meanwhile.
        const expires = bench.clock.seconds() + 30;
        await bench.put({ table: 'anchors', pk, sk, version: 1, expires, attributes: {} });
      }
      bench.clock.advance(31);
      const first = await query({ pk, from: '', to: LAST, limit: 2 });
      expect(first).toEqual({ rows: [], next: 'b' });
      expect(sortKeys(await query({ pk, from: '', to: LAST, after: 'b' }))).toEqual(['c']);
    });

    it('ends a page at about 1 MB', async () => {
      const wanted = ['1', '2', '3', '4', '5'];
      const pk = await partition(wanted, { text: 'x'.repeat(350_000) });
      const found = await pages({ pk, from: '', to: LAST });
      expect(found.flatMap(sortKeys)).toEqual(wanted);
      for (const page of found) expect(page.rows.length).toBeLessThanOrEqual(3);
    });
  });
}
