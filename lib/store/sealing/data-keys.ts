/**
 * The keys that texts are sealed with. A key is never changed, and none is forgotten when a newer one is made: backups were
 * sealed with it.
 */
import { randomBytes } from 'node:crypto';

export interface DataKey {
  /** Random; without a full stop. */
  readonly id: string;
  /** KEY_OCTETS of them. */
  readonly octets: Uint8Array;
}

/** All throw a StoreError where there is no way to the keys. */
export interface DataKeys {
  /** The key to seal with; the first one is made. */
  newest(): Promise<DataKey>;
  byId(id: string): Promise<DataKey | undefined>;
  /** Makes a key, which is the newest one from now on. */
  add(): Promise<DataKey>;
}

export const KEY_OCTETS = 32;

export const newKeyId = (): string => randomBytes(6).toString('base64url');

/** Keys for as long as the process runs, for a store that lives no longer. */
export function keysInMemory(): DataKeys {
  const keys: DataKey[] = [];
  const add = async (): Promise<DataKey> => {
    const key = { id: newKeyId(), octets: randomBytes(KEY_OCTETS) };
    keys.push(key);
    return key;
  };
  return {
    add,
    newest: async () => keys.at(-1) ?? add(),
    byId: async (id) => keys.find((key) => key.id === id),
  };
}
