/** All-day events in vCalendar 1.0 and SIF. These formats have no days, so they write an all-day event as times. */
import { type Component, firstOf } from '../vobject/model.ts';
import { APPOINTMENT, isTypeOfDays } from './entry-type.ts';
import { isDayText, isNoDate, plainTime } from './item-time.ts';
import { DAY, inZone, type LocalTime, localOf, utcOf } from './zones/zones.ts';

/** The times of an event as they came, without hyphens and colons. Empty where the event has none. */
export interface Span {
  readonly start: string;
  readonly end: string;
  readonly zone: string | undefined;
}

export const isMidnight = (local: LocalTime): boolean => local.endsWith('T000000');
/** Is it a day, midnight, or the last minute before midnight? */
const isEndOfDay = (local: LocalTime): boolean => /^\d{8}(T(000000|240000|2359\d\d))?$/.test(local);

/**
 * Is an event without a flag all-day? It is if it goes from midnight to midnight in its zone, or in local time without
 * a zone. A local end that equals the start counts as no end.
 *
 * If the zone is not known, an event from midnight to midnight in UTC is all-day, too: more devices write days in this
 * way than there are events of just 24 hours in Greenwich. `entry` is the type of the entry on Symbian, in
 * upper case: an entry of days is one both as times in UTC and as local times.
 */
export function isAllDay({ start, end, zone }: Span, entry: string): boolean {
  if (isDayText(start)) return true;
  const isEndless = end === '' || end === start;
  if (!start.endsWith('Z')) return isMidnight(start) && (isEndless ? entry !== APPOINTMENT : isEndOfDay(end));
  if (/T000000Z/.test(start) && /T240000Z?$/.test(end)) return true; // only a day ends at 24:00
  const from = utcOf(start);
  const to = end === '' ? from : utcOf(end);
  if (from === undefined || to === undefined || to < from) return false;
  const isMemo = isTypeOfDays(entry);
  const spans = (clock: (instant: number) => LocalTime) =>
    isMidnight(clock(from)) && (isMemo || to > from) && isEndOfDay(clock(to));
  if (isMemo && spans(localOf)) return true;
  if (zone !== undefined) return spans((instant) => inZone(instant, zone));
  return entry !== APPOINTMENT && spans(localOf);
}

/** Converts a time of an all-day event to the local time that was meant. */
export type DayClock = (time: string) => LocalTime;

/**
 * The clock in which the times of an all-day event are days. If the start is midnight in UTC, the clock is UTC;
 * otherwise it is that of the zone. Without a zone, each time is moved to the nearest midnight in UTC, if the event
 * lasts whole days.
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
/** Is a length in milliseconds one of whole days? It may differ by an hour of summer time and by the last minute. */
export const lastsWholeDays = (lasts: number): boolean =>
  lasts === 0 || (lasts > HOUR + 60_000 && Math.abs(lasts - Math.round(lasts / DAY) * DAY) <= HOUR + 60_000);

/** The day of a time of an all-day event. An end at 24:00 or 23:59 is the next day, because DTEND is exclusive. */
export function dayOfTime(name: string, local: LocalTime): string {
  const isEnd = name === 'DTEND' && /T(24|2359)/.test(local);
  const day = utcOf(local.slice(0, 8));
  return isEnd && day !== undefined ? localOf(day + DAY).slice(0, 8) : local.slice(0, 8);
}

/** Is a task all-day? Tasks have no flag. All-day tasks are written for devices as midnights without a zone. */
export function isAllDayTask(part: Component, zone: string | undefined): boolean {
  const times = ['DTSTART', 'DUE']
    .flatMap((name) => firstOf(part, name)?.value.trim() || [])
    .filter((time) => !isNoDate(time));
  const isDay = (time: string) => /^\d{8}(T000000)?$/.test(plainTime(time) ?? '');
  return zone === undefined && times.length > 0 && times.every(isDay);
}
