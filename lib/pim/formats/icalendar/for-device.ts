/** iCalendar 2.0 as a device takes it: times with zones and their definitions, in UTC, or by the clock alone (D13). */

import { isTime } from '../../properties/table.ts';
import { withTime, zonedTime } from '../../time/item-time.ts';
import { parseRule, printRule, withUntil } from '../../time/rule.ts';
import { withZones } from '../../time/zones/definition.ts';
import { instantOf, inZone, isZone, utcOf, utcText } from '../../time/zones/zones.ts';
import { type Component, firstOf, type Property, paramOf, withoutParams } from '../../vobject/model.ts';
import { withoutExceptions } from './exceptions.ts';

export interface DeviceOfCalendars {
  /** It takes times in UTC. */
  readonly utc: boolean;
  /** It takes definitions of time zones. */
  readonly zones: boolean;
  /** It takes no exceptions beside a series in one item. */
  readonly oneEvent: boolean;
}

/** A stored calendar as the device takes it. */
export function forDevice(item: Component, { utc, zones, oneEvent }: DeviceOfCalendars): Component {
  const calendar = oneEvent ? withoutExceptions(item) : item;
  if (zones && utc) return withZones(calendar);
  const own = calendar.components.flatMap(({ properties }) => properties.flatMap(zoneIn))[0];
  const ofPart = (part: Component) => {
    // In UTC a series would be an hour off half of the year, and on another day near midnight.
    const byClock = !zones && (!utc || firstOf(part, 'RRULE') !== undefined);
    const told = zones
      ? (one: Property) => inOwnZone(one, own)
      : byClock
        ? (one: Property) => byTheClock(one, own)
        : inUtc;
    const rule = (one: Property) => (byClock ? endByTheClock(one, own) : one);
    return (one: Property) => (isTime(one.name) ? told(one) : one.name === 'RRULE' ? rule(one) : one);
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
 * A time in UTC by the clocks of the item's zone. Without a zone nobody knows what the device's clocks show: it stays
 * in UTC.
 */
function inOwnZone(of: Property, zone: string | undefined): Property {
  const at = of.value.endsWith('Z') ? utcOf(of.value) : undefined;
  return at === undefined || zone === undefined ? of : withTime(of, zonedTime(at, zone));
}

function inUtc(of: Property): Property {
  const [zone] = zoneIn(of);
  if (zone === undefined) return of;
  // The value may be a period: two times, or a time and a duration.
  const value = of.value.replace(/\d{8}T\d{6}(?!Z)/g, (local) => {
    const at = instantOf(local, zone);
    return at === undefined ? local : utcText(at);
  });
  return value === of.value ? of : { ...withoutParams(of, 'TZID'), value };
}

const byTheClock = (of: Property, zone: string | undefined): Property => {
  const local = inOwnZone(of, zone);
  return zoneIn(local).length > 0 ? withoutParams(local, 'TZID') : local;
};

function endByTheClock(of: Property, zone: string | undefined): Property {
  const rule = parseRule(of.value);
  if (rule === undefined || zone === undefined) return of;
  const local = (until: string): string => {
    const at = until.length === 16 ? utcOf(until) : undefined;
    return at === undefined ? until : inZone(at, zone);
  };
  return { ...of, value: printRule(withUntil(rule, local)) };
}
