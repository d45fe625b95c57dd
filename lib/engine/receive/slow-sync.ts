/**
 * An item that arrives in a slow sync or a refresh from the client: find it among ours, link it, else add it
 * [SP11 5.5, Y10-Y13]. Add and Replace mean the same.
 */

import { Status, type StatusCode } from '../../message/codes.ts';
import { keysOf } from '../../pim/content.ts';
import { bodyOf, itemAt, type Ledger, putContent, putReviews } from '../changes/change-set.ts';
import { resolve, setLuid } from '../changes/mapping.ts';
import { type Ground, isConflict } from '../changes/peer-context.ts';
import { luid as asLuid, type Luid } from '../model/ids.ts';
import { type Content, type Item, isNewsTo, luidOf } from '../model/records.ts';
import { type Applied, addItem, applyContent, resolveConflict, sameContent, unite } from './apply.ts';
import type { MatchIndex } from './match-index.ts';
import { matchOf, mayBeOne } from './matching.ts';
import { effectOf, mergeContent } from './merge.ts';

/** A refresh from the client asks nobody. */
type Mode = 'union' | 'client-is-right';

interface Sent {
  readonly luid: Luid;
  readonly content: Content;
  readonly mode: Mode;
  /** Of a command that does what it says. */
  readonly code: StatusCode;
}

export function applySlow(
  ledger: Ledger,
  ground: Ground,
  index: MatchIndex,
  name: 'Add' | 'Replace',
  text: string,
  content: Content,
  mode: Mode,
): Applied {
  const luid = asLuid(text);
  const code = name === 'Add' ? Status.itemAdded : Status.ok; // Y13
  const own = resolve(ledger, ground, text);
  if (own !== undefined && luidOf(own, ledger.peer, ground) === luid) {
    index.markGuid(own.guid);
    return applySeen(ledger, ground, own, { name, luid, content, mode, code });
  }
  const same = index.sameContent(content.key, luid);
  if (same !== undefined) {
    link(ledger, ground, index, same, content, luid);
    return { code };
  }
  const at = index.sameLuid(luid);
  const item =
    at === undefined ? broughtBack(ledger, ground, index, luid) : itemAt(ledger, ground.datastore, at.guid);
  const unchanged = item?.content !== undefined && isEarlierVersion(ledger, ground, item, content);
  const about = at === undefined ? item?.content?.about : at.identity;
  const isAlike =
    unchanged ||
    about === content.about ||
    (item !== undefined && mayBeOne(ledger, ground, item.guid, content));
  if (item?.content === undefined || !isAlike)
    return matchOrAdd(ledger, ground, index, { luid, content, mode, code });
  index.markGuid(item.guid);
  setLuid(ledger, ground, item.guid, luid);
  if (sameContent(item, content)) return { code };
  const { changes, lacks } = effectOf(ledger, ground, item, content);
  // What the device had seen, or wrote itself, and is another now: its own edit.
  if (!changes || (mode === 'union' && unchanged))
    return changes || lacks ? { code, send: item.guid } : { code };
  if (mode === 'union' && isConflict(ledger, ground, item))
    return resolveConflict(ledger, ground, item, luid, content);
  mergeContent(ledger, ground, item, content, 'replaced');
  return { code };
}

/** Seen earlier in this very sync: a resend, a second change, or an early Map (M07). */
function applySeen(
  ledger: Ledger,
  ground: Ground,
  own: Item,
  sent: Sent & { name: 'Add' | 'Replace' },
): Applied {
  const { name, luid, content, mode, code } = sent;
  const others = own.content !== undefined && isNewsTo(own, ledger.peer);
  if (others && mode === 'union' && !sameContent(own, content))
    return isEarlierVersion(ledger, ground, own, content)
      ? { code, send: own.guid }
      : resolveConflict(ledger, ground, own, luid, content);
  return applyContent(ledger, { ...ground, since: Number.MAX_SAFE_INTEGER }, name, luid, content);
}

/** Nothing says that it is one of ours but what it is about: the same is linked, what may be the same is noted. */
function matchOrAdd(ledger: Ledger, ground: Ground, index: MatchIndex, sent: Sent): Applied {
  const { luid, content, code } = sent;
  const { link: at, review } = matchOf(ledger, ground, index, content);
  const linked = at === undefined ? undefined : linkAlike(ledger, ground, index, at, sent);
  if (linked !== undefined) return linked.code === Status.ok ? { ...linked, code } : linked;
  const added = reviveOrAdd(ledger, ground, index, luid, content);
  const own = review.length === 0 ? undefined : resolve(ledger, ground, luid);
  if (own !== undefined) putReviews(ledger, ground, own.guid, review);
  return { code: added };
}

