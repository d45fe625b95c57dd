/**
 * Converts calendars between vCalendar 1.0 and iCalendar 2.0. Properties that vCalendar cannot express are left out for
 * devices; the server keeps them.
 */

import { isEmpty } from '../../properties/parameters.ts';
import { isOfObject } from '../../properties/table.ts';
import { dayClock, isAllDay, isAllDayTask, type Span } from '../../time/all-day.ts';
import { flagOf, withTrueFlags } from '../../time/all-day-flags.ts';
import { ENTRY_TYPE } from '../../time/entry-type.ts';
import {
  isDate,
  isDayText,
  itemTime,
  plainTime,
  timeLike,
  timeText,
  zoneOfTime,
} from '../../time/item-time.ts';
import { withListedDates } from '../../time/listed-dates.ts';
import {
  dayClockOfRules,
  isUtc,
  type RulesAt,
  type ZonesNamed,
  zoneOfRules,
  zonesNamedIn,
} from '../../time/rule-clock.ts';
import { instantIn, startOf, type Times, timesOf, zoneOfItem } from '../../time/times.ts';
import { withClockNames, withClocksDefined } from '../../time/zones/clocks-in-item.ts';
import { isAssumed } from '../../time/zones/own-clock.ts';
import { DAY, type LocalTime, localOf, utcOf } from '../../time/zones/zones.ts';
import {
  type Component,
  firstOf,
  type Property,
  paramOf,
  propertiesOf,
  property,
  valueIn,
} from '../../vobject/model.ts';
import { spend } from '../../work/budget.ts';
import { weightOf } from '../../work/weight.ts';
import { withoutExceptions } from '../icalendar/exceptions.ts';
import { alarmsFromVcalendar, alarmsToVcalendar, isAlarmProperty } from './alarms.ts';
import { withEntryType } from './entry-types.ts';
import type { ReadFrame, TimeFrame, VcalendarDevice, WriteFrame } from './frames.ts';
import { withOrganizerApart, withOrganizerAsAttendee } from './organizer.ts';
import { propertyFromVcalendar, propertyToVcalendar } from './properties.ts';
import { ruleAt, ruleTextOf } from './rules.ts';
import { plainTimeIn, timeFromVcalendar, timesToVcalendar, zoneNamedBy } from './times.ts';
import { valueFromVcalendar } from './values.ts';
import { firstYearOf, isZoneProperty, zoneFromVcalendar, zoneToVcalendar } from './zones.ts';

export function fromVcalendar(calendar: Component): Component {
  const since = firstYearOf(calendar);
  const zone = zoneFromVcalendar(calendar, since);
  const own = calendar.properties.filter(({ name }) => !isZoneProperty(name) && !isOfObject(name));
  const zones = zonesNamedIn(calendar);
  return withClocksDefined({
    name: 'VCALENDAR',
    properties: [property('VERSION', '2.0'), ...own.map(valueFromVcalendar)],
    components: calendar.components.map((part) =>
      partFromVcalendar(part, { zone: zoneFromVcalendar(part, since) ?? zone, calendar, zones }),
    ),
  });
}

/** The object around an event or task. */
interface Around {
  readonly calendar: Component;
  /** The zone of the item. */
  readonly zone: string | undefined;
  readonly zones: ZonesNamed;
}

/** Converts an event or task. Times without a zone are in the zone of the start, or else in that of the item. */
function partFromVcalendar(part: Component, around: Around): Component {
  const { calendar, zones } = around;
  const first = startOf(part);
  const told = zoneNamedBy(first, around);
  const span: Span = { start: plainTimeIn(part, 'DTSTART'), end: plainTimeIn(part, 'DTEND'), zone: told };
  const rules = propertiesOf(part, 'RRULE').filter((one) => !isEmpty(one));
  const rulesAt = (local: LocalTime) => {
    spend(rules.reduce((sum, { value }) => sum + weightOf(value), 0));
    return rules.map((one) => ruleAt(one, local));
  };
  const clock = isAllDayPart(part, span) ? dayClockOfRules(dayClock(span), span.start, rulesAt) : undefined;
  const isTold = clock !== undefined || (told !== undefined && !isUtc(told));
  const zone = (isTold ? undefined : zoneByRules(part, rulesAt, zones)) ?? told;
  const times: TimeFrame = { zone, clock, repeats: rules.length > 0, calendar };
  const start = first && timeFromVcalendar(first, plainTime(first.value) ?? first.value.trim(), times);
  const frame: ReadFrame = { ...times, kind: part.name, start };
  const own = part.properties.filter(
    (one) => !isEmpty(one) && !isAlarmProperty(one.name) && !isZoneProperty(one.name),
  );
  const { alarms, kept } = alarmsFromVcalendar(part, times);
  return {
    name: part.name,
    properties: [...withOrganizerApart(own).flatMap((one) => propertyFromVcalendar(one, frame)), ...kept],
    components: [...part.components.map(innerFromVcalendar), ...alarms],
  };
}

/** The zone of a series in UTC whose rules go by another day. */
function zoneByRules(part: Component, rulesAt: RulesAt, zones: ZonesNamed): string | undefined {
  const time = plainTime(startOf(part)?.value ?? '') ?? '';
  const at = time.endsWith('Z') ? utcOf(time) : undefined;
  if (at === undefined) return undefined;
  return zoneOfRules({ at, rulesAt, zones: () => zones(part) });
}

