/**
 * Finds a zone by its offsets and transitions. The first zone that fits is taken; zones with most people are tried
 * first.
 */
import { offsetAt } from './zones.ts';

/** A change of the offset. The instant is in epoch ms, the offsets are in minutes east of UTC. */
export interface ZoneTransition {
  readonly at: number;
  readonly before: number;
  readonly after: number;
}

const MINUTE = 60_000;
/** Devices may be wrong by an hour: some write a transition in the local time after it, some a second early. */
const NEAR = 90 * MINUTE;
/** Some devices write only the day of a transition. */
const SAME_DAY = 26 * 60 * MINUTE;
/** A year that stands for all years of rules without an end. */
export const ANY_YEAR = 2026;

/** One zone for each set of rules, those with most people first. */
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
    'America/Panama',
    'America/Regina',
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
    'Asia/Riyadh',
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
  ...[
    'Pacific/Auckland',
    'Pacific/Port_Moresby',
    'America/Santiago',
    'America/Mexico_City',
    'Atlantic/Azores',
  ],
];

/** All other zones of the runtime. The first search that needs them loads their data: about 50 ms, 20 MB. */
const others = (): string[] =>
  Intl.supportedValuesOf('timeZone').filter((zone) => !CANDIDATES.includes(zone));

const first = (fits: (zone: string) => boolean): string | undefined =>
  CANDIDATES.find(fits) ?? others().find(fits);

const always = (): boolean => true;
const places = new Map<string, readonly string[]>();

/** The zones of the list that have only this offset. */
function placesAt(offset: number, isOf: 'candidates' | 'others'): readonly string[] {
  const key = `${offset} ${isOf}`;
  const known =
    places.get(key) ??
    (isOf === 'others' ? others() : CANDIDATES).filter((zone) =>
      offsetsOf(zone).every((one) => one === offset),
    );
  places.set(key, known);
  return known;
}

/**
 * A zone that has this offset all the year: the first place that `fits`, or else a zone that is named for the offset.
 */
export function constantZone(offset: number, fits: (zone: string) => boolean = always): string | undefined {
  const named = offsetZone(offset / 60);
  return (
    placesAt(offset, 'candidates').find(fits) ??
    placesAt(offset, 'others').find(fits) ??
    (named !== undefined && fits(named) ? named : undefined)
  );
}

const FIRST_YEAR = 1970;
const steady = new Map<string, string | undefined>();

/** A zone that has had this offset at every date, or else at least since a year. */
export function steadyZone(offset: number, since: number): string | undefined {
  const key = `${offset} ${since}`;
  if (!steady.has(key)) {
    const from = (year: number) => constantZone(offset, (zone) => hasHad(zone, offset, year));
    steady.set(key, from(FIRST_YEAR) ?? from(since));
  }
  return steady.get(key);
}

/** Has the zone had the offset since that year? */
const hasHad = (zone: string, offset: number, since: number): boolean =>
  Array.from({ length: 2 * Math.max(0, ANY_YEAR + 2 - since) }, (_, n) => Date.UTC(since, 6 * n, 1)).every(
    (at) => offsetAt(zone, at) === offset,
  );

/** Names of the form `Etc/GMT-1` have the opposite sign: that is one hour east of UTC. */
const offsetZone = (hours: number): string | undefined =>
  Number.isInteger(hours) && hours >= -12 && hours <= 14
    ? `Etc/GMT${hours > 0 ? '-' : '+'}${Math.abs(hours)}`
    : undefined;

/** A zone with these transitions, at the same time, or else on the same days, that is also `wanted`. */
export function zoneChanging(
  changes: readonly ZoneTransition[],
  wanted: (zone: string) => boolean = always,
): string | undefined {
  const fits = (zone: string, tolerance: number) =>
    changes.every(
      ({ at, before, after }) =>
        offsetAt(zone, at - tolerance) === before && offsetAt(zone, at + tolerance) === after,
    ) && wanted(zone);
  return first((zone) => fits(zone, NEAR)) ?? CANDIDATES.find((zone) => fits(zone, SAME_DAY));
}

/** A zone that has all these offsets. Its transitions are not known. */
export const zoneWith = (...offsets: readonly number[]): string | undefined =>
  first((zone) => offsets.every((offset) => offsetsOf(zone).includes(offset)));

/** The offsets of a zone in January and in July. */
export const offsetsOf = (zone: string): readonly number[] =>
  [Date.UTC(ANY_YEAR, 0, 1), Date.UTC(ANY_YEAR, 6, 1)].map((at) => offsetAt(zone, at));

/** The minutes of an offset: `+0530`, `-5`, `1:00`. Undefined for a text that is not an offset. */
export const minutesOf = (offset: string): number | undefined => {
  const [, sign, hours, minutes = '0'] = /^([+-]?)(\d\d?):?(\d\d)?/.exec(offset.trim()) ?? [];
  return hours === undefined ? undefined : (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
};

/** Prints an offset: `+0530`. */
export const offsetText = (minutes: number): string => {
  const size = Math.abs(minutes);
  const text = [Math.floor(size / 60), size % 60].map((n) => String(n).padStart(2, '0')).join('');
  return `${minutes < 0 ? '-' : '+'}${text}`;
};
