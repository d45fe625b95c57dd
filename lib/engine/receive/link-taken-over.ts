/**
 * In a first sync a namesake may come before the exact copy of the server's item, and be linked to it because the two are
 * alike. When the copy comes, it takes the link over: the item gets back what it was, and the namesake becomes an item of
 * its own with what the device sent of it.
 */
import type { Content } from '../../pim/content.ts';
import { birthGuid, dropLuid, heldLuid, isShared, itemByLuid, setLuid } from '../changes/mapping.ts';
import type { PeerContext } from '../changes/peer-context.ts';
import type { LiveItem } from '../match/free-items.ts';
import type { Luid } from '../model/ids.ts';
import { luidsOf } from '../model/luids.ts';
import type { ItemVersion } from '../model/records.ts';
import { plainCode, sameContent } from './apply.ts';
import type { UnknownItem } from './linking.ts';
import { agreement } from './matching.ts';
import { addItem, REPLACED } from './new-item.ts';
import type { Applied } from './received.ts';

interface LinkedNamesake {
  readonly luid: Luid;
  /** What the device sent of it. */
  readonly sent: Content;
  /** What the item was before it was linked. */
  readonly original: Content;
}

/** Links the exact copy to the item that a namesake was linked to; undefined where there is none. */
export function takeLink(peer: PeerContext, received: UnknownItem): Applied | undefined {
  const { changes, datastore } = peer;
  const { luid, content, free } = received;
  for (const item of free.everEqualHeld(peer, content)) {
    const namesake = namesakeOf(peer, item, content);
    if (namesake === undefined) continue;
    const { guid, sequence } = item;
    if (!sameContent(item, namesake.original))
      changes.putContent(datastore, guid, namesake.original, REPLACED);
    changes.dropSent(datastore, guid);
    dropLuid(peer, guid, namesake.luid);
    addItem(peer, namesake.luid, namesake.sent);
    setLuid(peer, guid, luid);
    const own = itemByLuid(peer, namesake.luid)?.guid ?? birthGuid(peer, namesake.luid);
    changes.putReviews(datastore, own, [{ other: guid, ...agreement(namesake.sent, namesake.original) }]);
    changes.tie(datastore, own, guid);
    return { code: plainCode(received), overtakes: { guid, sequence } };
  }
  return undefined;
}

/** The namesake that was linked to the item in this sync by comparison. An earlier LUID is a better reason than a copy. */
function namesakeOf(peer: PeerContext, item: LiveItem, copy: Content): LinkedNamesake | undefined {
  const { changes, datastore, settled, generation } = peer;
  const luid = heldLuid(peer, item);
  if (luid === undefined || birthGuid(peer, luid) === item.guid || isShared(peer, item)) return undefined;
  const before = { settled, generation: settled };
  if (settled !== generation && luidsOf(item, changes.peer, before).includes(luid)) return undefined;
  const hash = item.sent?.[changes.peer];
  if (hash === undefined) return undefined;
  const own = changes.changeAt(datastore, item.guid)?.versions ?? [];
  const versions = [...changes.versionsOf(datastore, item.guid), ...own];
  const kept = versions.findLast((one) => one.content.hash === hash)?.content;
  // Where all of the item is what the device sent, no version of that was kept.
  const sent = kept ?? (item.origin === changes.peer && item.differs !== true ? item.content : undefined);
  const original = item.content.key === copy.key ? item.content : originalIn(peer, versions, item)?.content;
  const whole = sent && changes.wholeOf(datastore, item.guid, sent);
  if (whole === undefined || original?.key !== copy.key || whole.key === copy.key) return undefined;
  return { luid, sent: whole, original: changes.wholeOf(datastore, item.guid, original) ?? original };
}

/** The content that this peer replaced by the one that the item has now. */
const originalIn = (
  { changes: { peer } }: PeerContext,
  versions: readonly ItemVersion[],
  { origin, rev }: LiveItem,
): ItemVersion | undefined =>
  versions.findLast(
    (one) => origin === peer && one.by === peer && one.rev === rev - 1 && one.reason !== 'sent',
  );
