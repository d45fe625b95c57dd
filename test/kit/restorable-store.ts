/** A store whose tables can be copied, and put back as they were: all rows, and no others. */
import type { Key, Row, Store } from '../../lib/store/port/port.ts';
import { keyText, writtenKey } from '../../lib/store/port/rules.ts';
import type { TableName } from '../../lib/store/rows/schema.ts';

export interface TableCopy {
  readonly table: TableName;
  readonly rows: readonly Row[];
}

export interface RestorableStore extends Store {
  copy(table: TableName): Promise<TableCopy>;
  putBack(copy: TableCopy): Promise<void>;
}

/** Rows that were written in another way than through this store are not seen. */
export function restorableStore(store: Store): RestorableStore {
  const keys = new Map<string, Key>();
  const keysOf = (table: TableName) => [...keys.values()].filter((key) => key.table === table);
  const copy = async (table: TableName) => ({ table, rows: await store.get(keysOf(table)) });
  return {
    ...store,
    transact: (writes) => {
      for (const { table, pk, sk } of writes.map(writtenKey))
        keys.set(keyText({ table, pk, sk }), { table, pk, sk });
      return store.transact(writes);
    },
    copy,
    putBack: async ({ table, rows }) => {
      for (const key of keysOf(table)) await store.transact([{ op: 'delete', key, condition: 'any' }]);
      for (const row of rows) await store.transact([{ op: 'put', row, condition: 'any' }]);
    },
  };
}
