/**
 * Decides which of a few candidates an item is: it is linked to the one that it certainly is. Without a certain one the
 * possible ones are returned for review by a person.
 */

import { compare } from './compare.ts';
import { sameEmails, samePhones } from './contact/comparison-vector.ts';
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
  /** Candidates that a person should look at, the best score first. */
  readonly review: readonly ScoredMatch[];
}

/** If several candidates are certain, the best must have a score that is higher by this much. */
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
      // The two candidates are duplicates of each other, so either is right.
      compare(best.prepared, next.prepared, shared).matchClass === 'same');
  const scored = ({ at, score, reasons }: ScoredMatch): ScoredMatch => ({ at, score, reasons });
  return isBest ? { link: scored(best), review: [] } : { review: compared.map(scored) };
}

/** E-mail addresses and telephone numbers that occur in two contacts with different names. */
function sharedAmong(items: readonly Prepared[]): ReadonlySet<string> {
  const contacts = items.flatMap((item) => (item.kind === 'contact' ? [item] : []));
  const shared = new Set<string>();
  contacts.forEach((a, n) => {
    for (const b of contacts.slice(n + 1)) {
      const numbers = samePhones(a, b).flatMap(({ one, other }) => [one.number, other.number]);
      const common = [...sameEmails(a, b), ...numbers];
      const areOthers = () => a.name && b.name && relationOf(a.name, b.name).relation === 'other';
      if (common.length > 0 && areOthers()) for (const value of common) shared.add(value);
    }
  });
  return shared;
}
