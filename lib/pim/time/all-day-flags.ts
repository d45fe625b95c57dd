/**
 * All-day flags: properties of Exchange and Funambol that tell whether an event is all-day. Their servers and clients write
 * all-day events as times and add such a flag.
 */

import { isTime } from '../properties/table.ts';
import { type Component, firstOf, type Property, valueIn } from '../vobject/model.ts';
import { type DayClock, dayClock, dayOfTime, isMidnight, lastsWholeDays } from './all-day.ts';
import { parseDuration, printDuration } from './duration.ts';
import { ENTRY_TYPE, isTypeOfDays, trueEntryType } from './entry-type.ts';
import { isDate, itemTime, timeLike, timeText, withTime, zoneOfTime } from './item-time.ts';
import { startOfPeriod, timesOf } from './times.ts';
import { DAY, utcOf } from './zones/zones.ts';

/** The flags, with their values for an all-day event and for any other. */
const FLAGS: { readonly [name: string]: readonly [yes: string, no: string] } = {
  'X-FUNAMBOL-ALLDAY': ['1', '0'],
  'X-MICROSOFT-CDO-ALLDAYEVENT': ['TRUE', 'FALSE'],
};

/** Is the event all-day by its flag? Undefined without a flag. */
export function flagOf(part: Component): boolean | undefined {
  const flag = part.properties.find(({ name }) => name in FLAGS);
  return flag && flag.value.trim().toUpperCase() === FLAGS[flag.name]?.[0];
}

/** Is the event a day by the type of its entry on Symbian, which is no flag if there is one? */
const isDayByEntry = (part: Component): boolean =>
  flagOf(part) === undefined && isTypeOfDays(valueIn(part, ENTRY_TYPE) ?? '');

/** Sets the flags to agree with the times. A device that does not know the flags may have changed only the times. */
export function withTrueFlags(properties: readonly Property[]): readonly Property[] {
  const start = properties.find(({ name }) => name === 'DTSTART');
  if (start === undefined) return properties;
  const isDay = isDate(start);
  return properties.map((one) => {
    const values = FLAGS[one.name];
    if (one.name === ENTRY_TYPE) return { ...one, value: trueEntryType(one.value, isDay) };
    return values === undefined ? one : { ...one, value: values[isDay ? 0 : 1] };
  });
}

/** The same for all events of a calendar. */
export const withTrueFlagsIn = (calendar: Component): Component => ({
  ...calendar,
  components: calendar.components.map((part) => ({ ...part, properties: withTrueFlags(part.properties) })),
});

/**
 * The clock in which the times of an event are days, for an event that is all-day by its flag or by the type of its entry;
 * undefined for any other. `part` is in the stored form. If the event does not last whole days, a device that does not know the flag has changed
 * the times, and the flag is ignored.
 */
export function flaggedDayClock(part: Component): DayClock | undefined {
  const start = firstOf(part, 'DTSTART');
  if (part.name !== 'VEVENT' || start === undefined || isDate(start)) return undefined;
  const isByEntry = isDayByEntry(part);
  if (!isByEntry && flagOf(part) !== true) return undefined;
  const time = itemTime(start);
  const times = timesOf(part);
  if (times.start === undefined) return undefined;
  const lasts = (times.end ?? times.start) - times.start;
  // An event without a length is a day if it is at midnight of its zone, or by a flag in UTC.
  const isMoment = lasts === 0 && (time.kind !== 'utc' || isByEntry) && !isMidnight(start.value);
  if (!lastsWholeDays(lasts) || isMoment) return undefined;
  const end = valueIn(part, 'DTEND') ?? (times.end === undefined ? '' : timeText(timeLike(time, times.end)));
  return dayClock({ start: start.value, end, zone: zoneOfTime(time) });
}

/** Converts a property of such an event: a time to a day, a length to whole days. */
export function onDay(source: Property, clock: DayClock): Property {
  const lasts = source.name === 'DURATION' ? parseDuration(source.value) : undefined;
  if (lasts !== undefined) return { ...source, value: printDuration(Math.round(lasts / DAY) * DAY) };
  const begin = startOfPeriod(source);
  if (!isTime(source.name) || utcOf(begin.value) === undefined) return source;
  const day = isDate(begin) ? begin.value : dayOfTime(source.name, clock(begin.value));
  return withTime(begin, { kind: 'day', local: day });
}
