/**
 * Rules for persons of whom nothing of their own is known, such as a mobile number: name, birthday and address say who
 * they are. The rules tell apart who lives together: twins share birthday and address, father and son name and address.
 */

import type { NameRelation } from '../names/name-relation.ts';
import type { Name } from '../names/names.ts';
import { type NameAgreement, nameAgreement } from '../names/person-names.ts';
import type { MatchClass, Reason } from '../result.ts';
import type { Birthdays } from './birthday.ts';
import type { ComparisonVector } from './comparison-vector.ts';
import { hasSimilarGiven, type NamesOutcome } from './decision-rules.ts';

/** What the name of an agreement says to somebody who decides, and its weight. */
const SAID: { readonly [names in Exclude<NameAgreement, 'other'>]: readonly [Reason, number] } = {
  equal: ['same-name', 5],
  'family-alike': ['name-alike', 3],
  'family-other': ['family-name-differs', 0],
  'given-alike': ['given-name-alike', 1],
  'given-other': ['given-name-differs', -4],
  turned: ['name-turned', 4],
  'in-one-field': ['name-in-part', 1],
};

/** Undefined where the rules say nothing, or that the persons are different. `relation`: that of their names. */
export function ofPersons(
  a: Name,
  b: Name,
  relation: NameRelation,
  vector: ComparisonVector,
): NamesOutcome | undefined {
  // Without a common place, number or birthday there is nothing to decide by.
  if (vector.places === 0 && vector.own === 0 && vector.birthday !== 'same') return undefined;
  const words = nameAgreement(a, b);
  if (words === 'other') return undefined;
  // The words may agree while accents or the names in full do not.
  const isEqual = words === 'equal' || words === 'family-alike' || words === 'family-other';
  const names = isEqual && hasSimilarGiven(relation) ? 'given-other' : words;
  const matchClass = RULES[vector.birthday](names, vector);
  return matchClass === undefined ? undefined : [...SAID[names], matchClass];
}

type Rule = (names: Exclude<NameAgreement, 'other'>, vector: ComparisonVector) => MatchClass | undefined;

const possibleIf = (is: boolean): MatchClass | undefined => (is ? 'possible' : undefined);
const sameIf = (is: boolean): MatchClass => (is ? 'same' : 'possible');

/** Do two of street, number and place agree, or is a number or mailbox of one person the same? */
const isSupported = ({ places, own }: ComparisonVector): boolean => places > 1 || own > 0;
/** Little disagrees. An address with a slip does not. */
const isUndisputed = ({ against, places, reasons }: ComparisonVector): boolean =>
  against - (places > 1 && reasons.includes('other-address') ? 1 : 0) < 2;

const bornOneDay: Rule = (names, vector) => {
  switch (names) {
    case 'equal':
    case 'family-alike':
    case 'turned':
      return sameIf(isUndisputed(vector));
    case 'given-alike':
    case 'in-one-field':
      return sameIf(isSupported(vector) && isUndisputed(vector));
    case 'family-other':
      return vector.places === 3
        ? sameIf(isUndisputed(vector))
        : possibleIf(vector.places > 0 || vector.own > 0);
    case 'given-other':
      // They may be twins.
      return possibleIf(isSupported(vector));
  }
};

/** The birthdays have a slip between them. */
const bornNearly: Rule = (names, vector) => {
  switch (names) {
    case 'equal':
    case 'family-alike':
    case 'turned':
      return vector.places === 3 ? sameIf(isUndisputed(vector)) : 'possible';
    case 'given-alike':
    case 'in-one-field':
    case 'family-other':
      return possibleIf(isSupported(vector));
    case 'given-other':
      return undefined;
  }
};

const bornUnknown: Rule = (names, vector) => {
  switch (names) {
    case 'equal':
    case 'family-alike':
    case 'turned':
    case 'given-alike':
    case 'in-one-field':
      return possibleIf(isSupported(vector));
    case 'family-other':
      return possibleIf(vector.places === 3);
    case 'given-other':
      return undefined;
  }
};

/** Father and son, or a birthday with more than a slip. */
const bornApart: Rule = (names, vector) =>
  possibleIf((names === 'equal' || names === 'family-alike' || names === 'turned') && isSupported(vector));

const RULES: { readonly [born in Birthdays]: Rule } = {
  same: bornOneDay,
  near: bornNearly,
  slip: bornNearly,
  day: bornUnknown,
  unknown: bornUnknown,
  other: bornApart,
};
