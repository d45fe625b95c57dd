/** What the erasing of a user needs of a SQLite file: the keys of all rows, and an end of what deleted rows leave behind. */
import type { Key, KeyPage } from '../port/port.ts';
import type { TableName } from '../rows/schema.ts';
import type { Sql } from './sql.ts';

const PAGE_KEYS = 5_000;
const SELECT = `SELECT pk, sk FROM rows WHERE tbl = ? AND (pk, sk) > (?, ?) ORDER BY pk, sk LIMIT ${PAGE_KEYS}`;
const FORGET = 'DELETE FROM stream WHERE tbl = ? AND pk = ?';

/** A page in the order of the keys. */
export function keyPage(sql: Sql, table: TableName, after?: string): KeyPage {
  const [pk = '', sk = ''] = after === undefined ? [] : (JSON.parse(after) as string[]);
  const keys = sql.all<Pick<Key, 'pk' | 'sk'>>(SELECT, table, pk, sk).map((key) => ({ table, ...key }));
  const last = keys.at(-1);
  return last === undefined || keys.length < PAGE_KEYS
    ? { keys }
    : { keys, next: JSON.stringify([last.pk, last.sk]) };
}

/**
 * The file is written anew without its free pages, and the write-ahead log is emptied: both hold what was deleted. Other
 * processes wait meanwhile.
 */
export function destroyRemains(sql: Sql, partitions: readonly Pick<Key, 'table' | 'pk'>[]): void {
  for (const { table, pk } of partitions) sql.run(FORGET, table, pk);
  sql.database.exec('VACUUM');
  sql.database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
}
