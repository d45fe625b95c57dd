/**
 * The clock of a series whose rule goes by other days than its times. Devices write times in UTC beside a rule of local
 * weekdays and dates: `DTSTART:20261020T010000Z` is a Tuesday, and with the rule `W1 MO` it is a Monday evening in America.
 *
 * Such a series gets the zone that the object names elsewhere. Where it names none, it gets an assumed clock: one in which
 * the start is on a day of the rule. So the rule stays as it is, and the occurrences are the instants that the device means.
 */

import { isTime } from '../properties/table.ts';
import {
  type Component,
  firstOf,
  type Property,
  paramOf,
  propertiesOf,
  sorted,
  valueIn,
} from '../vobject/model.ts';
import { spend } from '../work/budget.ts';
import type { DayClock } from './all-day.ts';
import { instantOfTime, itemTime, withTime, zonedTime } from './item-time.ts';
import { dayOf } from './occurrence-days.ts';
import { parseRule, type Rule, withEntriesOnce } from './rule.ts';
import { fallsOn, isCounted, priceOf } from './rule-days.ts';
import { startOf } from './times.ts';
import { ianaOf } from './zones/names.ts';
import { ASSUMED_OFFSETS, assumedClock } from './zones/own-clock.ts';
import { isDefinition, zoneNameOf } from './zones/own-zones.ts';
import { ANY_YEAR } from './zones/search.ts';
import { DAY, inZone, type LocalTime, localOf, offsetAt, utcOf } from './zones/zones.ts';

const MINUTE = 60_000;
/** A rule that is more work in units is not looked at. */
const MOST_WORK = 4_000;
/** The units of work to look at the clock of a zone. */
const CLOCK = 5;
/** So many of the zones that an object names in one way are tried for a series. No person's calendar has more. */
const MOST_ZONES = 30;

/** The rules of a series, if it starts at this local time. Undefined stands for a rule that cannot be parsed. */
export type RulesAt = (start: LocalTime) => readonly (Rule | undefined)[];

/** What is known of a series that starts in UTC. */
export interface SeriesInUtc {
  /** The instant of the start (epoch ms). */
  readonly at: number;
  readonly rulesAt: RulesAt;
  /** The zones that the object names elsewhere. They are asked for only where they are needed. */
  readonly zones: () => readonly string[];
}

/**
 * The zone of a series whose rules go by another day than that in UTC: the day before or after is one of them. It is a
 * zone that the object names, or else an assumed clock. Undefined for a series that goes by UTC.
 */
export function zoneOfRules({ at, rulesAt, zones }: SeriesInUtc): string | undefined {
  const isMeant = (local: LocalTime): boolean => isDayOf(rulesAt(local), local);
  if (isMeant(localOf(at))) return undefined;
  return zoneIn(zones, at, isMeant);
}

/** The zone of a series that starts on a local day (`yyyymmdd`), if that is the day before or after, and one of the rules. */
export function zoneOnDay({ at, rulesAt, zones }: SeriesInUtc, day: string): string | undefined {
  const isMeant = (local: LocalTime) => local.slice(0, 8) === day && isDayOf(rulesAt(local), local);
  return zoneIn(zones, at, isMeant);
}

/** The zone, or else the assumed clock, in which the local time of the instant is on the day before or after, and is meant. */
function zoneIn(
  zones: SeriesInUtc['zones'],
  at: number,
  isMeant: (local: LocalTime) => boolean,
): string | undefined {
  const assumed = assumedZone(at, isMeant);
  if (assumed === undefined) return undefined;
  const found = zones().find((zone) => {
    spend(CLOCK);
    return isMeant(inZone(at, zone));
  });
  return found ?? assumed;
}

/** Tells the zones that an object names for a part: its own, those of the times of the part, those that it defines. */
export type ZonesNamed = (part: Component) => readonly string[];

/** Those that the object names for all parts are looked for once, when the first part asks. */
export function zonesNamedIn(calendar: Component): ZonesNamed {
  const namedByAll = () => ({
    own: zonesOf(
      propertiesOf(calendar, 'X-WR-TIMEZONE').map(({ value }) => value.trim()),
      calendar,
    ),
    defined: zonesOf(calendar.components.filter(isDefinition).map(zoneNameOf), calendar),
  });
  let found: ReturnType<typeof namedByAll> | undefined;
  return (part) => {
    found ??= namedByAll();
    const ofTimes = part.properties.flatMap((one) => paramOf(one, 'TZID') ?? []);
    return [...found.own, ...zonesOf(ofTimes, calendar), ...found.defined];
  };
}

