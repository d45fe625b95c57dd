/**
 * A device that has another name for a value than the item (formats/vcard/aliases.ts) is shown it under its own name, and
 * sends it so. Before the merge it gets the name that the item has. An item may have it under several names.
 */

import { type Capacities, type Capacity, unitedCapacity } from '../device/capacity.ts';
import { isAliased, type Named, namedIn, usualNames, withValueOf } from '../formats/vcard/aliases.ts';
import type { Property } from '../vobject/model.ts';
import { MANY_VALUES } from './added.ts';
import { isHeld, type Merging, type Sides } from './sides.ts';

type Lists = Sides<readonly Property[]>;

interface Aligned {
  readonly sides: Lists;
  readonly merging: Merging;
}

/** What the device showed and sent, under the names of the item; and that it holds as much under these names. */
export const underNamesOfItem = (sides: Lists, merging: Merging): Aligned =>
  sides.seen.some(({ name }) => isAliased(name))
    ? usualNames.reduce(aligned, { sides, merging })
    : { sides, merging };

function aligned(before: Aligned, usual: string): Aligned {
  const { sides, merging } = before;
  const [ofItem, shown, sent] = [sides.was, sides.seen, sides.sent].map((list) => namedIn(list, usual)) as [
    Named[],
    Named[],
    Named[],
  ];
  const known = new Set(shown.map(({ property }) => property.name));
  const byValue = Map.groupBy(ofItem, (one) => one.usual.value);
  const sameAs = (one: Named) => byValue.get(one.usual.value) ?? [];
  const foreign = shown
    .slice(0, MANY_VALUES)
    .find((one) => sameAs(one).some(({ property }) => !known.has(property.name)));
  if (foreign === undefined) return before;
  const own = sameAs(foreign).filter(
    ({ property: { name } }) => name === foreign.property.name || !known.has(name),
  );
  const made = sent.find(({ property }) => property.name === foreign.property.name);
  const isChanged = made !== undefined && made.usual.value !== foreign.usual.value;
  const changed = isChanged
    ? own.map((one) => ({ ...one, property: withValueOf(one.property, made.usual) }))
    : own;
  return {
    sides: {
      ...sides,
      seen: replaced(sides.seen, foreign, own),
      sent: made === undefined ? sides.sent : replaced(sides.sent, made, changed),
    },
    merging: holding(merging, foreign.property.name, new Set(own.map(({ property }) => property.name))),
  };
}

const replaced = (list: readonly Property[], old: Named, now: readonly Named[]): readonly Property[] => [
  ...list.filter((one) => one !== old.property && one !== old.label),
  ...now.flatMap(({ property, label }) => (label === undefined ? [property] : [property, label])),
];

/**
 * The device holds of these names what it holds of its own name. Apple has one name for several of them: of that the device
 * holds as many values as of all of its own names.
 */
function holding(merging: Merging, own: string, names: ReadonlySet<string>): Merging {
  const { held, capacities } = merging;
  return {
    ...merging,
    ...(held !== 'all' && isHeld(held, own) && { held: new Set([...held, ...names]) }),
    capacities: capacities && withNames(capacities, capacities.get(own), names),
  };
}

function withNames(
  known: Capacities,
  capacity: Capacity | undefined,
  names: ReadonlySet<string>,
): Capacities {
  if (capacity === undefined) return known;
  const all = new Map(known);
  for (const name of names) {
    const before = all.get(name);
    const count = (before?.count ?? 0) + capacity.count;
    all.set(name, { ...(before === undefined ? capacity : unitedCapacity(before, capacity)), count });
  }
  return all;
}
