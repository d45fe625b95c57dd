/**
 * Statements on an open SQLite file, and the one way in which calls on it fail.
 *
 * Must not know: tables, rows.
 */
import { resolve } from 'node:path';
import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import { isDamage, outage, translated } from './failures.ts';
import { fileIdentity } from './file.ts';

export const MEMORY = ':memory:';

/** Runs statements by their text, and prepares each once. */
export interface Sql {
  readonly database: DatabaseSync;
  readonly file: string;
  /** `damage`: what showed that the file is damaged. `identity`: of the file when it was opened. */
  readonly health: { damage?: string; readonly identity: string | undefined };
  statement(text: string): StatementSync;
  one<T>(text: string, ...values: SQLInputValue[]): T | undefined;
  all<T>(text: string, ...values: SQLInputValue[]): T[];
  run(text: string, ...values: SQLInputValue[]): void;
}

/** How a call ends when it fails. */
interface Failing {
  /** Asked when it has failed: is it certain that nothing was written? */
  readonly notCommitted?: () => boolean;
}

/**
 * Runs a call on the file. After a damage was met once, and while the file is not in its place, every call fails: some
 * devices must not go on with half of the data, or write what is gone with the process. Throws a StoreError.
 */
export function guarded<T>(sql: Sql, call: () => T, { notCommitted = () => true }: Failing = {}): T {
  const { file, health } = sql;
  if (health.damage !== undefined) throw outage(health.damage, true);
  if (file !== MEMORY && sql.database.isOpen && fileIdentity(file) !== health.identity)
    throw outage(`the database file ${resolve(file)} was moved or deleted`, true);
  try {
    return call();
  } catch (error) {
    const failure = translated(error, notCommitted(), resolve(file));
    if (isDamage(error)) health.damage = failure.message;
    throw failure;
  }
}

export function sqlOf(database: DatabaseSync, file: string): Sql {
  const statements = new Map<string, StatementSync>();
  const statement = (text: string): StatementSync => {
    const known = statements.get(text);
    if (known !== undefined) return known;
    const statement = database.prepare(text);
    statements.set(text, statement);
    return statement;
  };
  return {
    database,
    file,
    health: { identity: file === MEMORY ? undefined : fileIdentity(file) },
    statement,
    one: <T>(text: string, ...values: SQLInputValue[]) => statement(text).get(...values) as T | undefined,
    all: <T>(text: string, ...values: SQLInputValue[]) => statement(text).all(...values) as T[],
    run: (text, ...values) => void statement(text).run(...values),
  };
}
