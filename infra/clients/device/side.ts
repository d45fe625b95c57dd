/** One datastore during a session: what the folder holds, what was agreed, what has happened. */
import { join } from 'node:path';
import type { Folder } from '../datastores.ts';
import { type ItemFiles, readItems } from './files.ts';
import type { DatastoreMemory, Memory } from './memory.ts';

export interface Counts {
  added: number;
  changed: number;
  deleted: number;
  /** Sent in a slow sync although it is as it was. */
  compared: number;
}

export interface Side {
  readonly folder: Folder;
  /** Of the files. */
  readonly path: string;
  readonly memory: DatastoreMemory;
  /** As the session found them. */
  readonly found: ItemFiles;
  /** The Alert that the server agreed to; a refusal's code when it did not. */
  agreed: { readonly alert: number } | { readonly refused: number } | undefined;
  readonly sent: Counts;
  readonly received: Counts;
  /** Items that the server refused: its Status, by LUID. */
  readonly failed: Map<string, number>;
  /** LUIDs of the files that the server wrote or deleted in this session. */
  readonly written: Set<string>;
}

export const TWO_WAY = 200;
export const SLOW_SYNC = 201;

export function sideOf(folder: Folder, root: string, memory: Memory): Side {
  const path = join(root, folder.datastore);
  const own = memory.datastores[folder.datastore];
  if (own === undefined) throw new Error(`The device's memory lacks ${folder.datastore}.`);
  const none = (): Counts => ({ added: 0, changed: 0, deleted: 0, compared: 0 });
  const found = readItems(path, folder);
  return {
    folder,
    path,
    memory: own,
    found,
    agreed: undefined,
    sent: none(),
    received: none(),
    failed: new Map(),
    written: new Set(),
  };
}

export const isAgreed = ({ agreed }: Side): boolean => agreed !== undefined && 'alert' in agreed;
export const isSlow = ({ agreed }: Side): boolean =>
  agreed !== undefined && 'alert' in agreed && agreed.alert === SLOW_SYNC;
