/**
 * Are two contacts one person, or one firm? Evidence is weighed, and some of it forbids: two given names under one roof
 * are two people, whatever number and mailbox they share.
 */
import { isNamed, type PreparedContact } from './contact.ts';
import { type Evidence, evidenceOf, type Shared } from './evidence.ts';
import { type Name, type NameRelation, relationOf } from './names.ts';
import type { Reason, Verdict } from './verdict.ts';

export function compareContacts(a: PreparedContact, b: PreparedContact, shared: Shared): Verdict {
  const evidence = evidenceOf(a, b, shared);
  const sameUid = a.uid !== undefined && a.uid === b.uid;
  const [reason, weight, verdict] = ruling(a, b, evidence, sameUid);
  return {
    verdict,
    score: evidence.score + weight + (sameUid ? 8 : 0),
    reasons: [...(sameUid ? (['same-uid'] as const) : []), reason, ...evidence.reasons],
  };
}

type Ruling = readonly [reason: Reason, weight: number, verdict: Verdict['verdict']];

function ruling(a: PreparedContact, b: PreparedContact, evidence: Evidence, sameUid: boolean): Ruling {
  if (a.name === undefined || b.name === undefined) return ['no-name', 0, withoutName(a, b, evidence)];
  const [one, two] = [a.name.generation, b.name.generation];
  const otherGeneration = one !== two && (one !== undefined || two !== undefined);
  // One of them is the junior of somebody: only what nobody else has says that the other is, too.
  if (otherGeneration && ((one !== undefined && two !== undefined) || evidence.personal === 0))
    return ['generation-differs', -6, evidence.personal > 0 ? 'likely' : 'different'];
  const names = namesOf(a.name, b.name, a.formatted, b.formatted);
  const named = byName(names, evidence);
  if (sameUid && names.relation !== 'other') return [named[0], named[1], 'same'];
  return evidence.birthday === 'other' && named[2] !== 'different'
    ? [named[0], named[1], evidence.personal > 0 ? 'likely' : 'different']
    : named;
}

/** Two that agree in one of N and FN, and contradict each other in the other, are not of one name. */
function namesOf(a: Name, b: Name, inFull: Name | undefined, other: Name | undefined): NameRelation {
  const names = relationOf(a, b);
  if (names.relation !== 'equal' || inFull === undefined || other === undefined) return names;
  const { relation } = relationOf(inFull, other);
  return relation === 'other' || relation === 'given' ? { ...names, relation: 'given-alike' } : names;
}

function byName(names: NameRelation, evidence: Evidence): Ruling {
  switch (names.relation) {
    case 'equal':
      return ['same-name', names.words > 1 ? 5 : 2, ofOneName(names, evidence)];
    case 'family-alike':
      return ['name-alike', 3, evidence.personal > 0 || isOneLine(evidence) ? 'same' : weaker(evidence)];
    case 'given-alike':
      return ['given-name-alike', 2, isSurely(evidence) ? 'same' : weaker(evidence)];
    case 'given':
      return [
        'family-name-differs',
        0,
        isSurely(evidence) ? 'same' : evidence.personal > 0 ? 'likely' : 'different',
      ];
    case 'other': {
      const twice = evidence.birthday === 'same' && evidence.personal > 1;
      return ['given-name-differs', -8, twice ? 'likely' : 'different'];
    }
  }
}

/** What one person has, and something beside it. */
const isSurely = ({ personal, common, sameFirm }: Evidence): boolean =>
  personal > 1 || (personal === 1 && (common > 0 || sameFirm));

const isOneLine = ({ common, against }: Evidence): boolean => common > 0 && against === 0;

const weaker = ({ personal, common, sameFirm }: Evidence): Verdict['verdict'] =>
  personal + common > 0 || sameFirm ? 'likely' : 'different';

/** Father and son have one name, one address and one line; what each has for himself tells them apart. */
function ofOneName({ words }: NameRelation, evidence: Evidence): Verdict['verdict'] {
  const { personal, common, against, sameFirm } = evidence;
  if (personal > 0) return 'same';
  if (against === 0) return words > 1 || common > 0 ? 'same' : 'likely';
  return words > 1 && against === 1 && sameFirm && common === 0 ? 'same' : 'likely';
}

/** One of them, or both, is no more than a number, a mailbox or a firm. */
function withoutName(a: PreparedContact, b: PreparedContact, evidence: Evidence): Verdict['verdict'] {
  const { personal, common, against, sameFirm } = evidence;
  const isFirm = (one: PreparedContact) => one.name === undefined && one.organisation.length > 0;
  if (isFirm(a) && isFirm(b)) {
    const otherFirm = evidence.reasons.includes('other-organisation');
    if (otherFirm) return personal > 0 ? 'likely' : 'different';
    return sameFirm && (personal + common > 0 || against === 0) ? 'same' : 'likely';
  }
  const name = a.name ?? b.name;
  if (isFirm(a) !== isFirm(b) && name !== undefined) {
    // One side has the firm's name where persons have theirs.
    if (isNamed(name, isFirm(a) ? a.organisation : b.organisation))
      return personal + common > 0 ? 'same' : 'likely';
    // A firm is none of its people.
    return personal > 0 ? 'likely' : 'different';
  }
  if (personal > 0) return against === 0 ? 'same' : 'likely';
  return common > 0 ? 'likely' : 'different';
}
