/** One person as two people write it down: the same facts in other words, and never so that nobody could tell. */
import type { Random } from '../../simulation/random.ts';
import type { Person } from './people.ts';

/** What is put down in an address book. */
export interface Entry extends Omit<Person, 'id' | 'isFirm'> {
  /** How the name is said: its parts, one text, one text with the family name first, the parts in the wrong fields. */
  readonly naming?: 'parts' | 'text' | 'family-first' | 'turned';
  readonly swapsSlots?: boolean;
  /** The mailbox stands where the name does. */
  readonly isMailbox?: boolean;
}

const SLIPS: readonly ((word: string, at: number) => string)[] = [
  (word, at) => word.slice(0, at) + word.slice(at + 1),
  (word, at) => word.slice(0, at) + word.charAt(at + 1) + word.charAt(at) + word.slice(at + 2),
  (word, at) => word.slice(0, at) + word.charAt(at) + word.slice(at),
  (word, at) => word.slice(0, at) + 'ersnia'.charAt(at % 6) + word.slice(at + 1),
];

/** Inside the word: a slip at its ends makes another name of many a name. */
const slip = (random: Random, word: string): string =>
  word.length < 5 ? word : random.pick(SLIPS)(word, 1 + random.below(word.length - 3));

const UMLAUTS: { readonly [letter: string]: string } = {
  ä: 'ae',
  ö: 'oe',
  ü: 'ue',
  ß: 'ss',
  ø: 'oe',
  Ö: 'Oe',
};
const spelledOut = (word: string): string => word.replace(/[äöüßøÖ]/g, (letter) => UMLAUTS[letter] ?? letter);
const withoutMarks = (word: string): string =>
  spelledOut(word).normalize('NFKD').replace(/\p{M}/gu, '').replace(/ł/g, 'l').replace(/ı/g, 'i');

const NICKNAMES: { readonly [name: string]: string } = {
  ...{
    Maximilian: 'Max',
    Johannes: 'Hans',
    Friedrich: 'Fritz',
    Robert: 'Bob',
    William: 'Bill',
    Anthony: 'Tony',
  },
  ...{
    Thomas: 'Tom',
    Michael: 'Mike',
    Katharina: 'Kathi',
    Elisabeth: 'Lisa',
    Monika: 'Moni',
    Stefanie: 'Steffi',
  },
};

const LATIN: { readonly [letter: string]: string } = Object.fromEntries(
  'а/a б/b в/v г/g д/d е/e ё/yo ж/zh з/z и/i й/y к/k л/l м/m н/n о/o п/p р/r с/s т/t у/u ф/f х/kh ц/ts ч/ch ш/sh ы/y ь/ ю/yu я/ya'
    .split(' ')
    .map((pair) => pair.split('/')),
);
function inLatin(name: string): string {
  if (!/\p{sc=Cyrillic}/u.test(name)) return name;
  const text = [...name.toLowerCase()].map((letter) => LATIN[letter] ?? letter).join('');
  return text.charAt(0).toUpperCase() + text.slice(1);
}

const withBirthday = (one: Entry, change: (born: string) => string): Entry =>
  one.born === undefined ? one : { ...one, born: change(one.born) };
const dayBefore = (born: string): string =>
  /^\d/.test(born) ? new Date(Date.parse(born) - 86_400_000).toISOString().slice(0, 10) : born;

type Change = (entry: Entry, random: Random) => Entry;

/** Still known by what only this person has, and by something beside it. */
const isKnown = ({ mobile, email, home, born, firm, street }: Entry): boolean =>
  (mobile !== undefined || email !== undefined) &&
  [mobile, email, home, born, firm, street].filter(Boolean).length > 1;
const where =
  (may: (entry: Entry) => boolean, change: Change): Change =>
  (entry, random) =>
    may(entry) ? change(entry, random) : entry;

