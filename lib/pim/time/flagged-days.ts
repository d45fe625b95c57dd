/** Events of iCalendar 2.0 that are of days by a flag alone: servers and clients of Exchange and Funambol write times. */

import { isTime } from '../properties/table.ts';
import {
  type Component,
  firstOf,
  type Property,
  paramOf,
  valueIn,
  withoutParams,
  withParam,
} from '../vobject/model.ts';
import { type Clock, clockOf, dayOf, flagOf, isMidnight, isNearly } from './days.ts';
import { parseDuration, printDuration } from './duration.ts';
import { isDate, startOfPeriod, timesOf } from './times.ts';
import { DAY, inZone, isZone, localOf, utcOf } from './zones/zones.ts';

/**
 * What tells the days of a flagged event, whose properties are as they are stored; undefined for one that is not. Where
 * the times are less than a day the flag is old: a device that knows no flags changed them.
 */
export function clockOfFlagged(part: Component): Clock | undefined {
  const start = firstOf(part, 'DTSTART');
  if (part.name !== 'VEVENT' || start === undefined || isDate(start) || flagOf(part) !== true)
    return undefined;
  const named = paramOf(start, 'TZID');
  const zone = named !== undefined && isZone(named) ? named : undefined;
  const times = timesOf(part);
  if (times.start === undefined) return undefined;
  const lasts = (times.end ?? times.start) - times.start;
  const isFixed = start.value.endsWith('Z');
  // A moment is a day at the midnight of its clock, or of one that nobody says.
  if (!isNearly(lasts) || (lasts === 0 && !isFixed && !isMidnight(start.value))) return undefined;
  const end = endOf(part, isFixed, zone, times.end);
  return clockOf({ start: start.value, end, zone });
}

/** As it stands there, or as it follows from how long it lasts. */
function endOf(part: Component, isFixed: boolean, zone: string | undefined, at: number | undefined): string {
  const said = valueIn(part, 'DTEND');
  if (said !== undefined || at === undefined) return said ?? '';
  return isFixed ? `${localOf(at)}Z` : zone === undefined ? localOf(at) : inZone(at, zone);
}

/** A property of such an event, of a day. */
export function onDay(source: Property, clock: Clock): Property {
  const lasts = source.name === 'DURATION' ? parseDuration(source.value) : undefined;
  if (lasts !== undefined) return { ...source, value: printDuration(Math.round(lasts / DAY) * DAY) };
  const { name, value, ...rest } = startOfPeriod(source);
  if (!isTime(name) || utcOf(value) === undefined) return source;
  const day = value.length === 8 ? value : dayOf(name, clock(value));
  return withParam(withoutParams({ ...rest, name, value: day }, 'TZID'), 'VALUE', 'DATE');
}
