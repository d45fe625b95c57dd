/** Properties that the device has and did not get from us. */

import { isSmallerCopy } from '../formats/vcard/picture.ts';
import { isAlike, meaningOf } from '../properties/alike.ts';
import { isPicture, isSingle, valueTypeOf } from '../properties/table.ts';
import type { Property } from '../vobject/model.ts';
import { textParts } from '../vobject/text.ts';
import { mergeField } from './fields.ts';
import { keyOf } from './pairing.ts';
import type { Merging } from './sides.ts';

interface Additions {
  /** What there is, with the other changes of the device done. */
  readonly result: readonly Property[];
  readonly added: readonly Property[];
  /** What came to us since the device saw the item: it is not added again in other words. */
  readonly news: readonly Property[];
  readonly many: boolean;
  /** The device saw none of this name. */
  readonly blind: boolean;
}

/** More values than people have: whoever sends as many is not compared with each of them. */
export const MANY_VALUES = 200;

/** `result` with what was added. */
export function mergeAdded(additions: Additions, merging: Merging): readonly Property[] {
  const { result, added, news, many, blind } = additions;
  const hidden = blind ? result : [];
  const merged = [...result];
  const keys = new Set(merged.map(keyOf));
  const fresh = new Set(news.slice(0, MANY_VALUES));
  for (const [n, one] of added.entries()) {
    const key = keyOf(one);
    if (keys.has(key)) continue;
    keys.add(key);
    const isCompared = n < MANY_VALUES && fresh.size > 0;
    const at = isCompared
      ? merged.findIndex((other) => fresh.has(other) && isCounterpart(other, one, many))
      : -1;
    const other = merged[at];
    if (other === undefined) addTo(merged, one, hidden, merging);
    else if (isSmallerCopy(one, other) || (many && isAlike(other, one))) continue;
    else merged.splice(at, 1, ...mergeField({ base: undefined, theirs: other, ours: one, many }, merging));
  }
  return merged;
}

/**
 * Pictures are replaced as a whole, as rules are: one that the device could not see is another one now. `hidden`: what
 * there is and the device did not see.
 */
function addTo(merged: Property[], one: Property, hidden: readonly Property[], merging: Merging): void {
  const isImage = isPicture(one.name);
  const isRule = valueTypeOf(one.name) === 'rule';
  const at = isImage
    ? merged.findIndex((other) => other.name === one.name)
    : isSingle(one.name) || isRule
      ? merged.findIndex((other) => hidden.includes(other))
      : -1;
  const old = merged[at];
  if (old === undefined) merged.push(one);
  else if (!isImage && !isRule)
    merged.splice(at, 1, ...mergeField({ base: undefined, theirs: old, ours: one, many: false }, merging));
  else if (!isSmallerCopy(one, old)) merged.splice(at, 1, one);
}

/** Is it the same thing in other words, or the only one of its name on both sides? */
function isCounterpart(other: Property, one: Property, many: boolean): boolean {
  if (isAlike(other, one) || !many) return true;
  return valueTypeOf(one.name) === 'parts' && arePartsOfOne(other, one);
}

/** They differ only in parts that one of them leaves open. */
function arePartsOfOne(one: Property, other: Property): boolean {
  const [a, b] = [textParts(meaningOf(one)), textParts(meaningOf(other))];
  const both = a.filter((text, n) => text !== '' && b[n] !== undefined && b[n] !== '');
  return both.length > 0 && a.every((text, n) => text === '' || (b[n] ?? '') === '' || text === b[n]);
}
