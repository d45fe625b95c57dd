/**
 * An item that no LUID leads to is linked to the item of the server that it is: by equal content, or by comparison. Else
 * it is added, and noted for a review beside those that it may be.
 */
import { Status } from '../../message/codes.ts';
import type { Content } from '../../pim/content.ts';
import { birthGuid, dropLuid, heldLuid, isHeldAs, itemByLuid, setLuid } from '../changes/mapping.ts';
import type { PeerContext } from '../changes/peer-context.ts';
import { type FreeItems, type LiveItem, mayLink } from '../match/free-items.ts';
import { CRM, type Guid, IMPORT, type Luid } from '../model/ids.ts';
import type { Item } from '../model/records.ts';
import { applyContent, plainCode, sameContent, unite } from './apply.ts';
import { findHeldEqual, findHeldOlder } from './held-equal.ts';
import { matchOf } from './matching.ts';
import { mergeDeleted, mergeUnion } from './merge.ts';
import { addItem } from './new-item.ts';
import type { Applied, ReceivedItem } from './received.ts';

/** An item that is looked for among those that the peer does not hold. */
export interface UnknownItem extends ReceivedItem {
  readonly free: FreeItems;
  /** What the peer sent, where `content` is more than that. */
  readonly sent?: Content;
}

/** How many items of equal content are looked at to find the one that had the LUID before. */
const EQUAL_ITEMS = 20;

/**
 * An item of equal content that had this LUID before, also one that the device has named already: it has two copies of it.
 * If there is none, an item of equal content that the device does not hold yet.
 */
export function equalItem(
  peer: PeerContext,
  free: FreeItems,
  { luid, content }: Pick<ReceivedItem, 'luid' | 'content'>,
): LiveItem | undefined {
  const equal = free.equal(peer, content, EQUAL_ITEMS);
  const had = (item: Item) => hadLuid(peer, item, luid);
  return equal.find(had) ?? free.equalHeld(peer, content).find(had) ?? equal[0];
}

/** Had the peer the item under this LUID in some generation? */
export const hadLuid = ({ changes }: PeerContext, { luids }: Item, luid: Luid): boolean =>
  Object.values(luids[changes.peer] ?? {}).some((own) => own.includes(luid));

/** The peer has the item as it is. */
export function linkEqual(peer: PeerContext, { guid }: LiveItem, luid: Luid): void {
  peer.changes.dropSent(peer.datastore, guid);
  setLuid(peer, guid, luid);
}

interface LinkBy {
  /** Which items that the peer holds already are for a review, too. Without it: none. */
  readonly asked?: (item: LiveItem) => boolean;
  /** Applies a copy of one of these similar items that the peer holds; undefined where it is none. */
  readonly copy?: (held: readonly LiveItem[]) => Applied | undefined;
  /** Puts the content into an item that is the same; undefined when both have to stay (X04). */
  readonly link: (item: LiveItem) => Applied | undefined;
  /** Applies the content to one for a review that the peer does not hold; undefined where that must be another one. */
  readonly had?: (item: LiveItem) => Applied | undefined;
  readonly add: () => Applied;
}

/** Compares the item with similar ones: links it to the same one, else adds it. */
export function linkOrAdd(
  peer: PeerContext,
  received: UnknownItem,
  { asked = () => false, copy, link, had, add }: LinkBy,
): Applied {
  const { changes, datastore } = peer;
  const { luid, content, free } = received;
  const found = free.candidates(peer, content);
  const copied = copy?.(found.held);
  if (copied !== undefined) return copied;
  const compared = { free: found.free, held: found.held.filter(asked) };
  const { link: same, review } = matchOf(peer, free, content, compared);
  const linked = same && link(same);
  if (same !== undefined && linked !== undefined) {
    keepLinked(peer, same, received.sent ?? content);
    setLuid(peer, same.guid, luid);
    return linked.code === Status.ok ? { ...linked, code: plainCode(received) } : linked;
  }
  for (const { other } of review) {
    const item = changes.itemAt(datastore, other);
    const known = item?.content && mayLink(peer, item) ? had?.(item as LiveItem) : undefined;
    if (known !== undefined) return known;
  }
  const added = add();
  const own = review.length === 0 ? undefined : itemByLuid(peer, luid);
  if (own !== undefined) changes.putReviews(datastore, own.guid, review);
  return added;
}

/** What the peer sent is kept where the item stays as it is: a resend is known by it, and the link can be undone. */
function keepLinked({ changes, datastore }: PeerContext, before: LiveItem, content: Content): void {
  const item = changes.itemAt(datastore, before.guid);
  const isKept = item?.rev !== before.rev || item.sent?.[changes.peer] === content.hash;
  if (!isKept && !sameContent(before, content)) changes.keepSent(datastore, before.guid, content, 'sent');
}

/**
 * Applies an item in a sync that does not compare all items, or a record of the CRM. One whose LUID is not known may be on
 * the server already: another peer added the same, or this one has a copy of it. `free` opens the match index; it gives
 * undefined while reads are missing.
 */
