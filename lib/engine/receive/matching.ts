/** Finds the server's item that is the same as one that came, but written differently (lib/pim/match). */
import type { Content } from '../../pim/content.ts';
import { compare } from '../../pim/match/compare.ts';
import { decideMatch } from '../../pim/match/decide.ts';
import { startsTogether } from '../../pim/match/event/event.ts';
import { type Prepared, prepare } from '../../pim/match/prepare.ts';
import type { PossibleMatch } from '../changes/item-change.ts';
import type { PeerContext } from '../changes/peer-context.ts';
import type { Candidates, FreeItems, LiveItem } from '../match/free-items.ts';
import type { Item } from '../model/records.ts';

export interface Matched {
  /** The same item. */
  readonly link?: LiveItem;
  /** Items that may be the same. */
  readonly review: readonly PossibleMatch[];
}

const NONE: Matched = { review: [] };

/** Compares the content with items that may be the same. Only one that the peer does not hold is linked. */
export function matchOf(peer: PeerContext, free: FreeItems, content: Content, found: Candidates): Matched {
  const items = [...found.free, ...found.held];
  const sent = items.length === 0 ? undefined : prepare(content);
  if (sent === undefined) return NONE;
  const candidates = items.flatMap((item, at) => {
    const prepared = preparedOf(peer, item);
    return prepared === undefined ? [] : [{ at, prepared }];
  });
  const holdersOf = (key: string) => free.holdersOf(key);
  const isFree = ({ at }: { at: number }) => at < found.free.length;
  const { link, review } = decideMatch(sent, candidates.filter(isFree), holdersOf);
  const linked = link && items[link.at];
  if (linked !== undefined) return { link: linked, review: [] };
  const all = candidates.every(isFree) ? { review } : decideMatch(sent, candidates, holdersOf);
  const possible = [...(all.link ? [all.link] : []), ...all.review];
  return { review: possible.flatMap((one) => possibleMatch(items[one.at], one)) };
}

const possibleMatch = (
  item: LiveItem | undefined,
  { score, reasons }: Pick<PossibleMatch, 'score' | 'reasons'>,
): PossibleMatch[] => (item === undefined ? [] : [{ other: item.guid, score, reasons }]);

/** May the content be this item, written differently? Asked where an earlier LUID also says that it is. */
export function mayBeOne(peer: PeerContext, item: Item, content: Content): boolean {
  const [known, sent] = [preparedOf(peer, item), prepare(content)];
  if (known === undefined || sent === undefined) return false;
  return compare(known, sent).matchClass !== 'different' || isAtSameTime(known, sent);
}

/** Are both appointments that start at the same time? The summary may have been changed. */
const isAtSameTime = (one: Prepared, other: Prepared): boolean =>
  one.kind === 'event' && other.kind === 'event' && startsTogether(one, other);

/** How far the contents of two items agree. */
export const agreement = (one: Content, other: Content): Pick<PossibleMatch, 'score' | 'reasons'> => {
  const [a, b] = [prepare(one), prepare(other)];
  return a === undefined || b === undefined ? { score: 0, reasons: [] } : compare(a, b);
};

function preparedOf({ changes, datastore }: PeerContext, { guid, content }: Item): Prepared | undefined {
  const whole = content && changes.wholeOf(datastore, guid, content);
  return whole && prepare(whole);
}
