/**
 * Keys that lie in the store, encrypted by a key service that never gives out its own key. Who reads the tables alone opens
 * nothing; a process asks the service once for each key.
 */
import type { Row, Store } from '../port/port.ts';
import { keyFields, keyFromRow, type StoredKey } from '../rows/account-shapes.ts';
import { dataKeyKey, dataKeysRange } from '../rows/keys.ts';
import { type DataKey, type DataKeys, newKeyId } from './data-keys.ts';

/** Encrypts and decrypts keys for one id each. Throws StoreErrors. */
export interface KeyService {
  /** A new key of KEY_OCTETS, open and encrypted. */
  make(id: string): Promise<{ readonly octets: Uint8Array; readonly encrypted: Uint8Array }>;
  decrypt(id: string, encrypted: Uint8Array): Promise<Uint8Array>;
}

/** `now`: epoch milliseconds. */
export function keysInStore(store: Store, service: KeyService, now: () => number): DataKeys {
  const known = new Map<string, Promise<DataKey>>();
  const openKey = ({ id, encrypted }: StoredKey): Promise<DataKey> => {
    const asked = known.get(id) ?? service.decrypt(id, encrypted).then((octets) => ({ id, octets }));
    known.set(id, asked);
    // The next login asks again.
    asked.catch(() => known.delete(id));
    return asked;
  };
  const add = async (): Promise<DataKey> => {
    const id = newKeyId();
    const { octets, encrypted } = await service.make(id);
    const row = { ...dataKeyKey(id), version: 1, ...keyFields({ id, created: now(), encrypted }) };
    // A key counts once it is in the store. Its id is random, so nobody else has it.
    await store.transact([{ op: 'put', row, condition: 'any' }]);
    return { id, octets };
  };
  return {
    add,
    newest: async () => {
      const last = newestOf(await allRows(store));
      return last === undefined ? add() : openKey(last);
    },
    byId: async (id) => {
      const asked = known.get(id);
      if (asked !== undefined) return asked;
      const [row] = await store.get([dataKeyKey(id)]);
      return row && openKey(keyFromRow(row));
    },
  };
}

async function allRows(store: Store): Promise<Row[]> {
  const rows: Row[] = [];
  let after: string | undefined;
  do {
    const page = await store.query({ ...dataKeysRange(), ...(after !== undefined && { after }) });
    rows.push(...page.rows);
    after = page.next;
  } while (after !== undefined);
  return rows;
}

const newestOf = (rows: readonly Row[]): StoredKey | undefined =>
  rows
    .map(keyFromRow)
    .sort((a, b) => a.created - b.created)
    .at(-1);
