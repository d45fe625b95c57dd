/**
 * While an item is converted or merged, its times name the clocks of its own definitions by `clockName`. So they are
 * instants like those in known zones. Afterwards the clocks have definitions again.
 */
import { valueTypeOf } from '../../properties/table.ts';
import {
  type Component,
  type Property,
  paramOf,
  property,
  sorted,
  valueIn,
  withParam,
} from '../../vobject/model.ts';
import { escapeText, unescapeText } from '../../vobject/text.ts';
import { clockName, type Onset, onsetsNamed } from './own-clock.ts';
import { zoneDefinition, zoneNameIn } from './own-zones.ts';
import { onsetsIn } from './rules.ts';
import { offsetText } from './search.ts';
import { isZone, localOf, utcText, WEEKDAYS } from './zones.ts';

const isDefinition = ({ name }: Component): boolean => name === 'VTIMEZONE';

/** Each property of the calendar and of its items, but not of its definitions, changed. */
function withEachProperty(calendar: Component, change: (one: Property) => Property): Component {
  const changed = (part: Component): Component => ({
    ...part,
    properties: part.properties.map(change),
    components: part.components.map((inner) => (isDefinition(inner) ? inner : changed(inner))),
  });
  return changed(calendar);
}

/** The calendar with its own clocks by their names. A definition that cannot be counted is left as it is. */
export function withClockNames(calendar: Component): Component {
  if (!calendar.components.some(isDefinition)) return calendar;
  const clocks = new Map<Component, string | undefined>();
  return withEachProperty(calendar, (one) => {
    const zone = valueTypeOf(one.name) === 'time' ? zoneNameIn(one) : undefined;
    const definition = zone === undefined || isZone(zone) ? undefined : zoneDefinition(zone, calendar);
    if (definition === undefined) return one;
    if (!clocks.has(definition)) clocks.set(definition, clockIn(definition));
    const clock = clocks.get(definition);
    return clock === undefined ? one : sorted(withParam(one, 'TZID', clock));
  });
}

function clockIn(definition: Component): string | undefined {
  const onsets = onsetsIn(definition);
  return onsets && clockName(onsets);
}

/**
 * The calendar with a definition for each clock that it names. The definitions of `known` calendars, and their names, are
 * preferred to made ones.
 */
export function withClocksDefined(calendar: Component, ...known: readonly Component[]): Component {
  const given = [calendar, ...known].flatMap(({ components }) => components.filter(isDefinition));
  const added = new Map<string, Component>();
  const taken = new Map(
    calendar.components
      .filter(isDefinition)
      .map((one): [string, string] => [nameOf(one), clockIn(one) ?? '']),
  );
  const defined = (clock: string, onsets: readonly Onset[]): string => {
    const found = given.find((one) => clockIn(one) === clock && (taken.get(nameOf(one)) ?? clock) === clock);
    const name = found === undefined ? freeName(nameFor(onsets), clock, taken) : nameOf(found);
    if (!taken.has(name)) added.set(name, found ?? definitionOf(name, onsets));
    taken.set(name, clock);
    return name;
  };
  const changed = withEachProperty(calendar, (one) => {
    const clock = paramOf(one, 'TZID');
    const onsets = clock === undefined ? undefined : onsetsNamed(clock);
    return clock === undefined || onsets === undefined
      ? one
      : sorted(withParam(one, 'TZID', defined(clock, onsets)));
  });
  return added.size === 0 ? changed : { ...changed, components: [...added.values(), ...changed.components] };
}

const nameOf = (definition: Component): string => unescapeText(valueIn(definition, 'TZID') ?? '');

/** `UTC-0330`, `UTC+0230+0300`. */
const nameFor = (onsets: readonly Onset[]): string =>
  `UTC${[...new Set(onsets.map(({ after }) => after))]
    .sort((a, b) => a - b)
    .map(offsetText)
    .join('')}`;

function freeName(name: string, clock: string, taken: ReadonlyMap<string, string>): string {
  let free = name;
  for (let n = 2; (taken.get(free) ?? clock) !== clock; n += 1) free = `${name} ${n}`;
  return free;
}

const definitionOf = (name: string, onsets: readonly Onset[]): Component => ({
  name: 'VTIMEZONE',
  properties: [property('TZID', escapeText(name))],
  components: onsets.map(observanceOf),
});

function observanceOf({ start, before, after, rule, until }: Onset): Component {
  const end = until === undefined ? '' : `;UNTIL=${utcText(until)}`;
  const day = rule && (rule.weekday < 0 ? '' : WEEKDAYS[rule.weekday]);
  const dates = rule?.dates.length ? `;BYMONTHDAY=${rule.dates.join()}` : '';
  const days = day === undefined || day === '' ? '' : `;BYDAY=${dates === '' ? rule?.nth : ''}${day}`;
  const text = rule && `FREQ=YEARLY;BYMONTH=${rule.month + 1}${dates}${days}${end}`;
  return {
    name: after > before ? 'DAYLIGHT' : 'STANDARD',
    properties: [
      property('DTSTART', localOf(start)),
      property('TZOFFSETFROM', offsetText(before)),
      property('TZOFFSETTO', offsetText(after)),
      ...(text === undefined ? [] : [property('RRULE', text)]),
    ],
    components: [],
  };
}