/** Ways to write an entry; the number is how often. */
export const CHANGES: { readonly [name: string]: readonly [number, Change] } = {
  'slip in the family name': [
    0.1,
    where(isKnown, (one, random) => ({ ...one, family: slip(random, one.family) })),
  ],
  'first of two given names': [
    0.15,
    where(isKnown, (one) => ({ ...one, given: one.given.split(/[- ]/)[0] ?? '' })),
  ],
  'a second given name': [
    0.03,
    where(isKnown, (one, random) => ({ ...one, given: `${one.given} ${random.pick(['Georg', 'Marie'])}` })),
  ],
  'slip in the given name': [
    0.04,
    where(isKnown, (one, random) => ({ ...one, given: slip(random, one.given) })),
  ],
  'umlauts spelled out': [
    0.3,
    (one) => ({ ...one, given: spelledOut(one.given), family: spelledOut(one.family) }),
  ],
  'no accents': [
    0.15,
    (one) => ({ ...one, given: withoutMarks(one.given), family: withoutMarks(one.family) }),
  ],
  'the name as one text': [0.1, (one) => ({ ...one, naming: 'text' })],
  'family name first': [0.1, (one) => ({ ...one, naming: 'family-first' })],
  'name in the wrong fields': [0.04, (one) => ({ ...one, naming: 'turned' })],
  title: [
    0.1,
    (one, random) => ({
      ...one,
      title: random.pick(['Dr.', 'Prof. Dr.', 'Dipl.-Ing.', one.sex === 'f' ? 'Frau' : 'Herr']),
    }),
  ],
  initial: [0.05, where(isKnown, (one) => ({ ...one, given: `${one.given.charAt(0)}.` }))],
  'familiar form': [0.3, where(isKnown, (one) => ({ ...one, given: NICKNAMES[one.given] ?? one.given }))],
  'another family name': [
    0.05,
    where(isKnown, (one, random) => ({
      ...one,
      family: random.pick(['Winkler', 'Sommer', 'Abel', 'Haas', 'Quast']),
    })),
  ],
  'home and work swapped': [0.15, (one) => ({ ...one, swapsSlots: true })],
  'no name': [
    0.04,
    where(
      (one) => one.email !== undefined && one.mobile !== undefined,
      ({ given: _, family: __, firm: ___, ...one }, random) => ({
        ...{ ...one, given: '', family: '' },
        isMailbox: random.chance(0.5),
      }),
    ),
  ],
  'in Latin letters': [
    0.1,
    where(isKnown, (one) => ({ ...one, given: inLatin(one.given), family: inLatin(one.family) })),
  ],
  'day and month of the birthday': [0.08, (one) => withBirthday(one, (born) => born.replace(/^\d{4}/, '-'))],
  'birthday a day early': [
    0.02,
    where(
      ({ mobile }) => mobile !== undefined,
      (one) => withBirthday(one, dayBefore),
    ),
  ],
  'the birthday of a device': [0.01, ({ born, ...one }) => ({ ...one, born: born ?? '1970-01-01' })],
  'no mobile number': [0.15, ({ mobile: _, ...one }) => one],
  'no mailbox': [0.15, ({ email: _, ...one }) => one],
  'no firm': [0.2, ({ firm: _, work: __, ...one }) => one],
  'no birthday': [0.5, ({ born: _, ...one }) => one],
  'no address': [0.3, ({ street: _, place: __, ...one }) => one],
  'another mailbox': [
    0.08,
    where(
      ({ mobile, email }) => mobile !== undefined && email !== undefined,
      (one, random) => ({ ...one, email: `private${random.below(1e9)}@other.example` }),
    ),
  ],
};

const OF_NAMES = new Set([
  ...['slip in the family name', 'slip in the given name', 'first of two given names', 'a second given name'],
  ...['the name as one text', 'family name first', 'name in the wrong fields', 'initial', 'familiar form'],
  ...['another family name', 'title', 'no name'],
]);

/** `whole`: others have this name, so nothing is left out that tells them apart. */
export function rewritten(entry: Entry, random: Random, whole: boolean): Entry {
  let one = entry;
  // Of a single word nothing can be left out or turned.
  const isSingle = entry.given === '' || entry.family === '';
  for (const [name, [chance, change]] of Object.entries(CHANGES)) {
    const hides = name.startsWith('no ') || name === 'initial' || name === 'another mailbox';
    if (!random.chance(chance) || (whole && hides) || (isSingle && OF_NAMES.has(name))) continue;
    const changed = change(one, random);
    // A name that is no longer whole needs what tells it all the more.
    const needs = changed.given !== entry.given || changed.family !== entry.family;
    if (!needs || isKnown(changed) || isSpelling(entry, changed)) one = changed;
  }
  return one;
}

const isSpelling = (a: Entry, b: Entry): boolean =>
  withoutMarks(a.given) === withoutMarks(b.given) && withoutMarks(a.family) === withoutMarks(b.family);
