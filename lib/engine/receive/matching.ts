/** Finds the server's item that is the same as one that came, but written differently (lib/pim/match). */
import type { Content } from '../../pim/content.ts';
import { compare } from '../../pim/match/compare.ts';
import { decideMatch } from '../../pim/match/decide.ts';
import { startsTogether } from '../../pim/match/event/event.ts';
import { type Prepared, prepare } from '../../pim/match/prepare.ts';
import type { PossibleMatch } from '../changes/item-change.ts';
import type { PeerContext } from '../changes/peer-context.ts';
import type { FreeItems, LiveItem } from '../match/free-items.ts';
import type { Item } from '../model/records.ts';

export interface Matched {
  /** The same item. */
  readonly link?: LiveItem;
  /** Items that may be the same. */
  readonly review: readonly PossibleMatch[];
}

const NONE: Matched = { review: [] };

/** Compares the content with items that the peer does not hold yet. */
export function matchOf(peer: PeerContext, free: FreeItems, content: Content): Matched {
  const items = free.candidates(peer, content);
  const sent = items.length === 0 ? undefined : prepare(content);
  if (sent === undefined) return NONE;
  const candidates = items.flatMap((item, at) => {
    const prepared = preparedOf(peer, item);
    return prepared === undefined ? [] : [{ at, prepared }];
  });
  const { link, review } = decideMatch(sent, candidates, (key) => free.holdersOf(key));
  const possible = review.flatMap(({ at, score, reasons }): PossibleMatch[] => {
    const other = items[at]?.guid;
    return other === undefined ? [] : [{ other, score, reasons }];
  });
  const linked = link && items[link.at];
  return { review: possible, ...(linked && { link: linked }) };
}

/** May the content be this item, written differently? Asked where an earlier LUID also says that it is. */
export function mayBeOne(peer: PeerContext, item: Item, content: Content): boolean {
  const [known, sent] = [preparedOf(peer, item), prepare(content)];
  if (known === undefined || sent === undefined) return false;
  return compare(known, sent).matchClass !== 'different' || isAtSameTime(known, sent);
}

/** Are both appointments that start at the same time? The summary may have been changed. */
const isAtSameTime = (one: Prepared, other: Prepared): boolean =>
  one.kind === 'event' && other.kind === 'event' && startsTogether(one, other);

function preparedOf({ changes, datastore }: PeerContext, { guid, content }: Item): Prepared | undefined {
  const whole = content && changes.wholeOf(datastore, guid, content);
  return whole && prepare(whole);
}
