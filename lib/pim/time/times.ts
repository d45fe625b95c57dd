/** The instants of calendar items: start, end, alarms. */

import { isTime } from '../properties/table.ts';
import { type Component, firstOf, type Property, paramOf, valueIn, withoutParams } from '../vobject/model.ts';
import { parseDuration } from './duration.ts';
import { instantOfTime, isDate, itemTime } from './item-time.ts';
import { instantOf, isZone, utcOf, utcText } from './zones/zones.ts';

/** The start of an event or task. For a task without a start, the due time. */
export const startOf = (part: Component): Property | undefined =>
  firstOf(part, 'DTSTART') ?? firstOf(part, 'DUE');

/**
 * The zone that an item is at home in: that of its start, or else that of the first of its times with a zone. A day has no
 * zone, but rows hold days that name one. A device that takes neither UTC nor zones is told all times in this zone.
 */
export function zoneOfItem(part: Component): string | undefined {
  const times = part.properties.filter(({ name }) => isTime(name));
  return [startOf(part), ...times]
    .map((one) => one && paramOf(one, 'TZID'))
    .find((zone) => zone !== undefined && isZone(zone));
}

/** If the value is a period, the property with only the start of the period. Any other property is returned as it is. */
export const startOfPeriod = (of: Property): Property =>
  of.value.includes('/') ? { ...withoutParams(of, 'VALUE'), value: of.value.split('/')[0] ?? '' } : of;

/** Epoch ms. A floating time, or one in an unknown zone, counts as if in UTC. */
export const instantIn = (of: Property | undefined): number | undefined => of && instantOfTime(itemTime(of));

/** The times in epoch ms from which the alarms of an item are measured. */
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

/** If a property has only a day and the series starts at a time, the property gets that time on its day. */
export function atStart(one: Property, start: Property | undefined): Property {
  if (!isDate(one) || start === undefined || isDate(start)) return one;
  return { ...start, name: one.name, value: `${one.value}${start.value.slice(8)}` };
}

/**
 * The UNTIL of a rule. An `end` that is a day, or midnight without a zone, includes that day, so it gets the time of
 * the start. If the start has a zone, the result is in UTC. `start` is the start of the series.
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
