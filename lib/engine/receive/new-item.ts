/** Items that begin with a peer's change: it adds one, or changes one of its copies of an item. */
import { Status, type StatusCode } from '../../message/codes.ts';
import type { Content } from '../../pim/content.ts';
import { birthGuid, dropLuid, heldLuid, isFor, setLuid } from '../changes/mapping.ts';
import { isConflict, type PeerContext } from '../changes/peer-context.ts';
import type { Guid, Luid } from '../model/ids.ts';
import type { Item } from '../model/records.ts';
import { isAboutAnother, mergeChanges, mergeDeleted, mergeSeen, putMerged } from './merge.ts';
import type { Applied, ReceivedItem } from './received.ts';

export const REPLACED = { reason: 'replaced' } as const;

/** Adds a new item of the peer. Its GUID follows from the LUID, so a repeated Add finds this item. */
export function addItem(peer: PeerContext, luid: Luid, content: Content): StatusCode {
  const { changes, datastore } = peer;
  const guid = placeFor(peer, luid, content);
  if (changes.itemAt(datastore, guid)?.content?.hash !== content.hash)
    changes.putContent(datastore, guid, content, REPLACED);
  setLuid(peer, guid, luid);
  return Status.itemAdded;
}

/** The most GUIDs that are tried for an item. */
const PLACES = 8;

/** The GUID for an item that the peer adds: the first that follows from the LUID, and then from the content, and is free. */
function placeFor(peer: PeerContext, luid: Luid, content: Content): Guid {
  const { hash } = content;
  const { changes, datastore } = peer;
  let guid = birthGuid(peer, luid);
  for (let n = 1; n < PLACES && !isFree(guid); n += 1)
    guid = birthGuid(peer, luid, n === 1 ? hash : `${hash} ${n}`);
  return guid;

  function isFree(place: Guid): boolean {
    const taken = changes.itemAt(datastore, place);
    if (isFor(peer, luid, taken)) return taken === undefined || !isAboutAnother(peer, taken, content);
    return (
      taken?.content?.hash === hash && heldLuid(peer, taken) === undefined && place !== birthGuid(peer, luid)
    );
  }
}

/**
 * The peer changed one of its copies of an item: from now on this LUID has an item of its own, with the change done to it.
 * The other LUIDs keep the item. A copy that the peer did not change stays as well, and is sent what others changed.
 */
export function part(
  peer: PeerContext,
  item: Item,
  { luid, content }: Pick<ReceivedItem, 'luid' | 'content'>,
): Applied {
  const { changes, datastore } = peer;
  const merge = isConflict(peer, item) ? mergeChanges : mergeSeen;
  const outcome =
    item.content === undefined ? mergeDeleted(peer, item, content) : merge(peer, item, content, 'client');
  if (outcome.content.hash === item.content?.hash) return { code: Status.ok, send: item.guid };
  dropLuid(peer, item.guid, luid);
  const guid = placeFor(peer, luid, outcome.content);
  putMerged(peer, { guid }, content, outcome);
  setLuid(peer, guid, luid);
  changes.tie(datastore, guid, item.guid);
  return { code: Status.ok };
}
