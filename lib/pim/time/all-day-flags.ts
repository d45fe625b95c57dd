/**
 * Flags that say whether an event is all-day, beside its times: properties of Exchange and of Funambol, whose servers and
 * clients write times with them.
 */

import { isTime } from '../properties/table.ts';
import { type Component, firstOf, type Property, valueIn } from '../vobject/model.ts';
import { type DayClock, dayClock, dayOfTime, isMidnight, lastsWholeDays } from './all-day.ts';
import { parseDuration, printDuration } from './duration.ts';
import { isDate, itemTime, timeLike, timeText, withTime, zoneOfTime } from './item-time.ts';
import { startOfPeriod, timesOf } from './times.ts';
import { DAY, utcOf } from './zones/zones.ts';

/** The flags, and what they say of an all-day event and of any other. */
const FLAGS: { readonly [name: string]: readonly [yes: string, no: string] } = {
  'X-FUNAMBOL-ALLDAY': ['1', '0'],
  'X-MICROSOFT-CDO-ALLDAYEVENT': ['TRUE', 'FALSE'],
};

/** What the flags of an item say, if it has one. */
export function flagOf(part: Component): boolean | undefined {
  const flag = part.properties.find(({ name }) => name in FLAGS);
  return flag && flag.value.trim().toUpperCase() === FLAGS[flag.name]?.[0];
}

/** Flags that say what the times say: a device that knows no flags may have changed only the times. */
export function withTrueFlags(properties: readonly Property[]): readonly Property[] {
  const start = properties.find(({ name }) => name === 'DTSTART');
  if (start === undefined) return properties;
  return properties.map((one) => {
    const words = FLAGS[one.name];
    return words === undefined ? one : { ...one, value: words[isDate(start) ? 0 : 1] };
  });
}

/** Of all events of a calendar, as a merge leaves them. */
export const withTrueFlagsIn = (calendar: Component): Component => ({
  ...calendar,
  components: calendar.components.map((part) => ({ ...part, properties: withTrueFlags(part.properties) })),
});

/**
 * The clock that tells the days of an event that is all-day by its flag; undefined for any other. `part` has its properties
 * as they are stored. Where the event does not last whole days the flag is no longer true: a device that knows no flags
 * changed the times.
 */
export function flaggedDayClock(part: Component): DayClock | undefined {
  const start = firstOf(part, 'DTSTART');
  if (part.name !== 'VEVENT' || start === undefined || isDate(start) || flagOf(part) !== true)
    return undefined;
  const time = itemTime(start);
  const times = timesOf(part);
  if (times.start === undefined) return undefined;
  const lasts = (times.end ?? times.start) - times.start;
  // An event that does not last is a day if it is at the midnight of its clock, or of one that nobody says.
  if (!lastsWholeDays(lasts) || (lasts === 0 && time.kind !== 'utc' && !isMidnight(start.value)))
    return undefined;
  const end = valueIn(part, 'DTEND') ?? (times.end === undefined ? '' : timeText(timeLike(time, times.end)));
  return dayClock({ start: start.value, end, zone: zoneOfTime(time) });
}

/** A property of an event that is all-day by its flag, as a day. */
export function onDay(source: Property, clock: DayClock): Property {
  const lasts = source.name === 'DURATION' ? parseDuration(source.value) : undefined;
  if (lasts !== undefined) return { ...source, value: printDuration(Math.round(lasts / DAY) * DAY) };
  const begin = startOfPeriod(source);
  if (!isTime(source.name) || utcOf(begin.value) === undefined) return source;
  const day = isDate(begin) ? begin.value : dayOfTime(source.name, clock(begin.value));
  return withTime(begin, { kind: 'day', local: day });
}
