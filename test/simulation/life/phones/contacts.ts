/**
 * Programs for contacts. Facts: `family` (by which the story knows the item), `given`, `title`, `company`, `birthday`,
 * `url`, `home` (street|town|code|country), `tel NUMBER` with `cell`, `home`, `work` or `fax`, `email ADDRESS` with
 * `home`, `work` or `yes`, `note LINE`, `category NAME`, `photo` (see pictures.ts).
 */
import { type Facts, factsOf, manyOf, onlyWords, withFact } from '../facts.ts';
import {
  escaped,
  type Generation,
  type Line,
  lineIn,
  linesIn,
  objectOf,
  type Part,
  partsOf,
  plainText,
  readPart,
  textIn,
  textLine,
} from './lines.ts';
import type { Phone } from './phone.ts';
import { photoIn, photoLine, photoLines, photoUri, pictureOf } from './pictures.ts';
import { categoriesOf, noteFacts, noteOf, yes, yesWithBlanks } from './texts.ts';

/** How a program writes cards. */
export interface CardStyle {
  readonly version: '2.1' | '3.0' | '4.0';
  /** Of a number: the name and the parameters of its line. */
  readonly telephone: (kind: string) => string;
  readonly email: (kind: string) => string;
  /** As it writes numbers; those who read take away what is not a digit. */
  readonly number?: (number: string) => string;
  /** Does it write a list for each category, and read several? */
  readonly ownLists?: boolean;
  /** Other lines of its own. */
  readonly own?: readonly string[];
}

const ALL_WORDS = [
  'family',
  'given',
  'title',
  'company',
  'birthday',
  'url',
  'home',
  'tel',
  'email',
  'note',
  'category',
  'photo',
];

const generationOf = ({ version }: CardStyle): Generation => (version === '2.1' ? 'old' : 'new');

/** What is told of a line of telephone, email or address, by its TYPE. */
const kindsOf = ({ params }: Line): string[] => (params.get('TYPE') ?? '').toLowerCase().split(',');

function telephoneKind(line: Line): string {
  const kinds = kindsOf(line);
  return kinds.includes('fax')
    ? 'fax'
    : (['cell', 'work', 'home'].find((kind) => kinds.includes(kind)) ?? 'other');
}
const emailKind = (line: Line): string =>
  ['work', 'home'].find((kind) => kindsOf(line).includes(kind)) ?? 'yes';

/** A number as it is dialled from everywhere: those inside of the country are German. */
export const dialled = (number: string): string =>
  number
    .replace(/^tel:/i, '')
    .replace(/[^\d+]/g, '')
    .replace(/^0(?=[1-9])/, '+49');

/** What a person sees of a card, whatever its version. */
export function readCard(text: string, { ownLists = false }: Pick<CardStyle, 'ownLists'> = {}): Facts {
  const card = readPart(text);
  const generation: Generation = lineIn(card, 'VERSION')?.value === '2.1' ? 'old' : 'new';
  const [family, given] = partsOf(lineIn(card, 'N')?.value ?? '', generation);
  const address = linesIn(card, 'ADR').find((line) => kindsOf(line).includes('home'));
  const [, , street = '', town = '', , code = '', country = ''] = partsOf(address?.value ?? '', generation);
  return factsOf([
    ...([
      ['family', family],
      ['given', given],
    ] as const),
    ['title', textIn(card, 'TITLE', generation)],
    ['company', partsOf(lineIn(card, 'ORG')?.value ?? '', generation)[0]],
    ['birthday', dayIn(card)],
    ['url', textIn(card, 'URL', generation)],
    ['home', address && [street, town, code, country].join('|')],
    ...linesIn(card, 'TEL').map((line) => [`tel ${dialled(line.value)}`, telephoneKind(line)] as const),
    ...linesIn(card, 'EMAIL').map(
      (line) => [`email ${plainText(line.value, generation)}`, emailKind(line)] as const,
    ),
    ['photo', photoOf(card)],
    ...noteFacts(textIn(card, 'NOTE', generation)),
    ...(generation === 'old' ? yes : yesWithBlanks)('category', categoriesInCard(card, generation, ownLists)),
  ]);
}

function photoOf(card: Part): string | undefined {
  const value = lineIn(card, 'PHOTO')?.value.replace(/^data:[^,]*,/, '');
  return value === undefined ? undefined : photoIn(value);
}

