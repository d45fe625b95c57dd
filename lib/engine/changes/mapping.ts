/** The mapping of a peer, from LUID to item and back, as this step leaves it so far. */
import { luid as asLuid, derivedGuid, type Guid, type Luid } from '../model/ids.ts';
import { type Item, luidOf, withLuid } from '../model/records.ts';
import type { PeerContext } from './peer-context.ts';

/** The LUID under which the peer holds the item; undefined when it does not hold it. */
export const heldLuid = (peer: PeerContext, item: Item): Luid | undefined =>
  luidOf(item, peer.changes.peer, peer);

/**
 * The peer holds the item under this LUID from now on (undefined: no longer). The way back from the LUID to the item is
 * written where it does not follow from the LUID.
 */
export function setLuid(peer: PeerContext, guid: Guid, luid: Luid | undefined): void {
  const { changes, datastore } = peer;
  const item = changes.itemAt(datastore, guid);
  const known = item && heldLuid(peer, item);
  if (known !== luid)
    changes.putLuids(datastore, guid, withLuid(item?.luids ?? {}, changes.peer, peer, luid));
  if (luid !== undefined && guidOf(peer, luid) !== guid) changes.putMapping(peer, luid, guid);
}

/** The GUID of an item that this peer adds under `luid`; `salt` makes another GUID where that one is taken. */
export const birthGuid = ({ changes, datastore, generation }: PeerContext, luid: Luid, salt = ''): Guid =>
  derivedGuid({
    user: changes.user,
    peer: changes.peer,
    datastore,
    generation,
    luid: salt === '' ? luid : JSON.stringify([luid, salt]),
  });

/** The GUID that a LUID means now: the mapping row's, else the derived one. */
const guidOf = (peer: PeerContext, luid: Luid): Guid =>
  peer.changes.mappedTo(peer, luid) ?? birthGuid(peer, luid);

/**
 * The item that the peer means by a LUID: one that it holds under this LUID, or a deleted one that it does not hold at all.
 * Any other item is not meant: a LUID that the peer gave up may come back for something else. `also` is called with the GUID,
 * to ask for what will be wanted with the item.
 */
export function itemByLuid(peer: PeerContext, text: string, also?: (guid: Guid) => void): Item | undefined {
  const { changes, datastore } = peer;
  const luid = asLuid(text);
  // Both are asked for at once: the item is wanted in the same round.
  const derived = changes.itemAt(datastore, birthGuid(peer, luid));
  const guid = guidOf(peer, luid);
  also?.(guid);
  const item = guid === derived?.guid ? derived : changes.itemAt(datastore, guid);
  const held = item && heldLuid(peer, item);
  return held === luid || (held === undefined && item?.content === undefined) ? item : undefined;
}
