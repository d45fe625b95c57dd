/** The LUIDs of an item, as its row holds them: by peer and generation of the mapping. */
import type { Luid, Peer } from './ids.ts';

/**
 * In the order in which they were given. An item holds at most two generations of a peer. A peer that has copies of the item
 * holds it under several LUIDs.
 */
export type Luids = { readonly [peer: string]: { readonly [generation: string]: readonly Luid[] } };

/** The generation of a peer's mapping that is in use, and the settled one beside which a complete sync works. */
export interface Generations {
  readonly generation: number;
  readonly settled: number;
}

const NO_LUIDS: readonly Luid[] = [];

/** The LUIDs under which a peer holds an item; none when it does not hold it. */
export const luidsOf = (
  { luids }: { readonly luids: Luids },
  peer: Peer,
  { generation }: Generations,
): readonly Luid[] => luids[peer]?.[generation] ?? NO_LUIDS;

/** The item's LUIDs with those of the peer in `generation` set. Of other generations only `settled` stays. */
export function withLuidsOf(
  luids: Luids,
  peer: Peer,
  { generation, settled }: Generations,
  values: readonly Luid[],
): Luids {
  const { [peer]: own = {}, ...others } = luids;
  const kept: { [generation: string]: readonly Luid[] } = {};
  const old = own[settled];
  if (old !== undefined && settled !== generation) kept[settled] = old;
  if (values.length > 0) kept[generation] = values;
  return Object.keys(kept).length === 0 ? others : { ...others, [peer]: kept };
}
