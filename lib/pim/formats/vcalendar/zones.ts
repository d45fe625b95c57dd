/** Converts between zones and the properties TZ and DAYLIGHT, which describe a zone in vCalendar 1.0. */

import { isTime } from '../../properties/table.ts';
import { ianaOf, steadyClock } from '../../time/zones/names.ts';
import { clockName, dayInYear, isClockSize, type Onset } from '../../time/zones/own-clock.ts';
import {
  ANY_YEAR,
  minutesOf,
  offsetText,
  type ZoneTransition,
  zoneChanging,
  zoneWith,
} from '../../time/zones/search.ts';
import { changeBetween } from '../../time/zones/transitions.ts';
import { DAY, localOf, offsetAt, utcOf } from '../../time/zones/zones.ts';
import { type Component, type Property, propertiesOf, property, valueIn } from '../../vobject/model.ts';
import { spend } from '../../work/budget.ts';

/** Is it a property that describes the zone of an object or an item? */
export const isZoneProperty = (name: string): boolean => name === 'TZ' || name === 'DAYLIGHT';

/** What one DAYLIGHT costs, which many zones are compared with (lib/pim/work/budget.ts). */
const RULE = 200;

/**
 * The zone that TZ and DAYLIGHT describe: the one that they name, or else a zone with the same offsets and transitions. If
 * no zone has them, the name of such a clock. `since` is the first year of the times that are in the zone.
 */
export function zoneFromVcalendar(calendar: Component, since = ANY_YEAR): string | undefined {
  const tz = valueIn(calendar, 'TZ')?.trim() ?? '';
  const rules = propertiesOf(calendar, 'DAYLIGHT')
    .map(({ value }) => value.split(';').map((part) => part.trim()))
    .filter(([used = '']) => used.toUpperCase() === 'TRUE');
  const named = [tz, ...rules.flatMap((parts) => parts.slice(4, 6))].find((name) => name.includes('/'));
  const zone = named === undefined ? undefined : ianaOf(named);
  if (zone !== undefined) return zone;
  const standard = minutesOf(tz);
  if (standard === undefined) return undefined;
  if (rules.length === 0) return steadyClock(standard, since);
  spend(RULE * rules.length);
  const changes = rules.flatMap((parts) => changesIn(parts, standard));
  const summer = minutesOf(rules[0]?.[1] ?? '');
  if (changes.length > 0) return zoneChanging(changes) ?? clockOf(changes.map(onsetOf));
  return summer === undefined ? undefined : zoneWith(standard, summer);
}

const clockOf = (onsets: readonly Onset[]): string | undefined =>
  isClockSize(onsets) ? clockName(onsets) : undefined;

/** A transition of one year, as one of every year: on the same weekday of the month, counted from its nearer end. */
function onsetOf({ at, before, after }: ZoneTransition): Onset {
  const start = at + before * 60_000;
  const day = new Date(start);
  const nth = day.getUTCDate() > 21 ? -1 : Math.ceil(day.getUTCDate() / 7);
  const rule = { month: day.getUTCMonth(), weekday: day.getUTCDay(), dates: [], nth };
  const first = dayInYear(FIRST_YEAR, rule);
  if (first === undefined) return { start, before, after };
  return { start: first + (start - utcDay(start)), before, after, rule };
}

const FIRST_YEAR = 1970;
const utcDay = (at: number): number => Math.floor(at / DAY) * DAY;

/** The beginning and the end of summer time. Each is in local time before the transition, or in UTC if it ends with Z. */
function changesIn(
  [, offset = '', start = '', end = '']: readonly string[],
  standard: number,
): ZoneTransition[] {
  const summer = minutesOf(offset);
  const at = (time: string, clock: number): number | undefined => {
    const local = utcOf(time);
    return local === undefined || time.endsWith('Z') ? local : local - clock * 60_000;
  };
  const [begins, ends] = [at(start, standard), summer === undefined ? undefined : at(end, summer)];
  if (summer === undefined || begins === undefined || ends === undefined) return [];
  return [
    { at: begins, before: standard, after: summer },
    { at: ends, before: summer, after: standard },
  ];
}

/** TZ and DAYLIGHT of a zone in the year of an instant. */
export function zoneToVcalendar(zone: string, instant: number): Property[] {
  const { tz, daylight } = summerTimeOf(zone, instant);
  return [property('TZ', tz), property('DAYLIGHT', daylight ?? 'FALSE')];
}

/** The values of TZ and DAYLIGHT. Without `daylight` the zone has no summer time in that year. */
export function summerTimeOf(
  zone: string,
  instant: number,
): { readonly tz: string; readonly daylight?: string } {
  const year = new Date(instant).getUTCFullYear();
  const [winter, summer] = [offsetAt(zone, Date.UTC(year, 0, 1)), offsetAt(zone, Date.UTC(year, 6, 1))];
  const standard = Math.min(winter, summer);
  if (winter === summer) return { tz: offsetText(standard) };
  const other = Math.max(winter, summer);
  const changes = [
    changeBetween(zone, Date.UTC(year, 0, 1), Date.UTC(year, 6, 1)),
    changeBetween(zone, Date.UTC(year, 6, 1), Date.UTC(year, 12, 1)),
  ];
  const [start = 0, end = 0] = winter === standard ? changes : [...changes].reverse();
  const [starts, ends] = [localOf(start + standard * 60_000), localOf(end + other * 60_000)];
  return { tz: offsetText(standard), daylight: `TRUE;${offsetText(other)};${starts};${ends};;` };
}

/** The first year of the times of a calendar and its items. */
export function firstYearOf({ properties, components }: Component): number {
  const years = properties.flatMap(({ name, value }) =>
    isTime(name) ? (/^\s*([12]\d{3})-?\d\d-?\d\d/.exec(value)?.slice(1) ?? []).map(Number) : [],
  );
  // There may be too many of them for the arguments of a call.
  return [...years, ...components.map(firstYearOf)].reduce((first, year) => Math.min(first, year), ANY_YEAR);
}
