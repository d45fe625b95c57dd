/** Which item a peer means by a LUID: the peer's mapping, with all that the step has decided so far. */

import type { Content } from '../../pim/content.ts';
import { once } from '../io/once.ts';
import { luid as asLuid, derivedGuid, type Guid, type Luid } from '../model/ids.ts';
import { luidsOf, withLuidsOf } from '../model/luids.ts';
import type { Item } from '../model/records.ts';
import type { ChangeSet } from './change-set.ts';
import type { PeerContext } from './peer-context.ts';

/** The LUIDs under which the peer holds the item, in the order in which they were given. */
export const heldLuids = (peer: PeerContext, item: Item): readonly Luid[] =>
  luidsOf(item, peer.changes.peer, peer);

/** The first of them; undefined when the peer does not hold the item. */
export const heldLuid = (peer: PeerContext, item: Item): Luid | undefined => heldLuids(peer, item)[0];

export const isHeldAs = (peer: PeerContext, item: Item, luid: Luid): boolean =>
  heldLuids(peer, item).includes(luid);

/** Does the peer hold the item more than once? */
export const isShared = (peer: PeerContext, item: Item): boolean => heldLuids(peer, item).length > 1;

/**
 * Notes that the peer holds the item under this LUID, too. A mapping row from the LUID to the item is written only if the
 * GUID does not follow from the LUID.
 */
export function setLuid(peer: PeerContext, guid: Guid, luid: Luid): void {
  const held = heldNow(peer, guid);
  if (!held.includes(luid)) putHeld(peer, guid, [...held, luid]);
  noteMapping(peer, guid, luid);
}

/** Notes that the item no longer has this LUID. It is held on under the others. */
export function dropLuid(peer: PeerContext, guid: Guid, luid: Luid): void {
  const held = heldNow(peer, guid);
  if (held.includes(luid)) putHeld(peer, guid, without(held, luid));
}

/**
 * A Map puts the LUID first. `replaced`: LUIDs that no longer count, because the client says anew where it has the item,
 * or deletes its former copy.
 */
export function mapLuid(peer: PeerContext, guid: Guid, luid: Luid, replaced: readonly Luid[]): void {
  const held = heldNow(peer, guid);
  const others = held.filter((one) => one !== luid && !replaced.includes(one));
  if (held[0] !== luid || others.length + 1 !== held.length) putHeld(peer, guid, [luid, ...others]);
  noteMapping(peer, guid, luid);
}

const without = (luids: readonly Luid[], luid: Luid): readonly Luid[] => luids.filter((one) => one !== luid);

function heldNow(peer: PeerContext, guid: Guid): readonly Luid[] {
  const item = peer.changes.itemAt(peer.datastore, guid);
  return item === undefined ? [] : heldLuids(peer, item);
}

function putHeld(peer: PeerContext, guid: Guid, held: readonly Luid[]): void {
  const { changes, datastore } = peer;
  const luids = changes.itemAt(datastore, guid)?.luids ?? {};
  changes.putLuids(datastore, guid, withLuidsOf(luids, changes.peer, peer, held));
}

function noteMapping(peer: PeerContext, guid: Guid, luid: Luid): void {
  if (!leadsTo(peer, luid, guid)) peer.changes.putMapping(peer, luid, guid);
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
  const held = items.find((item) => item !== undefined && isHeldAs(peer, item, luid));
  return held ?? newest(items.filter((item) => item !== undefined && isFor(peer, luid, item)));
}

/** LUIDs without outer blanks that the client has named in this step, each with its datastore. */
const plainLuids = new WeakMap<ChangeSet, Set<string>>();

/**
 * Generations without rows of pairs are of a time when LUIDs were noted without the blanks around them. If the client names
 * a LUID with blanks that none of its items has, and an item is noted under this LUID without them, that item gets the LUID
 * as the client says it. Not if the client has named the other LUID in this message, and not for an Add of anything else:
 * then they are two.
 */
export function noteBlanks(peer: PeerContext, text: string, added?: Content): void {
  const { changes, datastore, generation, packing } = peer;
  const [luid, plain] = [asLuid(text), asLuid(text.trim())];
  const named = plainLuids.get(changes) ?? new Set<string>();
  plainLuids.set(changes, named);
  const key = `${datastore} ${plain}`;
  if (luid === plain) named.add(key);
  if (luid === plain || named.has(key) || generation >= packing.from) return;
  const [exact, item] = [itemByLuid(peer, luid), itemByLuid(peer, plain)];
  if (exact !== undefined || item === undefined || !isHeldAs(peer, item, plain)) return;
  if (added === undefined || item.content?.key === added.key) mapLuid(peer, item.guid, luid, [plain]);
}

/** The item by a LUID of an earlier generation, in which the LUID may be noted without the blanks around it. */
export const itemByEarlierLuid = (peer: PeerContext, luid: Luid): Item | undefined =>
  itemByLuid(peer, luid) ??
  (peer.generation < peer.packing.from && luid !== luid.trim() ? itemByLuid(peer, luid.trim()) : undefined);

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
  if (item === undefined) return true;
  const held = heldLuids(peer, item);
  return held.includes(luid) || (held.length === 0 && item.content === undefined);
}
