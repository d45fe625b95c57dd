/** Errors of SQLite as StoreErrors that name the file and what is wrong with it. No value of a row is in their texts. */
import { StoreError } from '../port/port.ts';

/** By SQLite's primary result code, which is the low byte of each code. */
const CAUSES: { readonly [code: number]: string } = {
  3: 'may not be used by this user',
  5: 'is busy',
  6: 'is busy',
  8: 'cannot be written to',
  10: 'cannot be read or written: the disk fails',
  11: 'is damaged',
  13: 'cannot grow: the disk is full',
  14: 'cannot be opened',
  26: 'is damaged, or no database',
};
const BUSY: readonly number[] = [5, 6];
const DAMAGED: readonly number[] = [11, 26];
/** Seconds after which a client may come again when a person has to mend the cause first. */
const OUTAGE_SECONDS = 60;

const codeOf = (error: unknown): number => {
  const code = (error as { errcode?: unknown }).errcode;
  return typeof code === 'number' ? code & 0xff : -1;
};

/** Is the file locked by another process (SQLITE_BUSY, SQLITE_LOCKED)? */
export const isBusy = (error: unknown): boolean => BUSY.includes(codeOf(error));

/** Does the error show that the file is damaged? A row that is no longer JSON shows it, too. */
export const isDamage = (error: unknown): boolean =>
  DAMAGED.includes(codeOf(error)) || error instanceof SyntaxError;

/** The error as a StoreError. The client may come again, unless the database is closed. */
export function translated(error: unknown, notCommitted: boolean, file: string): StoreError {
  if (error instanceof StoreError) return error;
  const code = codeOf(error);
  if (error instanceof SyntaxError)
    return outage(`the database file ${file} is damaged`, notCommitted, error);
  const what = CAUSES[code];
  if (what === undefined) {
    const message = `the database file ${file} cannot be used`;
    return new StoreError(message, { retryable: false, notCommitted, cause: error });
  }
  const message = `the database file ${file} ${what} (SQLite: ${(error as Error).message})`;
  if (!isBusy(error)) return outage(message, notCommitted, error);
  return new StoreError(message, { retryable: true, notCommitted, cause: error });
}

export const outage = (message: string, notCommitted: boolean, cause?: unknown): StoreError =>
  new StoreError(message, { retryable: true, notCommitted, cause, retryAfter: OUTAGE_SECONDS });
