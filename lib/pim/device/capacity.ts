/**
 * How much of each property a device is known to hold: what it has shown by the items that it sent, and what its device
 * information tells. What goes beyond that counts as "no room": its absence in an item from the device deletes nothing.
 */
import { isHabitType, isPreference } from '../properties/parameters.ts';
import { hasFreeParts, mediaOf, valueTypeOf } from '../properties/table.ts';
import { intervalOf, parseRule } from '../time/rule.ts';
import { isEmbedded, type Property, typesOf } from '../vobject/model.ts';
import { textList, textParts, unescapeText } from '../vobject/text.ts';

/** How much of one property. A property without a capacity is held once, if it is held at all. */
export interface Capacity {
  /** The most values in one item; of a list, the most entries. */
  readonly count: number;
  /** The longest text, in UTF-16 units and in bytes of UTF-8. Infinity where the device tells its limit. */
  readonly characters: number;
  readonly bytes: number;
  /** Which parts of a structured value were filled: bit n stands for part n. */
  readonly parts: number;
  /** Were there line ends in its texts? */
  readonly lines: boolean;
  /** Parameters except TYPE. PREF stands for any preference. Of an alarm: the names of its properties. */
  readonly params: ReadonlySet<string>;
  /** The most values of each combination of types (`slotOf`). Phones have slots: one number at home, one at work. */
  readonly slots: ReadonlyMap<string, number>;
  /** Types that the device information names. */
  readonly types?: ReadonlySet<string>;
  /** May its values have any types? The device information says so if it tells how many there are, or lists ACTION of alarms. */
  readonly anyTypes?: true;
}

/** By the name of the property in the stored form. For alarms the name is VALARM, and the slots are actions. */
export type Capacities = ReadonlyMap<string, Capacity>;

export const NO_CAPACITY: Capacity = {
  count: 1,
  characters: 0,
  bytes: 0,
  parts: 0,
  lines: false,
  params: new Set(),
  slots: new Map(),
};

/**
 * The kind of place that a value takes on a device: its types, without those that programs add. Empty without types. Of a
 * rule it is its kind, because a device that repeats events every week may not know the first Friday of a month.
 */
export function slotOf(of: Property): string {
  if (valueTypeOf(of.name) === 'rule') return kindOfRule(of.value);
  if (mediaOf(of.name) !== undefined) return '';
  const types = typesOf(of).filter((type) => !isHabitType(type) && !isPreference(type));
  return [...new Set(types)].sort().join();
}

function kindOfRule(text: string): string {
  const rule = parseRule(text);
  if (rule === undefined) return '';
  const hasPosition = rule.has('BYSETPOS') || /\d/.test(rule.get('BYDAY') ?? '');
  return [
    rule.get('FREQ') ?? '',
    ...(intervalOf(rule) > 1 ? ['INTERVAL'] : []),
    ...(hasPosition ? ['POSITION'] : []),
  ].join();
}

/** Is it a preference: the parameter of vCard 4.0, or the value of TYPE? */
export const isPreferred = (of: Property): boolean =>
  of.params.some(({ name }) => name === 'PREF') || typesOf(of).some(isPreference);

/**
 * The plain texts of a value that a device may cut, each by itself: parts, entries, or the value. None for a time, a rule
 * or bytes, of which a half would be something else.
 */
export function textsIn(of: Property): readonly string[] {
  if (isEmbedded(of)) return [];
  if (hasFreeParts(of.name)) return textParts(of.value);
  switch (valueTypeOf(of.name)) {
    case 'list':
      return textList(of.value);
    case 'text':
      return [unescapeText(of.value)];
    case 'uri':
      return [of.value];
    case 'other':
      return of.value.includes(';') ? [] : [unescapeText(of.value)];
    default:
      return [];
  }
}

/** How many values the device holds of this slot, besides what `count` says of all of them. */
export function slotCount(capacity: Capacity, slot: string): number {
  const { slots, types, anyTypes } = capacity;
  const knowsTypes = types !== undefined || [...slots.keys()].some((known) => known !== '');
  if (anyTypes === true || !knowsTypes) return Number.POSITIVE_INFINITY;
  return slots.get(slot) ?? (isToldSlot(capacity, slot) ? 1 : 0);
}

/** Can the device tell this combination of types from others? */
export const knowsSlot = (capacity: Capacity, slot: string): boolean =>
  capacity.slots.has(slot) || isToldSlot(capacity, slot);

const isToldSlot = ({ types }: Capacity, slot: string): boolean =>
  types !== undefined && slot !== '' && slot.split(',').every((type) => types.has(type));

/** Each number as the greater one of both, each set as all of both. */
export function united(known: Capacities, more: Capacities): Capacities {
  const all = new Map(known);
  for (const [name, capacity] of more) {
    const before = all.get(name);
    all.set(name, before === undefined ? capacity : unitedCapacity(before, capacity));
  }
  return all;
}

/** The same for one property. */
export function unitedCapacity(one: Capacity, other: Capacity): Capacity {
  const slots = new Map(one.slots);
  for (const [slot, count] of other.slots) slots.set(slot, Math.max(count, slots.get(slot) ?? 0));
  const types = one.types === undefined ? other.types : new Set([...one.types, ...(other.types ?? [])]);
  return {
    count: Math.max(one.count, other.count),
    characters: Math.max(one.characters, other.characters),
    bytes: Math.max(one.bytes, other.bytes),
    parts: one.parts | other.parts,
    lines: one.lines || other.lines,
    params: new Set([...one.params, ...other.params]),
    slots,
    ...(types !== undefined && { types }),
    ...((one.anyTypes ?? other.anyTypes) === true && { anyTypes: true }),
  };
}
