/** What names say of two contacts, and how much evidence it needs beside them to be certain. */

import type { NameRelation } from '../names/name-relation.ts';
import type { MatchClass, Reason } from '../verdict.ts';
import type { Evidence } from './evidence.ts';

type Ruling = readonly [reason: Reason, weight: number, verdict: MatchClass['verdict']];

export function ofNames(names: NameRelation, evidence: Evidence): Ruling {
  const { personal, home, common, against, birthday } = evidence;
  const own = ownOf(evidence);
  const sameIf = (isSure: boolean) => (isSure ? 'same' : weaker(evidence));
  switch (names.relation) {
    case 'equal':
      return ['same-name', names.words > 1 ? 5 : 2, ofOneName(names, evidence)];
    case 'initials':
      return ['name-in-part', 2, ofInitials(evidence)];
    case 'turned':
      return ['name-turned', 4, isBacked(evidence) ? 'same' : 'likely'];
    case 'family-alike': {
      const atHome = home > 0 && against === 0;
      return ['name-alike', 3, sameIf(atHome || (own > 0 && isUnchanged(evidence)))];
    }
    case 'family-half':
      return ['name-alike', 2, sameIf(own > 0 && isUnchanged(evidence))];
    case 'given-shorter':
    case 'given-alike':
    case 'given-tones':
    case 'given-slip':
    case 'given-near':
      return ofGivenAlike(names.relation, evidence);
    case 'given':
      return ['family-name-differs', 0, ofGiven(evidence)];
    case 'given-hint':
      return ['given-name-differs', -4, evidence.own > 1 && against === 0 ? 'likely' : 'different'];
    case 'given-only':
      return ['name-in-part', 1, sameIf(own > 0 && against === 0)];
    case 'family-only':
      return ['name-in-part', 0, personal + common > 0 ? 'likely' : 'different'];
    case 'one-of-two':
      return ['name-in-part', 1, weaker(evidence)];
    case 'other-script':
      return ['name-in-other-letters', 0, own > 0 && against === 0 ? 'likely' : 'different'];
    case 'other':
      return ['given-name-differs', -8, birthday === 'same' && personal > 1 ? 'likely' : 'different'];
  }
}

type GivenAlike = Extract<
  NameRelation['relation'],
  `given-${'shorter' | 'alike' | 'tones' | 'slip' | 'near'}`
>;

function ofGivenAlike(relation: GivenAlike, evidence: Evidence): Ruling {
  const { against, isNamed } = evidence;
  const own = ownOf(evidence);
  const sameIf = (isSure: boolean) => (isSure ? 'same' : weaker(evidence));
  switch (relation) {
    case 'given-shorter':
      // Karl has a brother Karl-Heinz, Anna a daughter Anna-Lena.
      return ['given-name-alike', 3, own > 0 && against < own ? 'same' : 'likely'];
    case 'given-alike':
      return ['given-name-alike', 2, sameIf(isSurely(evidence) && against < own)];
    case 'given-tones':
      return ['given-name-alike', 1, isSurelyOf(evidence) && against === 0 ? 'same' : 'likely'];
    case 'given-slip':
      return ['given-name-alike', 1, sameIf(isSurelyOf(evidence) && against === 0)];
    case 'given-near':
      // Twins have the mobile number of one parent and the mailbox of the other.
      return ['given-name-alike', 1, sameIf(isNamed && isSurelyOf(evidence) && against === 0)];
  }
}

/** By what one person has, and something beside it that is no birthday: twins have one. */
const isSurelyOf = (evidence: Evidence): boolean => {
  const own = ownOf(evidence);
  return own > 1 || (own === 1 && (evidence.common > 0 || evidence.sameFirm));
};
const isSurely = (evidence: Evidence): boolean =>
  isSurelyOf(evidence) || (ownOf(evidence) === 1 && evidence.birthday === 'same');

/** In one firm a mailbox may be a department's, and a number saved as a mobile one its switchboard's. */
const ownOf = ({ own, sure, sameFirm }: Evidence): number => (sameFirm ? Math.max(sure, own - 1) : own);

/** Colleagues of almost one name have one number now and then, and each his own mailbox. */
const isUnchanged = (evidence: Evidence): boolean =>
  evidence.against === 0 || ownOf(evidence) > 1 || (evidence.against === 1 && !evidence.sameFirm);

const isBacked = ({ own, home, common, against, birthday, sameFirm }: Evidence): boolean =>
  own > 0 || (against === 0 && (home > 0 || birthday === 'same' || (common > 0 && sameFirm)));

const weaker = ({ personal, common, shared, sameFirm }: Evidence): MatchClass['verdict'] =>
  personal + common + shared > 0 || sameFirm ? 'likely' : 'different';

/** Another family name: somebody has married, or it is somebody else. */
function ofGiven(evidence: Evidence): MatchClass['verdict'] {
  const { sure, personal, home, common, against, birthday, sameFirm } = evidence;
  const own = ownOf(evidence);
  const beside = birthday === 'same' || home > 0 || (sure > 0 && (common > 0 || sameFirm));
  const isOne = own > 1 ? against < 2 : own > 0 && against === 0 && beside;
  return isOne ? 'same' : personal > 0 ? 'likely' : 'different';
}

/** S. Müller is Sabine and Stefan. */
const ofInitials = ({ own, home, against, birthday }: Evidence): MatchClass['verdict'] =>
  own > 0 || (against === 0 && (home > 0 || birthday === 'same')) ? 'same' : 'likely';

/** Father and son have one name, one address and one line; what each has for himself tells them apart. */
function ofOneName({ words }: NameRelation, evidence: Evidence): MatchClass['verdict'] {
  const { own, common, against, birthday, reasons } = evidence;
  if (own > 0) return 'same';
  if (birthday === 'near') return 'likely';
  if (birthday === 'same' && words > 1) return against < 2 ? 'same' : 'likely';
  // One at home, one at work, and nothing that says that it is one who has both.
  const isElsewhere = reasons.includes('other-phone') && common === 0;
  return against === 0 && words > 1 && !isElsewhere ? 'same' : 'likely';
}
