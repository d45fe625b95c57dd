/** What people type: new items, and edits of what a program shows. */
import type { Random } from '../random.ts';
import * as scheduled from './edits-calendar.ts';
import { newPhoto, photo } from './edits-photos.ts';
import { longLine, plain, text } from './edits-texts.ts';
import { type Facts, sameFacts, withFact } from './facts.ts';
import type { Phone } from './phones/phone.ts';

/** `number`: no other edit of the life has it. */
export type Edit = (facts: Facts, number: number, random: Random) => Facts;

export interface Edits {
  /** A new item of this name. */
  readonly first: (name: string, number: number, random: Random) => Facts;
  readonly edits: readonly Edit[];
}

const setting =
  (fact: string, value: (number: number, random: Random) => string): Edit =>
  (facts, number, random) =>
    withFact(facts, fact, random.chance(0.2) ? undefined : value(number, random));

/** Another one of many. */
const adding =
  (
    word: string,
    key: (number: number, random: Random) => string,
    values: readonly string[] = ['yes'],
  ): Edit =>
  (facts, number, random) =>
    withFact(facts, `${word} ${key(number, random)}`, random.pick(values));

/** Takes one of many away, or puts another in its place. */
const exchanging =
  (word: string, key: (number: number, random: Random) => string): Edit =>
  (facts, number, random) => {
    const own = [...facts.keys()].filter((fact) => fact.startsWith(`${word} `));
    if (own.length === 0) return facts;
    const gone = random.pick(own);
    const rest = withFact(facts, gone, undefined);
    return random.chance(0.5) ? rest : withFact(rest, `${word} ${key(number, random)}`, facts.get(gone));
  };

export const OF_TEXTS: readonly Edit[] = [
  adding('note', (number, random) => text('n', number, random)),
  adding('note', (number, random) => (random.chance(0.3) ? longLine(number, random) : `n${number}`)),
  exchanging('note', (number, random) => text('n', number, random)),
  adding('category', (number, random) => plain('c', number, random)),
  exchanging('category', (number, random) => plain('c', number, random)),
];

const telephone = (number: number): string => `+49170${10_000_000 + number}`;
const mailbox = (number: number): string => `e${number}@example.com`;

export const birthday = (number: number): string =>
  `19${60 + (number % 40)}-0${1 + (number % 9)}-1${number % 10}`;

const twoCategories = (number: number) =>
  ['c', 'd'].map((word) => [`category ${word}${number}`, 'yes'] as const);

/** No step has such a number: an edit that needs several numbers takes them so far apart. */
export const NUMBERS_APART = 1_000_000;

/** So many ways to reach somebody that little phones lack room. */
const severalWays = (number: number) => [
  ...[1, 2, 3].map(
    (n) => [`tel ${telephone(number + NUMBERS_APART * n)}`, n === 2 ? 'home' : 'work'] as const,
  ),
  ...[1, 2].map((n) => [`email ${mailbox(number + NUMBERS_APART * n)}`, n === 2 ? 'home' : 'work'] as const),
];

const CONTACTS: Edits = {
  first: (name, number, random) =>
    new Map([
      ['family', name],
      ['given', `Given-${name.slice(name.indexOf('-') + 1)}`],
      [`tel ${telephone(number)}`, 'cell'],
      ...(random.chance(0.5) ? [['title', text('t', number, random)] as const] : []),
      ...(random.chance(0.3) ? [[`email ${mailbox(number)}`, 'home'] as const] : []),
      ...(random.chance(0.3) ? [[`note n${number}`, 'yes'] as const] : []),
      ...(random.chance(0.3) ? [['photo', newPhoto(number, random)] as const] : []),
      ...(random.chance(0.3) ? twoCategories(number) : []),
      ...(random.chance(0.3) ? severalWays(number) : []),
    ]),
  edits: [
    setting('title', (number, random) => text('t', number, random)),
    setting('company', (number, random) => text('o', number, random)),
    setting('birthday', birthday),
    setting('url', (number) => `http://u${number}.example.com/a?b=c&d=${number}`),
    setting(
      'home',
      (number, random) => `${plain('Weg ', number, random)}|Ort ${number}|${10_000 + number}|Germany`,
    ),
    adding('tel', telephone, ['cell', 'home', 'work', 'fax']),
    exchanging('tel', telephone),
    adding('email', mailbox, ['home', 'work', 'yes']),
    exchanging('email', mailbox),
    photo,
    photo,
    ...OF_TEXTS,
  ],
};

/** A note of one line is the only item that goes as a string of WBXML, and not as bytes: so it has letters beyond ASCII. */
const NOTES: Edits = {
  first: (name, number, random) =>
    new Map([
      ['summary', name.replace('a', 'ä')],
      ...(random.chance(0.5) ? [[`note n${number}`, 'yes'] as const] : []),
    ]),
  edits: OF_TEXTS,
};

const OF_KINDS: { readonly [kind: string]: Edits } = { contacts: CONTACTS, notes: NOTES };

/** A new item of this name, as far as the program can hold it. */
export function created(phone: Phone, name: string, number: number, random: Random): Facts {
  const own = OF_KINDS[phone.kind];
  return own === undefined
    ? scheduled.created(phone, name, number, random)
    : phone.holds(own.first(name, number, random));
}

/** An edit that the program can hold; the same facts when none of those that were tried is. */
export function edited(phone: Phone, facts: Facts, number: number, random: Random): Facts {
  const own = OF_KINDS[phone.kind];
  if (own === undefined) {
    const after = scheduled.edited(phone, facts, number, random);
    return sameFacts(after, facts) ? facts : after;
  }
  for (let attempt = 0; attempt < 4; attempt += 1) {
    const after = random.pick(own.edits)(facts, number, random);
    if (after !== facts && sameFacts(phone.holds(after), after)) return after;
  }
  return facts;
}