/** Most programs look at the first list of categories alone. */
function categoriesInCard(card: Part, generation: Generation, readsLists: boolean): string[] {
  const lists = linesIn(card, 'CATEGORIES').map(({ value }) => categoriesIn(value, generation));
  return readsLists ? lists.flat() : (lists[0] ?? []);
}

/** Old programs part categories by semicolons, new ones by commas. */
const categoriesIn = (value: string, generation: Generation): string[] =>
  partsOf(value, generation, generation === 'old' && value.includes(';') ? ';' : ',');

function dayIn(card: Part): string | undefined {
  const value = lineIn(card, 'BDAY')?.value;
  return value === undefined ? undefined : value.replace(/^(\d{4})-?(\d\d)-?(\d\d).*$/, '$1-$2-$3');
}

/** The card that a program with this style writes. */
export function writeCard(facts: Facts, style: CardStyle): string {
  const generation = generationOf(style);
  const text = (name: string, value: string | undefined): string[] =>
    value === undefined ? [] : [textLine(generation, name, value)];
  const [family = '', given = ''] = [facts.get('family'), facts.get('given')];
  const [street = '', town = '', code = '', country = ''] = (facts.get('home') ?? '').split('|');
  const address = textLine(generation, addressHead(style), '', '', street, town, '', code, country);
  const { number = (one: string) => one } = style;
  return objectOf(generation, 'VCARD', [
    `VERSION:${style.version}`,
    textLine(generation, 'N', family, given, '', '', ''),
    ...(generation === 'old' ? [] : text('FN', `${given} ${family}`.trim())),
    ...text('TITLE', facts.get('title')),
    // A value of parts, in which an old program escapes semicolons, too.
    ...(facts.has('company') ? [textLine(generation, 'ORG', facts.get('company') ?? '', '')] : []),
    ...(facts.get('birthday') === undefined ? [] : [birthdayLine(facts.get('birthday') ?? '', style)]),
    ...text('URL', facts.get('url')),
    ...(facts.has('home') ? [address] : []),
    ...manyOf(facts, 'tel').map(([one, kind]) => `${style.telephone(kind)}:${number(one)}`),
    ...manyOf(facts, 'email').map(([one, kind]) => `${style.email(kind)}:${one}`),
    ...text('NOTE', noteOf(facts)),
    ...categoryLines(categoriesOf(facts), style),
    ...(facts.has('photo') ? [PHOTO_LINES[style.version](pictureOf(facts.get('photo') ?? ''))] : []),
    ...(style.own ?? []),
  ]);
}

const PHOTO_LINES = { '2.1': photoLines, '3.0': photoLine, '4.0': photoUri } as const;
const addressHead = ({ version }: CardStyle): string => (version === '2.1' ? 'ADR;HOME' : 'ADR;TYPE=home');
const birthdayLine = (day: string, { version }: CardStyle): string =>
  version === '3.0' ? `BDAY:${day}` : `BDAY:${day.replaceAll('-', '')}`;
function categoryLines(categories: readonly string[], { version, ownLists = false }: CardStyle): string[] {
  if (categories.length === 0) return [];
  if (version === '2.1') return [textLine('old', 'CATEGORIES', categories.join(';'))];
  const lists = ownLists ? categories : [categories.join(',')];
  return lists.map((list) => `CATEGORIES:${list}`);
}

/** The text cut to so many bytes, as it is spelt in the formats of today, in which some signs take two. */
export function cutTo(facts: Facts, fact: string, most: number): Facts {
  let [kept, size] = ['', 0];
  for (const sign of facts.get(fact) ?? '') {
    size += Buffer.byteLength(escaped(sign));
    if (size > most) break;
    kept += sign;
  }
  return withFact(facts, fact, kept.trim() || undefined);
}

/** A program that reads and writes cards. */
export function cardPhone(
  name: string,
  { roomy, ...style }: CardStyle & Pick<Phone, 'roomy'>,
  options: Phone['options'],
  holds: Phone['holds'] = (facts) => onlyWords(facts, ALL_WORDS),
): Phone {
  return {
    ...(roomy && { roomy }),
    name,
    kind: 'contacts',
    options: { ...options, typeVersion: style.version },
    holds,
    read: (text) => readCard(text, style),
    write: (facts) => writeCard(facts, style),
  };
}
