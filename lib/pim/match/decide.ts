/** Which of a few candidates an item is: the one that it certainly is, or none, and those that somebody should look at. */

import { samePhone } from '../properties/phone.ts';
import { compare } from './compare.ts';
import { relationOf } from './names/name-relation.ts';
import type { Prepared } from './prepare.ts';
import type { Reason } from './result.ts';

export interface MatchCandidate {
  readonly at: number;
  readonly prepared: Prepared;
}

export interface ScoredMatch {
  readonly at: number;
  readonly score: number;
  readonly reasons: readonly Reason[];
}

export interface MatchDecision {
  readonly link?: ScoredMatch;
  /** Kept apart; the most alike first. */
  readonly review: readonly ScoredMatch[];
}

/** By so much the best of several has to be better than the next. */
const MARGIN = 2;

export function decideMatch(sent: Prepared, candidates: readonly MatchCandidate[]): MatchDecision {
  const shared = sharedAmong([sent, ...candidates.map(({ prepared }) => prepared)]);
  const compared = candidates
    .map(({ at, prepared }) => ({ at, prepared, ...compare(sent, prepared, shared) }))
    .filter(({ matchClass }) => matchClass !== 'different')
    .sort((a, b) => b.score - a.score || a.at - b.at);
  const [best, next] = compared.filter(({ matchClass }) => matchClass === 'same');
  const isBest =
    best !== undefined &&
    (next === undefined ||
      best.score >= next.score + MARGIN ||
      // Two of ours that are one themselves: it is either.
      compare(best.prepared, next.prepared, shared).matchClass === 'same');
  const likeness = ({ at, score, reasons }: ScoredMatch): ScoredMatch => ({ at, score, reasons });
  return isBest ? { link: likeness(best), review: [] } : { review: compared.map(likeness) };
}

/** Addresses and numbers that two of them have whose names are not one's. */
function sharedAmong(items: readonly Prepared[]): ReadonlySet<string> {
  const contacts = items.flatMap((item) => (item.kind === 'contact' ? [item] : []));
  const shared = new Set<string>();
  contacts.forEach((a, n) => {
    for (const b of contacts.slice(n + 1)) {
      if (a.name === undefined || b.name === undefined || relationOf(a.name, b.name).relation !== 'other')
        continue;
      for (const email of a.emails) if (b.emails.includes(email)) shared.add(email);
      for (const phone of a.phones)
        for (const other of b.phones) if (samePhone(phone, other)) shared.add(phone.number).add(other.number);
    }
  });
  return shared;
}
