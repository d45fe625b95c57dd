/** Converts times and zones of SIF-E and SIF-T to those of iCalendar and back. */

import type { DayClock } from '../../time/all-day.ts';
import { instantOfTime, isDate, isInstant, itemTime, plainTime, zoneOfTime } from '../../time/item-time.ts';
import { instantIn, startOf } from '../../time/times.ts';
import { clockNamed, isAssumed } from '../../time/zones/own-clock.ts';
import { inZone, isZone, localOf, utcOf, utcText } from '../../time/zones/zones.ts';
import { type Component, firstOf, type Property, property } from '../../vobject/model.ts';
import { firstYearOf, summerTimeOf, zoneFromVcalendar } from '../vcalendar/zones.ts';
import { isKept } from './unknown.ts';
import { field, fieldText, type SifField } from './xml.ts';

/** How the times of an item are read. */
export interface Frame {
  readonly zone: string | undefined;
  /** For an all-day item: converts a time to the local time that was meant. */
  readonly clock: DayClock | undefined;
  /** Is the item a series? Then its times in UTC are converted to its zone, because a series keeps its local time there. */
  readonly repeats: boolean;
}

const fieldsIn = (fields: readonly SifField[], name: string): SifField[] =>
  fields.filter((one) => one.name === name);

/** The zone of an item: the one that it names, or else the first with the same transitions. */
export function zoneFromSif(fields: readonly SifField[]): string | undefined {
  const zone = fieldsIn(fields, 'Timezone')[0]?.fields ?? [];
  const changes = fieldsIn(zone, 'DayLight').map((one) => one.fields);
  const names = changes.flatMap((one) => [
    fieldText(one, 'StandardName') ?? '',
    fieldText(one, 'DSTName') ?? '',
  ]);
  const named = [...names, fieldText(zone, 'StandardName') ?? ''].find(
    (name) => name.includes('/') && isZone(name),
  );
  if (named !== undefined) return named;
  const offset = fieldText(zone, 'BasicOffset') ?? '';
  if (offset === '') return undefined;
  const rules = changes.map((one) => {
    const [summer, start, end] = ['DSTOffset', 'DSTStart', 'DSTEnd'].map(
      (name) => fieldText(one, name) ?? '',
    );
    return property('DAYLIGHT', `TRUE;${summer};${start};${end};;`);
  });
  const starts = ['Start', 'StartDate', 'DueDate'].map((name) =>
    property('DTSTART', fieldText(fields, name) ?? ''),
  );
  const described = [property('TZ', offset), ...rules, ...starts];
  const calendar: Component = { name: 'VCALENDAR', properties: described, components: [] };
  return zoneFromVcalendar(calendar, firstYearOf(calendar));
}

/** The zone of a series, with the transitions of the year in which it begins. */
export function zoneToSif(part: Component): SifField[] {
  const start = startOf(part);
  const [zone, at] = [zoneOfTime(start && itemTime(start)), instantIn(start)];
  const repeats = ['RRULE', 'RDATE'].some((name) => firstOf(part, name)) || isKept(part, 'RecurrenceType');
  if (zone === undefined || at === undefined || !repeats || isAssumed(zone)) return [];
  const { tz, daylight } = summerTimeOf(zone, at);
  const isOwn = clockNamed(zone) !== undefined;
  const names = isOwn ? [] : [field('StandardName', zone), field('DSTName', zone)];
  const [, offset = '', starts = '', ends = ''] = daylight?.split(';') ?? [];
  const change = [field('DSTOffset', offset), field('DSTStart', starts), field('DSTEnd', ends), ...names];
  const changes = daylight === undefined ? names.slice(0, 1) : [field('DayLight', '', change)];
  return [field('Timezone', '', [field('BasicOffset', tz), ...changes])];
}

/** Converts a time to a property. Undefined for a text that is not a time. */
export function timeFromSif(
  name: string,
  text: string,
  { zone, clock, repeats }: Frame,
): Property | undefined {
  const time = plainTime(text);
  if (time === undefined) return undefined;
  const day = clock === undefined ? time : clock(time);
  if (clock !== undefined || time.length === 8) return property(name, day.slice(0, 8), { VALUE: 'DATE' });
  if (zone === undefined) return property(name, time);
  if (!time.endsWith('Z')) return property(name, time, { TZID: zone });
  const at = utcOf(time);
  return repeats && at !== undefined
    ? property(name, inZone(at, zone), { TZID: zone })
    : property(name, time);
}

/** How the times of an item are written. */
export interface WriteClock {
  /** Does the device take times in UTC? If not, it is told local times. */
  readonly utc: boolean;
  /** The zone that the local times of the item are in. */
  readonly zone: string | undefined;
}

/** Writes a time. A day is `2009-10-16`. */
export function timeToSif(of: Property | undefined, clock: WriteClock): string | undefined {
  if (of === undefined) return undefined;
  if (isDate(of)) return dayText(of.value);
  const time = itemTime(of);
  const isTold = !clock.utc && zoneOfTime(time) === clock.zone;
  const at = isInstant(time) && !isTold ? instantOfTime(time) : undefined;
  return at === undefined ? of.value : instantToSif(at, clock);
}

/** Writes an instant. For a device without UTC it stays in UTC only where the item has no zone. */
export const instantToSif = (at: number, { utc, zone }: WriteClock): string =>
  utc || zone === undefined ? utcText(at) : inZone(at, zone);

/**
 * Writes the UNTIL of a rule. Devices take an end at midnight as including that day, so such an end is written a second
 * early.
 */
export function untilToSif(until: string, start: Property | undefined, clock: WriteClock): string {
  const at = until.endsWith('Z') ? utcOf(until) : undefined;
  if (at === undefined) return until;
  const text = instantToSif(at, clock);
  const isMidnight = text.endsWith('T000000') && !start?.value.endsWith('T000000');
  return isMidnight ? localOf((utcOf(text) ?? 0) - 1000) : text;
}

export const dayText = (day: string): string => `${day.slice(0, 4)}-${day.slice(4, 6)}-${day.slice(6, 8)}`;
