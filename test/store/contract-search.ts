/** What the erasing of a user asks of a store. */
import { describe, expect, it } from 'vitest';
import type { Key } from '../../lib/store/port/port.ts';
import type { Bench, SearchableSubject } from './contract.ts';

export function searchContract(bench: Bench, searchable: () => SearchableSubject): void {
  async function allKeys(table: Key['table']): Promise<Key[]> {
    const found: Key[] = [];
    let after: string | undefined;
    do {
      const { keys, next } = await searchable().store.searchKeys(table, after);
      found.push(...keys);
      after = next;
    } while (after !== undefined);
    return found;
  }

  describe('searchKeys', () => {
    it('finds each row of the table once, expired ones too, until they are deleted', async () => {
      const { pk } = bench.freshKey();
      const keys = ['a', 'b#1', '\u{1F600}'].map((sk): Key => ({ table: 'accounts', pk, sk }));
      for (const key of keys) await bench.put({ ...key, version: 1, attributes: { text: 'x' } });
      // Expired by the store's clock only, so that the emulator does not delete it meanwhile.
      const expired: Key = { table: 'accounts', pk, sk: 'expired' };
      await bench.put({ ...expired, version: 1, expires: bench.clock.seconds() + 30, attributes: {} });
      bench.clock.advance(31);
      const own = async () => (await allKeys('accounts')).filter((key) => key.pk === pk);
      const sorted = (list: readonly Key[]) => [...list].sort((one, other) => (one.sk < other.sk ? -1 : 1));
      expect(sorted(await own())).toEqual(sorted([...keys, expired]));
      const deletes = [...keys, expired].map((key) => ({ op: 'delete', key, condition: 'any' }) as const);
      await searchable().store.transact(deletes);
      expect(await own()).toEqual([]);
      expect(await allKeys('crm-changes')).not.toContainEqual(expect.objectContaining({ pk }));
    });

    it('goes on behind a page', async () => {
      const { pk } = bench.freshKey();
      for (let n = 0; n < 4; n += 1)
        await bench.put({
          ...{ table: 'accounts', pk, sk: String(n), version: 1 },
          attributes: { text: 'x'.repeat(350_000) },
        });
      const own = (await allKeys('accounts')).filter((key) => key.pk === pk).map(({ sk }) => sk);
      expect(own.sort()).toEqual(['0', '1', '2', '3']);
    });
  });
}
