/**
 * A change of one item by a peer, a device or the CRM: what becomes of the item, and the Status that the peer gets
 * [SP11 2.4, A.9]. What is decided goes to the change set; nothing is written here.
 */

import { Status, type StatusCode } from '../../message/codes.ts';
import type { Content } from '../../pim/content.ts';
import { birthGuid, dropLuid, isHeldAs, isShared, itemByLuid, setLuid } from '../changes/mapping.ts';
import { isConflict, type PeerContext } from '../changes/peer-context.ts';
import { luid as asLuid, type Luid } from '../model/ids.ts';
import { type Item, wasSent } from '../model/records.ts';
import {
  isAboutAnother,
  mergeChanges,
  mergeDeleted,
  mergeSeen,
  mergeUnion,
  type Outcome,
  putMerged,
  unmerged,
} from './merge.ts';
import { addItem, part, REPLACED } from './new-item.ts';
import type { Applied, ReceivedItem } from './received.ts';

/** Is the content equal, apart from what clients rewrite by themselves (REV, PRODID, folding, order)? */
export const sameContent = (item: Item, content: Content): boolean =>
  item.content?.hash === content.hash || item.content?.key === content.key;

/** The Status of a command that was carried out as it is. */
export const plainCode = ({ name }: Pick<ReceivedItem, 'name'>): StatusCode =>
  name === 'Add' ? Status.itemAdded : Status.ok;

/**
 * A peer gives an item a content. In this order: the item is not there, it is deleted, the content is the same, it says
 * nothing that the item does not say already, the peer holds the item twice, somebody else changed the item too, nobody
 * else did.
 */
export function applyContent(peer: PeerContext, received: ReceivedItem): Applied {
  const { changes, datastore } = peer;
  const { name, luid, content } = received;
  // A merge with others' changes needs the versions of the item. They are asked for in the same round as the item.
  const item = itemByLuid(peer, luid, (guid) => {
    if (name === 'Replace' && peer.contested) changes.versionsOf(datastore, guid);
  });
  if (item === undefined) return { code: addItem(peer, luid, content) };
  const code = plainCode(received);
  if (item.content === undefined)
    return isAboutAnother(peer, item, content)
      ? { code: addItem(peer, luid, content) }
      : revive(peer, item, received);
  if (sameContent(item, content)) {
    setLuid(peer, item.guid, luid);
    return { code };
  }
  if (name === 'Add' && wasSent(item, changes.peer, content)) {
    // A resend of an item that was linked to another peer's: what the peer lacks of that is no deletion.
    setLuid(peer, item.guid, luid);
    return { code, send: item.guid };
  }
  const outcome = mergeSeen(peer, item, content);
  // What the peer never saw it does not lack for want of room.
  const lacksNews = !outcome.shown && isConflict(peer, item);
  if (!lacksNews && outcome.content.key === item.content.key) {
    setLuid(peer, item.guid, luid);
    return { code, ...(!outcome.shown && { send: item.guid }) };
  }
  if (isShared(peer, item)) return part(peer, item, received);
  if (isConflict(peer, item)) return resolveConflict(peer, item, received);
  if (outcome.isUnmerged) return resolveConflict(peer, item, received, unmerged);
  putMerged(peer, item, content, outcome);
  setLuid(peer, item.guid, luid);
  return { code };
}

/**
 * The peer sends an item that is deleted on the server. If somebody else deleted it, the peer's change wins (X07). If
 * the peer itself did, it uses the LUID again (M10).
 */
function revive(peer: PeerContext, item: Item, received: ReceivedItem): Applied {
  const { guid, sequence } = item;
  const { luid, content } = received;
  if (isHeldAs(peer, item, luid) && isShared(peer, item)) return part(peer, item, received);
  const outcome = mergeDeleted(peer, item, content);
  putMerged(peer, item, content, outcome);
  setLuid(peer, guid, luid);
  return outcome.shown
    ? { code: plainCode(received), overtakes: { guid, sequence } }
    : { code: Status.conflictMerged };
}

/**
 * Both sides changed the item, or the peer's change is too much work to merge. A field that one side changed has that
 * change; a field that both changed is decided by the policy (X01). The content of the side that loses a field is kept as a
 * version.
 */
export function resolveConflict(
  peer: PeerContext,
  item: Item,
  { luid, content }: Pick<ReceivedItem, 'luid' | 'content'>,
  merge = mergeChanges,
): Applied {
  if (isShared(peer, item)) return part(peer, item, { luid, content });
  if (wasSent(item, peer.changes.peer, content)) {
    // A resend: this change was done and answered before. Somebody changed the item since then, and that stays.
    setLuid(peer, item.guid, luid);
    return { code: Status.ok, send: item.guid };
  }
  const applied = applyMerge(peer, item, content, merge);
  if (applied === undefined) return keepBoth(peer, item, luid, content);
  setLuid(peer, item.guid, luid);
  return applied;
}

