/**
 * Are two contacts one person, or one firm? What agrees and what differs is weighed (the comparison vector), and some
 * differences forbid: two given names under one roof are two people, whatever number and mailbox they share.
 */

import { type NameRelation, relationOf } from '../names/name-relation.ts';
import type { Name } from '../names/names.ts';
import type { MatchClass, MatchResult, Reason } from '../result.ts';
import { type ComparisonVector, comparisonVectorOf, type Shared } from './comparison-vector.ts';
import { isNamed, type PreparedContact } from './contact.ts';
import { ofNames } from './decision-rules.ts';

export function compareContacts(a: PreparedContact, b: PreparedContact, shared: Shared): MatchResult {
  const vector = comparisonVectorOf(a, b, shared);
  const sameUid = a.uid !== undefined && a.uid === b.uid;
  const [reasons, weight, matchClass] = decisionRule(a, b, vector, sameUid);
  return {
    matchClass,
    score: vector.score + weight + (sameUid ? 8 : 0),
    reasons: [...(sameUid ? (['same-uid'] as const) : []), ...reasons, ...vector.reasons],
  };
}

type RuleOutcome = readonly [reasons: readonly Reason[], weight: number, matchClass: MatchClass];

function decisionRule(
  a: PreparedContact,
  b: PreparedContact,
  vector: ComparisonVector,
  sameUid: boolean,
): RuleOutcome {
  if (a.name === undefined || b.name === undefined) {
    const [matchClass, ...reasons] = withoutName(a, b, vector);
    return [['no-name', ...reasons], 0, sameUid ? ofOneUid(a, b, vector, matchClass) : matchClass];
  }
  const [one, two] = [a.name.generation, b.name.generation];
  const otherGeneration = one !== two && (one !== undefined || two !== undefined);
  // One of them is the junior of somebody: only what nobody else has says that the other is, too.
  if (otherGeneration && ((one !== undefined && two !== undefined) || vector.personal === 0))
    return [['generation-differs'], -6, vector.personal > 0 ? 'possible' : 'different'];
  const names = namesOf(a, b, a.name, b.name);
  const [reason, weight, matchClass] = ofNames(names, vector);
  if (sameUid && names.relation !== 'other') return [[reason], weight, 'same'];
  const otherSex = a.name.sex !== undefined && b.name.sex !== undefined && a.name.sex !== b.name.sex;
  if (matchClass === 'different' || (!otherSex && vector.birthday !== 'other'))
    return [[reason], weight, matchClass];
  const reasons: Reason[] = otherSex ? [reason, 'salutation-differs'] : [reason];
  return [reasons, otherSex ? weight - 4 : weight, vector.own > 0 ? 'possible' : 'different'];
}

/**
 * Two that agree in one of N and FN, and contradict each other in the other, are not of one name. Where the letters of
 * their names cannot be compared, those of a name that is there twice may.
 */
function namesOf(a: PreparedContact, b: PreparedContact, one: Name, two: Name): NameRelation {
  const names = relationOf(one, two);
  const [inFull, other] = [a.formatted, b.formatted];
  if (names.relation === 'other-script') {
    const pairs = [
      [inFull, other],
      [inFull, two],
      [one, other],
    ] as const;
    const read = pairs.flatMap(([x, y]) => (x === undefined || y === undefined ? [] : [relationOf(x, y)]));
    return read.find(({ relation }) => relation !== 'other-script') ?? names;
  }
  const isWhole = names.relation === 'equal' || names.relation === 'initials';
  if (!isWhole || inFull === undefined || other === undefined) return names;
  const { relation, words } = relationOf(inFull, other);
  if (relation === 'equal' && words > names.words) return { relation, words };
  return relation === 'other' || relation === 'given' ? { ...names, relation: 'given-alike' } : names;
}

/** One of them, or both, is no more than a number, a mailbox or a firm. */
function withoutName(
  a: PreparedContact,
  b: PreparedContact,
  { personal, common, shared, against, own, birthday, sameFirm }: ComparisonVector,
): readonly [matchClass: MatchClass, ...reasons: Reason[]] {
  const [isFirm, isOther] = [a, b].map((one) => one.isFirm && one.organisation.length > 0);
  if (isFirm && isOther) return ofFirms(a, b, { personal, common, against, sameFirm });
  const name = a.name ?? b.name;
  if (isFirm !== isOther && name !== undefined) {
    // One side has the firm's name where persons have theirs.
    if (isNamed(name, (isFirm ? a : b).organisation)) return [personal + common > 0 ? 'same' : 'possible'];
    // A firm is none of its people.
    return [personal > 0 ? 'possible' : 'different'];
  }
  const nothingElse = against === 0 && birthday !== 'other';
  if (personal > 0) return [own > 0 && nothingElse ? 'same' : 'possible'];
  if (common === 0) return [shared > 0 ? 'possible' : 'different'];
  // Two numbers without a name are one, and no more is known of either.
  return [name === undefined && nothingElse && isFirm === isOther ? 'same' : 'possible'];
}

/** The world's UID says that they are one, unless anything else says that they are not. */
function ofOneUid(
  a: PreparedContact,
  b: PreparedContact,
  { against, birthday }: ComparisonVector,
  matchClass: MatchClass,
): MatchClass {
  const [isFirm, isOther] = [a, b].map((one) => one.isFirm && one.organisation.length > 0);
  // A firm is none of its people.
  const isOneKind = isFirm === isOther || (a.name ?? b.name) === undefined;
  const sameDepartment = a.department === b.department || a.department === '' || b.department === '';
  const isOne = against === 0 && birthday !== 'other' && isOneKind && sameDepartment;
  return isOne || matchClass === 'same' ? 'same' : 'possible';
}

function ofFirms(
  { organisation: a, department: x }: PreparedContact,
  { organisation: b, department: y }: PreparedContact,
  {
    personal,
    common,
    against,
    sameFirm,
  }: Pick<ComparisonVector, 'personal' | 'common' | 'against' | 'sameFirm'>,
): readonly [matchClass: MatchClass, ...reasons: Reason[]] {
  if (!sameFirm) return [personal > 0 ? 'possible' : 'different'];
  if (x !== y && x !== '' && y !== '') return ['possible', 'other-department'];
  // Each word of one is in the other: the firm with its place, or one of the same family.
  const isWhole = a.length === b.length && x === y;
  const known = personal + common > 0;
  return [known || (isWhole && against === 0) ? 'same' : 'possible'];
}
