/**
 * While an item is converted or merged, its times name the clocks of its own definitions by `clockName`. So they are
 * instants like those in known zones. Afterwards the clocks have definitions again.
 */
import { valueTypeOf } from '../../properties/table.ts';
import { type Component, type Property, paramOf, property, sorted, withParam } from '../../vobject/model.ts';
import { escapeText } from '../../vobject/text.ts';
import { clockName, isAssumed, type Onset, onsetsNamed } from './own-clock.ts';
import { isDefinition, zoneDefinition, zoneNameIn, zoneNameOf } from './own-zones.ts';
import { onsetsIn } from './rules.ts';
import { offsetText } from './search.ts';
import { isZone, localOf, utcText, WEEKDAYS } from './zones.ts';

/** Each property of the calendar and of its items, but not of its definitions, changed. */
function withEachProperty(calendar: Component, change: (one: Property) => Property): Component {
  const changed = (part: Component): Component => ({
    ...part,
    properties: part.properties.map(change),
    components: part.components.map((inner) => (isDefinition(inner) ? inner : changed(inner))),
  });
  return changed(calendar);
}

/** The definitions that properties named before they named clocks. */
const meant = new WeakMap<Property, Component>();

/** The calendar with its own clocks by their names. A definition that cannot be counted is left as it is. */
export function withClockNames(calendar: Component): Component {
  if (!calendar.components.some(isDefinition)) return calendar;
  const clockIn = clocksRead();
  return withEachProperty(calendar, (one) => {
    const zone = valueTypeOf(one.name) === 'time' ? zoneNameIn(one) : undefined;
    const definition = zone === undefined || isZone(zone) ? undefined : zoneDefinition(zone, calendar);
    const clock = definition && clockIn(definition);
    if (definition === undefined || clock === undefined) return one;
    const named = sorted(withParam(one, 'TZID', clock));
    meant.set(named, definition);
    return named;
  });
}

/** The calendar with its clocks by their names, and without the definitions of assumed clocks. */
export function withAssumedNames(calendar: Component): Component {
  const clockIn = clocksRead();
  const isOfAssumed = (one: Component) =>
    isDefinition(one) && one.components.length === 1 && isAssumed(clockIn(one) ?? '');
  const named = withClockNames(calendar);
  if (!named.components.some(isOfAssumed)) return named;
  return { ...named, components: named.components.filter((one) => !isOfAssumed(one)) };
}

/** Gives the clock of a definition. It is counted once. */
function clocksRead(): (definition: Component) => string | undefined {
  const clocks = new Map<Component, string | undefined>();
  return (definition) => {
    if (!clocks.has(definition)) {
      const onsets = onsetsIn(definition);
      clocks.set(definition, onsets && clockName(onsets));
    }
    return clocks.get(definition);
  };
}

/**
 * The calendar with a definition for each clock that it names. The definitions of `known` calendars, and their names, are
 * preferred to made ones, and that which a property named before to all others.
 */
export function withClocksDefined(calendar: Component, ...known: readonly Component[]): Component {
  const { nameFor, added } = naming(calendar, known);
  const changed = withEachProperty(calendar, (one) => {
    const clock = paramOf(one, 'TZID');
    const name = clock === undefined ? undefined : nameFor(clock, meant.get(one));
    return name === undefined ? one : sorted(withParam(one, 'TZID', name));
  });
  return added.size === 0 ? changed : { ...changed, components: [...added.values(), ...changed.components] };
}

/** Gives names to clocks. `added` are the definitions of these names that the calendar does not have. */
function naming(calendar: Component, known: readonly Component[]) {
  const clockIn = clocksRead();
  const own = calendar.components.filter(isDefinition);
  const given = [calendar, ...known].flatMap(({ components }) => components.filter(isDefinition));
  const givenFor = Map.groupBy(given, clockIn);
  const added = new Map<string, Component>();
  const taken = new Map(own.map((one): [string, string] => [zoneNameOf(one), clockIn(one) ?? '']));
  const isFree = (name: string, clock: string): boolean => (taken.get(name) ?? clock) === clock;
  const define = (name: string, clock: string, definition: () => Component): string => {
    if (!taken.has(name)) added.set(name, definition());
    taken.set(name, clock);
    return name;
  };
  const found = (clock: string): string | undefined => {
    const onsets = onsetsNamed(clock);
    if (onsets === undefined) return undefined;
    const one = givenFor.get(clock)?.find((definition) => isFree(zoneNameOf(definition), clock));
    if (one !== undefined) return define(zoneNameOf(one), clock, () => one);
    const name = freeName(nameOfOffsets(onsets), (free) => isFree(free, clock));
    return define(name, clock, () => definitionOf(name, onsets));
  };
  const names = new Map<string, string | undefined>();
  const nameFor = (clock: string, was: Component | undefined): string | undefined => {
    if (was !== undefined && clockIn(was) === clock && isFree(zoneNameOf(was), clock))
      return define(zoneNameOf(was), clock, () => was);
    if (!names.has(clock)) names.set(clock, found(clock));
    return names.get(clock);
  };
  return { nameFor, added };
}

/** `UTC-0330`, `UTC+0230+0300`. */
const nameOfOffsets = (onsets: readonly Onset[]): string =>
  `UTC${[...new Set(onsets.map(({ after }) => after))]
    .sort((a, b) => a - b)
    .map(offsetText)
    .join('')}`;

function freeName(name: string, isFree: (name: string) => boolean): string {
  let free = name;
  for (let n = 2; !isFree(free); n += 1) free = `${name} ${n}`;
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
