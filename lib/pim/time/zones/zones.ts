/** Time zones by their IANA names; offsets are those of the runtime's own zone data. */

/** Milliseconds. */
export const DAY = 86_400_000;
/** As rules name them, by the number that a Date gives them. */
export const WEEKDAYS = ['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA'];

/** `20260329T023000`. */
export type LocalTime = string;

const formats = new Map<string, Intl.DateTimeFormat>();

/** Undefined for what is no zone: names come from devices, so what is none is not kept. */
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

export const isZone = (name: string): boolean => /^[A-Za-z]/.test(name) && formatOf(name) !== undefined;

/** Minutes east of UTC at that instant (epoch ms). */
export function offsetAt(zone: string, instant: number): number {
  const text = formatOf(zone)?.format(instant) ?? '';
  const [, sign, hours, minutes = '0'] = /GMT([+-])(\d+):?(\d+)?/.exec(text) ?? [];
  if (sign === undefined) return 0;
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
}

/** Epoch ms of a local time as if it were UTC; undefined for no time. */
export function utcOf(local: LocalTime): number | undefined {
  const [, y, mo, d, h = '0', mi = '0', s = '0'] =
    /^(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)?)?Z?$/.exec(local) ?? [];
  if (y === undefined) return undefined;
  return Date.UTC(Number(y), Number(mo) - 1, Number(d), Number(h), Number(mi), Number(s));
}

export const localOf = (instant: number): LocalTime =>
  new Date(instant).toISOString().replace(/[-:]|\.\d+Z$/g, '');

/** `20260329T003000Z`. */
export const utcText = (instant: number): string => `${localOf(instant)}Z`;

/**
 * Epoch ms of a local time in a zone. One that clocks skip is the time after the gap, one that they show twice the first:
 * either way the offset from before the change counts [RFC 5545 3.3.5].
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

/** `yyyymmdd` some days later, or earlier. */
export const dayAfter = (day: string, days: number): string =>
  localOf((utcOf(day) ?? 0) + days * DAY).slice(0, 8);

export const inZone = (instant: number, zone: string): LocalTime =>
  localOf(instant + offsetAt(zone, instant) * 60_000);
