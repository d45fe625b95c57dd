/** Events that are of days: how vCalendar 1.0 and SIF, which have times only, say so. */
import { type Component, firstOf, type Property } from '../vobject/model.ts';
import { isDate, plainTime } from './times.ts';
import { DAY, inZone, type LocalTime, localOf, utcOf } from './zones/zones.ts';

/** Properties by which devices say it besides, and what they say then. */
const FLAGS: { readonly [name: string]: readonly [yes: string, no: string] } = {
  'X-FUNAMBOL-ALLDAY': ['1', '0'],
  'X-MICROSOFT-CDO-ALLDAYEVENT': ['TRUE', 'FALSE'],
};

/** What the flags of an item say, if it has one. */
export function flagOf(part: Component): boolean | undefined {
  const flag = part.properties.find(({ name }) => name in FLAGS);
  return flag && flag.value.trim().toUpperCase() === FLAGS[flag.name]?.[0];
}

/** A flag says what the times say: it is old where another device, which knows no flags, changed them. */
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
 * Without a flag: is it of days? From midnight to midnight on the clocks of its zone, or on no clock; there an end at the
 * start is none. From midnight to midnight of UTC where nobody says a zone: more devices write their days so than
 * there are events that last just 24 hours by the clocks of Greenwich. `entry`: X-EPOCAGENDAENTRYTYPE.
 */
export function isOfDays({ start, end, zone }: Span, entry: string): boolean {
  if (/^\d{8}$/.test(start)) return true;
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

/** What a time of an event of days is on the clock that it was meant on. */
export type Clock = (time: string) => LocalTime;

/**
 * Midnights of UTC are days as they are. Otherwise the clocks of the zone tell the day; without one it is the midnight
 * nearest to each time, if the event lasts whole days but for an hour that clocks were changed by.
 */
export function clockOf({ start, end, zone }: Span): Clock {
  const [from, to] = [start, end === '' ? start : end].map((time) =>
    time.endsWith('Z') ? utcOf(time) : undefined,
  );
  const by = (clock: (instant: number) => LocalTime): Clock => {
    return (time) => {
      const at = time.endsWith('Z') ? utcOf(time) : undefined;
      return at === undefined ? time : clock(at);
    };
  };
  if (from !== undefined && isMidnight(localOf(from))) return by(localOf);
  if (zone !== undefined) return by((at) => inZone(at, zone));
  const isWhole = from !== undefined && to !== undefined && isNearly(to - from);
  return by(isWhole ? (at) => localOf(Math.round(at / DAY) * DAY) : localOf);
}

const HOUR = 3_600_000;
/** Whole days, but for the last minute, or an hour that clocks were changed by. */
export const isNearly = (lasts: number): boolean =>
  lasts === 0 || (lasts > HOUR + 60_000 && Math.abs(lasts - Math.round(lasts / DAY) * DAY) <= HOUR + 60_000);

/** The day of such a time; the end of a day is the beginning of the next. */
export function dayOf(name: string, local: LocalTime): string {
  const isEnd = name === 'DTEND' && /T(24|2359)/.test(local);
  const day = utcOf(local.slice(0, 8));
  return isEnd && day !== undefined ? localOf(day + DAY).slice(0, 8) : local.slice(0, 8);
}

/** A task has no flag: it is of days where its times are midnights of no clock, as they are written for devices. */
export function isTaskOfDays(part: Component, zone: string | undefined): boolean {
  const times = ['DTSTART', 'DUE'].flatMap((name) => firstOf(part, name)?.value.trim() || []);
  const isDay = (time: string) => /^\d{8}(T000000)?$/.test(plainTime(time) ?? '');
  return zone === undefined && times.length > 0 && times.every(isDay);
}
