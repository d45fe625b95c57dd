/**
 * Households and firms that are split between two address books: one member is in ours, another in theirs. They share an
 * address, a name or a birthday, and each link between them is wrong.
 */
import { createRandom, type Random } from '../../simulation/random.ts';
import { type BookItem, type Books, shuffled, written } from './books.ts';
import { halves, LETTER_APART } from './look-alikes.ts';
import type { Person } from './people.ts';
import { carelessly, givenName, somebody } from './persons.ts';
import { townOf } from './town.ts';

type Two = readonly [one: Person, other: Person];
type Split = (one: Person, other: Person, random: Random) => Two;

const TWINS = [
  ...LETTER_APART.filter((pair) => !/[-_]/.test(pair)),
  ...'Anna/Anne Lena/Lea Jan/Jana Tim/Tom Lara/Laura Hanna/Hannes Mia/Maja Leon/Leo Sofia/Sofie Emma/Emily'.split(
    ' ',
  ),
  ...'Mark/Marco Nina/Nino Jana/Jane Julia/Juliane Tina/Nina Paul/Paula Lukas/Luca Maria/Marie Kate/Katie'.split(
    ' ',
  ),
];

const atHome = ({ family, street = '', place = '', home }: Person): Partial<Person> => ({
  ...{ family, street, place },
  ...(home !== undefined && { home }),
});

const bornWith = ({ born = '' }: Person): Partial<Person> => ({ born });

const couple: Split = (one, other) => [one, { ...other, ...atHome(one) }];

/** Born within eight years. */
const siblings: Split = (one, other, random) => {
  const year = Number(one.born?.slice(0, 4)) + 1 + random.below(8);
  return [one, { ...other, ...atHome(one), born: `${year}${other.born?.slice(4)}` }];
};

const twins: Split = (one, other) => [one, { ...other, ...atHome(one), ...bornWith(one) }];

/** One letter or an ending tells their names apart. */
const twinsAlike: Split = (one, other, random) => {
  const [a, b] = random.chance(0.5)
    ? halves(random.pick(TWINS))
    : (halves(random.pick(TWINS)).reverse() as [string, string]);
  return [
    { ...one, given: a },
    { ...other, ...atHome(one), given: b, ...bornWith(one) },
  ];
};

/** Father and son, of one name. */
const generations: Split = (one, other, random) => {
  const year = Number(one.born?.slice(0, 4)) + 18 + random.below(25);
  return [one, { ...other, ...atHome(one), given: one.given, born: `${year}${other.born?.slice(4)}` }];
};

/** At the address of the firm; of some the given or the family name is the same. */
const staff: Split = (one, other, random) => {
  const { street = '', place = '' } = one;
  const name = random.pick([{}, {}, { given: one.given }, { family: one.family }]);
  const firm = { firm: `${townOf(random, 1).family()} Bau`, work: townOf(random, 1).line() };
  return [
    { ...one, ...firm },
    { ...other, ...{ street, place }, ...name, ...firm },
  ];
};

const SPLITS = [couple, siblings, twins, twinsAlike, twinsAlike, generations, staff];

/** So many households of each kind, twins with names alike twice as many. */
export function splitHouseholds(seed: number, hasMobile: boolean, ofEach: number): Books {
  const random = createRandom(seed);
  const all = Array.from({ length: ofEach * SPLITS.length }, (_, n): [BookItem, BookItem] => {
    const split = SPLITS[n % SPLITS.length] as Split;
    const [one, other] = split(...members(random, n, hasMobile), random);
    return [written(one, one, '3.0', random), written(other, apartFrom(one, other, random), '2.1', random)];
  });
  return {
    ours: all.map(([one]) => one),
    theirs: shuffled(
      random,
      all.map(([, other]) => other),
    ),
    pairs: 0,
  };
}

function members(random: Random, n: number, hasMobile: boolean): Two {
  const home = random.chance(0.3) ? { home: townOf(random, 1).home().home } : {};
  const one = { ...somebody(random, 2 * n, hasMobile), ...home };
  const other = somebody(random, 2 * n + 1, hasMobile);
  const isNamesake = one.given === other.given || one.born === other.born;
  return isNamesake
    ? [one, { ...other, given: namedApart(random, one.given), born: '1977-07-19' }]
    : [one, other];
}

function namedApart(random: Random, given: string): string {
  for (;;) {
    const other = givenName(random);
    if (other !== given) return other;
  }
}

/** Written carelessly, but never so that it has the name or the birthday of the other member: nobody could tell then. */
function apartFrom(one: Person, other: Person, random: Random): Omit<Person, 'id'> {
  for (;;) {
    const entry = carelessly(other, random);
    const takesName = other.given !== one.given && [entry.given, entry.family].includes(one.given);
    const takesDay = entry.born === one.born && other.born !== one.born;
    if (!takesName && !takesDay) return entry as Omit<Person, 'id'>;
  }
}

/** Are the birthdays of all known? Those of our book are. */
export const haveBirthdays = (...all: readonly BookItem[]): boolean =>
  all.every(({ vcard }) => vcard.includes('\r\nBDAY'));
