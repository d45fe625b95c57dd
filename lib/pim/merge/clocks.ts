/**
 * Before a merge, the times in the device's two states of an item (as shown, as sent) are converted to the zone of the
 * item.
 *
 * A device may write a time of the item in UTC, in another zone with the same offsets, or without a zone, and a day as
 * a midnight. The item still takes place at the same time, so none of this is a change by the user.
 */
import { isEvent, mainOf } from '../formats/icalendar/exceptions.ts';
import { isBound, isTime } from '../properties/table.ts';
import { withMeantExclusions } from '../time/exclusions.ts';
import {
  type ItemTime,
  instantOfTime,
  isDate,
  isInstant,
  itemTime,
  utcTime,
  withTime,
  zonedTime,
  zoneOfTime,
} from '../time/item-time.ts';
import { movedByDay } from '../time/moved-rule.ts';
import { parseRule, printRule, withUntil } from '../time/rule.ts';
import { isDayOf } from '../time/rule-clock.ts';
import { instantIn, startOf, zoneOfItem } from '../time/times.ts';
import { withAssumedNames } from '../time/zones/clocks-in-item.ts';
import { clockNamed, isAssumed } from '../time/zones/own-clock.ts';
import { DAY, dayAfter, instantOf, inZone, localOf, offsetAt, utcOf, utcText } from '../time/zones/zones.ts';
import { type Component, firstOf, type Property, propertiesOf, property } from '../vobject/model.ts';
import { mapSides, type Sides } from './sides.ts';

/**
 * Converts the times of `seen` and `sent`. An item without a start is left as it is. Clocks that only the item defines are
 * named by `clockName` on all sides.
 */
export function inItsClocks(stored: Sides<Component>): Sides<Component> {
  const sides = mapSides(stored, withAssumedNames);
  const own = mainOf(sides.was) ?? mainOf(sides.now);
  if (own === undefined || startOf(own) === undefined) return sides;
  const shown = mainOf(sides.seen);
  const repeats = [own, mainOf(sides.sent)].some((part) => part && firstOf(part, 'RRULE') !== undefined);
  const ofCalendar = (calendar: Component, by: Component | undefined): Component => ({
    ...calendar,
    components: calendar.components.map((part) =>
      isEvent(part) ? inClocks(part, { own, shown: by ?? part, repeats }) : part,
    ),
  });
  return { ...sides, seen: ofCalendar(sides.seen, undefined), sent: ofCalendar(sides.sent, shown) };
}

interface Frame {
  /** The event or task as the server has it. */
  readonly own: Component;
  /** The event or task as the device was shown it. */
  readonly shown: Component;
  /** Is it a series? A series in another zone is another series, because the offsets of the zone change during the year. */
  readonly repeats: boolean;
}

function inClocks(part: Component, frame: Frame): Component {
  const start = startOf(frame.own);
  if (start !== undefined && isDate(start)) return inDays(part);
  const source = byDaysOfClock(part, frame.shown, start);
  if (source === undefined) return part;
  const properties = source.properties.map((one) => {
    if (isTime(one.name)) return converted(one, frame);
    if (one.name === 'COMPLETED') return asDone(one, frame);
    return one.name === 'RRULE' ? { ...one, value: withInstant(one.value, frame) } : one;
  });
  return withMeantExclusions({ ...part, properties });
}

/**
 * The series with its rules by the days of the assumed clock, if the device was told those in UTC. Undefined for a series
 * whose rules go by UTC otherwise, or cannot be told by the clock.
 */
function byDaysOfClock(part: Component, shown: Component, own: Property | undefined): Component | undefined {
  if (!goesByUtc(part, own)) return part;
  if (!goesByUtc(shown, own)) return undefined;
  const [at, zone] = [instantIn(startOf(part)) ?? 0, zoneOfTime(own && itemTime(own)) ?? ''];
  const [utc, local] = [localOf(at), inZone(at, zone)].map((time) => utcOf(time.slice(0, 8)) ?? 0);
  const days = ((local ?? 0) - (utc ?? 0)) / DAY;
  const properties = part.properties.map((one) => {
    const rule = one.name === 'RRULE' ? parseRule(one.value) : undefined;
    const moved = rule && movedByDay(rule, days);
    return rule === undefined ? one : moved && { ...one, value: printRule(moved) };
  });
  const known = properties.filter((one) => one !== undefined);
  return known.length < properties.length ? undefined : { ...part, properties: known };
}

