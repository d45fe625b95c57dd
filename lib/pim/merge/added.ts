/**
 * The device has added properties to its copy of the item. They are added to the item, unless the item has got the same
 * since.
 */

import { NO_CAPACITY } from '../device/capacity.ts';
import { isRoomed } from '../device/shown-capacity.ts';
import { isPicture, isSingle, valueTypeOf } from '../properties/table.ts';
import { fillsParts, identityOf, isSmallerCopy, sameMeaning } from '../same.ts';
import { isEmbedded, type Property } from '../vobject/model.ts';
import { spend } from '../work/budget.ts';
import { isCopy, isDueOnDay } from './copies.ts';
import { mergeField } from './fields.ts';
import type { Merging } from './sides.ts';

/** Properties of one name. */
interface Additions {
  /** The properties of the item, after the device's changes and deletions were applied. */
  readonly result: readonly Property[];
  /** The properties that the device added. */
  readonly added: readonly Property[];
  /** Properties that others added to the item since the device got it. The device may have added one of these, too. */
  readonly news: readonly Property[];
  /** May the item have any number of properties of this name? */
  readonly many: boolean;
  /** Was the device shown no property of this name? */
  readonly blind: boolean;
}

/** No person has so many values of one name. Values beyond this number are not compared with each other. */
export const MANY_VALUES = 200;
/** What the comparison of two values costs (lib/pim/work/budget.ts). */
const COMPARED = 2;

/** Returns `result` with the added properties. */
export function mergeAdded(additions: Additions, merging: Merging): readonly Property[] {
  const { result, added, news, many, blind } = additions;
  const hidden = blind ? result : [];
  const merged = [...result];
  const known = new Set(merged.map(identityOf));
  const compared = news.slice(0, MANY_VALUES);
  const fresh = new Set(compared);
  for (const [n, device] of added.entries()) {
    const identity = identityOf(device);
    if (known.has(identity)) continue;
    known.add(identity);
    const isCompared = n < MANY_VALUES && fresh.size > 0;
    if (isCompared) spend(merged.length / 10 + fresh.size * COMPARED);
    if (isCompared && compared.some((item) => isHeldOf(item, device, merging))) continue;
    const at = isCompared
      ? merged.findIndex((item) => fresh.has(item) && isCounterpart(item, device, many))
      : -1;
    const item = merged[at];
    if (item === undefined) addTo(merged, device, hidden, merging);
    else if (isSmallerCopy(device, item) || (many && sameMeaning(item, device))) continue;
    else if (merging.union && isDueOnDay(item, device)) continue;
    else if (merging.union && isDueOnDay(device, item)) merged.splice(at, 1, device);
    else merged.splice(at, 1, ...mergeField({ base: undefined, item, device, many }, merging));
  }
  return merged;
}

/**
 * Adds a property that is new to the item. A picture replaces the item's picture of the same name. `hidden` are properties
 * of the item that the device was not shown: a rule replaces one of these, and a property that an item has once is merged
 * with one of these. Anything else is appended.
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

/**
 * Is the added property what the device has of one that others added? It may have got that in a message whose answer was
 * lost, and hold less of it than there is.
 */
function isHeldOf(item: Property, device: Property, { capacities, mayHoldNews }: Merging): boolean {
  const isPossible = mayHoldNews && capacities !== undefined && isRoomed(device.name) && !isEmbedded(device);
  return isPossible && isCopy(item, device, capacities.get(device.name) ?? NO_CAPACITY);
}

/** Is the item's property the one that the device added, in another form? Where an item has only one, it always is. */
const isCounterpart = (item: Property, device: Property, many: boolean): boolean =>
  !many || sameMeaning(item, device) || (valueTypeOf(device.name) === 'parts' && fillsParts(item, device));
