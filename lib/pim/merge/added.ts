/** Properties that the device has and did not get from us. */

import { isSmallerCopy } from '../contact/picture.ts';
import { kindOf } from '../kinds.ts';
import type { Property } from '../model.ts';
import { textParts } from '../syntax/text.ts';
import { meaningOf } from './alike.ts';
import { mergeField } from './fields.ts';
import { keyOf } from './likes.ts';
import type { Merging } from './sides.ts';

/** Pictures are replaced as a whole: one that the device could not see (too large for it) is another one now. */
const PICTURES = new Set(['PHOTO', 'LOGO']);

interface Additions {
  /** What there is, with the other changes of the device done. */
  readonly result: readonly Property[];
  readonly added: readonly Property[];
  /** What came to us since the device saw the item: it is not added again in other words. */
  readonly news: readonly Property[];
  readonly many: boolean;
}

/** `result` with what was added. */
export function mergeAdded({ result, added, news, many }: Additions, merging: Merging): readonly Property[] {
  const merged = [...result];
  for (const one of added) {
    if (merged.some((other) => keyOf(other) === keyOf(one))) continue;
    const at = merged.findIndex((other) => news.includes(other) && isCounterpart(other, one, many));
    const other = merged[at];
    if (other === undefined) addTo(merged, one);
    else if (isSmallerCopy(one, other) || (many && isAlike(other, one))) continue;
    else merged.splice(at, 1, ...mergeField({ base: undefined, theirs: other, ours: one, many }, merging));
  }
  return merged;
}

function addTo(merged: Property[], one: Property): void {
  const at = PICTURES.has(one.name) ? merged.findIndex((other) => other.name === one.name) : -1;
  const old = merged[at];
  if (old === undefined) merged.push(one);
  else if (!isSmallerCopy(one, old)) merged.splice(at, 1, one);
}

/** Is it the same thing in other words, or the only one of its name on both sides? */
function isCounterpart(other: Property, one: Property, many: boolean): boolean {
  if (isAlike(other, one) || !many) return true;
  return kindOf(one.name) === 'parts' && arePartsOfOne(other, one);
}

const isAlike = (other: Property, one: Property): boolean => meaningOf(other) === meaningOf(one);

/** They differ only in parts that one of them leaves open. */
function arePartsOfOne(one: Property, other: Property): boolean {
  const [a, b] = [textParts(meaningOf(one)), textParts(meaningOf(other))];
  const both = a.filter((text, n) => text !== '' && b[n] !== undefined && b[n] !== '');
  return both.length > 0 && a.every((text, n) => text === '' || (b[n] ?? '') === '' || text === b[n]);
}
