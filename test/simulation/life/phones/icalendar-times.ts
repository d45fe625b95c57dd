/** Times in a line of iCalendar: days, local times in a zone, times in UTC, times without a zone; by the definitions beside. */
import {
  compact,
  dayAfter,
  fromClock,
  inClock,
  isDay,
  minutesAfter,
  timeOf,
  utcText,
} from './calendar-clock.ts';
import { type Line, lineIn, linesIn, type Part } from './lines.ts';

/** How a program writes a time that is no day. `steady`: the zone is a clock that is always so many minutes ahead of UTC. */
export type Spelling = 'utc' | { readonly zone: string; readonly steady?: string };

/** A line of times. */
export function timesLine(name: string, times: readonly string[], spelling: Spelling): string {
  const [first = ''] = times;
  if (isDay(first)) return `${name};VALUE=DATE:${times.map(compact).join(',')}`;
  if (spelling === 'utc') return `${name}:${times.map(utcText).join(',')}`;
  const { zone, steady } = spelling;
  const local = steady === undefined ? times : times.map((time) => inClock(time, steady));
  return `${name};TZID=${zone}:${local.map(compact).join(',')}`;
}

/** The time in a line, as a fact. Undefined where there is none. */
export function timeIn(line: Line | undefined, calendar: Part): string | undefined {
  const [first] = line === undefined ? [] : timesIn(line, calendar);
  return first;
}

/** The times of a line, of which each may be a period. */
export function timesIn(line: Line, calendar: Part): string[] {
  const steady = steadyOffset(line, calendar);
  return line.value.split(',').flatMap((text) => {
    const [own = ''] = text.split('/');
    const time = timeOf(own);
    if (time === undefined || isDay(time) || own.endsWith('Z') || steady === undefined) return time ?? [];
    return fromClock(time, String(steady));
  });
}

/** The minutes that the clock of a line is ahead of UTC, where it never changes. Any other clock is that of Berlin. */
export function steadyOffset(line: Line, calendar: Part): number | undefined {
  const zone = line.params.get('TZID');
  if (zone === undefined) return /\dZ/.test(line.value) ? 0 : undefined;
  const definition = calendar.parts.find(
    (part) => part.name === 'VTIMEZONE' && lineIn(part, 'TZID')?.value.toUpperCase() === zone,
  );
  const [only, ...others] = definition?.parts ?? [];
  if (only === undefined || others.length > 0) return undefined;
  const [, sign, hours, minutes] = /^([+-])(\d\d)(\d\d)/.exec(lineIn(only, 'TZOFFSETTO')?.value ?? '') ?? [];
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
}

/** The minutes of a duration: `-PT15M`, `P1DT2H`. */
export function durationIn(text: string): number | undefined {
  const [whole, sign, weeks = 0, days = 0, hours = 0, minutes = 0] =
    /^([+-]?)P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:\d+S)?)?$/.exec(text) ?? [];
  if (whole === undefined) return undefined;
  const total = ((Number(weeks) * 7 + Number(days)) * 24 + Number(hours)) * 60 + Number(minutes);
  return sign === '-' ? -total : total;
}

/** The end of an appointment: as it stands, or after its length, or that of a day, or its start. */
export function endIn(part: Part, calendar: Part, start: string): string {
  const end = timeIn(lineIn(part, 'DTEND'), calendar);
  if (end !== undefined) return end;
  const length = durationIn(lineIn(part, 'DURATION')?.value ?? '');
  if (length !== undefined)
    return isDay(start) ? dayAfter(start, Math.round(length / 1440)) : minutesAfter(start, length);
  return isDay(start) ? dayAfter(start, 1) : start;
}

/** All times of the lines of this name. */
export const allTimesIn = (part: Part, name: string, calendar: Part): string[] =>
  linesIn(part, name).flatMap((line) => timesIn(line, calendar));
