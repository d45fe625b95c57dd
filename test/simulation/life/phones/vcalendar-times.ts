/** Times of vCalendar 1.0, which has no days: a whole day goes from midnight to midnight, without a zone. */
import {
  changesOf,
  compact,
  isDay,
  midnightText,
  minutesBefore,
  minutesBetween,
  timeOf,
  utcText,
} from './calendar-clock.ts';
import { lineIn, type Part } from './lines.ts';

/** Does the program write its times in UTC, or by its own clock without a zone? */
export type OldTimes = 'utc' | 'local';

/** A time as it stands in a line. */
export const oldTime = (time: string, times: OldTimes): string =>
  isDay(time) ? midnightText(time) : times === 'utc' ? utcText(time) : compact(time);

/** Berlin's clock, as an object tells it that begins with this time. */
export function zoneLines(time: string): readonly string[] {
  const [summer, winter] = changesOf(Number(time.slice(0, 4)));
  return ['TZ:+01', `DAYLIGHT:TRUE;+02;${summer};${winter};CET;CEST`];
}

/** The first time of a line. */
export const oldTimeIn = (part: Part, name: string): string | undefined =>
  timeOf(lineIn(part, name)?.value ?? '');

/** The times of a list between semicolons. */
export const oldTimesIn = (part: Part, name: string): string[] =>
  (lineIn(part, name)?.value ?? '').split(/[;,]/).flatMap((text) => timeOf(text) ?? []);

/** The time of an alarm. */
export function oldAlarmIn(part: Part): string | undefined {
  const line = lineIn(part, 'AALARM') ?? lineIn(part, 'DALARM');
  return timeOf(line?.value.split(';', 1)[0] ?? '');
}

/** Minutes before the start, of an alarm that has a time of its own. */
export function minutesOfAlarm(part: Part, start: string): string | undefined {
  const at = oldAlarmIn(part);
  return at === undefined ? undefined : String(minutesBetween(at, start));
}

export const alarmTime = (minutes: string, start: string): string => minutesBefore(start, Number(minutes));
