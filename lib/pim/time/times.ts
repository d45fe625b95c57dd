/** Times of calendar items: what instant a property means. */

import { type Component, firstOf, type Property, paramOf, valueIn, withoutParams } from '../vobject/model.ts';
import { parseDuration } from './duration.ts';
import { instantOf, isZone, localOf, utcOf } from './zones/zones.ts';

/** A task may have no more than the time at which it is due. */
export const startOf = (part: Component): Property | undefined =>
  firstOf(part, 'DTSTART') ?? firstOf(part, 'DUE');

export const isDate = (of: Property): boolean => /^\d{8}$/.test(of.value);

/** Of a period its start. */
export const startOfPeriod = (of: Property): Property =>
  of.value.includes('/') ? { ...withoutParams(of, 'VALUE'), value: of.value.split('/')[0] ?? '' } : of;

/** Epoch ms; a floating time as if it were UTC, a zone that nobody knows likewise. */
export function instantIn(of: Property | undefined): number | undefined {
  if (of === undefined) return undefined;
  const zone = paramOf(of, 'TZID');
  if (of.value.endsWith('Z') || zone === undefined || !isZone(zone)) return utcOf(of.value);
  return instantOf(of.value, zone);
}

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

/** `2009-10-16`, `20091016T120000Z`, `2009-10-16T12:00:00`: without its marks. Undefined for no time. */
export function plainTime(text: string): string | undefined {
  const plain = text
    .trim()
    .replace(/(\d)[-:](?=\d)/g, '$1')
    .replace(/\.\d+(?=Z?$)/, '')
    .replace(' ', 'T');
  return /^\d{8}(T\d{6}Z?)?$/.test(plain) && utcOf(plain) !== undefined ? plain : undefined;
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
  return at === undefined ? local : `${localOf(at)}Z`;
};

/** Epoch ms at which an alarm goes off. */
export function triggerTime(source: Property, { start, end }: Times): number | undefined {
  const offset = parseDuration(source.value);
  if (offset === undefined) return utcOf(source.value);
  const base = paramOf(source, 'RELATED')?.toUpperCase() === 'END' ? (end ?? start) : (start ?? end);
  return base === undefined ? undefined : base + offset;
}
