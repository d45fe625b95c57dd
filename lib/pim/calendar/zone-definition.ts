/** VTIMEZONE components for the zones that an item names. */
import { tzlib_get_ical_block } from 'timezones-ical-library';
import type { Component } from '../model.ts';
import { paramValues } from '../model.ts';
import { readObjects } from '../syntax/read.ts';
import { withTrueFlags } from './days.ts';
import { isZone } from './zones.ts';

/**
 * The calendar with a definition of each of its zones that has none, and flags that say what its times say: a merge may
 * have changed only these.
 */
export function withZones(calendar: Component): Component {
  const defined = new Set(
    calendar.components.flatMap(({ name, properties }) =>
      name === 'VTIMEZONE' ? properties.flatMap((one) => (one.name === 'TZID' ? [one.value] : [])) : [],
    ),
  );
  const missing = [...new Set(calendar.components.flatMap(zonesIn))]
    .filter((zone) => !defined.has(zone))
    .sort();
  const parts = calendar.components.map((part) => ({ ...part, properties: withTrueFlags(part.properties) }));
  return { ...calendar, components: [...missing.flatMap(definitionOf), ...parts] };
}

const zonesIn = ({ properties, components }: Component): string[] => [
  ...properties.flatMap((one) => paramValues(one, 'TZID')),
  ...components.flatMap(zonesIn),
];

const definitions = new Map<string, readonly Component[]>();

function definitionOf(zone: string): readonly Component[] {
  const known = definitions.get(zone);
  if (known !== undefined) return known;
  // Of a name that it does not know the library complains on the console.
  const [block] = isZone(zone) ? tzlib_get_ical_block(zone) : [];
  const found =
    typeof block === 'string' && block.includes('BEGIN:VTIMEZONE')
      ? readObjects(block).map(({ component }) => component)
      : [];
  definitions.set(zone, found);
  return found;
}
