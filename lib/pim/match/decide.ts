/**
 * Decides which of a few candidates an item is: it is linked to the one that it certainly is. Without a certain one the
 * possible ones are returned for review by a person. A name that is common in the book is not certain by itself.
 */

import { hashedKey } from './blocking.ts';
import { compare } from './compare.ts';
import { sameEmails, samePhones } from './contact/comparison-vector.ts';
import { relationOf } from './names/name-relation.ts';
import type { Prepared } from './prepare.ts';
import type { MatchResult, Reason } from './result.ts';

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

/** How many items of the whole book have a blocking key (see `listBlockingKeys`), whether they are linked or not. */
export type HoldersOf = (key: string) => number;

/** Where nobody counts, all names are rare. */
const UNCOUNTED: HoldersOf = () => 0;

/** If several candidates are certain, the best must have a score that is higher by this much. */
const MARGIN = 2;

interface Compared extends MatchCandidate, MatchResult {}

export function decideMatch(
  sent: Prepared,
  candidates: readonly MatchCandidate[],
  holdersOf: HoldersOf = UNCOUNTED,
): MatchDecision {
  const shared = sharedAmong([sent, ...candidates.map(({ prepared }) => prepared)]);
  const compared = candidates
    .map(({ at, prepared }) => ({ at, prepared, ...compare(sent, prepared, shared) }))
    .filter(({ matchClass }) => matchClass !== 'different')
    .map((one) => (isCommon(one, candidates, holdersOf) ? doubted(one) : one))
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

/**
 * Is it the same by nothing but its name, and does another item of the book have this name? Copies of the candidate do
 * not count.
 */
function isCommon(one: Compared, candidates: readonly MatchCandidate[], holdersOf: HoldersOf): boolean {
  if (one.matchClass !== 'same' || one.ifRare === undefined) return false;
  const most = Math.max(...one.ifRare.map((key) => holdersOf(hashedKey(key))));
  return most > 1 && most > candidates.filter(({ prepared }) => isCopy(one.prepared, prepared)).length;
}

function isCopy(one: Prepared, other: Prepared): boolean {
  if (one === other) return true;
  const { matchClass, ifRare } = compare(one, other);
  return matchClass === 'same' && ifRare === undefined;
}

const doubted = (one: Compared): Compared => ({
  ...one,
  matchClass: 'possible',
  reasons: [...one.reasons, 'common-in-book'],
});

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
