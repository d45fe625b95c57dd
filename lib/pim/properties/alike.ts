/** Two ways to write one value: what one side has of the other's in its own spelling is not added to it. */

import { type Property, paramOf } from '../vobject/model.ts';
import { joinParts, textList, textParts, unescapeText } from '../vobject/text.ts';
import { phoneOf, samePhone } from './phone.ts';
import { isSameValue, namesOtherZone, withoutEmptyEnd } from './respelt.ts';
import { isLabel, valueTypeOf } from './table.ts';
import { foldedText } from './text.ts';

/** Do two properties of one name mean the same? */
export function isAlike(one: Property, other: Property): boolean {
  // What says something of the rest of its group is of that group alone.
  if (isLabel(one.name) && one.group !== other.group) return false;
  // Pictures are compared elsewhere: that takes long.
  if (paramOf(one, 'ENCODING') === 'b') return one.value === other.value;
  if (namesOtherZone(one, other)) return false;
  if (isSameValue(one, other)) return true;
  if (one.name !== 'TEL') return meaningOf(one) === meaningOf(other);
  const [a, b] = [one, other].map(({ value }) => phoneOf(unescapeText(value)));
  return a === undefined || b === undefined
    ? foldedText(one.value) === foldedText(other.value)
    : samePhone(a, b);
}

/** Equal for values that mean the same. */
export function meaningOf({ name, value }: Property): string {
  if (name === 'URL')
    return value
      .replace(/^https?:\/\//i, '')
      .replace(/^[^/]*/, (host) => host.toLowerCase())
      .replace(/\/$/, '');
  if (valueTypeOf(name) === 'list') return textList(value).map(foldedText).sort().join('\n');
  if (valueTypeOf(name) === 'parts') return joinParts(withoutEmptyEnd(textParts(value).map(foldedText)));
  // The text of an address, with the semicolons of its parts or without.
  if (name === 'LABEL') return withoutEmptyEnd(unescapeText(value).split(';').map(foldedText)).join(';');
  return foldedText(unescapeText(value));
}
