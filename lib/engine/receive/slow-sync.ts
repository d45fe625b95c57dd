/**
 * Receives an item in a slow sync or a refresh from the client. If the server has the same item, the two are linked;
 * else the item is added [SP11 5.5, Y10-Y13]. Add and Replace mean the same.
 */

import { Status } from '../../message/codes.ts';
import type { Content } from '../../pim/content.ts';
import {
  heldLuid,
  isHeldAs,
  isShared,
  itemByEarlierLuid,
  itemByLuid,
  setLuid,
  unheldItem,
} from '../changes/mapping.ts';
import { isConflict, type PeerContext } from '../changes/peer-context.ts';
import type { LiveItem } from '../match/free-items.ts';
import { luid as asLuid, type Luid } from '../model/ids.ts';
import { type Item, type ItemVersion, isNewsTo, isRev } from '../model/records.ts';
import { applyContent, plainCode, resolveConflict, sameContent, unite } from './apply.ts';
import { isViewOf } from './held-equal.ts';
import { takeLink } from './link-taken-over.ts';
import {
  equalItem,
  hadLuid,
  isFromElsewhere,
  linkEqual,
  linkOrAdd,
  linkOrRevive,
  type UnknownItem,
} from './linking.ts';
import { likenessOf, matchOf } from './matching.ts';
import { mergeHeld, mergeKept, putMerged, unmerged } from './merge.ts';
import { addItem } from './new-item.ts';
import type { Applied } from './received.ts';

/** An item that is compared with all items of the server. */
export interface ComparedItem extends UnknownItem {
  /** In a refresh from the client the client is right, and no policy is asked. */
  readonly mode: 'union' | 'client-is-right';
}

/**
 * Finds the item by its LUID in this sync, else by equal content, else by an earlier LUID if the contents have
 * something in common, else by comparison.
 */
export function applySlow(peer: PeerContext, received: ComparedItem): Applied {
  const { luid, content, free } = received;
  const own = itemByLuid(peer, luid);
  if (own !== undefined && isHeldAs(peer, own, luid)) return applySeen(peer, own, received);
  const same = equalItem(peer, free, received);
  if (same !== undefined) {
    linkEqual(peer, same, luid);
    return { code: plainCode(received) }; // Y13
  }
  const taken = takeLink(peer, received);
  if (taken !== undefined) return taken;
  const item = earlierItem(peer, luid);
  if (item === undefined) return matchOrAdd(peer, received);
  if (heldLuid(peer, item) !== undefined) return applyCopy(peer, item, received);
  const unchanged = isUnchanged(peer, item, content);
  const isAbout = content.about !== '' && item.content.about === content.about;
  const isIt = unchanged || isAbout || isLikelyIt(peer, item, received);
  return isIt ? linkEdited(peer, item, received, { unchanged }) : matchOrAdd(peer, received);
}

/**
 * Is it the item for which an earlier LUID is a reason already? Not where it may be this one, but certainly is another that the
 * device has not named yet: a device that got a backup back may have given items each other's LUIDs.
 */
function isLikelyIt(peer: PeerContext, item: Item, { content, free }: ComparedItem): boolean {
  const likeness = likenessOf(peer, item, content);
  if (likeness !== 'possible') return likeness === 'same';
  const others = free.candidates(peer, content).free.filter(({ guid }) => guid !== item.guid);
  return matchOf(peer, free, content, { free: others, held: [] }).link === undefined;
}

/**
 * The item that had this LUID in an earlier generation of the mapping, if the device does not hold it otherwise, or held it
 * twice then.
 */
function earlierItem(peer: PeerContext, luid: Luid): LiveItem | undefined {
  for (const generation of peer.earlier) {
    const before = { ...peer, generation };
    const known = itemByEarlierLuid(before, luid) ?? unheldItem(before, luid);
    if (known?.content === undefined) continue;
    if (heldLuid(peer, known) === undefined || isShared(before, known)) return known as LiveItem;
  }
  return undefined;
}

/**
 * Applies another copy of an item that the device has named already in this sync. A copy that says nothing that the item does
 * not say already stays a copy of it, and so does one that the device did not change while others changed the item. Any other
 * is an item of its own.
 */
function applyCopy(peer: PeerContext, item: Item, received: ComparedItem): Applied {
  const { content, luid } = received;
  const code = plainCode(received);
  const { alters, shown } = mergeHeld(peer, item, content);
  const isOlder = alters && isNewsTo(item, peer.changes.peer) && isEarlierVersion(peer, item, content);
  if (alters && !isOlder) return matchOrAdd(peer, received);
  setLuid(peer, item.guid, luid);
  return isOlder || !shown ? { code, send: item.guid } : { code };
}

interface Met {
  /** The device sent what it once saw of the item. */
  readonly unchanged: boolean;
  /** What the content makes of the item, where that is known already. */
  readonly outcome?: ReturnType<typeof mergeHeld>;
}

/** Links an item that was found by an earlier LUID, or that is alike. */
function linkEdited(peer: PeerContext, item: Item, received: ComparedItem, met: Met): Applied {
  const { unchanged } = met;
  const { content, luid, mode } = received;
  setLuid(peer, item.guid, luid);
  const code = plainCode(received);
  if (sameContent(item, content)) return { code };
  const { outcome = mergeHeld(peer, item, content) } = met;
  const { alters, shown } = outcome;
  // A copy that alters nothing, or that the device did not change: the server's content stands. What may be cut for want of
  // room is an older text where the server once had it so.
  const isOlder = () => unchanged && isEarlierVersion(peer, item, content, isRev);
  if (!alters || (mode === 'union' && unchanged))
    return alters || !shown || isOlder() ? { code, send: item.guid } : { code };
  if (mode === 'union' && isConflict(peer, item)) return resolveConflict(peer, item, received);
  if (mode === 'union' && outcome.isUnmerged) return resolveConflict(peer, item, received, unmerged);
  putMerged(peer, item, content, outcome);
  return { code };
}

