/**
 * Items as files: one item a file, its name is the LUID. What the user did since the last sync shows in the hashes.
 * Must not know: SyncML.
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { itemComplaint } from '../../../functions/cli/item-text.ts';
import type { Folder } from '../datastores.ts';

export interface ItemFile {
  readonly luid: string;
  readonly data: Buffer;
  readonly hash: string;
}

export interface ItemFiles {
  readonly items: readonly ItemFile[];
  /** Sentences about files that are left alone. */
  readonly skipped: readonly string[];
  /** Names of files that hold no item as they are: an item that the server has under such a name is not deleted. */
  readonly setAside: ReadonlySet<string>;
}

export const hashOf = (data: Uint8Array): string => createHash('sha256').update(data).digest('base64');

/** `path`: the folder of the datastore. */
export function readItems(path: string, { datastore, extension }: Folder): ItemFiles {
  const items: ItemFile[] = [];
  const skipped: string[] = [];
  const setAside = new Set<string>();
  for (const entry of readdirSync(path, { withFileTypes: true })) {
    const { name } = entry;
    if (!entry.isFile() || name.startsWith('.')) continue;
    const file = join(path, name);
    if (!name.toLowerCase().endsWith(extension)) {
      skipped.push(`${file} is left alone: names of items end in ${extension}.`);
      continue;
    }
    const data = readFileSync(file);
    const complaint = itemComplaint(datastore, data);
    if (complaint === undefined) items.push({ luid: name, data, hash: hashOf(data) });
    else {
      skipped.push(`${file} ${complaint}.`);
      setAside.add(name);
    }
  }
  return { items, skipped, setAside };
}

/** The hash of the file; undefined when it is gone. */
export function currentHash(path: string, luid: string): string | undefined {
  try {
    return hashOf(readFileSync(join(path, luid)));
  } catch {
    return undefined;
  }
}

export function writeItem(path: string, luid: string, data: Uint8Array): void {
  writeFileSync(join(path, luid), data, { mode: 0o600 });
}

export function removeItem(path: string, luid: string): void {
  rmSync(join(path, luid), { force: true });
}

/** Where a new item goes. `memory.files`: names that the server knows, also of files that the user has just deleted. */
interface Place {
  readonly path: string;
  readonly folder: Folder;
  readonly memory: { readonly files: { readonly [luid: string]: string } };
}

/** A name for a new item that no other item has: by what a person calls it. */
export function newName({ path, folder: { extension }, memory }: Place, data: Uint8Array): string {
  const names = [...readdirSync(path), ...Object.keys(memory.files)];
  // File systems may take capitals and small letters for the same.
  const taken = new Set(names.map((name) => name.toLowerCase()));
  const title = titleOf(Buffer.from(data).toString('utf8'));
  for (let count = 1; ; count += 1) {
    const name = `${title}${count === 1 ? '' : ` ${count}`}${extension}`;
    if (!taken.has(name.toLowerCase())) return name;
  }
}

/** At most 40 letters, digits and hyphens: no name that a server sends leaves the folder. */
function titleOf(text: string): string {
  const unfolded = text.replace(/\r?\n[ \t]/g, '');
  const line =
    /^(?:FN|SUMMARY)[^:\n]*:(.+)$/im.exec(unfolded)?.[1] ??
    (/^BEGIN:/i.test(text) ? '' : (text.split('\n')[0] ?? ''));
  const plain = line.replace(/[^\p{L}\p{N}-]+/gu, ' ').trim();
  return Array.from(plain).slice(0, 40).join('').trim() || 'item';
}
