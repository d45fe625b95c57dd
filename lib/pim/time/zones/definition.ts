/** Makes VTIMEZONE components for the zones that an item names. */
import { type Component, paramValues, property } from '../../vobject/model.ts';
import { withTrueFlagsIn } from '../all-day-flags.ts';
import { offsetText, type ZoneTransition } from './search.ts';
import { clocksOf, localClock, type YearlyRule } from './transitions.ts';
import { isZone, localOf, WEEKDAYS } from './zones.ts';

/**
 * Adds a VTIMEZONE for each zone that the calendar names and does not define. All-day flags are set to agree with the
 * times, of which a merge may have changed only one.
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
  return {
    ...calendar,
    components: [...missing.flatMap(definitionOf), ...withTrueFlagsIn(calendar).components],
  };
}

const zonesIn = ({ properties, components }: Component): string[] => [
  ...properties.flatMap((one) => paramValues(one, 'TZID')),
  ...components.flatMap(zonesIn),
];

const definitions = new Map<string, readonly Component[]>();

function definitionOf(zone: string): readonly Component[] {
  const known = definitions.get(zone);
  if (known !== undefined) return known;
  const found = isZone(zone) ? [definition(zone)] : [];
  definitions.set(zone, found);
  return found;
}

function definition(zone: string): Component {
  const { offset, changes, rules } = clocksOf(zone);
  const begin = observance('STANDARD', '19700101T000000', offset, offset);
  return {
    name: 'VTIMEZONE',
    properties: [property('TZID', zone)],
    components: [
      // Many readers apply a rule to the years before its start, too, so the first observance may be left out.
      ...(rules.length > 0 && changes.length === 0 ? [] : [begin]),
      ...changes.map((change) => changed(change)),
      ...rules.map(({ rule, first }) => changed(first, rule)),
    ],
  };
}

function changed(change: ZoneTransition, rule?: YearlyRule): Component {
  const name = change.after > change.before ? 'DAYLIGHT' : 'STANDARD';
  const made = observance(name, localOf(localClock(change)), change.before, change.after);
  if (rule === undefined) return made;
  const text = `FREQ=YEARLY;BYMONTH=${rule.month + 1};BYDAY=${rule.nth}${WEEKDAYS[rule.weekday]}`;
  return { ...made, properties: [...made.properties, property('RRULE', text)] };
}

const observance = (name: string, start: string, from: number, to: number): Component => ({
  name,
  properties: [
    property('DTSTART', start),
    property('TZOFFSETFROM', offsetText(from)),
    property('TZOFFSETTO', offsetText(to)),
  ],
  components: [],
});
