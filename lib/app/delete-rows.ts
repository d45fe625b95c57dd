/** Deletes any number of rows, whoever else writes to them. */
import { type Key, MAX_TRANSACTION_WRITES, type Store, StoreError } from '../store/port/port.ts';

const MAX_ATTEMPTS = 8;

/** Rows that are gone already do no harm. Throws a StoreError after too many lost races. */
export async function deleteRows(store: Store, keys: readonly Key[]): Promise<void> {
  for (let n = 0; n < keys.length; n += MAX_TRANSACTION_WRITES)
    await deleteSome(store, keys.slice(n, n + MAX_TRANSACTION_WRITES));
}

async function deleteSome(store: Store, keys: readonly Key[]): Promise<void> {
  const writes = keys.map(({ table, pk, sk }) => ({
    ...({ op: 'delete', condition: 'any' } as const),
    key: { table, pk, sk },
  }));
  for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt += 1)
    if ((await store.transact(writes)) === 'committed') return;
  throw new StoreError('the rows could not be deleted', { retryable: true, notCommitted: true });
}
