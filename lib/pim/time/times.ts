/** Times of calendar items: what instant a property means. */

import { type Component, firstOf, type Property, paramOf, valueIn, withoutParams } from '../vobject/model.ts';
import { parseDuration } from './duration.ts';
import { instantOfTime, isDate, itemTime } from './item-time.ts';
import { instantOf, utcOf, utcText } from './zones/zones.ts';

/** A task may have no more than the time at which it is due. */
export const startOf = (part: Component): Property | undefined =>
  firstOf(part, 'DTSTART') ?? firstOf(part, 'DUE');

/** The property with the start of its period; any other property as it is. */
export const startOfPeriod = (of: Property): Property =>
  of.value.includes('/') ? { ...withoutParams(of, 'VALUE'), value: of.value.split('/')[0] ?? '' } : of;

/** Epoch ms; a floating time as if it were UTC, a zone that nobody knows likewise. */
export const instantIn = (of: Property | undefined): number | undefined => of && instantOfTime(itemTime(of));

/** Epoch ms of the times of an item, as its alarms are measured against them. */
export interface Times {
  readonly start: number | undefined;
  readonly end: number | undefined;
}

/** Start and end of an event, start and due time of a task. */
export function timesOf(part: Component): Times {
  const start = instantIn(firstOf(part, 'DTSTART'));
  const end = instantIn(firstOf(part, 'DTEND') ?? firstOf(part, 'DUE'));
  const lasts = parseDuration(valueIn(part, 'DURATION') ?? '');
  return { start, end: end ?? (start !== undefined && lasts !== undefined ? start + lasts : undefined) };
}

/** A day of a series that has a time means its time on that day. */
export function atStart(one: Property, start: Property | undefined): Property {
  if (!isDate(one) || start === undefined || isDate(start)) return one;
  return { ...start, name: one.name, value: `${one.value}${start.value.slice(8)}` };
}

/**
 * The end of a rule that is a day, or midnight of no clock, is the whole of that day: UNTIL is its time on that day, in UTC
 * where a zone tells it. `start`: of the series.
 */
export function throughDay(end: string, start: Property): string {
  const time = /^\d{8}(T000000)?$/.test(end) ? `${end.slice(0, 8)}${start.value.slice(8)}` : end;
  const zone = paramOf(start, 'TZID');
  return zone === undefined || time.endsWith('Z') ? time : inUtc(time, zone);
}

const inUtc = (local: string, zone: string): string => {
  const at = instantOf(local, zone);
  return at === undefined ? local : utcText(at);
};

/** Epoch ms at which an alarm goes off. */
export function triggerTime(source: Property, { start, end }: Times): number | undefined {
  const offset = parseDuration(source.value);
  if (offset === undefined) return utcOf(source.value);
  const base = paramOf(source, 'RELATED')?.toUpperCase() === 'END' ? (end ?? start) : (start ?? end);
  return base === undefined ? undefined : base + offset;
}