/** The zones of the first of the names, but for those that are UTC. */
function zonesOf(names: readonly string[], calendar: Component): string[] {
  const zones = [...new Set(names)].slice(0, MOST_ZONES).flatMap((name) => {
    spend(2 * CLOCK);
    return ianaOf(name, calendar) ?? [];
  });
  return [...new Set(zones)].filter((zone) => !isUtc(zone));
}

/** Does the zone say no more than UTC does? */
export const isUtc = (zone: string): boolean =>
  [0, 6].every((month) => offsetAt(zone, Date.UTC(ANY_YEAR, month, 1)) === 0);

/** No zone is farther from UTC. */
const FARTHEST = 14 * 60 * MINUTE;

/**
 * The clock of the days of an all-day series, by its rules. A day of Auckland begins at 11:00 in UTC, which is nearer to the
 * midnight before, but the rules have the day itself.
 */
export function dayClockOfRules(clock: DayClock, start: string, rulesAt: RulesAt): DayClock {
  const at = start.endsWith('Z') ? utcOf(start) : undefined;
  const [own, next] = [clock(start), dayLater(clock(start))];
  if (at === undefined || isDayOf(rulesAt(own), own)) return clock;
  const isNext = (utcOf(next) ?? 0) - at <= FARTHEST && isDayOf(rulesAt(next), next);
  return isNext ? (time) => (time.endsWith('Z') ? dayLater(clock(time)) : clock(time)) : clock;
}
const dayLater = (local: LocalTime): LocalTime => localOf((utcOf(local) ?? 0) + DAY);

/** An assumed clock in which the local time of the instant is on the day before or after, and is meant. */
function assumedZone(at: number, isMeant: (local: LocalTime) => boolean): string | undefined {
  const isOn = (offset: number, days: number) => dayOf(at + offset * MINUTE) - dayOf(at) === days * DAY;
  return [-1, 1]
    .flatMap((days) => ASSUMED_OFFSETS.find((offset) => isOn(offset, days)) ?? [])
    .filter((offset) => isMeant(localOf(at + offset * MINUTE)))
    .map(assumedClock)[0];
}

/** Is the day one of the rules? True also if that cannot be said. */
export function isDayOf(rules: readonly (Rule | undefined)[], local: LocalTime): boolean {
  const day = utcOf(local.slice(0, 8));
  if (day === undefined || rules.length === 0) return true;
  return rules.some((stored) => {
    if (stored === undefined || !isCounted(stored)) return true;
    const rule = withEntriesOnce(stored);
    const work = priceOf(rule);
    if (work > MOST_WORK) return true;
    spend(work);
    return fallsOn(rule, day);
  });
}

/**
 * The items of a calendar in the stored form, each series whose rules go by another day than its times with the times in
 * its zone (`zoneOfRules`), and its exceptions likewise. `calendar` is the object as it came.
 */
export function inRuleClocks(parts: readonly Component[], calendar: Component): readonly Component[] {
  const named = zonesNamedIn(calendar);
  const zones = new Map(
    parts.flatMap((part) => {
      const zone = zoneOfSeries(part, named);
      return zone === undefined ? [] : [[seriesKey(part), zone] as const];
    }),
  );
  if (zones.size === 0) return parts;
  return parts.map((part) => {
    const zone = zones.get(seriesKey(part));
    if (zone === undefined) return part;
    return { ...part, properties: part.properties.map((one) => inClock(one, zone)) };
  });
}

/** Equal for a series and its exceptions. An item without a UID is by itself. */
function seriesKey(part: Component): string | Component {
  const uid = valueIn(part, 'UID');
  return uid === undefined ? part : `${part.name} ${uid}`;
}

/** The zone of a series in UTC whose rules go by another day. */
function zoneOfSeries(part: Component, named: ZonesNamed): string | undefined {
  const [start, rules] = [startOf(part), propertiesOf(part, 'RRULE')];
  const at = start && instantInUtc(start);
  if (at === undefined || rules.length === 0 || firstOf(part, 'RECURRENCE-ID') !== undefined)
    return undefined;
  const parsed = rules.map(({ value }) => parseRule(value));
  return zoneOfRules({ at, rulesAt: () => parsed, zones: () => named(part) });
}

/** The instant of a time in UTC. Some programs name UTC as a zone. */
function instantInUtc(of: Property): number | undefined {
  const time = itemTime(of);
  const isInUtc = time.kind === 'utc' || (time.kind === 'zoned' && /^(etc\/)?(utc|gmt)$/i.test(time.zone));
  return isInUtc ? instantOfTime(time) : undefined;
}

function inClock(of: Property, zone: string): Property {
  const at = isTime(of.name) ? instantInUtc(of) : undefined;
  return at === undefined ? of : sorted(withTime(of, zonedTime(at, zone)));
}
