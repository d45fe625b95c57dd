/**
 * The SQLite file of the embedded store: how it is opened, its two tables, its columns as rows, its errors.
 *
 * Must not know: conditions and transactions (store.ts), positions (stream.ts).
 */
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync, type SQLInputValue, type SQLOutputValue, type StatementSync } from 'node:sqlite';
import { type Row, StoreError } from '../port/port.ts';
import type { TableName } from '../rows/schema.ts';

export const MEMORY = ':memory:';

/** The shape of the file, which is written into it. A file of another shape is refused. */
const SHAPE = 1;
/** Pages that each connection keeps in memory, in KB. The system keeps more of the file by itself. */
const CACHE_KB = 8_000;
/** How long a writer waits for another process, in milliseconds. */
const BUSY_TIMEOUT = 10_000;

/**
 * The write-ahead log is copied into the file after this many pages (4 KB). Each copy waits for the disk twice, which
 * is nothing beside the 1,500 items that fill so many pages.
 */
const CHECKPOINT_PAGES = 2_000;
/** A log that grew while another process read the file is cut to so many bytes once it is copied. */
export const LOG_BYTES = CHECKPOINT_PAGES * 4_096;

/**
 * `rows` keeps its rows in the order of writing, and only their keys in key order. As GUIDs are hashes, a table in key
 * order (WITHOUT ROWID) would write three times as many pages.
 */
const TABLES = `
  CREATE TABLE IF NOT EXISTS rows (
    tbl TEXT NOT NULL, pk TEXT NOT NULL, sk TEXT NOT NULL,
    version INTEGER NOT NULL, expires REAL, attributes TEXT NOT NULL, blob BLOB,
    PRIMARY KEY (tbl, pk, sk)
  );
  CREATE INDEX IF NOT EXISTS rows_by_expiry ON rows (expires) WHERE expires IS NOT NULL;
  CREATE TABLE IF NOT EXISTS stream (
    id INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER NOT NULL, event TEXT NOT NULL,
    tbl TEXT NOT NULL, pk TEXT NOT NULL, sk TEXT NOT NULL,
    version INTEGER, expires REAL, attributes TEXT, blob BLOB
  );
  CREATE INDEX IF NOT EXISTS stream_by_table ON stream (tbl, id);
  PRAGMA user_version = ${SHAPE};`;

export interface Columns {
  readonly tbl: TableName;
  readonly pk: string;
  readonly sk: string;
  readonly version: number;
  readonly expires: number | null;
  readonly attributes: string;
  readonly blob: Uint8Array | null;
}

/** Runs statements by their text, and prepares each once. */
export interface Sql {
  readonly database: DatabaseSync;
  statement(text: string): StatementSync;
  one<T>(text: string, ...values: SQLInputValue[]): T | undefined;
  all<T>(text: string, ...values: SQLInputValue[]): T[];
  run(text: string, ...values: SQLInputValue[]): void;
}

export function openSql(file: string): Sql {
  if (file !== MEMORY) mkdirSync(dirname(file), { recursive: true });
  const database = new DatabaseSync(file, { timeout: BUSY_TIMEOUT });
  if (file !== MEMORY) useWriteAheadLog(database);
  database.exec(`PRAGMA synchronous = NORMAL; PRAGMA cache_size = -${CACHE_KB};
    PRAGMA wal_autocheckpoint = ${CHECKPOINT_PAGES}; PRAGMA journal_size_limit = ${LOG_BYTES}; BEGIN IMMEDIATE`);
  const { user_version: shape } = database.prepare('PRAGMA user_version').get() as { user_version: number };
  if (shape !== 0 && shape !== SHAPE) {
    database.close();
    const message = `the file holds shape ${shape} of the store, this program knows ${SHAPE}`;
    throw new StoreError(message, { retryable: false, notCommitted: true });
  }
  database.exec(shape === SHAPE ? 'COMMIT' : `${TABLES} COMMIT`);
  return sqlOf(database);
}

/**
 * Switches to the write-ahead log. Tries again when another process does so at the same time, as SQLite does not wait.
 */
function useWriteAheadLog(database: DatabaseSync): void {
  const giveUp = Date.now() + BUSY_TIMEOUT;
  for (;;) {
    try {
      database.exec('PRAGMA journal_mode = WAL');
      return;
    } catch (error) {
      if (!isBusy(error) || Date.now() > giveUp) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10);
    }
  }
}

function sqlOf(database: DatabaseSync): Sql {
  const prepared = new Map<string, StatementSync>();
  const statement = (text: string): StatementSync => {
    const known = prepared.get(text);
    if (known !== undefined) return known;
    const statement = database.prepare(text);
    prepared.set(text, statement);
    return statement;
  };
  return {
    database,
    statement,
    one: <T>(text: string, ...values: SQLInputValue[]) => statement(text).get(...values) as T | undefined,
    all: <T>(text: string, ...values: SQLInputValue[]) => statement(text).all(...values) as T[],
    run: (text, ...values) => void statement(text).run(...values),
  };
}

export const toRow = (columns: Columns): Row => ({
  table: columns.tbl,
  pk: columns.pk,
  sk: columns.sk,
  version: columns.version,
  ...(columns.expires === null ? {} : { expires: columns.expires }),
  attributes: JSON.parse(columns.attributes),
  ...(columns.blob === null ? {} : { blob: columns.blob }),
});

/** The values of a row in the order of the columns: version, expires, attributes, blob. */
export const toValues = (row: Row): [number, number | null, string, Uint8Array | null] => [
  row.version,
  row.expires ?? null,
  JSON.stringify(row.attributes),
  row.blob ?? null,
];

/** Is the file locked by another process (SQLITE_BUSY, SQLITE_LOCKED)? */
function isBusy(error: unknown): boolean {
  const code = (error as { errcode?: SQLOutputValue }).errcode;
  return typeof code === 'number' && ((code & 0xff) === 5 || (code & 0xff) === 6);
}

/**
 * The error as a StoreError. SQLite's own text, which names columns and files but no values, stays in `cause` only.
 */
export function translated(error: unknown, notCommitted: boolean): StoreError {
  if (error instanceof StoreError) return error;
  const retryable = isBusy(error);
  const message = retryable ? 'the database file is busy' : 'the database file cannot be used';
  return new StoreError(message, { retryable, notCommitted, cause: error });
}
