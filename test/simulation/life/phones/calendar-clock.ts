/**
 * Times of appointments and tasks as facts tell them: a day `2030-03-04`, or a local time `2030-03-04T09:00` of Berlin, where all
 * people of the stories live. And the same as calendars spell them.
 */

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

export const isDay = (time: string): boolean => time.length === 10;
export const dayOf = (time: string): string => time.slice(0, 10);

const asUtc = (time: string): number => Date.parse(isDay(time) ? `${time}T00:00Z` : `${time}Z`);
const textOf = (at: number): string => new Date(at).toISOString().slice(0, 16);

/** The day so many days later. */
export const dayAfter = (day: string, days: number): string => dayOf(textOf(asUtc(day) + days * DAY));
/** 0 for Sunday. */
export const weekdayOf = (time: string): number => new Date(asUtc(dayOf(time))).getUTCDay();
/** The local time so many minutes later, by a clock that does not change. */
export const minutesAfter = (time: string, minutes: number): string => textOf(asUtc(time) + minutes * MINUTE);

/** The instant of the change of clocks in this month (2 or 9) of the year: the last Sunday, 01:00 in UTC. */
function changeIn(year: number, month: number): number {
  const last = new Date(Date.UTC(year, month, 31));
  return Date.UTC(year, month, 31 - last.getUTCDay(), 1);
}

/** Hours that Berlin is ahead of UTC. */
function hoursAhead(instant: number): number {
  const year = new Date(instant).getUTCFullYear();
  return instant >= changeIn(year, 2) && instant < changeIn(year, 9) ? 2 : 1;
}

/** The instant, in epoch ms. Of an hour that comes twice the first; a day is its midnight. */
export function instantOf(local: string): number {
  const inSummer = asUtc(local) - 2 * HOUR;
  return hoursAhead(inSummer) === 2 ? inSummer : asUtc(local) - HOUR;
}

export const localOf = (instant: number): string => textOf(instant + hoursAhead(instant) * HOUR);

/** `20300304`, or `20300304T090000`. */
export const compact = (time: string): string =>
  isDay(time) ? time.replaceAll('-', '') : `${time.replace(/[-:]/g, '')}00`;
/** `20300304T080000Z`. */
export const utcText = (local: string): string => `${textOf(instantOf(local)).replace(/[-:]/g, '')}00Z`;
/** A day as the midnight at which it begins, without a zone: `20300304T000000`. */
export const midnightText = (day: string): string => `${compact(day)}T000000`;

/** A time as any program spells it, as a fact: one in UTC by the clock of Berlin, any other as it stands. */
export function timeOf(text: string): string | undefined {
  const [, year, month, day, hour, minute, zone] =
    /^(\d{4})-?(\d\d)-?(\d\d)(?:[T ](\d\d):?(\d\d)(?::?\d\d)?(Z?))?$/.exec(text.trim()) ?? [];
  if (day === undefined) return undefined;
  if (hour === undefined) return `${year}-${month}-${day}`;
  const time = `${year}-${month}-${day}T${hour}:${minute}`;
  return zone === 'Z' ? localOf(asUtc(time)) : time;
}

/** A local time of Berlin by a steady clock, which is so many minutes ahead of UTC; and back. */
export const inClock = (local: string, ahead: string): string =>
  textOf(instantOf(local) + Number(ahead) * MINUTE);
export const fromClock = (time: string, ahead: string): string =>
  localOf(asUtc(time) - Number(ahead) * MINUTE);

/** Minutes from this time to that, by the real clock. */
export const minutesBetween = (from: string, to: string): number =>
  (instantOf(to) - instantOf(from)) / MINUTE;
/** The local time so many minutes before, by the real clock. */
export const minutesBefore = (time: string, minutes: number): string =>
  localOf(instantOf(time) - minutes * MINUTE);

/** The changes of clocks in a year, as local times before each: `20300331T020000`, `20301027T030000`. */
export const changesOf = (year: number): readonly [summer: string, winter: string] => [
  compact(minutesAfter(textOf(changeIn(year, 2)), 60)),
  compact(minutesAfter(textOf(changeIn(year, 9)), 120)),
];

/** The definition of Berlin's clock under this name, as iCalendar has it. */
export const zoneDefinition = (name: string): readonly string[] => [
  ...['BEGIN:VTIMEZONE', `TZID:${name}`],
  ...['BEGIN:DAYLIGHT', 'DTSTART:19810329T020000', 'RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU'],
  ...['TZOFFSETFROM:+0100', 'TZOFFSETTO:+0200', 'TZNAME:CEST', 'END:DAYLIGHT'],
  ...['BEGIN:STANDARD', 'DTSTART:19961027T030000', 'RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU'],
  ...['TZOFFSETFROM:+0200', 'TZOFFSETTO:+0100', 'TZNAME:CET', 'END:STANDARD', 'END:VTIMEZONE'],
];

/** The definition of a steady clock, so many minutes ahead of UTC. */
export function steadyDefinition(name: string, ahead: string): readonly string[] {
  const offset = offsetText(Number(ahead));
  return [
    ...['BEGIN:VTIMEZONE', `TZID:${name}`, 'BEGIN:STANDARD', 'DTSTART:19700101T000000'],
    ...[`TZOFFSETFROM:${offset}`, `TZOFFSETTO:${offset}`, 'END:STANDARD', 'END:VTIMEZONE'],
  ];
}

/** `+0100`. */
function offsetText(minutes: number): string {
  const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60];
  return `${minutes < 0 ? '-' : '+'}${String(hours * 100 + rest).padStart(4, '0')}`;
}

/** With a zero before it where it has one digit. */
export const two = (n: number): string => String(n).padStart(2, '0');
