/** Converts times, lists of times and the ends of rules between vCalendar 1.0 and the stored form. */

import { isDateOfSet, isStamp } from '../../properties/table.ts';
import { dayOfTime } from '../../time/all-day.ts';
import {
  instantOfTime,
  isDate,
  isFloating,
  isInstant,
  itemTime,
  plainTime,
  withTime,
  zonedTime,
} from '../../time/item-time.ts';
import { atStart, startOfPeriod, throughDay } from '../../time/times.ts';
import { ianaOf } from '../../time/zones/names.ts';
import { isAssumed } from '../../time/zones/own-clock.ts';
import { instantOf, inZone, isZone, localOf, utcOf, utcText } from '../../time/zones/zones.ts';
import {
  type Component,
  type Property,
  paramOf,
  property,
  valueIn,
  withoutParams,
  withParam,
} from '../../vobject/model.ts';
import { unescapeText } from '../../vobject/text.ts';
import type { ReadFrame, TimeFrame, WriteFrame } from './frames.ts';

/** A time from a device without hyphens and colons. Empty if the item has no time of that name. */
export function plainTimeIn(part: Component, name: string): string {
  const value = valueIn(part, name)?.trim() ?? '';
  return plainTime(value) ?? value;
}

/** The zone of a time from a device, as an IANA name: the zone that the time names, or else that of the item. */
export function zoneNamedBy(
  of: Property | undefined,
  { zone, calendar }: Pick<TimeFrame, 'zone' | 'calendar'>,
): string | undefined {
  const named = of && paramOf(of, 'TZID');
  return (named === undefined ? undefined : ianaOf(named, calendar)) ?? zone;
}

/** Reads a list of times, separated by `;`, by some devices with `,`. A day in the list gets the time of the series. */
export function timesFromVcalendar(source: Property, frame: ReadFrame): Property[] {
  return listed(source.value)
    .map((value) => timeFromVcalendar(source, plainTime(value) ?? value, frame))
    .map((one) => (isDateOfSet(one.name) ? atStart(one, frame.start) : one));
}

const listed = (value: string): string[] =>
  unescapeText(value)
    .split(/[;,]/)
    .map((one) => one.trim())
    .filter(Boolean);

export const timesToVcalendar = (name: string, dates: readonly Property[], frame: WriteFrame): Property[] =>
  dates.length === 0
    ? []
    : [property(name, dates.map((date) => textOfTime(atStart(date, frame.start), frame)).join(';'))];

/** Reads one time. `value` is one of the times in the property, without hyphens and colons. */
export function timeFromVcalendar(source: Property, value: string, frame: TimeFrame): Property {
  const { clock, repeats } = frame;
  const zone = zoneNamedBy(source, frame);
  const plain = withoutParams(source, 'VALUE');
  if (!/^\d{8}(T\d{6}Z?)?$/.test(value)) return { ...plain, value };
  if (clock !== undefined && !isStamp(source.name))
    return withTime(plain, { kind: 'day', local: dayOfTime(source.name, clock(value)) });
  if (value.endsWith('Z')) {
    const at = utcOf(value);
    if (!repeats || zone === undefined || at === undefined || isStamp(source.name))
      return { ...plain, value };
    return withTime(plain, zonedTime(at, zone));
  }
  if (zone === undefined || value.length === 8) return { ...plain, value };
  const at = isStamp(source.name) ? instantOf(value, zone) : undefined;
  return at === undefined ? withParam({ ...plain, value }, 'TZID', zone) : { ...plain, value: utcText(at) };
}

export const timeToVcalendar = (source: Property, frame: WriteFrame): Property => ({
  ...withoutParams(source, 'TZID', 'VALUE'),
  value: textOfTime(source, frame),
});

/** The text of a time. A day is written as midnight without a zone, a period as its start. */
function textOfTime(source: Property, frame: WriteFrame): string {
  if (isDate(source)) return `${source.value}T000000`;
  if (source.value.includes('/')) return textOfTime(startOfPeriod(source), frame);
  const time = itemTime(source);
  const at = instantOfTime(time);
  if (at === undefined || !isInstant(time)) return source.value;
  return instantText(at, frame, 'zone' in time ? time.zone : undefined);
}

/**
 * Writes an instant in UTC. For a device that takes no UTC it is a local time in the zone of the item, or else in the
 * zone `named`. No person has a clock that is assumed, so no device is told times by it.
 */
export function instantText(at: number, { utc, zone }: WriteFrame, named?: string): string {
  const own = zone ?? named;
  const isTold = own !== undefined && isZone(own) && !isAssumed(own);
  return utc || !isTold ? utcText(at) : inZone(at, own);
}

/** Writes a time that is measured from the start. If the start has no zone, the time has none either. */
export const textFromStart = (at: number, frame: WriteFrame): string => {
  const { start } = frame;
  const isFloatingStart = start !== undefined && isFloating(itemTime(start));
  return isFloatingStart ? localOf(at) : instantText(at, frame);
};

/** Converts the end of a rule from a device to the stored form. */
export function untilFromVcalendar(end: string, { clock, start }: ReadFrame): string {
  if (clock !== undefined) return clock(end).slice(0, 8);
  if (start === undefined) return end;
  return isDate(start) ? end.slice(0, 8) : throughDay(end, start);
}

/**
 * Writes the end of a rule. Devices take an end at midnight as including that day, so such an end is written a second
 * early.
 */
export function untilToVcalendar(until: string, frame: WriteFrame): string {
  const text = untilText(until, frame);
  const isMidnight = text.endsWith('T000000') && frame.start !== undefined && !isDate(frame.start);
  return isMidnight && !frame.start.value.includes('T000000') ? localOf((utcOf(text) ?? 0) - 1000) : text;
}

function untilText(until: string, frame: WriteFrame): string {
  const { zone, start } = frame;
  if (start !== undefined && isDate(start)) return `${until.slice(0, 8)}T000000`;
  if (until.length === 8) return until;
  const isLocal = start !== undefined && isFloating(itemTime(start));
  const known = zone !== undefined && isZone(zone) && !isLocal ? zone : undefined;
  const at = until.endsWith('Z') ? utcOf(until) : known === undefined ? undefined : instantOf(until, known);
  return at === undefined ? until : instantText(at, frame);
}
