/**
 * The changes of one table of the embedded store, read from the `stream` table that store.ts fills in the same
 * transaction as the rows, for the tables that it is told to record. A position is the id of the last record.
 */
import type { Key, StreamRecord } from '../port/port.ts';
import type { StreamSource } from '../port/stream-source.ts';
import { STREAMS, type TableName } from '../rows/schema.ts';
import { type Columns, openSql, toRow } from './database.ts';
import { guarded } from './sql.ts';
import type { SqliteStore } from './store.ts';

export type { StreamSource } from '../port/stream-source.ts';

const SELECT = `SELECT id, event, tbl, pk, sk, version, expires, attributes, blob FROM stream
  WHERE id > ? AND tbl = ? ORDER BY id LIMIT ?`;

interface StreamColumns extends Omit<Columns, 'attributes'> {
  readonly id: number;
  readonly event: StreamRecord['event'];
  readonly attributes: string | null;
}

/**
 * Reads from a file that any process writes, or from an opened store, which is needed for one in memory. Throws for a
 * table that has no stream, and for one whose changes the opened store does not record.
 */
export function sqliteStream(
  from: { file: string } | { store: SqliteStore },
  table: TableName,
): StreamSource {
  const recorded = 'store' in from ? from.store.streams : Object.keys(STREAMS);
  if (!recorded.includes(table)) throw new Error(`the table ${table} has no stream here`);
  const sql = 'store' in from ? from.store.sql : openSql(from.file);
  return {
    read: async (after, limit) =>
      guarded(sql, () => {
        const found = sql.all<StreamColumns>(SELECT, after === undefined ? 0 : Number(after), table, limit);
        const records = found.map(toRecord);
        return { records, position: records.at(-1)?.eventId ?? after };
      }),
  };
}

function toRecord(columns: StreamColumns): StreamRecord {
  const key: Key = { table: columns.tbl, pk: columns.pk, sk: columns.sk };
  const { attributes } = columns;
  const row = attributes === null ? {} : { row: toRow({ ...columns, attributes }) };
  return { eventId: String(columns.id), event: columns.event, key, ...row };
}
