/** Properties that the device has and did not get from us. */

import { isSmallerCopy } from '../properties/picture.ts';
import { isPicture, isSingle, valueTypeOf } from '../properties/table.ts';
import { fillsParts, identityOf, sameMeaning } from '../same.ts';
import type { Property } from '../vobject/model.ts';
import { mergeField } from './fields.ts';
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
  const keys = new Set(merged.map(identityOf));
  const fresh = new Set(news.slice(0, MANY_VALUES));
  for (const [n, one] of added.entries()) {
    const key = identityOf(one);
    if (keys.has(key)) continue;
    keys.add(key);
    const isCompared = n < MANY_VALUES && fresh.size > 0;
    const at = isCompared
      ? merged.findIndex((other) => fresh.has(other) && isCounterpart(other, one, many))
      : -1;
    const other = merged[at];
    if (other === undefined) addTo(merged, one, hidden, merging);
    else if (isSmallerCopy(one, other) || (many && sameMeaning(other, one))) continue;
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
  if (sameMeaning(other, one) || !many) return true;
  return valueTypeOf(one.name) === 'parts' && fillsParts(other, one);
}
