/**
 * When are two properties of one name the same? A ladder of three rungs: what is the same on one rung is the same on those
 * above it. The parts of the code that compare properties choose a rung, and have no notion of their own.
 *
 * 1. Identical: they say the same in all that they say, the group included. Of most times only the instant counts.
 *    `EXDATE;TZID=Europe/Berlin:20260302T100000` is `EXDATE:20260302T090000Z`. The start and the end of an item go by their
 *    zone as well, for a series by the clocks of another zone is another series.
 * 2. Same spelling: a program wrote the value in its own way, and no user changed it.
 *    `+49 89 1234567` is `+49891234567`, `mailto:Ada@example.com` is `ada@example.com`, `http://Example.com` is
 *    `http://example.com/`, categories `a,b` are `b,a`, the address `;;Road;;;;` is `;;Road`, a photo is its smaller copy.
 *    An edit of which the parameters, too, say nothing new is cosmetic (`isCosmeticEdit`).
 * 3. Same meaning: people take one for the other, so that an item needs only one of them.
 *    `+49 170 1234567` is `0170/1234567`, `https://example.com` is `example.com`, `Countess` is `COUNTESS`.
 *
 * Whether two trees are the same to the letter is asked of `sameComponent` (lib/pim/vobject/model.ts), below all rungs.
 *
 * One exception: for photos the third rung asks for the same bytes. To decode a photo for each pair of many takes too long.
 */

import { mailboxOf } from './properties/email.ts';
import { isHabit, isHabitType, isPreference } from './properties/parameters.ts';
import { phoneOf, samePhone, spelledPhone } from './properties/phone.ts';
import { isSmallerPicture } from './properties/picture.ts';
import { formOf, isBound, isLabel, valueTypeOf } from './properties/table.ts';
import { foldedText, spacedText } from './properties/text.ts';
import { spelledUrl, urlMeaning } from './properties/url.ts';
import { instantIn } from './time/times.ts';
import {
  isEmbedded,
  type Param,
  type Property,
  paramOf,
  sameLists,
  sameProperty,
  typesOf,
} from './vobject/model.ts';
import { joinParts, textList, textParts, unescapeText } from './vobject/text.ts';

/** Equal texts for identical properties. */
export function identityOf(of: Property): string {
  const { group = '', name, params, value } = of;
  const zone = paramOf(of, 'TZID');
  const isInstant = valueTypeOf(name) === 'time' && (value.endsWith('Z') || zone !== undefined);
  if (isInstant) return JSON.stringify([name, instantIn(of) ?? value, ...(isBound(name) ? [zone] : [])]);
  return JSON.stringify([group, name, params.map((param) => [param.name, param.values]), value]);
}

/** Identical, whatever their groups are called. */
export const identicalInAnyGroup = (one: Property, other: Property): boolean =>
  identityOf({ ...one, group: '' }) === identityOf({ ...other, group: '' });

/** The properties of a list that are not in the other one. Of identical ones, each in the other list stands for one. */
export function without(list: readonly Property[], others: readonly Property[]): Property[] {
  const counts = new Map<string, number>();
  for (const key of others.map(identityOf)) counts.set(key, (counts.get(key) ?? 0) + 1);
  return list.filter((one) => {
    const key = identityOf(one);
    const left = counts.get(key) ?? 0;
    counts.set(key, left - 1);
    return left <= 0;
  });
}

/** Are the properties of two lists identical, in whatever order? */
export const sameProperties = (list: readonly Property[], other: readonly Property[]): boolean =>
  sameLists(list, other, sameProperty) || (list.length === other.length && without(list, other).length === 0);

/** Is `copy` the picture of `original` again, with fewer bytes? Links are no copies. */
export const isSmallerCopy = (copy: Property, original: Property): boolean =>
  isEmbedded(copy) && isEmbedded(original) && isSmallerPicture(copy.value, original.value);

/** Is the value only written in another way? Group and parameters do not count, but for the zone of a time. */
export function sameSpelling(shown: Property, sent: Property): boolean {
  if (valueTypeOf(shown.name) === 'time' && identityOf(shown) === identityOf(sent)) return true;
  if (namesOtherZone(shown, sent)) return false;
  if (shown.value === sent.value) return true;
  return isEmbedded(shown) ? isSmallerCopy(sent, shown) : spellingOf(shown) === spellingOf(sent);
}

