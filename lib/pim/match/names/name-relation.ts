/** The relation of two names, independent of order, spelling and completeness. The relation is symmetric. */
import { spend } from '../../work/budget.ts';
import { accents } from './accents.ts';
import { isOneSpelling, soundOf } from './fold.ts';
import { areSwapped, haveFewSlips } from './given-names.ts';
import { isFamiliar, JOINERS, PARTICLES } from './name-words.ts';
import type { Name } from './names.ts';

/** In order of preference: names can be aligned in several ways, and the first of these relations is taken. */
const RELATIONS = [
  'equal',
  /** Equal, and both have only initials as given names. */
  'initials',
  /** Equal, with given name and family name swapped in one of them. */
  'turned',
  /** The family names differ by a typing error, or sound the same. */
  'family-alike',
  /** One has a double family name, the other one half of that. */
  'family-half',
  /** One leaves out some of the given names. */
  'given-shorter',
  /** One has a double given name with a hyphen, the other one only the first half of it. */
  'given-half',
  /** The given name is an initial, a short form or another spelling. */
  'given-alike',
  /** The accents of a Vietnamese name differ: another name, or a careless spelling. */
  'given-accents',
  /** Two letters are swapped, or an umlaut is written wrongly: a typing error, seldom another name. */
  'given-slip',
  /** One letter is added, missing or different: a typing error, or the name of a twin. */
  'given-near',
  /** Only the family name differs. */
  'given',
  /** The family name differs, and the given names are only similar. */
  'given-hint',
  /** One is a single word, which is a given name of the other. */
  'given-only',
  'family-only',
  /** One is an entry of two people, and the other is one of these. */
  'one-of-two',
  /** One is in Latin letters, the other is not. */
  'other-script',
  'other',
] as const;

export interface NameRelation {
  readonly relation: (typeof RELATIONS)[number];
  /** The number of words that both have. */
  readonly words: number;
}

const OTHER: NameRelation = { relation: 'other', words: 0 };

export function relationOf(a: Name, b: Name): NameRelation {
  spend((wordsIn(a) * wordsIn(b)) / 20);
  if (a.isOfTwo !== undefined && b.isOfTwo !== undefined)
    return ofPersons(sorted(apart(a)), sorted(apart(b)));
  if (a.isOfTwo === b.isOfTwo) return ofPersons(a, b);
  const [one, two] = [apart(a), apart(b)];
  const found = ofPersons(one, two);
  const isOne =
    familyRelation(one.family, two.family) !== 'other' && one.given.some((word) => two.given.includes(word));
  return found.relation !== 'other' || isOne ? { relation: 'one-of-two', words: 1 } : OTHER;
}

const wordsIn = ({ given, family }: Name): number => given.length + family.length;

/** The name of an entry of two people without the words that join them. */
const apart = (name: Name): Name => (name.isOfTwo ? picked(name, ({ word }) => !JOINERS.has(word)) : name);
const sorted = (name: Name): Name =>
  picked(
    name,
    () => true,
    (a, b) => (a.word < b.word ? -1 : 1),
  );

interface Word {
  readonly word: string;
  readonly written: string;
}

function picked(name: Name, is: (of: Word) => boolean, order?: (a: Word, b: Word) => number): Name {
  const words = name.given.map((word, n) => ({ word, written: name.written.given[n] ?? '' })).filter(is);
  if (order !== undefined) words.sort(order);
  const given = words.map(({ word }) => word);
  return { ...name, given, written: { ...name.written, given: words.map(({ written }) => written) } };
}

function ofPersons(a: Name, b: Name): NameRelation {
  const [found, accented] = [aligned(a, b), accents(a, b)];
  if (accented === 'same') return found;
  if (found.relation === 'given') return { ...found, relation: 'given-hint' };
  const weaker = { ...found, relation: accented === 'other' ? 'given-accents' : 'given-shorter' } as const;
  return rank(found) < rank(weaker) ? weaker : found;
}

function aligned(a: Name, b: Name): NameRelation {
  if (isLatin(a) !== isLatin(b)) return { relation: 'other-script', words: 0 };
  if (a.given.length === 0 || b.given.length === 0) return ofSingles(a, b);
  const straight = inOrder(a, b);
  if (isWhole(straight)) return straight;
  if (!(a.isOrdered && b.isOrdered) && bagOf(a) === bagOf(b)) {
    const words = [...a.given, ...a.family].filter((word) => !isInitial(word)).length;
    return { relation: words > 1 ? 'equal' : 'initials', words };
  }
  const [one, two] = [inOrder(a, turned(b)), inOrder(turned(a), b)];
  const crossed = rank(one) <= rank(two) ? one : two;
  if (isWhole(crossed)) return a.isOrdered && b.isOrdered ? { ...crossed, relation: 'turned' } : crossed;
  if (straight.relation !== 'other') return straight;
  if (!a.isOrdered || !b.isOrdered) return crossed;
  // The names stand in the wrong fields and are misspelt, too: that is only a hint.
  const isClose = crossed.relation === 'family-alike' || crossed.relation === 'given-alike';
  return crossed.relation === 'other'
    ? OTHER
    : { ...crossed, relation: isClose ? 'given-slip' : 'given-hint' };
}

export const isLatin = ({ given, family }: Name): boolean =>
  /\p{sc=Latin}/u.test([...given, ...family].join(''));
