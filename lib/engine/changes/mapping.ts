/** Which item a peer means by a LUID: the peer's mapping, with all that the step has decided so far. */
import { once } from '../io/once.ts';
import { luid as asLuid, derivedGuid, type Guid, type Luid } from '../model/ids.ts';
import { type Item, luidOf, withLuid } from '../model/records.ts';
import type { PeerContext } from './peer-context.ts';

/** The LUID under which the peer holds the item; undefined when it does not hold it. */
export const heldLuid = (peer: PeerContext, item: Item): Luid | undefined =>
  luidOf(item, peer.changes.peer, peer);

/**
 * Notes that the peer holds the item under this LUID, or (undefined) that it no longer holds the item. A mapping row
 * from the LUID to the item is written only if the GUID does not follow from the LUID.
 */
export function setLuid(peer: PeerContext, guid: Guid, luid: Luid | undefined): void {
  const { changes, datastore } = peer;
  const item = changes.itemAt(datastore, guid);
  const known = item && heldLuid(peer, item);
  if (known !== luid)
    changes.putLuids(datastore, guid, withLuid(item?.luids ?? {}, changes.peer, peer, luid));
  if (luid !== undefined && !leadsTo(peer, luid, guid)) changes.putMapping(peer, luid, guid);
}

/** The GUID of an item that this peer adds under `luid`. A `salt` makes another GUID if that one is taken. */
export function birthGuid({ changes, datastore, generation }: PeerContext, luid: Luid, salt = ''): Guid {
  const { user, peer } = changes;
  const own = salt === '' ? luid : JSON.stringify([luid, salt]);
  const facts = changes.facts.known;
  const known = births.get(facts) ?? new Map<string, Guid>();
  births.set(facts, known);
  const key = `${peer} ${datastore} ${generation} ${own}`;
  return once(known, key, () => derivedGuid({ user, peer, datastore, generation, luid: own }));
}

/** Each run of a step asks for the GUID of a LUID several times. The runs of a step share their facts, and its user. */
const births = new WeakMap<ReadonlyMap<string, unknown>, Map<string, Guid>>();

/** The items that a LUID may mean, the likeliest first: those it was given to, and the one derived from it. */
const guidsOf = (peer: PeerContext, luid: Luid): readonly Guid[] => [
  ...peer.changes.mappedTo(peer, luid),
  birthGuid(peer, luid),
];

/** Is the item found by this LUID, without another row? In a generation of before only the first item counts. */
function leadsTo(peer: PeerContext, luid: Luid, guid: Guid): boolean {
  const guids = guidsOf(peer, luid);
  return peer.generation < peer.packing.from ? guids[0] === guid : guids.includes(guid);
}

/**
 * The item that the peer means by a LUID: one that the peer holds under this LUID, or a deleted one that the peer does
 * not hold. Undefined in all other cases, because a peer may use a LUID that it gave up for something else. `also` can
 * ask for more facts of the item in the same round.
 */
export function itemByLuid(peer: PeerContext, text: string, also?: (guid: Guid) => void): Item | undefined {
  const { changes, datastore } = peer;
  const luid = asLuid(text);
  const items = guidsOf(peer, luid).map((guid) => {
    also?.(guid);
    return changes.itemAt(datastore, guid);
  });
  const held = items.find((item) => item !== undefined && heldLuid(peer, item) === luid);
  return held ?? newest(items.filter((item) => item !== undefined && isFor(peer, luid, item)));
}

/**
 * A live item that this LUID was given to, and that has no LUID of the peer in any generation. Its LUIDs may be lost, because
 * the table of the items was restored to an earlier moment; or the peer gave the item up.
 */
export const unheldItem = (peer: PeerContext, luid: Luid): Item | undefined =>
  guidsOf(peer, luid)
    .map((guid) => peer.changes.itemAt(peer.datastore, guid))
    .find((item) => item?.content !== undefined && item.luids[peer.changes.peer] === undefined);

/** The one that was changed last. */
const newest = (items: readonly (Item | undefined)[]): Item | undefined =>
  items.reduce((best, item) => ((item?.sequence ?? -1) > (best?.sequence ?? -1) ? item : best), undefined);

/**
 * May the LUID mean this item (undefined: no item is there)? If the peer holds the item under this LUID, or does not
 * hold it and it is deleted.
 */
export function isFor(peer: PeerContext, luid: Luid, item: Item | undefined): boolean {
  const held = item && heldLuid(peer, item);
  return held === luid || (held === undefined && item?.content === undefined);
}
