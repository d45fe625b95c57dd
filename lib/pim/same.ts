/**
 * When are two properties of one name the same? There are three rungs of a ladder. Properties that are the same on one rung
 * are the same on the next rungs, too. Code that compares properties chooses a rung, and has no test of its own.
 *
 * 1. Identical: group, parameters and value are the same. For most times only the instant counts:
 *    `EXDATE;TZID=Europe/Berlin:20260302T100000` is `EXDATE:20260302T090000Z`. For the start and the end of an item the zone
 *    counts as well, because a series in another zone is another series.
 * 2. Same spelling: a program wrote the value in its own way, and no user changed it.
 *    `+49 89 1234567` is `+49891234567`, `mailto:Ada@example.com` is `ada@example.com`, `http://Example.com` is
 *    `http://example.com/`, categories `a,b` are `b,a`, the address `;;Road;;;;` is `;;Road`, a photo is its smaller copy.
 *    If the parameters have nothing new either (`addsNothing`), then a program made the edit, and no user. It never wins
 *    over a change that somebody else made. If nobody else changed the value, the new spelling is taken.
 * 3. Same meaning: people take one for the other, so an item needs only one of them.
 *    `+49 170 1234567` is `0170/1234567`, `https://example.com` is `example.com`, `Countess` is `COUNTESS`.
 *
 * Below all rungs, `sameComponent` (lib/pim/vobject/model.ts) tells whether two trees are the same to the letter.
 *
 * One exception: on the third rung photos have to have the same bytes, because decoding a photo for each of many pairs would
 * take too long.
 */

import { mailboxOf } from './properties/email.ts';
import { isHabit, isHabitType, isPreference } from './properties/parameters.ts';
import { phoneOf, samePhone, spelledPhone } from './properties/phone.ts';
import { type Grid, gridOf, isSamePicture, workOfPicture } from './properties/picture.ts';
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
import { spendOnce } from './work/budget.ts';

const identities = new WeakMap<Property, string>();

/** A text that is equal for identical properties. It is made once for a property, because a merge uses it several times. */
export function identityOf(of: Property): string {
  const known = identities.get(of) ?? madeIdentity(of);
  identities.set(of, known);
  return known;
}

function madeIdentity(of: Property): string {
  const { group = '', name, params, value } = of;
  const zone = paramOf(of, 'TZID');
  const isInstant = valueTypeOf(name) === 'time' && (value.endsWith('Z') || zone !== undefined);
  if (isInstant) return JSON.stringify([name, instantIn(of) ?? value, ...(isBound(name) ? [zone] : [])]);
  return JSON.stringify([group, name, params.map((param) => [param.name, param.values]), value]);
}

/** Are two properties identical except for their groups? */
export const identicalInAnyGroup = (one: Property, other: Property): boolean =>
  identityOf({ ...one, group: '' }) === identityOf({ ...other, group: '' });

/** The properties of `list` that are not in `others`. Each of the `others` removes only one of several identical ones. */
export function without(list: readonly Property[], others: readonly Property[]): Property[] {
  if (sameLists(list, others, sameProperty)) return [];
  const counts = new Map<string, number>();
  for (const key of others.map(identityOf)) counts.set(key, (counts.get(key) ?? 0) + 1);
  return list.filter((one) => {
    const key = identityOf(one);
    const left = counts.get(key) ?? 0;
    counts.set(key, left - 1);
    return left <= 0;
  });
}

/** Do two lists have identical properties, in any order? */
export const sameProperties = (list: readonly Property[], other: readonly Property[]): boolean =>
  sameLists(list, other, sameProperty) || (list.length === other.length && without(list, other).length === 0);

/** Is `copy` the same picture as `original` in fewer bytes? A link is not a copy, nor is what cannot be decoded. */
export function isSmallerCopy(copy: Property, original: Property): boolean {
  if (!isEmbedded(copy) || !isEmbedded(original) || copy.value.length >= original.value.length) return false;
  const [small, large] = [knownGrid(copy), knownGrid(original)];
  return small !== undefined && large !== undefined && isSamePicture(small, large);
}

interface Known {
  readonly work: number;
  is?: { readonly grid: Grid | undefined };
}
const grids = new WeakMap<Property, Known>();

/** Each picture is decoded once, however many others it is compared with. A budget pays for it also if that was before. */
function knownGrid(of: Property): Grid | undefined {
  const known: Known = grids.get(of) ?? { work: workOfPicture(of.value) };
  grids.set(of, known);
  spendOnce(of, known.work);
  known.is ??= { grid: gridOf(of.value) };
  return known.is.grid;
}