const isWhole = ({ relation }: NameRelation): boolean => relation === 'equal' || relation === 'initials';
const rank = ({ relation }: NameRelation): number => RELATIONS.indexOf(relation);
const bagOf = ({ given, family }: Name): string => [...given, ...family].sort().join(' ');
const turned = (name: Name): Name => ({
  ...name,
  given: name.family,
  family: name.given,
  written: { given: name.written.family, family: name.written.given },
});

/** One of the names is a single word: a family name, a given name, "Mama". */
function ofSingles(a: Name, b: Name): NameRelation {
  const [single, other] = a.given.length === 0 ? [a, b] : [b, a];
  const word = single.family.join('');
  if (other.given.length === 0)
    return other.family.join('') === word ? { relation: 'equal', words: 1 } : OTHER;
  if (other.given.includes(word)) return { relation: 'given-only', words: 1 };
  return other.family.includes(word) ? { relation: 'family-only', words: 1 } : OTHER;
}

function inOrder(a: Name, b: Name): NameRelation {
  const given = givenRelation(a, b);
  const family = given === 'other' ? 'other' : familyRelation(a.family, b.family);
  const both = a.given.filter((word) => b.given.includes(word)).length;
  if (given === 'other') return OTHER;
  if (family === 'other') return { relation: given === 'equal' ? 'given' : 'given-hint', words: both };
  switch (given) {
    case 'equal':
      return { relation: FAMILY[family], words: Math.max(both, 1) + 1 };
    case 'initials':
      return { relation: family === 'equal' ? 'initials' : 'given-alike', words: 1 };
    case 'shorter':
      return { relation: 'given-shorter', words: both };
    case 'half':
      return { relation: 'given-half', words: both };
    case 'alike':
      return { relation: 'given-alike', words: both };
    case 'slip':
      return { relation: 'given-slip', words: both };
    case 'near':
      return { relation: 'given-near', words: both };
  }
}

const FAMILY = { equal: 'equal', alike: 'family-alike', half: 'family-half' } as const;

const isInitial = (word: string): boolean => /^\p{L}$/u.test(word);
const isInitialOf = (a: string, b: string): boolean =>
  (isInitial(a) && b.startsWith(a)) || (isInitial(b) && a.startsWith(b));

/** Relations of given names, named as in RELATIONS. */
type Given = 'equal' | 'initials' | 'shorter' | 'half' | 'alike' | 'slip' | 'near' | 'other';

/** Middle names may be left out. Those that both have must agree. */
function givenRelation(one: Name, two: Name): Given {
  const given = fullRelation(one, two);
  return given === 'equal' && [...one.given, ...two.given].every(isInitial) ? 'initials' : given;
}

function fullRelation(one: Name, two: Name): Exclude<Given, 'initials'> {
  const [a, b] = [one.given, two.given];
  const [x, y] = [one.written.given, two.written.given];
  if (a.join('') === b.join('')) return isOneSpelling(x.join(''), y.join('')) ? 'equal' : 'slip';
  const [first = '', other = ''] = [a[0], b[0]];
  const differs = a.slice(1).some((word, n) => {
    const otherWord = b[n + 1];
    return otherWord !== undefined && !isInitialOf(word, otherWord) && word !== otherWord;
  });
  if (differs) return 'other';
  if (first === other) {
    if (!isOneSpelling(x[0] ?? '', y[0] ?? '')) return 'slip';
    const more = a.length > b.length ? a.slice(b.length) : b.slice(a.length);
    if (more.every(isInitial)) return 'equal';
    const longer = a.length > b.length ? one : two;
    return longer.isDouble === true && Math.min(a.length, b.length) === 1 ? 'half' : 'shorter';
  }
  // Somebody uses only the second given name: Hans Peter is called Peter.
  if (a.length !== b.length && (a.includes(other) || b.includes(first))) return 'alike';
  if (isInitialOf(first, other) || isFamiliar(first, other) || soundOf(first) === soundOf(other))
    return 'alike';
  if (!isSlip(first, other)) return 'other';
  return areSwapped(first, other) ? 'slip' : 'near';
}

/** Is it a typing error inside the word? Words that differ at an end are different names (Martin, Martina). */
const isSlip = (a: string, b: string): boolean =>
  Math.min(a.length, b.length) >= 5 &&
  a.charAt(0) === b.charAt(0) &&
  a.at(-1) === b.at(-1) &&
  haveFewSlips(a, b, 1);

/** The relation of family names. Names with different first letters are different: Becker and Decker. */
export function familyRelation(
  a: readonly string[],
  b: readonly string[],
): 'equal' | 'alike' | 'half' | 'other' {
  const [one, two] = [mainOf(a), mainOf(b)];
  if (one.join('') === two.join('') || [...one].sort().join() === [...two].sort().join()) return 'equal';
  if (one.length !== two.length && (one.every((w) => two.includes(w)) || two.every((w) => one.includes(w))))
    return 'half';
  const [x, y] = [one.join(''), two.join('')];
  if (soundOf(x) === soundOf(y)) return 'alike';
  const shorter = Math.min(x.length, y.length);
  const isMisspelt = shorter >= 4 && x.charAt(0) === y.charAt(0) && haveFewSlips(x, y, shorter >= 8 ? 2 : 1);
  return isMisspelt ? 'alike' : 'other';
}

function mainOf(words: readonly string[]): readonly string[] {
  const main = words.filter((word) => !PARTICLES.has(word));
  return main.length > 0 ? main : words;
}