/**
 * Makes one item of two that were never synchronised with each other. Fields of either stay; the policy decides of a
 * field that both have. Undefined when the policy says that both items stay. The Status is that of a merge also when
 * the server wins (X02), because nothing of the client is refused.
 */
export function unite(
  peer: PeerContext,
  item: Item,
  content: Content,
  merge = mergeUnion,
): Applied | undefined {
  const applied = applyMerge(peer, item, content, merge);
  return applied?.code === Status.serverWins ? { ...applied, code: Status.conflictMerged } : applied;
}

/** Merges; the policy decides clashes. Undefined where there is a clash and by the policy both items stay. */
function applyMerge(
  peer: PeerContext,
  item: Item,
  content: Content,
  merge: typeof mergeChanges,
): Applied | undefined {
  const wins = winner(peer, item, content);
  const outcome = merge(peer, item, content, wins === 'server' ? 'server' : 'client');
  if (outcome.clashes > 0 && wins === 'both') return undefined;
  return putOutcome(peer, item, content, { ...outcome, clientWins: wins === 'client' });
}

/**
 * Gives the result of a merge to the change set, with what lost as a version, and says the Status (X02, X03, X05).
 */
function putOutcome(
  { changes, datastore }: PeerContext,
  item: Item,
  content: Content,
  { content: result, clashes, shown, clientWins }: Outcome & { readonly clientWins: boolean },
): Applied {
  const { guid, sequence } = item;
  if (result.hash === item.content?.hash) {
    if (clashes > 0) changes.keepSent(datastore, guid, content, 'refused');
    if (shown) return { code: Status.ok };
    return { code: clashes > 0 ? Status.serverWins : Status.conflictMerged, send: guid };
  }
  const reason = clashes > 0 && clientWins ? 'lost-conflict' : 'merged';
  changes.putContent(datastore, guid, result, { reason, sentHash: content.hash, differs: !shown });
  if (shown)
    return { code: clashes > 0 ? Status.conflictClientWins : Status.ok, overtakes: { guid, sequence } };
  changes.keepSent(datastore, guid, content, clashes > 0 && !clientWins ? 'refused' : 'sent');
  return { code: Status.conflictMerged };
}

/** Who wins a clash of this item; `both`: the peer's copy becomes an item of its own. */
function winner(peer: PeerContext, item: Item, content: Content): 'client' | 'server' | 'both' {
  switch (peer.policy) {
    case 'client-wins':
      return 'client';
    case 'server-wins':
      return 'server';
    case 'keep-both':
      return 'both';
    case 'newest-wins': {
      const current = item.content && peer.changes.wholeOf(peer.datastore, item.guid, item.content);
      const [itemTime, deviceTime] = [current?.modifiedAt, content.modifiedAt];
      const isNewer = itemTime !== undefined && deviceTime !== undefined && itemTime > deviceTime;
      return isNewer ? 'server' : 'client';
    }
  }
}

/**
 * The peer's copy becomes an item of its own under its LUID; the item that was there is sent to the peer by Add (X04,
 * X09).
 */
function keepBoth(peer: PeerContext, item: Item, luid: Luid, content: Content): Applied {
  const { changes, datastore } = peer;
  const twin = birthGuid(peer, luid, content.hash);
  changes.putContent(datastore, twin, content, REPLACED);
  dropLuid(peer, item.guid, luid);
  setLuid(peer, twin, luid);
  changes.tie(datastore, twin, item.guid);
  return { code: Status.conflictDuplicated, send: item.guid };
}

/** Applies a Delete of a peer [C04, C05, X07, X08]. Of an item that the peer holds twice only the LUID goes. */
export function applyDelete(peer: PeerContext, text: string): Applied {
  const { changes, datastore } = peer;
  const luid = asLuid(text);
  const item = itemByLuid(peer, luid);
  if (item === undefined) return { code: Status.itemNotDeleted };
  const wasShared = isShared(peer, item);
  dropLuid(peer, item.guid, luid);
  if (item.content === undefined)
    return { code: item.origin === changes.peer ? Status.ok : Status.itemNotDeleted };
  if (wasShared) return { code: Status.ok };
  if (isConflict(peer, item)) return { code: Status.serverWins, send: item.guid };
  changes.putContent(datastore, item.guid, undefined, { reason: 'deleted' });
  return { code: Status.ok };
}
