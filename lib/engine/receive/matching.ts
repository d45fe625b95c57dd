/** Finds the server's item that is the same as one that came, but written differently (lib/pim/match). */
import type { Content } from '../../pim/content.ts';
import { compare } from '../../pim/match/compare.ts';
import { decideMatch, type MatchDecision } from '../../pim/match/decide.ts';
import { startsTogether } from '../../pim/match/event/event.ts';
import { type Prepared, prepare } from '../../pim/match/prepare.ts';
import type { PossibleMatch } from '../changes/item-change.ts';
import type { PeerContext } from '../changes/peer-context.ts';
import type { MatchIndex } from '../match/match-index.ts';
import type { Guid } from '../model/ids.ts';

export interface Matched {
  /** Position in the index of the same item. */
  readonly link?: number;
  /** Items that may be the same. */
  readonly review: readonly PossibleMatch[];
}

const NONE: Matched = { review: [] };

/** Compares the content with items of the index that are not linked yet, and not deleted since the index was made. */
export function matchOf(peer: PeerContext, index: MatchIndex, content: Content): Matched {
  const positions = index.candidatesFor(content);
  if (positions.length === 0) return NONE;
  const sent = prepare(content);
  if (sent === undefined) return NONE;
  const candidates = positions.flatMap((at) => {
    const prepared = preparedAt(peer, index.guidAt(at));
    return prepared === undefined || index.isMatched(at) ? [] : [{ at, prepared }];
  });
  return named(decideMatch(sent, candidates), index);
}

/** May the content be this item, written differently? Asked where an earlier LUID also says that it is. */
export function mayBeOne(peer: PeerContext, guid: Guid, content: Content): boolean {
  const item = preparedAt(peer, guid);
  const sent = prepare(content);
  if (item === undefined || sent === undefined) return false;
  return compare(item, sent).matchClass !== 'different' || isAtSameTime(item, sent);
}

/** Are both appointments that start at the same time? The summary may have been changed. */
const isAtSameTime = (one: Prepared, other: Prepared): boolean =>
  one.kind === 'event' && other.kind === 'event' && startsTogether(one, other);

function named({ link, review }: MatchDecision, index: MatchIndex): Matched {
  const possible = review.flatMap(({ at, score, reasons }): PossibleMatch[] => {
    const other = index.guidAt(at);
    return other === undefined ? [] : [{ other, score, reasons }];
  });
  return { review: possible, ...(link && { link: link.at }) };
}

function preparedAt({ changes, datastore }: PeerContext, guid: Guid | undefined): Prepared | undefined {
  const content = guid && changes.itemAt(datastore, guid)?.content;
  const whole = content && guid && changes.wholeOf(datastore, guid, content);
  return whole && prepare(whole);
}
