/** How far the names of two persons agree who have the same birthday or the same address. */
import { isOneSpelling } from './fold.ts';
import { areTwoNames, isGivenName, isMisspelt, slipsBetween } from './given-names.ts';
import { familyRelation, isLatin } from './name-relation.ts';
import { isFamiliar } from './name-words.ts';
import type { Name } from './names.ts';

/**
 * `turned`: given and family name are in each other's fields. `in-one-field`: one has nothing but the given name.
 * `given-alike`: one given name is the other, misspelt. `given-other`: only the family name agrees.
 */
export type NameAgreement =
  | 'equal'
  | 'family-alike'
  | 'family-other'
  | 'given-alike'
  | 'given-other'
  | 'turned'
  | 'in-one-field'
  | 'other';

export function nameAgreement(a: Name, b: Name): NameAgreement {
  if (a.isOfTwo || b.isOfTwo || !isLatin(a) || !isLatin(b)) return 'other';
  if (a.given.length === 0 || b.given.length === 0) return ofSingle(a, b);
  const [given, family] = [givenAgreement(a, b), familyAgreement(a.family, b.family)];
  if (given === 'equal') return family === 'equal' ? 'equal' : `family-${family}`;
  if (areTurned(a, b)) return 'turned';
  if (family === 'other') return 'other';
  return given === 'alike' ? 'given-alike' : 'given-other';
}

/** One is a single word, which stands in the field of the family name. */
function ofSingle(a: Name, b: Name): NameAgreement {
  const [single, other] = a.given.length === 0 ? [a, b] : [b, a];
  if (other.given.length > 0 && other.given.join('') === single.family.join('')) return 'in-one-field';
  return familyAgreement(single.family, other.family) === 'other' ? 'other' : 'given-other';
}

function givenAgreement(a: Name, b: Name): 'equal' | 'alike' | 'other' {
  const [first = '', other = ''] = [a.given[0], b.given[0]];
  const [x, y] = [a.written.given, b.written.given];
  if (a.given.join('') === b.given.join('')) return isOneSpelling(x.join(''), y.join('')) ? 'equal' : 'alike';
  // A second given name may be left out. With a hyphen it may tell a twin: Maren and Maren-Sophie.
  if (a.given.length > 1 && b.given.length > 1) return 'other';
  if (first === other) return a.isDouble === true || b.isDouble === true ? 'other' : 'alike';
  return isMisspelt(first, other) ? 'alike' : 'other';
}

function familyAgreement(a: readonly string[], b: readonly string[]): 'equal' | 'alike' | 'other' {
  const relation = familyRelation(a, b);
  if (relation === 'half') return 'alike';
  if (relation !== 'other') return relation;
  return isNearly(a.join(''), b.join('')) ? 'alike' : 'other';
}

/** Is it one word with a slip, or a longer one with two? */
const isNearly = (a: string, b: string): boolean =>
  slipsBetween(a, b) <= Math.min(2, Math.floor(Math.min(a.length, b.length) / 3));

/** Is one word the same in the other's field, and the other one but for a slip? */
function areTurned(a: Name, b: Name): boolean {
  const [x, y] = [a.given.join(''), a.family.join('')];
  const [v, w] = [b.given.join(''), b.family.join('')];
  return (x === w && isSpelled(y, v)) || (y === v && isSpelled(x, w));
}

/** Two words of which nobody says whether they are given names. */
const isSpelled = (a: string, b: string): boolean =>
  a === b || (isGivenName(a) || isGivenName(b) ? isMisspelt(a, b) : isNearly(a, b));

/** Are the given names known to be two, as Marina and Martina? Parts, short forms and spellings of one name are not. */
export function haveTwoNames({ given: a }: Name, { given: b }: Name): boolean {
  const [one = '', other = ''] = [a[0], b[0]];
  const haveOne = a.some((word) => b.includes(word)) || a.join('') === b.join('') || isFamiliar(one, other);
  return !haveOne && areTwoNames(one, other);
}