/** Components of iCalendar inside an object of vCalendar: alarms, definitions of zones. */
const innerFromVcalendar = (part: Component): Component => ({
  ...part,
  properties: part.properties.map(valueFromVcalendar),
  components: part.components.map(innerFromVcalendar),
});

/** Is the item all-day? A start that is a day decides first, then the flag of the item, then its times. */
function isAllDayPart(part: Component, span: Span): boolean {
  const flag = flagOf(part);
  if (flag !== undefined && !isDayText(span.start)) return flag;
  if (part.name === 'VTODO') return isAllDayTask(part, span.zone);
  const entry = valueIn(part, ENTRY_TYPE)?.trim().toUpperCase() ?? '';
  return part.name === 'VEVENT' && isAllDay(span, entry);
}

/** Converts a stored calendar. A series is written without its exceptions, with EXDATEs in their place. */
export function toVcalendar(item: Component, device: VcalendarDevice): Component {
  const calendar = withClockNames(item);
  const parts = withoutExceptions(calendar).components.filter(({ name }) => name !== 'VTIMEZONE');
  const unsaid = unsaidInVcalendar(parts, device);
  const shown = parts.map((part) => (unsaid.includes(part) ? asDates(part, device) : part));
  const series = shown.map(zoneOfSeries).find((found) => found !== undefined);
  const own = calendar.properties.filter(({ name }) => !isOfObject(name));
  return {
    name: 'VCALENDAR',
    properties: [property('VERSION', '1.0'), ...own, ...(device.zoneInEvent === true ? [] : zoneOf(series))],
    components: shown.map((part) => partToVcalendar(part, series, device)),
  };
}

/** So many series of an item are written as lists of dates. No person has more in one item. */
const MOST_LISTED = 5;

/** A series with the dates of its occurrences in place of its rules. */
const asDates = (part: Component, { datesUntil }: VcalendarDevice): Component =>
  (datesUntil === undefined ? undefined : withListedDates(part, datesUntil)) ?? part;

/** The parts that are written as lists of dates, because vCalendar cannot say their rules. */
export const unsaidInVcalendar = (
  parts: readonly Component[],
  device: VcalendarDevice,
): readonly Component[] => parts.filter((part) => !isSaidInVcalendar(part, device)).slice(0, MOST_LISTED);

/** Can vCalendar say the rules of the part, if it has any? */
function isSaidInVcalendar(part: Component, device: VcalendarDevice): boolean {
  const start = startOf(part);
  const frame = { ...device, zone: start && paramOf(start, 'TZID'), times: timesOf(part), start };
  return ['RRULE', 'EXRULE']
    .flatMap((name) => propertiesOf(part, name))
    .every((one) => ruleTextOf(one, frame) !== undefined);
}

/** The zone of a series, and its start. */
interface SeriesZone {
  readonly zone: string;
  readonly start: number;
}

const zoneOf = (series: SeriesZone | undefined): Property[] =>
  series === undefined || isAssumed(series.zone) ? [] : zoneToVcalendar(series.zone, series.start);

/** A single event needs no zone, because its times are instants. */
function zoneOfSeries(part: Component): SeriesZone | undefined {
  const start = startOf(part);
  const [zone, at] = [zoneOfTime(start && itemTime(start)), instantIn(start)];
  const repeats = propertiesOf(part, 'RRULE').length > 0;
  return repeats && zone !== undefined && at !== undefined ? { zone, start: at } : undefined;
}

function partToVcalendar(
  part: Component,
  series: SeriesZone | undefined,
  device: VcalendarDevice,
): Component {
  const [times, start] = [timesOf(part), startOf(part)];
  const zone = series?.zone ?? zoneOfItem(part);
  const frame: WriteFrame = { ...device, zone, times, start };
  // If an EXRULE cannot be expressed, RRULE is left out, too: without the EXRULE the series would be wrong.
  const isExpressed = propertiesOf(part, 'EXRULE').every((one) => ruleTextOf(one, frame) !== undefined);
  const left = ['EXDATE', 'RDATE', 'DURATION', ...(isExpressed ? [] : ['RRULE', 'EXRULE'])];
  const others = withOrganizerAsAttendee(part.properties, device).filter(({ name }) => !left.includes(name));
  const whole = withTrueFlags([...others, ...endOf(part, times)]);
  const shown = device.entryTypes === true && part.name === 'VEVENT' ? withEntryType(whole) : whole;
  return {
    name: part.name,
    properties: [
      ...(device.zoneInEvent === true ? zoneOf(series) : []),
      ...shown.flatMap((one) => propertyToVcalendar(one, frame)),
      ...['RDATE', 'EXDATE'].flatMap((name) => timesToVcalendar(name, propertiesOf(part, name), frame)),
      ...alarmsToVcalendar(part, frame),
    ],
    components: [],
  };
}

/**
 * The end of an event without one: after its length, else the end of its day, or its start. For a task with a length,
 * its due time.
 */
function endOf(part: Component, { start: at = 0, end = at }: Times): Property[] {
  const start = firstOf(part, 'DTSTART');
  const name = part.name === 'VTODO' ? 'DUE' : 'DTEND';
  const isMissing = part.name === 'VEVENT' || firstOf(part, 'DURATION') !== undefined;
  if (start === undefined || !isMissing || firstOf(part, name) !== undefined) return [];
  if (isDate(start)) return [{ ...start, name, value: localOf(Math.max(end, at + DAY)).slice(0, 8) }];
  return [{ ...start, name, value: timeText(timeLike(itemTime(start), end)) }];
}
