/** Reads and compares addresses. */
import type { Property } from '../../vobject/model.ts';
import { textParts } from '../../vobject/text.ts';
import { wordsOf } from '../names/fold.ts';
import { haveFewSlips } from '../names/given-names.ts';

/** All parts are folded. */
export interface Address {
  /** Street with number, and place, in one text. */
  readonly whole: string;
  /** The street without the number of the house. */
  readonly street: string;
  readonly number: string;
  /** The postcode. */
  readonly code: string;
  readonly city: string;
}

/** English words for a street, as they are shortened. */
const SHORT: { readonly [word: string]: string } = {
  ...{
    street: 'st',
    road: 'rd',
    avenue: 'ave',
    av: 'ave',
    drive: 'dr',
    lane: 'ln',
    place: 'pl',
    court: 'ct',
  },
  ...{ close: 'cl', terrace: 'tce', crescent: 'cres', square: 'sq', boulevard: 'blvd' },
};

/** None without a street, because many people share a town. */
export function addressOf(of: Property): Address[] {
  const [box = '', , street = '', city = '', , code = ''] = textParts(of.value);
  const words = wordsOf(street || box);
  const road = roadOf(words);
  if (road === '') return [];
  const number = words.find((word) => /^\d+\p{L}?$/u.test(word)) ?? '';
  const [place, town] = [code.replace(/\W/g, '').toLowerCase(), wordsOf(city).join('')];
  const rest = roadOf(words.filter((word) => word !== number).map((word) => SHORT[word] ?? word));
  return [{ whole: `${road} ${place || town}`, street: rest, number, code: place, city: town }];
}

/** `Straße`, `Strasse` and `Str.` at the end of a street are the same. */
const roadOf = (words: readonly string[]): string => words.join('').replace(/str(?:asse)?(?=\d|$)/, 'str');

/** How many of street, number and place agree, but for slips in street and place. What is missing does not agree. */
export const partsInCommon = (a: Address, b: Address): number =>
  [
    areAlike(a.street, b.street),
    isSame(a.number, b.number),
    isSame(a.code, b.code) || areAlike(a.city, b.city),
  ].filter(Boolean).length;

const isSame = (a: string, b: string): boolean => a !== '' && a === b;
const areAlike = (a: string, b: string): boolean =>
  a !== '' && b !== '' && haveFewSlips(a, b, Math.floor(Math.min(a.length, b.length) / 5));
