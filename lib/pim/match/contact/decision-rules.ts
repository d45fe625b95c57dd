/** The decision rules: for each relation of two names, what else has to agree to be certain. */

import type { NameRelation } from '../names/name-relation.ts';
import type { MatchClass, Reason } from '../result.ts';
import type { ComparisonVector } from './comparison-vector.ts';

export type NamesOutcome = readonly [reason: Reason, weight: number, matchClass: MatchClass];

export function ofNames(names: NameRelation, vector: ComparisonVector): NamesOutcome {
  const { personal, home, common, against, birthday } = vector;
  const own = ownOf(vector);
  const sameIf = (isSure: boolean) => (isSure ? 'same' : weaker(vector));
  switch (names.relation) {
    case 'equal':
      return ['same-name', names.words > 1 ? 5 : 2, ofOneName(names, vector)];
    case 'initials':
      return ['name-in-part', 2, ofInitials(vector)];
    case 'turned':
      return ['name-turned', 4, isBacked(vector) ? 'same' : 'possible'];
    case 'family-alike': {
      const atHome = home > 0 && against === 0;
      return ['name-alike', 3, sameIf(atHome || (own > 0 && isUnchanged(vector)))];
    }
    case 'family-half':
      return ['name-alike', 2, sameIf(own > 0 && isUnchanged(vector))];
    case 'given-shorter':
    case 'given-half':
    case 'given-alike':
    case 'given-accents':
    case 'given-slip':
    case 'given-near':
      return ofSimilarGiven(names.relation, vector);
    case 'given':
      return ['family-name-differs', 0, ofGiven(vector)];
    case 'given-hint':
      return ['given-name-differs', -4, vector.own > 1 && against === 0 ? 'possible' : 'different'];
    case 'given-only':
      return ['name-in-part', 1, sameIf(own > 0 && against === 0)];
    case 'family-only':
      return ['name-in-part', 0, personal + common > 0 ? 'possible' : 'different'];
    case 'one-of-two':
      return ['name-in-part', 1, weaker(vector)];
    case 'other-script':
      return ['name-in-other-letters', 0, own > 0 && against === 0 ? 'possible' : 'different'];
    case 'other':
      return ['given-name-differs', -8, birthday === 'same' && personal > 1 ? 'possible' : 'different'];
  }
}

type SimilarGiven = Extract<
  NameRelation['relation'],
  `given-${'shorter' | 'half' | 'alike' | 'accents' | 'slip' | 'near'}`
>;

/** Are the given names, or their accents, written differently, but so that they may be one? */
export const hasSimilarGiven = ({ relation }: NameRelation): boolean =>
  [
    'given-shorter',
    'given-half',
    'given-alike',
    'given-accents',
    'given-slip',
    'given-near',
    'given-hint',
  ].includes(relation);

function ofSimilarGiven(relation: SimilarGiven, vector: ComparisonVector): NamesOutcome {
  const { against, isNamed } = vector;
  const own = ownOf(vector);
  const sameIf = (isSure: boolean) => (isSure ? 'same' : weaker(vector));
  switch (relation) {
    case 'given-shorter':
      // They may be relatives: Karl and his brother Karl Heinz.
      return ['given-name-alike', 3, own > 0 && against < own ? 'same' : 'possible'];
    case 'given-half':
      // A hyphen makes it a name of its own: mother and daughter may share the one mobile number.
      return ['given-name-alike', 3, isSurely(vector) && against < own ? 'same' : 'possible'];
    case 'given-alike':
      return ['given-name-alike', 2, sameIf(isSurely(vector) && against < own)];
    case 'given-accents':
      return ['given-name-alike', 1, isSurelyOf(vector) && against === 0 ? 'same' : 'possible'];
    case 'given-slip':
      return ['given-name-alike', 1, sameIf(isSurelyOf(vector) && against === 0)];
    case 'given-near':
      // They may be twins, with the mobile number of one parent and the mailbox of the other.
      return ['given-name-alike', 1, sameIf(isNamed && isSurelyOf(vector) && against === 0)];
  }
}

/** Do they share something of one person, and something else? A birthday does not count, because twins share it. */
const isSurelyOf = (vector: ComparisonVector): boolean => {
  const own = ownOf(vector);
  return own > 1 || (own === 1 && (vector.common > 0 || vector.sameFirm));
};
const isSurely = (vector: ComparisonVector): boolean =>
  isSurelyOf(vector) || (ownOf(vector) === 1 && vector.birthday === 'same');

/**
 * The count of `own` values. In the same firm one of those that are not sure does not count: the mailbox may be that of a
 * department, and the mobile number that of the switchboard.
 */
const ownOf = ({ own, sure, sameFirm }: ComparisonVector): number =>
  sameFirm ? Math.max(sure, own - 1) : own;

/** Is there little that disagrees? Colleagues with similar names may share a number while each has his own mailbox. */
const isUnchanged = (vector: ComparisonVector): boolean =>
  vector.against === 0 || ownOf(vector) > 1 || (vector.against === 1 && !vector.sameFirm);

const isBacked = ({ own, home, common, against, birthday, sameFirm }: ComparisonVector): boolean =>
  own > 0 || (against === 0 && (home > 0 || birthday === 'same' || (common > 0 && sameFirm)));

const weaker = ({ personal, common, shared, sameFirm }: ComparisonVector): MatchClass =>
  personal + common + shared > 0 || sameFirm ? 'possible' : 'different';

/** The family names differ: the person has married, or they are two people. */
function ofGiven(vector: ComparisonVector): MatchClass {
  const { sure, personal, home, common, against, birthday, sameFirm } = vector;
  const own = ownOf(vector);
  const beside = birthday === 'same' || home > 0 || (sure > 0 && (common > 0 || sameFirm));
  const isOne = own > 1 ? against < 2 : own > 0 && against === 0 && beside;
  return isOne ? 'same' : personal > 0 ? 'possible' : 'different';
}

/** Given names are initials only: S. Müller may be Sabine or Stefan. */
const ofInitials = ({ own, home, against, birthday }: ComparisonVector): MatchClass =>
  own > 0 || (against === 0 && (home > 0 || birthday === 'same')) ? 'same' : 'possible';

/** The names are equal. Father and son may share name, address and number, and differ in their own values. */
function ofOneName({ words }: NameRelation, vector: ComparisonVector): MatchClass {
  const { own, common, against, birthday, reasons } = vector;
  if (own > 0) return 'same';
  if (birthday === 'near') return 'possible';
  if (birthday === 'same' && words > 1) return against < 2 ? 'same' : 'possible';
  // One entry has only numbers of a home, the other of a firm, and nothing else connects them.
  const isElsewhere = reasons.includes('other-phone') && common === 0;
  return against === 0 && words > 1 && !isElsewhere ? 'same' : 'possible';
}
