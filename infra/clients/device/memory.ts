/** What the device keeps from session to session: one file in its folder, written after each answer. */
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { UsageError } from '../../../functions/cli/options.ts';
import { FOLDERS } from '../datastores.ts';

export const MEMORY_FILE = '.device.json';

export interface Memory {
  readonly login: string;
  /** Sessions so far; the number of the last one is its SessionID. */
  sessions: number;
  /** NextNonce as the server told it, in base64. */
  nonce: string;
  readonly datastores: { readonly [name: string]: DatastoreMemory };
}

export interface DatastoreMemory {
  /** Next of the last sync that was completed. */
  anchor?: string;
  /** The hash of each item that the server has, by LUID: the name of its file. */
  readonly files: { [luid: string]: string };
  /** LUIDs of new items that no Map has told yet, by GUID. */
  readonly maps: { [guid: string]: string };
}

/** Throws a UsageError where the folder holds the items of another login, or the file is damaged. */
export function readMemory(folder: string, login: string): Memory {
  const file = join(folder, MEMORY_FILE);
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    const datastores = FOLDERS.map(({ datastore }) => [datastore, { files: {}, maps: {} }]);
    return { login, sessions: 0, nonce: '', datastores: Object.fromEntries(datastores) };
  }
  const memory = parsed(text);
  if (memory === undefined)
    throw new UsageError(`${file} is damaged. Remove it: the next sync compares everything.`);
  if (memory.login === login) return memory;
  throw new UsageError(
    `${folder} holds the items of ${memory.login}; give the device of ${login} another name.`,
  );
}

/** Undefined where the text is no memory, or that of only a part of the datastores. */
function parsed(text: string): Memory | undefined {
  try {
    const memory = JSON.parse(text) as Memory;
    const { login, sessions, nonce, datastores } = memory;
    const isWhole =
      [typeof login, typeof sessions, typeof nonce].join() === 'string,number,string' &&
      FOLDERS.every(({ datastore }) => isObject(datastores[datastore]?.files, datastores[datastore]?.maps));
    return isWhole ? memory : undefined;
  } catch {
    return undefined;
  }
}

const isObject = (...values: unknown[]): boolean =>
  values.every((value) => typeof value === 'object' && value !== null);

export function writeMemory(folder: string, memory: Memory): void {
  const file = join(folder, MEMORY_FILE);
  writeFileSync(`${file}.new`, `${JSON.stringify(memory, undefined, 1)}\n`, { mode: 0o600 });
  renameSync(`${file}.new`, file);
}
