/** All-day events: how vCalendar 1.0 and SIF, which have times only, say them. */
import { type Component, firstOf } from '../vobject/model.ts';
import { isDayText, plainTime } from './item-time.ts';
import { DAY, inZone, type LocalTime, localOf, utcOf } from './zones/zones.ts';

/** The times of an event as they came, without marks; empty where there is none. */
export interface Span {
  readonly start: string;
  readonly end: string;
  readonly zone: string | undefined;
}

export const isMidnight = (local: LocalTime): boolean => local.endsWith('T000000');
/** Midnight, said or not, or the minute before it. */
const isEndOfDay = (local: LocalTime): boolean => /^\d{8}(T(000000|240000|2359\d\d))?$/.test(local);

/** Symbian's memos and anniversaries: days, in UTC as on any clock, whatever the zone. */
const MEMOS = ['ANNIVERSARY', 'EVENT'];
const MEETING = 'APPOINTMENT';

/**
 * Is an event without a flag all-day? It is if it goes from midnight to midnight by the clocks of its zone, or on no clock.
 * On no clock an end at the start is none.
 *
 * Where nobody says a zone, an event from midnight to midnight of UTC is all-day: more devices write their days so than
 * there are events that last just 24 hours by the clocks of Greenwich. `entry`: X-EPOCAGENDAENTRYTYPE.
 */
export function isAllDay({ start, end, zone }: Span, entry: string): boolean {
  if (isDayText(start)) return true;
  const isEndless = end === '' || end === start;
  if (!start.endsWith('Z')) return isMidnight(start) && (isEndless ? entry !== MEETING : isEndOfDay(end));
  if (/T000000Z/.test(start) && /T240000Z?$/.test(end)) return true; // nobody says 24:00 of a clock
  const from = utcOf(start);
  const to = end === '' ? from : utcOf(end);
  if (from === undefined || to === undefined || to < from) return false;
  const isMemo = MEMOS.includes(entry);
  const spans = (clock: (instant: number) => LocalTime) =>
    isMidnight(clock(from)) && (isMemo || to > from) && isEndOfDay(clock(to));
  if (isMemo && spans(localOf)) return true;
  if (zone !== undefined) return spans((instant) => inZone(instant, zone));
  return entry !== MEETING && spans(localOf);
}

/** Tells when a time of an all-day event is, on the clock that it was meant on. */
export type DayClock = (time: string) => LocalTime;

/**
 * The clock that tells the days of an all-day event. Midnights of UTC are days as they are; otherwise the clocks of the
 * zone tell the day. Without a zone the day is that of the midnight nearest to each time, if the event lasts whole days.
 */
export function dayClock({ start, end, zone }: Span): DayClock {
  const [from, to] = [start, end === '' ? start : end].map((time) =>
    time.endsWith('Z') ? utcOf(time) : undefined,
  );
  const by = (clock: (instant: number) => LocalTime): DayClock => {
    return (time) => {
      const at = time.endsWith('Z') ? utcOf(time) : undefined;
      return at === undefined ? time : clock(at);
    };
  };
  if (from !== undefined && isMidnight(localOf(from))) return by(localOf);
  if (zone !== undefined) return by((at) => inZone(at, zone));
  const isWhole = from !== undefined && to !== undefined && lastsWholeDays(to - from);
  return by(isWhole ? (at) => localOf(Math.round(at / DAY) * DAY) : localOf);
}

const HOUR = 3_600_000;
/** Milliseconds of whole days? The last minute may be missing, and an hour that clocks were changed by. */
export const lastsWholeDays = (lasts: number): boolean =>
  lasts === 0 || (lasts > HOUR + 60_000 && Math.abs(lasts - Math.round(lasts / DAY) * DAY) <= HOUR + 60_000);

/** The day of a time of an all-day event. An end at the end of a day is the beginning of the next. */
export function dayOfTime(name: string, local: LocalTime): string {
  const isEnd = name === 'DTEND' && /T(24|2359)/.test(local);
  const day = utcOf(local.slice(0, 8));
  return isEnd && day !== undefined ? localOf(day + DAY).slice(0, 8) : local.slice(0, 8);
}

/** A task has no flag: it is all-day where its times are midnights of no clock, as they are written for devices. */
export function isAllDayTask(part: Component, zone: string | undefined): boolean {
  const times = ['DTSTART', 'DUE'].flatMap((name) => firstOf(part, name)?.value.trim() || []);
  const isDay = (time: string) => /^\d{8}(T000000)?$/.test(plainTime(time) ?? '');
  return zone === undefined && times.length > 0 && times.every(isDay);
}
