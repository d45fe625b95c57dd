/** Time zones by their IANA names; offsets are those of the runtime's own zone data. */
import { type Component, propertiesOf, valueIn } from '../model.ts';

import { WINDOWS_ZONES } from './windows-zones.ts';

/** Milliseconds. */
export const DAY = 86_400_000;

/** `20260329T023000`. */
export type LocalTime = string;

const formats = new Map<string, Intl.DateTimeFormat | undefined>();

function formatOf(zone: string): Intl.DateTimeFormat | undefined {
  if (!formats.has(zone)) {
    try {
      formats.set(zone, new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' }));
    } catch {
      formats.set(zone, undefined);
    }
  }
  return formats.get(zone);
}

export const isZone = (name: string): boolean => /^[A-Za-z]/.test(name) && formatOf(name) !== undefined;

/** Minutes east of UTC at that instant (epoch ms). */
export function offsetAt(zone: string, instant: number): number {
  const parts = formatOf(zone)?.formatToParts(instant) ?? [];
  const text = parts.find(({ type }) => type === 'timeZoneName')?.value ?? '';
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

/** Epoch ms of a local time in a zone; one that clocks skip is the time after the gap. */
export function instantOf(local: LocalTime, zone: string): number | undefined {
  const guess = utcOf(local);
  if (guess === undefined) return undefined;
  const first = guess - offsetAt(zone, guess) * 60_000;
  return guess - offsetAt(zone, first) * 60_000;
}

export const inZone = (instant: number, zone: string): LocalTime =>
  localOf(instant + offsetAt(zone, instant) * 60_000);

/** The IANA zone that a TZID means: itself, behind a vendor's prefix, by Windows' name, or the first like its VTIMEZONE. */
export function ianaOf(tzid: string, calendar?: Component): string | undefined {
  if (isZone(tzid)) return tzid;
  const tail = /([A-Z][A-Za-z_]+\/[A-Z][A-Za-z_/-]+)$/.exec(tzid)?.[1];
  if (tail !== undefined && isZone(tail)) return tail;
  const named = WINDOWS_ZONES.get(tzid.toLowerCase());
  if (named !== undefined) return named;
  const definition = calendar?.components.find(
    (one) => one.name === 'VTIMEZONE' && valueIn(one, 'TZID') === tzid,
  );
  if (definition === undefined) return undefined;
  const location = valueIn(definition, 'X-LIC-LOCATION');
  return location !== undefined && isZone(location) ? location : zoneLike(definition);
}

/** The first zone whose clocks change as a definition says that has a name of its own. */
function zoneLike(definition: Component): string | undefined {
  const part = (name: string) => definition.components.find((one) => one.name === name);
  const [standard, summer] = [part('STANDARD'), part('DAYLIGHT')];
  const offsetOf = (one: Component | undefined) => one && minutesOf(valueIn(one, 'TZOFFSETTO') ?? '');
  const [low, high] = [offsetOf(standard), offsetOf(summer)];
  if (low === undefined) return undefined;
  if (summer === undefined || high === undefined || high === low)
    return CANDIDATES.find((zone) => isConstant(zone, low));
  const start = valueIn(summer, 'DTSTART') ?? '';
  const rule = valueIn(summer, 'RRULE') ?? '';
  const month = Number(/BYMONTH=(\d+)/.exec(rule)?.[1] ?? start.slice(4, 6));
  const isLate = /BYDAY=/.test(rule) ? /BYDAY=-1/.test(rule) : Number(start.slice(6, 8)) > 21;
  return CANDIDATES.find((zone) => {
    const change = summerBegins(zone);
    return change?.low === low && change.high === high && change.month === month && change.isLate === isLate;
  });
}

/** When clocks go forward, in a year as any other. */
function summerBegins(
  zone: string,
): { low: number; high: number; month: number; isLate: boolean } | undefined {
  const year = 2026;
  const [winter, summer] = [offsetAt(zone, Date.UTC(year, 0, 1)), offsetAt(zone, Date.UTC(year, 6, 1))];
  if (winter === summer) return undefined;
  const [low, high] = [Math.min(winter, summer), Math.max(winter, summer)];
  const at = winter === low ? changeIn(zone, year, 0, 6) : changeIn(zone, year, 6, 12);
  const date = new Date(at + low * 60_000);
  return { low, high, month: date.getUTCMonth() + 1, isLate: date.getUTCDate() > 21 };
}

/** A zone of each kind of rules, the one with the most people first. */
const CANDIDATES = [
  ...[
    'Europe/Berlin',
    'Europe/London',
    'Europe/Athens',
    'Europe/Moscow',
    'America/New_York',
    'America/Chicago',
  ],
  ...['America/Denver', 'America/Los_Angeles', 'America/Anchorage', 'America/Halifax', 'America/St_Johns'],
  ...['America/Sao_Paulo', 'America/Phoenix', 'America/Bogota', 'America/Costa_Rica', 'Pacific/Honolulu'],
  ...[
    'Africa/Johannesburg',
    'Africa/Lagos',
    'Africa/Abidjan',
    'Africa/Cairo',
    'Asia/Jerusalem',
    'Asia/Dubai',
  ],
  ...[
    'Asia/Tehran',
    'Asia/Karachi',
    'Asia/Kolkata',
    'Asia/Dhaka',
    'Asia/Bangkok',
    'Asia/Shanghai',
    'Asia/Tokyo',
  ],
  ...['Australia/Sydney', 'Australia/Brisbane', 'Australia/Adelaide', 'Australia/Darwin', 'Australia/Perth'],
  ...['Pacific/Auckland', 'America/Santiago', 'America/Mexico_City', 'Atlantic/Azores'],
];

const minutesOf = (offset: string): number | undefined => {
  const [, sign, hours, minutes = '0'] = /^([+-]?)(\d\d?):?(\d\d)?/.exec(offset.trim()) ?? [];
  return hours === undefined ? undefined : (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
};

/** The zone that TZ and DAYLIGHT of vCalendar 1.0 describe: the first whose clocks change just so. */
export function zoneOf(calendar: Component): string | undefined {
  const standard = minutesOf(valueIn(calendar, 'TZ') ?? '');
  if (standard === undefined) return undefined;
  const rules = propertiesOf(calendar, 'DAYLIGHT').flatMap(({ value }) => {
    const [used = '', offset = '', start = '', end = ''] = value.split(';');
    const times = [utcOf(start), utcOf(end)];
    return used.toUpperCase() === 'TRUE'
      ? [{ offset: minutesOf(offset), start: times[0], end: times[1] }]
      : [];
  });
  const fits = (zone: string): boolean =>
    rules.length === 0
      ? isConstant(zone, standard)
      : rules.every(({ offset, start, end }) => {
          if (offset === undefined || start === undefined || end === undefined) return true;
          const [begins, ends] = [start - standard * 60_000, end - offset * 60_000];
          const around = [begins - 3_600_000, begins + 3_600_000, ends - 3_600_000, ends + 3_600_000];
          return (
            around.map((at) => offsetAt(zone, at)).join() === [standard, offset, offset, standard].join()
          );
        });
  return CANDIDATES.find(fits);
}

const isConstant = (zone: string, offset: number): boolean =>
  [Date.UTC(2026, 0, 1), Date.UTC(2026, 6, 1)].every((at) => offsetAt(zone, at) === offset);

/** TZ and DAYLIGHT of a zone for the year of an instant. */
export function oldZone(zone: string, instant: number): { readonly tz: string; readonly daylight?: string } {
  const year = new Date(instant).getUTCFullYear();
  const [winter, summer] = [offsetAt(zone, Date.UTC(year, 0, 1)), offsetAt(zone, Date.UTC(year, 6, 1))];
  const standard = Math.min(winter, summer);
  if (winter === summer) return { tz: offsetText(standard) };
  const other = Math.max(winter, summer);
  const changes = [changeIn(zone, year, 0, 6), changeIn(zone, year, 6, 12)];
  const [start = 0, end = 0] = winter === standard ? changes : [...changes].reverse();
  const [starts, ends] = [localOf(start + standard * 60_000), localOf(end + other * 60_000)];
  return { tz: offsetText(standard), daylight: `TRUE;${offsetText(other)};${starts};${ends};;` };
}

const offsetText = (minutes: number): string => {
  const size = Math.abs(minutes);
  const text = [Math.floor(size / 60), size % 60].map((n) => String(n).padStart(2, '0')).join('');
  return `${minutes < 0 ? '-' : '+'}${text}`;
};

/** The instant of the change between two months, to the minute. */
function changeIn(zone: string, year: number, from: number, to: number): number {
  let [low, high] = [Date.UTC(year, from, 1), Date.UTC(year, to, 1)];
  const before = offsetAt(zone, low);
  while (high - low > 60_000) {
    const middle = Math.floor((low + high) / 120_000) * 60_000;
    if (offsetAt(zone, middle) === before) low = middle;
    else high = middle;
  }
  return high;
}