/**
 * Equal texts for properties of one name and one spelling, whatever else their parameters say. A photo and its smaller copy
 * have two.
 */
export const spellingKey = (of: Property): string =>
  JSON.stringify([of.name, paramOf(of, 'TZID'), isEmbedded(of) ? of.value : spellingOf(of)]);

/** A device may leave out the zone that it was shown. */
function namesOtherZone(shown: Property, sent: Property): boolean {
  const zone = paramOf(sent, 'TZID');
  return zone !== undefined && zone !== paramOf(shown, 'TZID');
}

/** Equal texts for values of the same spelling. */
function spellingOf({ name, value }: Property): string {
  const text = unescapeText(value).trim();
  switch (formOf(name)) {
    case 'phone':
      return spelledPhone(text);
    case 'mailbox':
      return mailboxOf(text);
    case 'link':
      return spelledUrl(text);
    default:
      break;
  }
  if (valueTypeOf(name) === 'list') return textList(value).sort().join('\n');
  if (valueTypeOf(name) === 'parts') return joinParts(withoutEmptyEnd(textParts(value).map(spacedText)));
  return text.split('\n').map(spacedText).join('\n');
}

/** A device that shows fewer parts writes fewer. */
const withoutEmptyEnd = (parts: readonly string[]): readonly string[] =>
  parts.slice(0, parts.findLastIndex((part) => part !== '') + 1);

/**
 * Did a program only write in its own way what it was shown? Where nobody else changed that, its spelling is as good as the
 * item's. Where somebody did, the program has not changed anything that could win.
 */
export const isCosmeticEdit = (shown: Property, sent: Property): boolean =>
  sameSpelling(shown, sent) && addsNothing(shown, sent);

/**
 * The parameters say what they said. The type of a photo is in its bytes. A preference that is gone may be one that the
 * device does not know.
 */
function addsNothing(shown: Property, sent: Property): boolean {
  const types = (of: Property) => typesOf(of).filter((type) => !isHabitType(type));
  const [was, now] = [types(shown), types(sent)];
  const isSameType =
    was.every((type) => isPreference(type) || now.includes(type)) && now.every((type) => was.includes(type));
  if (!isSameType && !isEmbedded(shown)) return false;
  return sent.params.every((param) => isHabit(param.name) || hasParam(shown, param));
}

const hasParam = (of: Property, { name, values }: Param): boolean =>
  of.params.some(
    (one) => one.name === name && one.values.join().toUpperCase() === values.join().toUpperCase(),
  );

/** Would people take one for the other? A label is that of its group alone. */
export function sameMeaning(one: Property, other: Property): boolean {
  if (isLabel(one.name) && one.group !== other.group) return false;
  if (isEmbedded(one)) return one.value === other.value;
  if (sameSpelling(one, other)) return true;
  if (namesOtherZone(one, other)) return false;
  const [a, b] = formOf(one.name) === 'phone' ? [one, other].map(phoneIn) : [];
  return a === undefined || b === undefined ? meaningOf(one) === meaningOf(other) : samePhone(a, b);
}

const phoneIn = ({ value }: Property) => phoneOf(unescapeText(value));

/** Equal texts for values of the same meaning, but for telephone numbers. */
function meaningOf(of: Property): string {
  const { name, value } = of;
  if (formOf(name) === 'link') return urlMeaning(unescapeText(value).trim());
  // The text of an address, with the semicolons of its parts or without.
  if (formOf(name) === 'address')
    return withoutEmptyEnd(unescapeText(value).split(';').map(foldedText)).join(';');
  if (valueTypeOf(name) === 'list') return textList(value).map(foldedText).sort().join('\n');
  if (valueTypeOf(name) === 'parts') return joinParts(withoutEmptyEnd(textParts(value).map(foldedText)));
  return foldedText(spellingOf(of));
}

/** Does one value say the same as the other, but for parts that one of them leaves open? They share at least one part. */
export function fillsParts(one: Property, other: Property): boolean {
  const [a, b] = [one, other].map(({ value }) => textParts(value).map(foldedText)) as [string[], string[]];
  const shared = a.filter((text, n) => text !== '' && (b[n] ?? '') !== '');
  return shared.length > 0 && a.every((text, n) => text === '' || (b[n] ?? '') === '' || text === b[n]);
}
