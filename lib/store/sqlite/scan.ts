/** All rows of a table of the embedded store. A page ends after a number of rows; its `next` is the key of the last one. */

import { isExpired } from '../port/rules.ts';
import type { Scan } from '../port/scan.ts';
import { type Columns, toRow } from './database.ts';
import { guarded } from './sql.ts';
import type { SqliteStore } from './store.ts';

const PAGE_ROWS = 500;
const SELECT = `SELECT tbl, pk, sk, version, expires, attributes, blob FROM rows
  WHERE tbl = ? AND (pk, sk) > (?, ?) ORDER BY pk, sk LIMIT ${PAGE_ROWS}`;

/** `now` gives epoch milliseconds. */
export const sqliteScan =
  ({ sql }: SqliteStore, now: () => number = Date.now): Scan =>
  async (table, after) =>
    guarded(sql, () => {
      const [pk, sk] = after === undefined ? ['', ''] : (JSON.parse(after) as [string, string]);
      const found = sql.all<Columns>(SELECT, table, pk, sk).map(toRow);
      const last = found.length === PAGE_ROWS ? found.at(-1) : undefined;
      const rows = found.filter(({ expires }) => !isExpired(expires, now()));
      return { rows, ...(last && { next: JSON.stringify([last.pk, last.sk]) }) };
    });
