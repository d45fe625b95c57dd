/** Finds the server's item that is the same as one that came, but written differently (lib/pim/match). */
import type { Content } from '../../pim/content.ts';
import { compare } from '../../pim/match/compare.ts';
import { decideMatch } from '../../pim/match/decide.ts';
import { startsTogether } from '../../pim/match/event/event.ts';
import { type Prepared, prepare, prepareStored, sameUid } from '../../pim/match/prepare.ts';
import type { MatchResult } from '../../pim/match/result.ts';
import { affordable, spend } from '../../pim/work/budget.ts';
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

/** So many bytes of an item of the server are prepared for a unit of work. */
const BYTES_PREPARED = 50;

const NONE: Matched = { review: [] };

/**
 * Compares the content with items that may be the same. Only one that the peer does not hold is linked. Where the comparison
 * is too much work, only one of the same UID is compared, and all others are for a review.
 */
export function matchOf(peer: PeerContext, free: FreeItems, content: Content, found: Candidates): Matched {
  if (found.free.length + found.held.length === 0) return NONE;
  return affordable(
    peer.work,
    () => compared(peer, free, content, found),
    () => {
      const hasUid = (item: LiveItem) => sameUid(prepare(content), preparedOf(peer, item));
      const alike = compared(peer, free, content, { free: found.free.filter(hasUid).slice(0, 1), held: [] });
      return alike.link === undefined ? { review: notCompared([...found.free, ...found.held]) } : alike;
    },
  );
}

const notCompared = (items: readonly LiveItem[]): PossibleMatch[] =>
  items.map(({ guid }) => ({ other: guid, score: 0, reasons: ['not-compared'] }));

function compared(peer: PeerContext, free: FreeItems, content: Content, found: Candidates): Matched {
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

/** Is the content this item, written differently? Asked where an earlier LUID also says that it is. */
export const likenessOf = (peer: PeerContext, item: Item, content: Content): MatchResult['matchClass'] =>
  affordable(
    peer.work,
    () => {
      const [known, sent] = [preparedOf(peer, item), prepare(content)];
      if (known === undefined || sent === undefined) return 'different';
      const { matchClass } = compare(known, sent);
      return matchClass === 'different' && isAtSameTime(known, sent) ? 'possible' : matchClass;
    },
    () => 'different',
  );

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
  spend((whole?.size ?? 0) / BYTES_PREPARED);
  return whole && prepareStored(whole, guid);
}
