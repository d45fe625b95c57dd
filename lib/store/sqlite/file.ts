/** The file of the embedded store as the system sees it: its folder, its rights, whether it is still in its place. */
import { chmodSync, closeSync, existsSync, mkdirSync, openSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { StoreError } from '../port/port.ts';

const OWN_FOLDER = 0o700;
/** Rights of files with people's data. */
export const OWN_FILE = 0o600;

/**
 * Makes the folder and those above it that are missing, for this user alone. Throws the system's error. (Node's own
 * recursive way never returns where a folder takes no other, as in /proc.)
 */
export function makeFolder(folder: string): void {
  const missing: string[] = [];
  for (let at = resolve(folder); !existsSync(at); at = dirname(at)) missing.unshift(at);
  for (const one of missing) {
    try {
      mkdirSync(one, { mode: OWN_FOLDER });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
}

/**
 * Makes the file where it is missing, and takes from all others the rights to it and to the files beside it. Throws a
 * StoreError that says what is wrong.
 */
export function prepareFile(file: string, create: boolean): void {
  if (!create && !existsSync(file)) throw failed(`there is no database file ${resolve(file)}`);
  const folder = resolve(dirname(file));
  try {
    makeFolder(folder);
  } catch (error) {
    throw failed(`the folder ${folder} cannot be made (${reasonOf(error)}). ${ELSEWHERE}`, error);
  }
  if (!statSync(folder).isDirectory())
    throw failed(`the folder ${folder} cannot be made: it is a file. ${ELSEWHERE}`);
  try {
    closeSync(openSync(file, create ? 'a' : 'r+', OWN_FILE));
  } catch (error) {
    const what = `the database file ${resolve(file)} cannot be opened for writing (${reasonOf(error)})`;
    throw failed(`${what}. Give this user the right to it, or name another folder.`, error);
  }
  for (const each of [file, `${file}-wal`, `${file}-shm`]) keepToOwner(each);
}

/** Who is no owner of the file cannot, and need not. */
function keepToOwner(file: string): void {
  const found = statSync(file, { throwIfNoEntry: false });
  if (found === undefined || (found.mode & 0o077) === 0 || found.uid !== process.getuid?.()) return;
  chmodSync(file, OWN_FILE);
}

const ELSEWHERE = 'Name a folder that this user may write to; it is made when it is missing.';
/** Without the system call and the path behind it. */
const reasonOf = (error: unknown): string => (error as Error).message.split(', ')[0] ?? '';

const failed = (message: string, cause?: unknown): StoreError =>
  new StoreError(message, { retryable: false, notCommitted: true, cause });

/** Tells the file from another one at its place. Undefined where there is none. */
export const fileIdentity = (file: string): string | undefined => {
  const found = statSync(file, { throwIfNoEntry: false });
  return found && `${found.dev} ${found.ino}`;
};