export function applyOrLink(
  peer: PeerContext,
  received: ReceivedItem,
  free: () => FreeItems | undefined,
): Applied {
  const { missing } = peer.changes.facts;
  const item = itemByLuid(peer, received.luid);
  if (item?.content === undefined && item !== undefined && isHeldAs(peer, item, received.luid))
    return linkOrRevive(peer, item, received, free);
  // An Add is likely new: the index is read in the same round as its item.
  const mayBeKnown = !isNew(peer, item, received.luid) || (received.name === 'Replace' && missing.size > 0);
  const index = mayBeKnown ? undefined : free();
  if (index === undefined) return applyContent(peer, received);
  const unknown = { ...received, free: index };
  return linkEqualItem(peer, unknown) ?? (item ? applyContent(peer, received) : linkLike(peer, unknown));
}

/** Does the LUID lead to no item, or to a deleted one that the peer gave up? */
const isNew = (peer: PeerContext, item: Item | undefined, luid: Luid): boolean =>
  item === undefined || (item.content === undefined && !isHeldAs(peer, item, luid));

/** Links an item of equal content: one that the peer does not hold, else one of which the peer has a copy. */
function linkEqualItem(peer: PeerContext, received: UnknownItem): Applied | undefined {
  const { luid, content, free } = received;
  const same = equalItem(peer, free, received);
  if (same !== undefined) {
    const { guid, sequence } = same;
    linkEqual(peer, same, luid);
    return { code: plainCode(received), overtakes: { guid, sequence } };
  }
  const copy = hasNoCopies(peer) ? undefined : findHeldEqual(peer, free.index, content);
  if (copy === undefined) return undefined;
  setLuid(peer, copy.guid, luid);
  return { code: Status.itemAdded };
}

function linkLike(peer: PeerContext, received: UnknownItem): Applied {
  const { luid, content } = received;
  const add = () => ({ code: addItem(peer, luid, content) });
  // Notes that only begin alike are many.
  if (content.note !== undefined) return add();
  const copy = (held: readonly LiveItem[]): Applied | undefined => {
    const older = hasNoCopies(peer) ? undefined : findHeldOlder(peer, held, content);
    if (older === undefined) return undefined;
    setLuid(peer, older.guid, luid);
    return { code: Status.itemAdded, send: older.guid };
  };
  const link = (item: LiveItem) => unite(peer, item, content);
  return linkOrAdd(peer, received, { asked: isFromElsewhere(peer), copy, link, add });
}

/** Each record of the CRM is an item, and so is each file that is read in. */
const hasNoCopies = ({ changes }: PeerContext): boolean => changes.peer === CRM || changes.peer === IMPORT;

/** Did the peer get the item from elsewhere? Two items that it brought itself and that are alike are no question. */
export const isFromElsewhere =
  (peer: PeerContext) =>
  (item: LiveItem): boolean => {
    const held = heldLuid(peer, item);
    return held !== undefined && item.guid !== birthGuid(peer, held);
  };

/**
 * The peer changed an item that somebody else deleted. If another peer has added the same item anew, the LUID means the new
 * item from now on, and the new item gets the change and all that the deleted one had. If not, the deleted item comes back.
 */
export function linkOrRevive(
  peer: PeerContext,
  deleted: Item,
  received: ReceivedItem,
  free: () => FreeItems | undefined,
): Applied {
  const { changes, datastore } = peer;
  const index = free();
  const add = () => applyContent(peer, received);
  if (index === undefined) return add();
  const { luid, content: sent } = received;
  const { content, shown } = mergeDeleted(peer, deleted, sent);
  const unknown = { ...received, content, free: index, sent };
  const same = equalItem(peer, index, unknown);
  if (same !== undefined) {
    const { guid, sequence } = same;
    linkEqual(peer, same, luid);
    leave(peer, deleted, { luid, guid });
    if (shown) return { code: plainCode(received), overtakes: { guid, sequence } };
    changes.keepSent(datastore, guid, sent, 'sent');
    return { code: Status.conflictMerged, send: guid };
  }
  if (content.note !== undefined) return add();
  const merge: typeof mergeUnion = (...[, item, , winner]) => {
    const outcome = mergeUnion(peer, item, content, winner);
    return { ...outcome, shown: outcome.shown && shown };
  };
  const link = (item: LiveItem) => {
    const applied = unite(peer, item, sent, merge);
    if (applied !== undefined) leave(peer, deleted, { luid, guid: item.guid });
    return applied;
  };
  return linkOrAdd(peer, unknown, { link, add });
}

/** The LUID means another item from now on. */
function leave(peer: PeerContext, deleted: Item, { luid, guid }: { luid: Luid; guid: Guid }): void {
  dropLuid(peer, deleted.guid, luid);
  peer.changes.tie(peer.datastore, guid, deleted.guid);
}