/** Applies an item that already has this LUID in this sync: a resend, a second change, or an early Map (M07). */
function applySeen(peer: PeerContext, own: Item, received: ComparedItem): Applied {
  const { content, mode } = received;
  const others = own.content !== undefined && isNewsTo(own, peer.changes.peer);
  if (others && mode === 'union' && !sameContent(own, content))
    return isUnchanged(peer, own, content)
      ? { code: plainCode(received), send: own.guid }
      : resolveConflict(peer, own, received);
  const upToDate = { ...peer, since: Number.MAX_SAFE_INTEGER };
  if (own.content === undefined && mode === 'union')
    return linkOrRevive(upToDate, own, received, () => received.free);
  return applyContent(upToDate, received);
}

/** Neither LUID nor content says which item it is, so it is compared with similar ones. */
const matchOrAdd = (peer: PeerContext, received: ComparedItem): Applied =>
  linkOrAdd(peer, received, {
    asked: isFromElsewhere(peer),
    // The way from the LUID to the item may be lost with a table, or with the Map of a refresh that broke.
    had: (item) => {
      const unchanged = isEarlierVersion(peer, item, received.content);
      const isKnown = unchanged || hadLuid(peer, item, received.luid);
      return isKnown ? linkEdited(peer, item, received, { unchanged }) : undefined;
    },
    link: (item) => (received.mode === 'union' ? linkAlike : takeOver)(peer, item, received),
    add: () => reviveOrAdd(peer, received),
  });

/** A device that was here before may bring what it had then, under another LUID, as from a backup: it changed nothing. */
function linkAlike(peer: PeerContext, item: Item, received: ComparedItem): Applied | undefined {
  const { content } = received;
  if (peer.earlier.length === 0) return unite(peer, item, content);
  const outcome = mergeHeld(peer, item, content);
  if (outcome.alters && !isUnchanged(peer, item, content)) return unite(peer, item, content);
  return linkEdited(peer, item, received, { unchanged: true, outcome });
}

/** In a refresh from the client: the client's content wins in all that the client sees. */
function takeOver(peer: PeerContext, item: Item, { content }: ComparedItem): Applied {
  const outcome = mergeHeld(peer, item, content);
  if (outcome.alters) putMerged(peer, item, content, outcome);
  return { code: Status.ok, ...(!outcome.alters && !outcome.shown && { send: item.guid }) };
}

/**
 * Is this what the device saw of the item once? If so the device changed nothing, and the item stays as it is. Its program
 * may spell it otherwise, and say what is usual. `counts` says which versions are looked at: without it also what the
 * device itself sent last.
 */
function isEarlierVersion(peer: PeerContext, { guid }: Item, content: Content, counts = isAccepted): boolean {
  const { changes, datastore } = peer;
  const isAsSeen = (earlier: Content): boolean => {
    const whole = changes.wholeOf(datastore, guid, earlier);
    return whole !== undefined && isViewOf(peer, { guid, whole }, content);
  };
  const versions = changes.versionsOf(datastore, guid).filter(counts);
  return versions.some((one) => one.content.key === content.key || isAsSeen(one.content));
}

/** Is it what the device saw of the item once, or what a device with little room keeps of that? */
function isUnchanged(peer: PeerContext, item: Item, content: Content): boolean {
  if (isEarlierVersion(peer, item, content)) return true;
  if (peer.view?.capacities === undefined) return false;
  const versions = peer.changes.versionsOf(peer.datastore, item.guid).filter(isAccepted);
  return versions
    .slice(-MOST_KEPT)
    .some((one) => !mergeHeld(peer, { ...item, content: one.content }, content).alters);
}
/** A merge with each version of an item that changes often would be too much work: so many of the newest are looked at. */
const MOST_KEPT = 10;
const isAccepted = ({ reason }: Pick<ItemVersion, 'reason'>): boolean => reason !== 'refused';

/**
 * What matches nothing is new, unless the device knew it and somebody deleted it meanwhile: the union keeps the item,
 * and it must be the same item, or a late edit of another device would bring it back a second time. What may be cut for want
 * of room is an older text where the server once had it so: then the item is sent.
 */
function reviveOrAdd(peer: PeerContext, { luid, content }: ComparedItem): Applied {
  for (const generation of peer.earlier) {
    const known = itemByEarlierLuid({ ...peer, generation }, luid);
    if (known === undefined || known.content !== undefined) continue;
    const outcome = mergeKept(peer, known, content);
    const isWhole = () => isViewOf(peer, { guid: known.guid, whole: outcome.content }, content);
    const shown = outcome.shown && (isWhole() || !isEarlierVersion(peer, known, content, isRev));
    putMerged(peer, known, content, { ...outcome, shown });
    setLuid(peer, known.guid, luid);
    return { code: Status.itemAdded, ...(!shown && { send: known.guid }) };
  }
  return { code: addItem(peer, luid, content) };
}

/**
 * The client names an item whose content cannot be taken (too large, cut, of a wrong type). The item that had this LUID
 * before is linked, so that neither side gets it a second time when the client sends it completely.
 */
export function linkUnread(peer: PeerContext, text: string): void {
  const luid = asLuid(text);
  const item = earlierItem(peer, luid);
  if (item !== undefined && heldLuid(peer, item) === undefined) setLuid(peer, item.guid, luid);
}
