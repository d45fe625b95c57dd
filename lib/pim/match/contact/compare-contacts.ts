/**
 * Are two contacts the same person, or the same firm? The comparison vector weighs what agrees and what differs. Some
 * differences decide alone: two different given names are two people, even with the same number and mailbox.
 */

import { type NameRelation, relationOf } from '../names/name-relation.ts';
import type { Name } from '../names/names.ts';
import { haveTwoNames } from '../names/person-names.ts';
import type { MatchClass, MatchResult, Reason } from '../result.ts';
import type { Birthdays } from './birthday.ts';
import { type ComparisonVector, comparisonVectorOf, type Shared } from './comparison-vector.ts';
import { isNamed, nameKeys, type PreparedContact } from './contact.ts';
import { hasSimilarGiven, type NamesOutcome, ofNames } from './decision-rules.ts';
import { ofPersons } from './person-rules.ts';

export function compareContacts(a: PreparedContact, b: PreparedContact, shared: Shared): MatchResult {
  const vector = comparisonVectorOf(a, b, shared);
  const sameUid = a.uid !== undefined && a.uid === b.uid;
  const [reasons, weight, matchClass] = decisionRule(a, b, vector, sameUid);
  const isByName = matchClass === 'same' && !sameUid && hasNameOnly(a, b, vector);
  return {
    matchClass,
    score: vector.score + weight + (sameUid ? 8 : 0),
    reasons: [...(sameUid ? (['same-uid'] as const) : []), ...reasons, ...vector.reasons],
    ...(isByName && { ifRare: [...new Set([...nameKeys(a), ...nameKeys(b)])] }),
  };
}

/**
 * Is the name all that the contacts have in common? Two namesakes do not contradict each other where one book has the
 * number and the other the mailbox. The firm of a person is more than a name. The firm of a firm is its name.
 */
const hasNameOnly = (a: PreparedContact, b: PreparedContact, vector: ComparisonVector): boolean =>
  vector.personal + vector.common + vector.shared === 0 &&
  vector.birthday !== 'day' &&
  !(vector.sameFirm && a.name !== undefined && b.name !== undefined);

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
  // Only one is a junior or senior. They may still be one person if they share something personal.
  if (otherGeneration && ((one !== undefined && two !== undefined) || vector.personal === 0))
    return [['generation-differs'], -6, vector.personal > 0 ? 'possible' : 'different'];
  const names = namesOf(a, b, a.name, b.name);
  const known = doubted(ofNames(names, vector), isDoubtful(names, a.name, b.name, vector));
  const found = ofPersons(a.name, b.name, names, vector);
  const [reason, weight, matchClass] = found !== undefined && isMore(found[2], known[2]) ? found : known;
  if (sameUid && names.relation !== 'other') return [[reason], weight, 'same'];
  const otherSex = a.name.sex !== undefined && b.name.sex !== undefined && a.name.sex !== b.name.sex;
  if (matchClass === 'different' || (!otherSex && vector.birthday !== 'other'))
    return [[reason], weight, matchClass];
  const reasons: Reason[] = otherSex ? [reason, 'salutation-differs'] : [reason];
  // Of one name at one address are father and son, or one person with a birthday that is wrong.
  const isAsked = vector.own > 0 || (found !== undefined && !otherSex);
  return [reasons, otherSex ? weight - 4 : weight, isAsked ? 'possible' : 'different'];
}

const RANK: readonly MatchClass[] = ['different', 'possible', 'same'];
const doubted = ([reason, weight, matchClass]: NamesOutcome, is: boolean): NamesOutcome => [
  reason,
  weight,
  is && matchClass === 'same' ? 'possible' : matchClass,
];
const isMore = (one: MatchClass, other: MatchClass): boolean => RANK.indexOf(one) > RANK.indexOf(other);

/** Two given names that are known to be different are never linked. Nor is by a name alone who has another birthday. */
const isDoubtful = (names: NameRelation, a: Name, b: Name, { birthday, own }: ComparisonVector): boolean =>
  (hasSimilarGiven(names) && haveTwoNames(a, b)) || (birthday === 'slip' && own === 0);

/**
 * The relation of the names of two contacts. Contacts that agree in N and differ in FN do not have the same name. Where
 * N is in different scripts, FN may be in a script that can be compared.
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

/** Without a name to say who it is, a slip may be another day as well. */
const isOtherDay = (birthday: Birthdays): boolean => birthday === 'other' || birthday === 'slip';

/** Decides where one contact or both have no name of a person: only a number, a mailbox or a firm. */
function withoutName(
  a: PreparedContact,
  b: PreparedContact,
  { personal, common, shared, against, own, birthday, sameFirm }: ComparisonVector,
): readonly [matchClass: MatchClass, ...reasons: Reason[]] {
  const [isFirm, isOther] = [a, b].map((one) => one.isFirm && one.organisation.length > 0);
  if (isFirm && isOther) return ofFirms(a, b, { personal, common, against, sameFirm });
  const name = a.name ?? b.name;
  if (isFirm !== isOther && name !== undefined) {
    // One side has the name of the firm in the fields for the name of a person.
    if (isNamed(name, (isFirm ? a : b).organisation)) return [personal + common > 0 ? 'same' : 'possible'];
    // A firm and a person who works there are different.
    return [personal > 0 ? 'possible' : 'different'];
  }
  const nothingElse = against === 0 && !isOtherDay(birthday);
  if (personal > 0) return [own > 0 && nothingElse ? 'same' : 'possible'];
  if (common === 0) return [shared > 0 ? 'possible' : 'different'];
  // Two entries of the same number, without any name, are the same.
  return [name === undefined && nothingElse && isFirm === isOther ? 'same' : 'possible'];
}

/** The contacts share a globally unique UID. They are the same unless something else contradicts. */
function ofOneUid(
  a: PreparedContact,
  b: PreparedContact,
  { against, birthday }: ComparisonVector,
  matchClass: MatchClass,
): MatchClass {
  const [isFirm, isOther] = [a, b].map((one) => one.isFirm && one.organisation.length > 0);
  // A firm and a person who works there are different.
  const isOneKind = isFirm === isOther || (a.name ?? b.name) === undefined;
  const sameDepartment = a.department === b.department || a.department === '' || b.department === '';
  const isOne = against === 0 && !isOtherDay(birthday) && isOneKind && sameDepartment;
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
  // All words of one name are in the other, for example the firm with its town, or a related firm.
  const isWhole = a.length === b.length && x === y;
  const known = personal + common > 0;
  return [known || (isWhole && against === 0) ? 'same' : 'possible'];
}
