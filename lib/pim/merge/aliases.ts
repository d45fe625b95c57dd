/**
 * A device that has another name for a value than the item (formats/vcard/aliases.ts) is shown it under its own name, and
 * sends it so. Before the merge it gets the name that the item has. An item may have it under several names.
 */
import { isAliased, type Named, namedIn, usualNames, withValueOf } from '../formats/vcard/aliases.ts';
import type { Property } from '../vobject/model.ts';
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
  const sameAs = (one: Named) => ofItem.filter(({ usual: { value } }) => value === one.usual.value);
  const foreign = shown.find((one) => sameAs(one).some(({ property }) => !known.has(property.name)));
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
    merging: holding(
      merging,
      foreign.property.name,
      own.map(({ property }) => property.name),
    ),
  };
}

const replaced = (list: readonly Property[], old: Named, now: readonly Named[]): readonly Property[] => [
  ...list.filter((one) => one !== old.property && one !== old.label),
  ...now.flatMap(({ property, label }) => (label === undefined ? [property] : [property, label])),
];

/** The device holds of these names what it holds of its own name. */
function holding(merging: Merging, own: string, names: readonly string[]): Merging {
  const { held, capacities } = merging;
  const capacity = capacities?.get(own);
  return {
    ...merging,
    ...(held !== 'all' && isHeld(held, own) && { held: new Set([...held, ...names]) }),
    ...(capacities !== undefined &&
      capacity !== undefined && {
        capacities: new Map([...capacities, ...names.map((name) => [name, capacity] as const)]),
      }),
  };
}
