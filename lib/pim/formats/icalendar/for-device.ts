/**
 * Brings a stored calendar to the form that a device takes: times with zones and their definitions, times in UTC, or
 * local times without a zone (D13).
 */

import { isTime } from '../../properties/table.ts';
import { withTime, zonedTime } from '../../time/item-time.ts';
import { movedByDay } from '../../time/moved-rule.ts';
import { parseRule, printRule, withUntil } from '../../time/rule.ts';
import { instantIn, startOf, zoneOfItem } from '../../time/times.ts';
import { withClockNames } from '../../time/zones/clocks-in-item.ts';
import { withZones } from '../../time/zones/definition.ts';
import { isAssumed } from '../../time/zones/own-clock.ts';
import { DAY, instantOf, inZone, isZone, utcOf, utcText } from '../../time/zones/zones.ts';
import { type Component, firstOf, type Property, paramOf, withoutParams } from '../../vobject/model.ts';
import { withoutExceptions } from './exceptions.ts';

export interface DeviceOfCalendars {
  /** Does the device take times in UTC? */
  readonly utc: boolean;
  /** Does the device take definitions of time zones? */
  readonly zones: boolean;
  /** Does the device take only one event in an item? Then a series is written without its exceptions. */
  readonly oneEvent: boolean;
}

/** The calendar in the form that the device takes. */
export function forDevice(item: Component, { utc, zones, oneEvent }: DeviceOfCalendars): Component {
  const shown = oneEvent ? withoutExceptions(item) : item;
  if (zones && utc) return withZones(shown);
  const calendar = zones ? shown : withClockNames(shown);
  const own = calendar.components.map(zoneOfItem).find((zone) => zone !== undefined);
  const ofPart = (part: Component) => {
    // In UTC a series would be wrong by an hour for half of the year, and on another day near midnight.
    // No person has a clock that is assumed, so the device is told UTC.
    const isKnown = own === undefined || !isAssumed(own);
    const isLocal = !zones && isKnown && (!utc || firstOf(part, 'RRULE') !== undefined);
    const converted = zones
      ? (one: Property) => inOwnZone(one, own)
      : isLocal
        ? (one: Property) => inLocalTime(one, own)
        : inUtc;
    const rule = (one: Property) =>
      isLocal ? endInLocalTime(one, own) : zones || isKnown ? one : inUtcDays(one, startOf(part));
    return (one: Property) => (isTime(one.name) ? converted(one) : one.name === 'RRULE' ? rule(one) : one);
  };
  const components = calendar.components.map((part) => ({
    ...part,
    properties: part.properties.map(ofPart(part)),
  }));
  return withZones({ ...calendar, components });
}

/** The zone that a property names. A day has none, but rows hold days that name one: that is where the item is at home. */
const zoneIn = (of: Property): string[] => {
  const zone = isTime(of.name) ? paramOf(of, 'TZID') : undefined;
  return zone !== undefined && isZone(zone) ? [zone] : [];
};

/**
 * Converts a time in UTC to the zone of the item. Without a zone the time stays in UTC, because the zone of the device
 * is not known.
 */
function inOwnZone(of: Property, zone: string | undefined): Property {
  const at = of.value.endsWith('Z') ? utcOf(of.value) : undefined;
  return at === undefined || zone === undefined ? of : withTime(of, zonedTime(at, zone));
}

function inUtc(of: Property): Property {
  const [zone] = zoneIn(of);
  if (zone === undefined) return of;
  const value = withEachInstant(of.value, zone, utcText);
  return value === of.value ? of : { ...withoutParams(of, 'TZID'), value };
}

/**
 * Converts a time to local time without a zone, by the clock of the item: a device without zones has one clock for all
 * times.
 */
const inLocalTime = (of: Property, home: string | undefined): Property => {
  const [zone] = zoneIn(of);
  const isElsewhere = home !== undefined && zone !== home;
  const value = isElsewhere ? withEachInstant(of.value, zone, (at) => inZone(at, home)) : of.value;
  return zone === undefined ? { ...of, value } : { ...withoutParams(of, 'TZID'), value };
};

/**
 * Writes the times in a value anew: the one time, or those of a period. A time without a zone and the duration of a period
 * stay.
 */
const withEachInstant = (value: string, zone: string | undefined, text: (at: number) => string): string =>
  value.replace(/\d{8}T\d{6}Z?/g, (time) => {
    const local = zone === undefined ? undefined : instantOf(time, zone);
    const at = time.endsWith('Z') ? utcOf(time) : local;
    return at === undefined ? time : text(at);
  });

/**
 * The rule of a series in an assumed clock, by the days in UTC. A rule that cannot be told so stays: devices that take no
 * zones may well read it by their own days.
 */
function inUtcDays(of: Property, start: Property | undefined): Property {
  const [rule, local, at] = [parseRule(of.value), utcOf(start?.value.slice(0, 8) ?? ''), instantIn(start)];
  if (rule === undefined || local === undefined || at === undefined) return of;
  const moved = movedByDay(rule, Math.floor((at - local) / DAY));
  return moved === undefined ? of : { ...of, value: printRule(moved) };
}

/** Converts the UNTIL of a rule to local time without a zone. */
function endInLocalTime(of: Property, zone: string | undefined): Property {
  const rule = parseRule(of.value);
  if (rule === undefined || zone === undefined) return of;
  const local = (until: string): string => {
    const at = until.length === 16 ? utcOf(until) : undefined;
    return at === undefined ? until : inZone(at, zone);
  };
  return { ...of, value: printRule(withUntil(rule, local)) };
}
