/**
 * Two address books of persons without a mailbox: names, addresses, birthdays, with or without a mobile number. Theirs is
 * written carelessly: a field has a slip or is left out, as in lists that were typed from paper.
 */
import { createRandom, type Random } from '../../simulation/random.ts';
import { type BookItem, type Books, shuffled, written } from './books.ts';
import type { Person } from './people.ts';
import { townOf } from './town.ts';
import type { Entry } from './written.ts';

/** Names that a town of this kind has besides. The last ones are in no list of names. */
const GIVEN =
  `Joshua Emily Jessica Matthew Lachlan Georgia Isabella Thomas Benjamin Samantha Nicholas Rebecca Alexandra
Chelsea Hannah Jack Ella Sarah Mitchell Brianna Caitlin Bailey Harrison Madison Natalie Zachary Holly Amelia Erin Ethan
Kayla Lucy Riley Taylor Tyler Cooper Imogen Abigail Dylan Connor Finn Noah Luke Lewis Jacob Jake Kate Katie Elizabeth
Victoria Nathan Aidan Hayden Oscar Liam Lara Sara Clara Mara Nina Tina Bianca Blake Kyle Jordan Logan Henry Harry
Talwyn Ebrin Kiandra Jaslena Torvin Malikah Shenae Tarquil`.split(/\s/);
const ROADS =
  'Ahorn Birken Buchen Dorf Eichen Erlen Feld Garten Hafen Kirch Linden Markt Mozart Mühlen Rosen Schiller Schul Stein Tannen Ufer Wald Wiesen'.split(
    ' ',
  );
const WAYS = ['straße', 'weg', 'gasse', 'allee', 'platz'];
const CITIES =
  'Altdorf Nordhafen Seeburg Rheinfeld Donaustadt Neukirchen Steinbach Oberau Lindenberg Waldheim Marienthal Hohenfels Grünwald Rosenau Weidenbach Kaltenbrunn'.split(
    ' ',
  );

export interface Kind {
  readonly hasMobile: boolean;
}

/** So many entries in each book, so many of them the same persons. */
export function personBooks(seed: number, { hasMobile }: Kind, size = 1_000, pairs = 700): Books {
  const random = createRandom(seed);
  const people = Array.from({ length: 2 * size - pairs }, (_, id) => somebody(random, id, hasMobile));
  const ours = people.slice(0, size).map((one) => written(one, one, '3.0', random));
  const theirs = people
    .slice(size - pairs)
    .map((one): BookItem => written(one, carelessly(one, random), '2.1', random));
  return { ours, theirs: shuffled(random, theirs), pairs };
}

export const givenName = (random: Random): string =>
  random.chance(0.5) ? random.pick(GIVEN) : townOf(random, 1).given();

export function addressIn(random: Random): Pick<Person, 'street' | 'place'> {
  const at = random.below(CITIES.length * 4);
  return {
    street: `${random.pick(ROADS)}${random.pick(WAYS)} ${1 + random.below(120)}`,
    place: `${10_000 + at * 997} ${CITIES[at % CITIES.length]}`,
  };
}

export function somebody(random: Random, id: number, hasMobile: boolean): Person {
  const town = townOf(random, 1);
  return {
    ...{ id, given: givenName(random), family: town.family(), ...addressIn(random) },
    born: town.day(1930 + 25 * random.below(3)),
    ...(hasMobile && { mobile: town.mobile() }),
  };
}

const LETTERS = 'abcdefghijklmnoprstuvwz';
const SLIPS: readonly ((text: string, at: number, other: string) => string)[] = [
  (text, at) => text.slice(0, at) + text.slice(at + 1),
  (text, at) => text.slice(0, at) + text.charAt(at + 1) + text.charAt(at) + text.slice(at + 2),
  (text, at, other) => text.slice(0, at) + other + text.slice(at),
  (text, at, other) => text.slice(0, at) + other + text.slice(at + 1),
];

/** One slip anywhere, seldom at the first letter; of one in three words two. */
function slipped(text: string, random: Random, letters = LETTERS): string {
  if (text.length < 2) return text;
  const at = random.chance(0.1) ? 0 : 1 + random.below(text.length - 1);
  const once = random.pick(SLIPS)(text, at, random.pick([...letters]));
  return random.chance(1 / 3) ? slipped(once, random, letters) : once;
}

const DIGITS = '0123456789';
/** Another digit, or two digits turned; of the day, of the month or of the year. Always a day of the calendar. */
function slippedDay(born: string, random: Random): string {
  for (;;) {
    const at = random.pick([2, 3, 5, 6, 8, 9]);
    const digits = random.chance(0.2)
      ? `${born.slice(0, 5)}${born.slice(8)}-${born.slice(5, 7)}`
      : born.slice(0, at) + random.pick([...DIGITS]) + born.slice(at + 1);
    const time = Date.parse(digits);
    const isDay = !Number.isNaN(time) && new Date(time).toISOString().startsWith(digits);
    if (isDay && digits !== born && time < Date.parse('2026-01-01')) return digits;
  }
}

type Change = (entry: Entry, random: Random) => Entry;
const inStreet =
  (change: (street: string, number: string, random: Random) => string): Change =>
  (one, random) => {
    const [street = '', number = ''] = (one.street ?? '').split(' ');
    return { ...one, street: change(street, number, random) };
  };
const inPlace =
  (change: (code: string, city: string, random: Random) => string): Change =>
  (one, random) => {
    const [code = '', city = ''] = (one.place ?? '').split(' ');
    return { ...one, place: change(code, city, random) };
  };

/** What happens to an entry; the number is how often. */
const CARELESS: readonly (readonly [chance: number, change: Change])[] = [
  [0.27, (one, random) => ({ ...one, given: slipped(one.given, random) })],
  [0.28, (one, random) => ({ ...one, family: slipped(one.family, random) })],
  [0.03, (one) => ({ ...one, given: one.family, family: one.given })],
  [0.02, (one) => ({ ...one, given: '' })],
  [0.01, (one) => ({ ...one, family: one.given, given: '' })],
  [0.15, inStreet((street, number, random) => `${slipped(street, random)} ${number}`)],
  [0.08, inStreet((street, number, random) => `${street} ${slipped(number, random, DIGITS)}`)],
  [0.02, inStreet((street) => street)],
  [0.08, inPlace((code, city, random) => `${slipped(code, random, DIGITS)} ${city}`)],
  [0.12, inPlace((code, city, random) => `${code} ${slipped(city, random)}`)],
  [0.02, ({ street: _, place: __, ...one }) => one],
  [0.1, (one, random) => ({ ...one, born: slippedDay(one.born ?? '', random) })],
  [0.08, ({ born: _, ...one }) => one],
  [0.25, ({ mobile: _, ...one }) => one],
  [0.1, (one, random) => (one.mobile ? { ...one, mobile: `+49 170 ${1e6 + random.below(9e6)}` } : one)],
];

export const carelessly = (person: Entry, random: Random): Entry =>
  CARELESS.reduce((one, [chance, change]) => (random.chance(chance) ? change(one, random) : one), person);
