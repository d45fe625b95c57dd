/** Makes VTIMEZONE components for the zones that an item names. */
import { type Component, property } from '../../vobject/model.ts';
import { spend } from '../../work/budget.ts';
import { withTrueFlagsIn } from '../all-day-flags.ts';
import { zoneDefinition, zoneNameIn, zoneNamesIn } from './own-zones.ts';
import { offsetText, type ZoneTransition } from './search.ts';
import { clocksOf, localClock, type YearlyRule, yearBefore } from './transitions.ts';
import { isZone, localOf, WEEKDAYS } from './zones.ts';

/** What each definition costs, also one that is kept from before (lib/pim/work/budget.ts). */
const MADE = 5_000;

/**
 * Adds a VTIMEZONE for each zone that the calendar names and does not define. All-day flags are set to agree with the
 * times, of which a merge may have changed only one.
 */
export function withZones(calendar: Component): Component {
  const missing = [...new Set(calendar.components.flatMap(zoneNamesIn))]
    .filter((zone) => zoneDefinition(zone, calendar) === undefined)
    .sort();
  spend(missing.length * MADE);
  return {
    ...calendar,
    components: [
      ...missing.flatMap((zone) => definitionOf(zone, yearBefore(firstYearIn(calendar, zone)))),
      ...withTrueFlagsIn(calendar).components,
    ],
  };
}

/** The first year of the times in that zone. Without times, a year that is far away. */
function firstYearIn({ properties, components }: Component, zone: string): number {
  const years = properties.flatMap((one) =>
    zoneNameIn(one) === zone ? (/^\d{4}(?=\d{4})/.exec(one.value) ?? []).map(Number) : [],
  );
  return Math.min(...years, ...components.map((inner) => firstYearIn(inner, zone)));
}

const definitions = new Map<string, readonly Component[]>();
/** Most definitions that are kept. A user needs few; all zones with all first years are some 20,000. */
const MOST_KEPT = 500;

function definitionOf(zone: string, from: number): readonly Component[] {
  if (!isZone(zone)) return [];
  const key = `${zone} ${from}`;
  const known = definitions.get(key);
  if (known !== undefined) return known;
  if (definitions.size >= MOST_KEPT) definitions.clear();
  const found = [definition(zone, from)];
  definitions.set(key, found);
  return found;
}

/** The definition with the transitions of the year `from` and of all later years. */
function definition(zone: string, from: number): Component {
  const { offset, changes, rules } = clocksOf(zone, from);
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