/** Is it a series in UTC whose rule has the day in UTC, and not that in the assumed clock of the item? */
function goesByUtc(part: Component, own: Property | undefined): boolean {
  const [start, zone] = [startOf(part), zoneOfTime(own && itemTime(own))];
  const at = start !== undefined && itemTime(start).kind === 'utc' ? instantIn(start) : undefined;
  if (zone === undefined || at === undefined || !isAssumed(zone)) return false;
  const rules = propertiesOf(part, 'RRULE').map(({ value }) => parseRule(value));
  return rules.length > 0 && isDayOf(rules, localOf(at)) && !isDayOf(rules, inZone(at, zone));
}

/** The time in the first property of that name. Without such a property, the start. */
function timeIn(part: Component, name: string): ItemTime | undefined {
  const source = firstOf(part, name) ?? startOf(part);
  return source && itemTime(source);
}

/** Is there no such time, or one without a zone? */
const isWithoutZone = (time: ItemTime | undefined): boolean => time === undefined || time.kind === 'floating';

/**
 * The time of the device, in UTC or in the zone, as the item's time of that name has it. This is only done where the device
 * did not choose another zone; else the time stays as it came.
 */
function converted(of: Property, frame: Frame): Property {
  const { own, shown } = frame;
  const [target, time, was] = [timeIn(own, of.name), itemTime(of), timeIn(shown, of.name)];
  const [zone, other] = [zoneOfTime(target), zoneOfTime(time)];
  if (time.kind === 'day' || time.kind === 'own-zone' || of.value.includes('/')) return of;
  const at = instantOfTime(time);
  if (zone === undefined) return target?.kind === 'utc' ? convertedToUtc(of, frame) : of;
  if (time.kind === 'floating' || (isWithoutZone(was) && other !== undefined))
    return withTime(of, { kind: 'zoned', local: localTimeIn(of, { own, shown }, zone), zone });
  if (at === undefined || other === zone) return of;
  const isUntold = other === undefined || isAssumed(other);
  const isEcho = isUntold || was?.kind === 'utc' || zoneOfTime(was) === other;
  return isEcho || sameClocks(other, zone, at) ? withTime(of, zonedTime(at, zone)) : of;
}

/** The same, where the item has the time in UTC. */
function convertedToUtc(of: Property, frame: Frame): Property {
  const time = itemTime(of);
  const [other, start] = [zoneOfTime(time), timeIn(frame.own, 'DTSTART')];
  const told = time.kind === 'floating' ? instantTold(of, frame) : undefined;
  const at = told ?? (other === undefined ? undefined : instantOfTime(time));
  if (at === undefined) return of;
  // A definition of its own is what the device chose. A clock is assumed only because the device does not tell the zone.
  const isChosen = other !== undefined && (frame.repeats || clockNamed(other) !== undefined);
  const isUntold = other !== undefined && isAssumed(other) && zoneOfTime(start) !== undefined;
  return isChosen && !isUntold ? of : withTime(of, utcTime(at));
}

/**
 * The instant of a local time of the device, if the device was told the item's instant of that name as a local time. Such
 * times are in the zone of the item (`zoneOfItem`).
 */
function instantTold(of: Property, { own, shown }: Pick<Frame, 'own' | 'shown'>): number | undefined {
  const [full, saw] = [own, shown].map((part) =>
    firstOf(own, of.name) === undefined ? startOf(part) : firstOf(part, of.name),
  );
  const [home, at] = [zoneOfItem(own), instantIn(full)];
  if (home === undefined || at === undefined || saw === undefined) return undefined;
  return inZone(at, home) === itemTime(saw).local ? instantOf(itemTime(of).local, home) : undefined;
}

