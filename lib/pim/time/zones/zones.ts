/** Time zones by their IANA names, with the offsets of the runtime's zone data, and clocks that only an item defines. */
import { clockNamed } from './own-clock.ts';

/** A day in milliseconds. */
export const DAY = 86_400_000;
/** The weekdays as rules name them. The index is that of `Date.getUTCDay`. */
export const WEEKDAYS = ['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA'];
export const isWeekday = (text: string): boolean => WEEKDAYS.includes(text);

/** A local time: `20260329T023000`. */
export type LocalTime = string;

const formats = new Map<string, Intl.DateTimeFormat>();

/** Undefined for an unknown zone. Unknown names are not cached, because devices may send any number of them. */
function formatOf(zone: string): Intl.DateTimeFormat | undefined {
  const key = zone.toLowerCase();
  const known = formats.get(key);
  if (known !== undefined) return known;
  try {
    const format = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' });
    formats.set(key, format);
    return format;
  } catch {
    return undefined;
  }
}

export const isZone = (name: string): boolean =>
  (/^[A-Za-z]/.test(name) && formatOf(name) !== undefined) || clockNamed(name) !== undefined;

/** Minutes east of UTC at that instant (epoch ms). */
export function offsetAt(zone: string, instant: number): number {
  const clock = clockNamed(zone);
  if (clock !== undefined) return clock(instant);
  const text = formatOf(zone)?.format(instant) ?? '';
  const [, sign, hours, minutes = '0'] = /GMT([+-])(\d+):?(\d+)?/.exec(text) ?? [];
  if (sign === undefined) return 0;
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
}

/** Epoch ms of a local time as if it were in UTC. Undefined for a text that is not a time. */
export function utcOf(local: LocalTime): number | undefined {
  const [, y, mo, d, h = '0', mi = '0', s = '0'] =
    /^(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)?)?Z?$/.exec(local) ?? [];
  if (y === undefined) return undefined;
  return Date.UTC(Number(y), Number(mo) - 1, Number(d), Number(h), Number(mi), Number(s));
}

export const localOf = (instant: number): LocalTime =>
  new Date(instant).toISOString().replace(/[-:]|\.\d+Z$/g, '');

/** Prints an instant: `20260329T003000Z`. */
export const utcText = (instant: number): string => `${localOf(instant)}Z`;

/**
 * Epoch ms of a local time in a zone. A time that is skipped at a transition lies after the gap. Of a time that occurs
 * twice the first is taken. In both cases the offset before the transition is used [RFC 5545 3.3.5].
 */
export function instantOf(local: LocalTime, zone: string): number | undefined {
  const guess = utcOf(local);
  if (guess === undefined) return undefined;
  const [before, after] = [offsetAt(zone, guess - DAY), offsetAt(zone, guess + DAY)];
  const first = guess - before * 60_000;
  if (before === after || offsetAt(zone, first) === before) return first;
  const second = guess - after * 60_000;
  return offsetAt(zone, second) === after ? second : first;
}

/** The day (`yyyymmdd`) that many days later; earlier for a negative number. */
export const dayAfter = (day: string, days: number): string =>
  localOf((utcOf(day) ?? 0) + days * DAY).slice(0, 8);

export const inZone = (instant: number, zone: string): LocalTime =>
  localOf(instant + offsetAt(zone, instant) * 60_000);
