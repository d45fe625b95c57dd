/**
 * The Store on SQLite: the embedded store of one machine, also in memory. Processes may share a file. It behaves like
 * dynamodb/store.ts, with the same page size and stream of changes.
 *
 * Must not know: what a row means.
 */
import type { SQLInputValue } from 'node:sqlite';
import type { Condition, Key, Page, Range, Row, Store, Write } from '../port/port.ts';
import {
  checkBatch,
  checkKey,
  checkRowBytes,
  distinctKeys,
  isExpired,
  restOf,
  writtenKey,
} from '../port/rules.ts';
import { rowBytes } from '../rows/row-size.ts';
import { CONSUMED_STREAMS, STREAMS, type TableName } from '../rows/schema.ts';
import { type Columns, type Opening, openSql, toRow, toValues } from './database.ts';
import { timeToDelete } from './expiry.ts';
import { guarded, type Sql } from './sql.ts';

/** Bytes after which DynamoDB ends a page. */
const PAGE_BYTES = 1_000_000;
/** How often expired rows and old stream records are dropped, in milliseconds, and how many rows at once. */
const PURGE_EVERY = 60_000;
const PURGE_ROWS = 500;
const STREAM_KEPT = 24 * 60 * 60 * 1000;

const SELECT = 'SELECT tbl, pk, sk, version, expires, attributes, blob FROM rows';
const SELECT_ROW = `${SELECT} WHERE tbl = ? AND pk = ? AND sk = ?`;
const SELECT_STATE = 'SELECT version, expires FROM rows WHERE tbl = ? AND pk = ? AND sk = ?';
const SELECT_EXPIRED = 'SELECT tbl, pk, sk FROM rows WHERE expires < ? ORDER BY expires LIMIT ?';
const PUT_ROW = `INSERT INTO rows VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET
  version = excluded.version, expires = excluded.expires, attributes = excluded.attributes, blob = excluded.blob`;
const DELETE_ROW = 'DELETE FROM rows WHERE tbl = ? AND pk = ? AND sk = ?';
const APPEND = `INSERT INTO stream (at, event, tbl, pk, sk, version, expires, attributes, blob)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`;
const TRIM = `DELETE FROM stream WHERE id <
  coalesce((SELECT id FROM stream WHERE at >= ? ORDER BY id LIMIT 1), (SELECT max(id) + 1 FROM stream))`;

export interface SqliteStore extends Store {
  /** Used only by stream.ts, which reads the same file. */
  readonly sql: Sql;
  /** The tables whose changes are recorded. */
  readonly streams: readonly TableName[];
}

export interface SqliteOptions extends Opening {
  /** May be `:memory:`. Where the file is made, so are missing folders, for this user alone. */
  readonly file: string;
  /** Returns epoch milliseconds. */
  readonly now?: () => number;
  /** The tables whose changes are recorded. All processes that share a file name the same ones. */
  readonly streams?: readonly TableName[];
}

/** What is written to: the file, and the tables whose changes are recorded in it. */
interface Target {
  readonly sql: Sql;
  readonly streams: readonly TableName[];
}

export function sqliteStore(options: SqliteOptions): SqliteStore {
  const { file, now = Date.now, streams = CONSUMED_STREAMS } = options;
  const sql = openSql(file, options);
  const target: Target = { sql, streams };
  let purged: number | undefined;
  const purgeNowAndThen = (at: number): void => {
    if (purged !== undefined && Math.abs(at - purged) < PURGE_EVERY) return;
    purged = purge(target, at) < PURGE_ROWS ? at : undefined;
  };
  return {
    sql,
    streams,
    get: async (keys) => guarded(sql, () => readRows(sql, keys, now())),
    query: async (range) => guarded(sql, () => readPage(sql, range, now())),
    transact: async (writes) => {
      checkBatch(writes);
      return writes.length === 0 ? 'committed' : transact(target, writes, now(), purgeNowAndThen);
    },
    close: async () => {
      if (sql.database.isOpen) sql.database.close();
    },
  };
}

function readRows(sql: Sql, keys: readonly Key[], now: number): Row[] {
  keys.forEach(checkKey);
  const found = distinctKeys(keys).map((key) => sql.one<Columns>(SELECT_ROW, key.table, key.pk, key.sk));
  const rows = found.filter((columns) => columns !== undefined).map(toRow);
  return rows.filter((row) => !isExpired(row.expires, now));
}

