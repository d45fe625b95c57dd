/** Zones that nobody named, by what their clocks do: the first that fits, those with the most people before all others. */
import { offsetAt } from './zones.ts';

/** Offsets in minutes east of UTC, the instant in epoch ms. */
export interface ZoneTransition {
  readonly at: number;
  readonly before: number;
  readonly after: number;
}

const MINUTE = 60_000;
/** Devices are an hour wrong about a change: they say it by the clock that it sets, or a second early. */
const NEAR = 90 * MINUTE;
/** Some know no more than its day. */
const SAME_DAY = 26 * 60 * MINUTE;
/** A year as any other, of rules that have no end. */
export const ANY_YEAR = 2026;

/** A zone of each kind of rules, the one with the most people first. */
export const CANDIDATES: readonly string[] = [
  ...[
    'Europe/Berlin',
    'Europe/London',
    'Europe/Athens',
    'Europe/Moscow',
    'America/New_York',
    'America/Chicago',
  ],
  ...['America/Denver', 'America/Los_Angeles', 'America/Anchorage', 'America/Halifax', 'America/St_Johns'],
  ...[
    'America/Sao_Paulo',
    'America/Phoenix',
    'America/Bogota',
    'America/Puerto_Rico',
    'America/Costa_Rica',
    'Pacific/Honolulu',
  ],
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
    'Asia/Kathmandu',
    'Asia/Kabul',
    'Asia/Dhaka',
    'Asia/Yangon',
    'Asia/Bangkok',
    'Asia/Shanghai',
    'Asia/Tokyo',
  ],
  ...['Australia/Sydney', 'Australia/Brisbane', 'Australia/Adelaide', 'Australia/Darwin', 'Australia/Perth'],
  ...['Pacific/Auckland', 'America/Santiago', 'America/Mexico_City', 'Atlantic/Azores'],
];

/** All others that the runtime knows. Their data is loaded by the first search that needs them: some 50 ms, 20 MB. */
const others = (): string[] =>
  Intl.supportedValuesOf('timeZone').filter((zone) => !CANDIDATES.includes(zone));

const first = (fits: (zone: string) => boolean): string | undefined =>
  CANDIDATES.find(fits) ?? others().find(fits);

const constants = new Map<number, { readonly zone: string | undefined }>();

/** Clocks never change there; without a place at that offset, what is left is the offset itself. */
export function constantZone(offset: number): string | undefined {
  const found = constants.get(offset) ?? { zone: placeAt(offset) ?? offsetZone(offset / 60) };
  constants.set(offset, found);
  return found.zone;
}

const placeAt = (offset: number): string | undefined =>
  first((zone) => offsetsOf(zone).every((one) => one === offset));

/** The sign is the other one there. */
const offsetZone = (hours: number): string | undefined =>
  Number.isInteger(hours) && hours >= -12 && hours <= 14
    ? `Etc/GMT${hours > 0 ? '-' : '+'}${Math.abs(hours)}`
    : undefined;

/** Clocks change there just then; else on these days. */
export function zoneChanging(changes: readonly ZoneTransition[]): string | undefined {
  const fits = (zone: string, tolerance: number) =>
    changes.every(
      ({ at, before, after }) =>
        offsetAt(zone, at - tolerance) === before && offsetAt(zone, at + tolerance) === after,
    );
  return first((zone) => fits(zone, NEAR)) ?? CANDIDATES.find((zone) => fits(zone, SAME_DAY));
}

/** Clocks change there, nobody said when. */
export const zoneWith = (...offsets: readonly number[]): string | undefined =>
  first((zone) => offsets.every((offset) => offsetsOf(zone).includes(offset)));

/** In winter and in summer. */
export const offsetsOf = (zone: string): readonly number[] =>
  [Date.UTC(ANY_YEAR, 0, 1), Date.UTC(ANY_YEAR, 6, 1)].map((at) => offsetAt(zone, at));

/** Minutes of `+0530`, `-5`, `1:00`; undefined for no offset. */
export const minutesOf = (offset: string): number | undefined => {
  const [, sign, hours, minutes = '0'] = /^([+-]?)(\d\d?):?(\d\d)?/.exec(offset.trim()) ?? [];
  return hours === undefined ? undefined : (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
};

/** `+0530`. */
export const offsetText = (minutes: number): string => {
  const size = Math.abs(minutes);
  const text = [Math.floor(size / 60), size % 60].map((n) => String(n).padStart(2, '0')).join('');
  return `${minutes < 0 ? '-' : '+'}${text}`;
};