/** Do two values have the same spelling? Group and parameters do not count, except the zone of a time. */
export function sameSpelling(shown: Property, sent: Property): boolean {
  if (valueTypeOf(shown.name) === 'time' && identityOf(shown) === identityOf(sent)) return true;
  if (namesOtherZone(shown, sent)) return false;
  if (shown.value === sent.value) return true;
  return isEmbedded(shown) ? isSmallerCopy(sent, shown) : spellingOf(shown) === spellingOf(sent);
}

/**
 * A text that is equal for properties of one name and the same spelling; parameters except the zone do not count. One
 * exception: a photo and its smaller copy have different texts.
 */
export const spellingKey = (of: Property): string =>
  JSON.stringify([of.name, paramOf(of, 'TZID'), isEmbedded(of) ? of.value : spellingOf(of)]);

/** Did the device set another zone? A device that leaves out the zone has not changed it. */
function namesOtherZone(shown: Property, sent: Property): boolean {
  const zone = paramOf(sent, 'TZID');
  return zone !== undefined && zone !== paramOf(shown, 'TZID');
}

/** A text that is equal for values of the same spelling. */
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

/** Empty parts at the end do not count: a device with fewer fields writes fewer parts. */
const withoutEmptyEnd = (parts: readonly string[]): readonly string[] =>
  parts.slice(0, parts.findLastIndex((part) => part !== '') + 1);

/**
 * Do the parameters of `sent` add nothing to those of `shown`? The types of a photo do not count, because its bytes tell the
 * type. A preference may lack, because the device may not know preferences.
 */
export function addsNothing(shown: Property, sent: Property): boolean {
  const types = (of: Property) => new Set(typesOf(of).filter((type) => !isHabitType(type)));
  const [was, now] = [types(shown), types(sent)];
  const isSameType =
    [...was].every((type) => isPreference(type) || now.has(type)) && [...now].every((type) => was.has(type));
  if (!isSameType && !isEmbedded(shown)) return false;
  return sent.params.every((param) => isHabit(param.name) || hasParam(shown, param));
}

/** Is `sent` the property `shown` in the spelling of a program (rung 2, and nothing new in the parameters)? */
export const isRespelling = (shown: Property, sent: Property): boolean =>
  sameSpelling(shown, sent) && addsNothing(shown, sent);

const hasParam = (of: Property, { name, values }: Param): boolean =>
  of.params.some(
    (one) => one.name === name && one.values.join().toUpperCase() === values.join().toUpperCase(),
  );

/** Do two properties have the same meaning? Labels of different groups never have. */
export function sameMeaning(one: Property, other: Property): boolean {
  if (isLabel(one.name) && one.group !== other.group) return false;
  if (isEmbedded(one)) return one.value === other.value;
  if (sameSpelling(one, other)) return true;
  if (namesOtherZone(one, other)) return false;
  const [a, b] = formOf(one.name) === 'phone' ? [one, other].map(phoneIn) : [];
  return a === undefined || b === undefined ? meaningOf(one) === meaningOf(other) : samePhone(a, b);
}

const phoneIn = ({ value }: Property) => phoneOf(unescapeText(value));

/** A text that is equal for values of the same meaning. Not for telephone numbers, which `samePhone` compares. */
function meaningOf(of: Property): string {
  const { name, value } = of;
  if (formOf(name) === 'link') return urlMeaning(unescapeText(value).trim());
  // An address as one text. Some programs write it with the semicolons that separate its parts.
  if (formOf(name) === 'address')
    return withoutEmptyEnd(unescapeText(value).split(';').map(foldedText)).join(';');
  if (valueTypeOf(name) === 'list') return textList(value).map(foldedText).sort().join('\n');
  if (valueTypeOf(name) === 'parts') return joinParts(withoutEmptyEnd(textParts(value).map(foldedText)));
  return foldedText(spellingOf(of));
}

/** Do two structured values agree in every part that both have filled? There must be at least one such part. */
export function fillsParts(one: Property, other: Property): boolean {
  const [a, b] = [one, other].map(({ value }) => textParts(value).map(foldedText)) as [string[], string[]];
  const shared = a.filter((text, n) => text !== '' && (b[n] ?? '') !== '');
  return shared.length > 0 && a.every((text, n) => text === '' || (b[n] ?? '') === '' || text === b[n]);
}
