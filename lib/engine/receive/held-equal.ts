/**
 * Finds an item that a peer holds already and adds again under another LUID: it was restored from a backup, or imported
 * twice. Only an equal content counts, as the server has it or as the peer sees it.
 */
import type { Content } from '../../pim/content.ts';
import { saysTheSame } from '../../pim/respelt.ts';
import { affordable } from '../../pim/work/budget.ts';
import { heldLuids } from '../changes/mapping.ts';
import { isConflict, type PeerContext } from '../changes/peer-context.ts';
import { itemNamedBy, type LiveItem } from '../match/free-items.ts';
import type { MatchIndex } from '../match/match-index.ts';
import { blockingKeysIn, blockingKeysOf, contentKeyOf } from '../model/blocking-keys.ts';
import { isCalendar } from '../model/datastores.ts';
import type { Guid } from '../model/ids.ts';
import { MAX_EQUAL_LOOKED_AT, MAX_KEY_ENTRIES, MAX_LUIDS, MAX_SEEN_LOOKED_AT } from '../model/limits.ts';
import { type Item, isRev } from '../model/records.ts';

/**
 * Of several such items the one with the fewest LUIDs, so that copies of all of them are spread over all of them. Undefined
 * when there is none that may get one more.
 */
export function findHeldEqual(peer: PeerContext, index: MatchIndex, content: Content): LiveItem | undefined {
  const equal = equalItems(peer, index, content);
  const withRoom = equal.filter((item) => hasRoom(peer, item));
  return withRoom.reduce<LiveItem | undefined>(
    (best, item) =>
      best !== undefined && heldLuids(peer, best).length <= heldLuids(peer, item).length ? best : item,
    undefined,
  );
}

/** One of these similar items that the peer held with this content when others changed it. */
export const findHeldOlder = (
  peer: PeerContext,
  held: readonly LiveItem[],
  content: Content,
): LiveItem | undefined =>
  held.find((item) => hasRoom(peer, item) && isConflict(peer, item) && isSeenAs(peer, item, content));

/** May the item get one LUID of the peer more? */
const hasRoom = (peer: PeerContext, item: Item): boolean => heldLuids(peer, item).length < MAX_LUIDS;

/** Items that have this content; if there are none, those that have it as the peer sees them. */
function equalItems(peer: PeerContext, index: MatchIndex, content: Content): LiveItem[] {
  const [byContent, byKeys] = [withContent(peer, index, content), withKeys(peer, index, content)];
  const named = itemNamedBy(peer, content)?.guid ?? [];
  const held = [...new Set([...byContent, ...byKeys, named].flat())].flatMap((guid) => heldItem(peer, guid));
  const same = held.filter((item) => item.content.key === content.key);
  return same.length > 0 ? same : held.filter((item) => isSeenAs(peer, item, content));
}

/** Items that have, or once had, a content with this key: those of this step, and those of the index. */
function withContent({ changes, datastore }: PeerContext, index: MatchIndex, content: Content): Guid[] {
  const found: Guid[] = [];
  for (const change of changes.all)
    if (change.datastore === datastore && change.item.content?.key === content.key)
      found.push(change.item.guid);
  const holders = index.holdersOfContent(contentKeyOf(content));
  return [...found.slice(0, MAX_EQUAL_LOOKED_AT), ...holders.window(0, MAX_EQUAL_LOOKED_AT)];
}

/** A device that tells a time by another clock may give its item other keys: that of the local time, that of the day. */
const KEYS_OF_A_CLOCK = 2;

/**
 * Items that have, or once had, all blocking keys of this content: one that the peer sees so may hold more, but not less,
 * except for the keys of a clock. Very many items are no help.
 */
function withKeys({ datastore }: PeerContext, index: MatchIndex, content: Content): Guid[] {
  const keys = [...new Set(blockingKeysIn(blockingKeysOf(content)))];
  const missing = isCalendar(datastore) ? Math.min(KEYS_OF_A_CLOCK, Math.max(keys.length - 2, 0)) : 0;
  const holders = keys.map((key) => index.holdersOf(key)).sort((a, b) => a.entries - b.entries);
  if ((holders[missing]?.entries ?? 0) === 0) return [];
  const sets = holders
    .filter(({ entries }) => entries <= MAX_KEY_ENTRIES)
    .map((one) => new Set(one.window(0, one.entries)));
  // An item that lacks so many of the keys has one of the others.
  const pool = new Set(sets.slice(0, missing + 1).flatMap((set) => [...set]));
  const shared = [...pool].filter((guid) => sets.filter((set) => !set.has(guid)).length <= missing);
  return shared.slice(0, MAX_SEEN_LOOKED_AT);
}

function heldItem(peer: PeerContext, guid: Guid): LiveItem[] {
  const item = peer.changes.itemAt(peer.datastore, guid);
  return item?.content === undefined || heldLuids(peer, item).length === 0 ? [] : [item as LiveItem];
}

/**
 * Does the peer see this content when it looks at its copy of the item? If others changed the item since, the copy is of an
 * earlier version.
 */
function isSeenAs(peer: PeerContext, item: LiveItem, content: Content): boolean {
  const { changes, datastore } = peer;
  const isShown = (shown: Content): boolean => {
    if (shown.key === content.key) return true;
    if (!changes.hasRoomForText(datastore, { ...item, content: shown })) return false;
    const whole = changes.wholeOf(datastore, item.guid, shown);
    return whole !== undefined && isViewOf(peer, { guid: item.guid, whole }, content);
  };
  if (isShown(item.content)) return true;
  if (!isConflict(peer, item)) return false;
  return changes.versionsOf(datastore, item.guid).some((one) => isRev(one) && isShown(one.content));
}

/**
 * Is the content what the peer sees of the whole item, or saw of it in the form of before? Its program may spell it otherwise,
 * and say what is usual. What is too much work is not.
 */
export const isViewOf = (
  { view, work }: PeerContext,
  { guid, whole }: { readonly guid: Guid; readonly whole: Content },
  content: Content,
): boolean =>
  affordable(
    work,
    () => {
      const seen = view?.seen(whole, guid) ?? whole;
      return (
        seen.key === content.key ||
        view?.seenThen?.(whole, guid).key === content.key ||
        saysTheSame(seen, content)
      );
    },
    () => false,
  );
