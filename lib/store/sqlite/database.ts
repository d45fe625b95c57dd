/**
 * The SQLite file of the embedded store: how it is opened and checked, its tables, its columns as rows.
 *
 * Must not know: conditions and transactions (store.ts), positions (stream.ts).
 */
import { resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { type Row, StoreError } from '../port/port.ts';
import type { TableName } from '../rows/schema.ts';
import { CLOCK_TABLE } from './expiry.ts';
import { isBusy, isDamage, translated } from './failures.ts';
import { prepareFile } from './file.ts';
import { MEMORY, type Sql, sqlOf } from './sql.ts';

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

export interface Opening {
  /** Makes a file that is missing. */
  readonly create?: boolean;
  /** Reads all of the file, to see whether it is damaged. */
  readonly check?: boolean;
}

/** Throws a StoreError that says what is wrong with the file, and what to do about damage. */
export function openSql(file: string, { create = true, check = false }: Opening = {}): Sql {
  if (file === MEMORY) return prepared(new DatabaseSync(MEMORY), { file, create, check });
  prepareFile(file, create);
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(file, { timeout: BUSY_TIMEOUT });
    useWriteAheadLog(database);
    return prepared(database, { file, create, check });
  } catch (error) {
    if (database?.isOpen === true) database.close();
    throw isDamage(error) ? damage(file, (error as Error).message) : translated(error, true, resolve(file));
  }
}

function prepared(
  database: DatabaseSync,
  { file, create, check }: Required<Opening> & { file: string },
): Sql {
  database.exec(`PRAGMA synchronous = NORMAL; PRAGMA cache_size = -${CACHE_KB};
    PRAGMA wal_autocheckpoint = ${CHECKPOINT_PAGES}; PRAGMA journal_size_limit = ${LOG_BYTES}; BEGIN IMMEDIATE`);
  const { user_version: shape } = database.prepare('PRAGMA user_version').get() as { user_version: number };
  const { n } = database.prepare('SELECT count(*) AS n FROM sqlite_schema').get() as { n: number };
  if (shape !== SHAPE && (shape !== 0 || n > 0 || !create)) throw notOurs(file, shape);
  database.exec(`${shape === SHAPE ? '' : TABLES} ${CLOCK_TABLE} COMMIT`);
  if (check) {
    const { quick_check: found } = database.prepare('PRAGMA quick_check(1)').get() as { quick_check: string };
    if (found !== 'ok') throw damage(file, found);
  }
  return sqlOf(database, file);
}

function notOurs(file: string, shape: number): StoreError {
  const holds = shape === 0 ? 'no store of this program' : `shape ${shape} of the store`;
  const message = `the file ${resolve(file)} holds ${holds}, this program knows shape ${SHAPE}`;
  return new StoreError(message, { retryable: false, notCommitted: true });
}

function damage(file: string, found: string): StoreError {
  const message = `The database file ${resolve(file)} is damaged (${found.trim().replace(/\s+/g, ' ')}).
Put a copy of it back. Without one move it away, with ${file}-wal and ${file}-shm: then a new one is made, and each
device compares all of its items with the server's. \`sqlite3 FILE .recover\` may save what is in it.`;
  return new StoreError(message, { retryable: false, notCommitted: true });
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
