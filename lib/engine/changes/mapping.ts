/** Which item a peer means by a LUID: its mapping, as this step leaves it so far. */
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

/** GUID that this peer's adding of `luid` makes; `salt` makes another one where that is taken. */
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
 * The item that the peer means by a LUID. It counts only while the peer holds it under this LUID, or while it is
 * deleted and the peer does not hold it at all: a LUID that the peer gave up may come back for something else.
 * `also` asks for what will be wanted with the item.
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