function readPage(sql: Sql, range: Range, now: number): Page {
  const rest = restOf(range);
  if (rest === undefined) return { rows: [] };
  const descending = range.descending === true;
  const lower = rest.after !== undefined && !descending ? '>' : '>=';
  const upper = rest.after !== undefined && descending ? '<' : '<=';
  const order = descending ? 'DESC' : 'ASC';
  const text = `${SELECT} WHERE tbl = ? AND pk = ? AND sk ${lower} ? AND sk ${upper} ? ORDER BY sk ${order} LIMIT ?`;
  const bounds = [lower === '>' ? rest.after : rest.from, upper === '<' ? rest.after : rest.to];
  const values = [range.table, range.pk, ...bounds, range.limit ?? -1] as SQLInputValue[];
  const rows: Row[] = [];
  let examined = 0;
  let bytes = 0;
  for (const columns of sql.statement(text).iterate(...values) as Iterable<unknown> as Iterable<Columns>) {
    const row = toRow(columns);
    if (!isExpired(row.expires, now)) rows.push(row);
    examined += 1;
    bytes += rowBytes(row);
    // The limit counts the examined rows, as in DynamoDB.
    if (bytes >= PAGE_BYTES || examined === range.limit) return { rows, next: row.sk };
  }
  return { rows };
}

function transact(
  target: Target,
  writes: readonly Write[],
  now: number,
  purgeNowAndThen: (at: number) => void,
): 'committed' | 'conflict' {
  const { sql } = target;
  let committing = false;
  const call = (): 'committed' | 'conflict' => {
    try {
      sql.run('BEGIN IMMEDIATE');
      if (!writes.every((write) => applied(target, write, now))) {
        sql.run('ROLLBACK');
        return 'conflict';
      }
      purgeNowAndThen(now);
      committing = true;
      sql.run('COMMIT');
      return 'committed';
    } catch (error) {
      if (sql.database.isOpen && sql.database.isTransaction) sql.run('ROLLBACK');
      throw error;
    }
  };
  return guarded(sql, call, { notCommitted: () => !committing });
}

type State = Pick<Columns, 'version' | 'expires'>;

/** Carries out one write; false when its condition fails. */
function applied(target: Target, write: Write, now: number): boolean {
  const key = writtenKey(write);
  const stored = target.sql.one<State>(SELECT_STATE, key.table, key.pk, key.sk);
  const live = stored === undefined || isExpired(stored.expires ?? undefined, now) ? undefined : stored;
  if (!holds(write.condition, live)) return false;
  const event = stored === undefined ? 'INSERT' : 'MODIFY';
  switch (write.op) {
    case 'put':
      putRow(target, write.row, event, now);
      return true;
    case 'set':
      if (live === undefined) return false;
      setAttributes(target, write, now);
      return true;
    case 'delete':
      if (stored !== undefined) deleteRow(target, key, now);
      return true;
    case 'check':
      return true;
  }
}

function holds(condition: Condition, live: State | undefined): boolean {
  if (condition === 'any') return true;
  if (condition === 'absent') return live === undefined;
  if (condition === 'exists') return live !== undefined;
  return live?.version === condition.version;
}

function putRow(target: Target, row: Row, event: 'INSERT' | 'MODIFY', now: number): void {
  const { sql, streams } = target;
  const values = [row.table, row.pk, row.sk, ...toValues(row)];
  sql.run(PUT_ROW, ...values);
  const image = streams.includes(row.table) ? STREAMS[row.table] : undefined;
  if (image === 'NEW_IMAGE') sql.run(APPEND, now, event, ...values);
  if (image === 'KEYS_ONLY') sql.run(APPEND, now, event, row.table, row.pk, row.sk, null, null, null, null);
}

function setAttributes(target: Target, write: Write & { op: 'set' }, now: number): void {
  const { table, pk, sk } = write.key;
  const before = toRow(target.sql.one<Columns>(SELECT_ROW, table, pk, sk) as Columns);
  const given = Object.entries(write.attributes).filter(([, value]) => value !== undefined);
  const row: Row = {
    ...before,
    version: before.version + 1,
    attributes: { ...before.attributes, ...Object.fromEntries(given) },
    ...(write.expires === undefined ? {} : { expires: write.expires }),
  };
  checkRowBytes(rowBytes(row), table);
  putRow(target, row, 'MODIFY', now);
}

function deleteRow(target: Target, key: Key, now: number): void {
  const { sql, streams } = target;
  sql.run(DELETE_ROW, key.table, key.pk, key.sk);
  if (!streams.includes(key.table)) return;
  sql.run(APPEND, now, 'REMOVE', key.table, key.pk, key.sk, null, null, null, null);
}

/** Deletes expired rows and returns their number. The stream reports each of them, as DynamoDB does. */
function purge(target: Target, now: number): number {
  const { sql } = target;
  const until = timeToDelete(sql, now);
  const expired = sql.all<Pick<Columns, 'tbl' | 'pk' | 'sk'>>(SELECT_EXPIRED, until / 1000, PURGE_ROWS);
  for (const { tbl, pk, sk } of expired) deleteRow(target, { table: tbl, pk, sk }, now);
  sql.run(TRIM, until - STREAM_KEPT);
  return expired.length;
}
