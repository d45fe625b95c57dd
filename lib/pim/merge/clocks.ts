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
import { parseRule, printRule, withUntil } from '../time/rule.ts';
import { instantIn, startOf, zoneOfItem } from '../time/times.ts';
import { withClockNames } from '../time/zones/clocks-in-item.ts';
import { clockNamed } from '../time/zones/own-clock.ts';
import { DAY, dayAfter, instantOf, inZone, localOf, offsetAt, utcOf, utcText } from '../time/zones/zones.ts';
import { type Component, firstOf, type Property, property } from '../vobject/model.ts';
import { mapSides, type Sides } from './sides.ts';

/**
 * Converts the times of `seen` and `sent`. An item without a start is left as it is. Clocks that only the item defines are
 * named by `clockName` on all sides.
 */
export function inItsClocks(stored: Sides<Component>): Sides<Component> {
  const sides = mapSides(stored, withClockNames);
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
  const properties = part.properties.map((one) => {
    if (isTime(one.name)) return converted(one, frame);
    if (one.name === 'COMPLETED') return asDone(one, frame);
    return one.name === 'RRULE' ? { ...one, value: withInstant(one.value, frame) } : one;
  });
  return withMeantExclusions({ ...part, properties });
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
  const { own, shown, repeats } = frame;
  const [target, time, was] = [timeIn(own, of.name), itemTime(of), timeIn(shown, of.name)];
  const [zone, other] = [zoneOfTime(target), zoneOfTime(time)];
  if (time.kind === 'day' || time.kind === 'own-zone' || of.value.includes('/')) return of;
  const at = instantOfTime(time);
  if (zone === undefined) {
    const told = time.kind === 'floating' && target?.kind === 'utc' ? instantTold(of, frame) : undefined;
    if (told !== undefined) return withTime(of, utcTime(told));
    const isSame = target?.kind === 'utc' && !repeats && other !== undefined && at !== undefined;
    // A definition of its own is what the device chose.
    return isSame && clockNamed(other) === undefined ? withTime(of, utcTime(at)) : of;
  }
  if (time.kind === 'floating' || (isWithoutZone(was) && other !== undefined))
    return withTime(of, { kind: 'zoned', local: localTimeIn(of, { own, shown }, zone), zone });
  if (at === undefined || other === zone) return of;
  const isEcho = other === undefined || was?.kind === 'utc' || zoneOfTime(was) === other;
  return isEcho || sameClocks(other, zone, at) ? withTime(of, zonedTime(at, zone)) : of;
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
