/** Times, lists of times and the ends of rules: as a device writes them in vCalendar 1.0, and as they are stored. */

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

/** A time as a device wrote it, without its marks; empty where the item has none of that name. */
export function plainTimeIn(part: Component, name: string): string {
  const value = valueIn(part, name)?.trim() ?? '';
  return plainTime(value) ?? value;
}

/** The zone of a time that a device wrote: the one that it names, by the name that the IANA gives it, else the item's. */
export function zoneNamedBy(
  of: Property | undefined,
  { zone, calendar }: Pick<TimeFrame, 'zone' | 'calendar'>,
): string | undefined {
  const named = of && paramOf(of, 'TZID');
  return (named === undefined ? undefined : ianaOf(named, calendar)) ?? zone;
}

/** Lists stand between `;`, some write `,`. A day of a series that has a time means its time on that day. */
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

/** `value`: the time without its marks, one of those that the property has. */
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

/** A day is its midnight on no clock, a period its start. */
function textOfTime(source: Property, frame: WriteFrame): string {
  if (isDate(source)) return `${source.value}T000000`;
  if (source.value.includes('/')) return textOfTime(startOfPeriod(source), frame);
  const time = itemTime(source);
  const at = instantOfTime(time);
  if (at === undefined || !isInstant(time)) return source.value;
  return instantText(at, frame, 'zone' in time ? time.zone : undefined);
}

/** An instant in UTC; where the device takes no UTC by the clocks of the item's zone, else of the zone `named`. */
export function instantText(at: number, { utc, zone }: WriteFrame, named?: string): string {
  const own = zone ?? named;
  return utc || own === undefined || !isZone(own) ? utcText(at) : inZone(at, own);
}

/** A time that is measured from the start, on no clock where the start is on none. */
export const textFromStart = (at: number, frame: WriteFrame): string => {
  const { zone, start } = frame;
  const isOnNoClock = zone === undefined && start !== undefined && isFloating(itemTime(start));
  return isOnNoClock ? localOf(at) : instantText(at, frame);
};

/** The end of a rule, as a device wrote it. */
export function untilFromVcalendar(end: string, { clock, start }: ReadFrame): string {
  if (clock !== undefined) return clock(end).slice(0, 8);
  if (start === undefined) return end;
  return isDate(start) ? end.slice(0, 8) : throughDay(end, start);
}

/** Devices read midnight of no clock as the whole of that day: an end at midnight is written a second early. */
export function untilToVcalendar(until: string, frame: WriteFrame): string {
  const text = untilText(until, frame);
  const isMidnight = text.endsWith('T000000') && frame.start !== undefined && !isDate(frame.start);
  return isMidnight && !frame.start.value.includes('T000000') ? localOf((utcOf(text) ?? 0) - 1000) : text;
}

function untilText(until: string, frame: WriteFrame): string {
  const { zone, start } = frame;
  if (start !== undefined && isDate(start)) return `${until.slice(0, 8)}T000000`;
  if (until.length === 8) return until;
  const known = zone !== undefined && isZone(zone) ? zone : undefined;
  const at = until.endsWith('Z') ? utcOf(until) : known === undefined ? undefined : instantOf(until, known);
  return at === undefined ? until : instantText(at, frame);
}
