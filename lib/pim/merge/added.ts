/** Properties that the device has and did not get from the item. */

import { isPicture, isSingle, valueTypeOf } from '../properties/table.ts';
import { fillsParts, identityOf, isSmallerCopy, sameMeaning } from '../same.ts';
import type { Property } from '../vobject/model.ts';
import { mergeField } from './fields.ts';
import type { Merging } from './sides.ts';

/** Properties of one name. */
interface Additions {
  /** What the item has, with the other changes of the device done. */
  readonly result: readonly Property[];
  /** What the device added. */
  readonly added: readonly Property[];
  /** What the item got since the device saw it. What the device added may be one of these in another spelling. */
  readonly news: readonly Property[];
  /** The item may have any number of these. */
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
  const known = new Set(merged.map(identityOf));
  const fresh = new Set(news.slice(0, MANY_VALUES));
  for (const [n, device] of added.entries()) {
    const identity = identityOf(device);
    if (known.has(identity)) continue;
    known.add(identity);
    const isCompared = n < MANY_VALUES && fresh.size > 0;
    const at = isCompared
      ? merged.findIndex((item) => fresh.has(item) && isCounterpart(item, device, many))
      : -1;
    const item = merged[at];
    if (item === undefined) addTo(merged, device, hidden, merging);
    else if (isSmallerCopy(device, item) || (many && sameMeaning(item, device))) continue;
    else merged.splice(at, 1, ...mergeField({ base: undefined, item, device, many }, merging));
  }
  return merged;
}

/**
 * Adds what is new to the item. A picture takes the place of any other one. A rule, and what an item has once, takes the
 * place of one in `hidden`: what the item has and the device did not see.
 */
function addTo(merged: Property[], device: Property, hidden: readonly Property[], merging: Merging): void {
  const isReplaced = isPicture(device.name) || valueTypeOf(device.name) === 'rule';
  const at = isPicture(device.name)
    ? merged.findIndex((one) => one.name === device.name)
    : isSingle(device.name) || isReplaced
      ? merged.findIndex((one) => hidden.includes(one))
      : -1;
  const item = merged[at];
  if (item === undefined) merged.push(device);
  else if (!isReplaced)
    merged.splice(at, 1, ...mergeField({ base: undefined, item, device, many: false }, merging));
  else if (!isSmallerCopy(device, item)) merged.splice(at, 1, device);
}

/** Is what the item has another form of what the device added? Of what an item has once, any is. */
const isCounterpart = (item: Property, device: Property, many: boolean): boolean =>
  !many || sameMeaning(item, device) || (valueTypeOf(device.name) === 'parts' && fillsParts(item, device));
