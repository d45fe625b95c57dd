/** The LUIDs of an item as its row has them. */
import type { Luid } from '../../engine/model/ids.ts';
import type { Luids } from '../../engine/model/luids.ts';

/** A single LUID stands as a text, several as a list. A row that an older server wrote has no lists. */
export type StoredLuids = {
  readonly [peer: string]: { readonly [generation: string]: Luid | readonly Luid[] };
};

export const luidsField = (luids: Luids): StoredLuids =>
  eachLuids(luids, (own: readonly Luid[]) => (own.length === 1 && own[0] !== undefined ? own[0] : own));

export const luidsIn = (stored: StoredLuids): Luids =>
  eachLuids(stored, (own: Luid | readonly Luid[]) => (typeof own === 'string' ? [own] : own));

const eachLuids = <From, To>(
  luids: { readonly [peer: string]: { readonly [generation: string]: From } },
  change: (own: From) => To,
): { [peer: string]: { [generation: string]: To } } =>
  Object.fromEntries(
    Object.entries(luids).map(([peer, generations]) => [
      peer,
      Object.fromEntries(Object.entries(generations).map(([name, own]) => [name, change(own)])),
    ]),
  );