/** The date of completion, which is read as if in UTC. A device that was told it as a local time means such a time. */
function asDone(of: Property, frame: Frame): Property {
  const [full, saw] = [frame.own, frame.shown].map((part) => firstOf(part, of.name));
  if (full === undefined || instantIn(full) === instantIn(saw)) return of;
  const at = instantTold(of, frame);
  return at === undefined ? of : withTime(of, utcTime(at));
}

/**
 * The local time in `zone` of a time that has no zone. The device means the zone in which the time was shown to it: either
 * `zone`, or the zone of the item.
 */
function localTimeIn(
  { name, value }: Property,
  { own, shown }: Pick<Frame, 'own' | 'shown'>,
  zone: string,
): string {
  const [full, saw] = [firstOf(own, name), firstOf(shown, name)];
  const start = zoneOfItem(own);
  const at = full && instantOfTime(itemTime(full));
  if (
    at === undefined ||
    saw === undefined ||
    start === undefined ||
    start === zone ||
    inZone(at, zone) === saw.value
  )
    return value;
  const instant = inZone(at, start) === saw.value ? instantOf(value, start) : undefined;
  return instant === undefined ? value : inZone(instant, zone);
}

/** Do two zones have the same offset in each month of that year? */
function sameClocks(one: string, other: string, at: number): boolean {
  const year = new Date(at).getUTCFullYear();
  return Array.from({ length: 24 }, (_, month) => Date.UTC(year, month, 15)).every(
    (instant) => offsetAt(one, instant) === offsetAt(other, instant),
  );
}

/** Converts the end of a rule to UTC. An end without a zone is taken to be in the zone of the item. */
function withInstant(text: string, { own }: Frame): string {
  const [rule, start, zone] = [parseRule(text), timeIn(own, 'DTSTART'), zoneOfItem(own)];
  if (rule === undefined || zone === undefined || start === undefined || !isInstant(start)) return text;
  return printRule(
    withUntil(rule, (until) => {
      const at = /^\d{8}T\d{6}$/.test(until) ? instantOf(until, zone) : undefined;
      return at === undefined ? until : utcText(at);
    }),
  );
}

/**
 * Converts the times of a device to days, for an all-day item. This is done if all of them are midnights, or if start
 * and end are in UTC and whole days apart: such times are midnights in some zone.
 */
function inDays(part: Component): Component {
  const times = part.properties.filter((one) => isBound(one.name) && !isDate(one));
  if (times.length === 0 || !(times.every(isMidnight) || areMidnightsElsewhere(times))) return part;
  const start = dayIn(firstOf(part, 'DTSTART')?.value ?? '');
  const asDay = (one: Property): Property => {
    const day = dayIn(one.value);
    const isEmpty = one.name === 'DTEND' && day <= start;
    return property(one.name, isEmpty ? dayAfter(start, 1) : day, { VALUE: 'DATE' });
  };
  const hasClock = (one: Property) => isTime(one.name) && !isDate(one) && utcOf(one.value) !== undefined;
  return { ...part, properties: part.properties.map((one) => (hasClock(one) ? asDay(one) : one)) };
}

const isMidnight = ({ value }: Property): boolean => /^\d{8}T0000(00)?Z?$/.test(value);

function areMidnightsElsewhere(times: readonly Property[]): boolean {
  const [start, end] = ['DTSTART', 'DTEND'].map(
    (name) => times.find((one) => one.name === name)?.value ?? '',
  );
  const [from, to] = [utcOf(start ?? ''), utcOf(end ?? '')];
  const inUtc = [start, end].every((value) => value?.endsWith('Z'));
  return inUtc && from !== undefined && to !== undefined && to > from && (to - from) % DAY === 0;
}

/** The day of a local time. For a time in UTC, the day whose midnight is nearest. */
const dayIn = (value: string): string =>
  value.endsWith('Z') ? localOf(Math.round((utcOf(value) ?? 0) / DAY) * DAY).slice(0, 8) : value.slice(0, 8);
