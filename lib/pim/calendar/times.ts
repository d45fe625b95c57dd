/** Times of calendar items: what instant a property means. */

import { type Component, firstOf, type Property, paramOf, valueIn } from '../model.ts';
import { milliseconds, type Times } from './alarms.ts';
import { instantOf, isZone, utcOf } from './zones.ts';

export const isDate = (of: Property): boolean => /^\d{8}$/.test(of.value);

/** Epoch ms; a floating time as if it were UTC, a zone that nobody knows likewise. */
export function instantIn(of: Property | undefined): number | undefined {
  if (of === undefined) return undefined;
  const zone = paramOf(of, 'TZID');
  if (of.value.endsWith('Z') || zone === undefined || !isZone(zone)) return utcOf(of.value);
  return instantOf(of.value, zone);
}

/** Start and end of an event, start and due time of a task. */
export function timesOf(part: Component): Times {
  const start = instantIn(firstOf(part, 'DTSTART'));
  const end = instantIn(firstOf(part, 'DTEND') ?? firstOf(part, 'DUE'));
  const lasts = milliseconds(valueIn(part, 'DURATION') ?? '');
  return { start, end: end ?? (start !== undefined && lasts !== undefined ? start + lasts : undefined) };
}
