/**
 * The file of the keys that passwords are sealed with, on one machine. A line is a key, its id and its octets in base64; the
 * last one is the newest. Only its owner may read it. Whoever loses it has to give every device a new password.
 */
import { randomBytes } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { StoreError } from '../lib/store/port/port.ts';
import { type DataKey, type DataKeys, KEY_OCTETS, newKeyId } from '../lib/store/sealing/data-keys.ts';
import { makeFolder, OWN_FILE } from '../lib/store/sqlite/file.ts';

/** The file is made with the first key. What another process adds to it is seen. */
export function keysInFile(file: string): DataKeys {
  let known: readonly DataKey[] = [];
  const look = (): readonly DataKey[] => {
    known = readKeys(file);
    return known;
  };
  return {
    add: () => addKey(file, () => true),
    newest: async () => look().at(-1) ?? addKey(file, (keys) => keys.length === 0),
    byId: async (id) => known.find((key) => key.id === id) ?? look().find((key) => key.id === id),
  };
}

function readKeys(file: string): DataKey[] {
  if (!existsSync(file)) return [];
  try {
    return readFileSync(file, 'utf8').split('\n').filter(Boolean).map(keyOf);
  } catch (error) {
    throw failed(file, 'cannot be read', error);
  }
}

function keyOf(line: string): DataKey {
  const [id = '', text = '', ...rest] = line.split(' ');
  const octets = Buffer.from(text, 'base64');
  if (id === '' || octets.length !== KEY_OCTETS || rest.length > 0) throw new Error('a line of it is no key');
  return { id, octets };
}

/** Adds a key where that `isWanted` once no other process is about to add one. Gives the newest key. */
async function addKey(file: string, isWanted: (keys: readonly DataKey[]) => boolean): Promise<DataKey> {
  const draft = await takeDraft(file);
  try {
    const keys = readKeys(file);
    const last = keys.at(-1);
    if (last !== undefined && !isWanted(keys)) return last;
    const key = { id: newKeyId(), octets: randomBytes(KEY_OCTETS) };
    writeKeys(file, draft, [...keys, key]);
    return key;
  } finally {
    rmSync(draft, { force: true });
  }
}

/** Milliseconds between two looks, and how many of them. */
const PAUSE = 50;
const MAX_LOOKS = 60;

/** Makes the draft of the file, which no two processes have at the same time. Gives its name. */
async function takeDraft(file: string): Promise<string> {
  const draft = `${file}.new`;
  for (let look = 1; ; look += 1) {
    try {
      makeFolder(dirname(resolve(file)));
      closeSync(openSync(draft, 'wx', OWN_FILE));
      return draft;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw failed(file, 'cannot be written', error);
      if (look === MAX_LOOKS)
        throw failed(file, `cannot be written: delete ${draft}, which a process has left`, error);
      await wait(PAUSE);
    }
  }
}

/** All of the keys or none, on the disk before anything is sealed with them. */
function writeKeys(file: string, draft: string, keys: readonly DataKey[]): void {
  const text = keys.map(({ id, octets }) => `${id} ${Buffer.from(octets).toString('base64')}\n`).join('');
  try {
    writeFileSync(draft, text, { flush: true });
    renameSync(draft, file);
    const folder = openSync(dirname(resolve(file)), 'r');
    fsyncSync(folder);
    closeSync(folder);
  } catch (error) {
    throw failed(file, 'cannot be written', error);
  }
}

/** Without the path that the system's text ends with. */
const reasonOf = (cause: unknown): string => (cause as Error).message.split(', ')[0] ?? '';

const failed = (file: string, what: string, cause: unknown): StoreError =>
  new StoreError(`the file of keys ${resolve(file)} ${what} (${reasonOf(cause)})`, {
    ...{ retryable: false, notCommitted: true, cause },
  });