/** Undefined where both have to stay (X04). */
function linkAlike(
  ledger: Ledger,
  ground: Ground,
  index: MatchIndex,
  at: number,
  { luid, content, mode }: Sent,
): Applied | undefined {
  const guid = index.guidAt(at);
  const item = guid && itemAt(ledger, ground.datastore, guid);
  if (item === undefined) return undefined;
  const applied =
    mode === 'union' ? unite(ledger, ground, item, content) : takeOver(ledger, ground, item, content);
  if (applied === undefined) return undefined;
  index.mark(at);
  setLuid(ledger, ground, item.guid, luid);
  return applied;
}

/** A refresh from the client: it is right about all that it sees. */
function takeOver(ledger: Ledger, ground: Ground, item: Item, content: Content): Applied {
  const { changes, lacks } = effectOf(ledger, ground, item, content);
  if (changes) mergeContent(ledger, ground, item, content, 'replaced');
  return { code: Status.ok, ...(!changes && lacks && { send: item.guid }) };
}

/** What the device knew, was deleted when the index was made, and is there again by somebody else since. */
function broughtBack(ledger: Ledger, ground: Ground, index: MatchIndex, luid: Luid): Item | undefined {
  for (const generation of ground.earlier) {
    const known = resolve(ledger, { ...ground, generation }, luid);
    const isLinked = known === undefined || luidOf(known, ledger.peer, ground) !== undefined;
    if (!isLinked && known.content !== undefined && !index.has(known.guid)) return known;
  }
  return undefined;
}

/** Is it what the device saw of the item once? Then it changed nothing, and what the item is now stands. */
function isEarlierVersion(ledger: Ledger, ground: Ground, item: Item, content: Content): boolean {
  const { user } = ledger;
  const { datastore } = ground;
  const versions = ledger.facts.need({ read: 'versions', user, datastore, guid: item.guid }) ?? [];
  const seenKey = (earlier: Content): string => {
    const body = bodyOf(ledger, datastore, item.guid, earlier);
    const seen = body === undefined ? undefined : ground.view?.seen({ type: earlier.type, body });
    return seen === undefined ? earlier.key : keysOf(seen.type, seen.body).key;
  };
  return versions.some(
    ({ reason, content: earlier }) =>
      reason !== 'refused' && (earlier.key === content.key || seenKey(earlier) === content.key),
  );
}

/**
 * What matches nothing is new, unless the device knew it and somebody deleted it meanwhile: the union keeps the item,
 * and it must be the same item, or a late edit of another device would bring it back a second time.
 */
function reviveOrAdd(
  ledger: Ledger,
  ground: Ground,
  index: MatchIndex,
  luid: Luid,
  content: Content,
): StatusCode {
  for (const generation of ground.earlier) {
    const known = resolve(ledger, { ...ground, generation }, luid);
    if (known === undefined || known.content !== undefined) continue;
    putContent(ledger, ground, known.guid, content, { reason: 'replaced' });
    setLuid(ledger, ground, known.guid, luid);
    index.markGuid(known.guid); // it may have been there when the index was made
    return Status.itemAdded;
  }
  return addItem(ledger, ground, luid, content);
}

/**
 * The client names an item whose content cannot be taken (too large, cut, of a wrong type). What it meant by this LUID
 * before is what it has: linked, so that neither side gets it a second time when it comes whole.
 */
export function linkUnread(ledger: Ledger, ground: Ground, index: MatchIndex, text: string): void {
  const luid = asLuid(text);
  const at = index.sameLuid(luid);
  const item = at && itemAt(ledger, ground.datastore, at.guid);
  if (at === undefined || item?.content === undefined) return;
  index.mark(at.at);
  setLuid(ledger, ground, item.guid, luid);
}

function link(
  ledger: Ledger,
  ground: Ground,
  index: MatchIndex,
  at: number,
  content: Content,
  luid: Luid,
): void {
  const guid = index.guidAt(at);
  if (guid === undefined) return;
  index.mark(at);
  const item = itemAt(ledger, ground.datastore, guid);
  // Deleted by somebody else since the inventory, still on this device: the union keeps it.
  if (item !== undefined && item.content === undefined)
    putContent(ledger, ground, guid, content, { reason: 'replaced' });
  setLuid(ledger, ground, guid, luid);
}

/** Refresh from the client is complete: what it did not send is deleted here (Y04, Y20); the versions stay. */
export function deleteUnmatched(ledger: Ledger, ground: Ground, index: MatchIndex): number {
  let deleted = 0;
  index.entries.forEach(([, guid], at) => {
    if (index.isMatched(at)) return;
    const item = itemAt(ledger, ground.datastore, guid);
    if (item?.content === undefined) return;
    putContent(ledger, ground, guid, undefined, { reason: 'deleted' });
    deleted += 1;
  });
  return deleted;
}
