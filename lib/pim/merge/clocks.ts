/**
 * Before a merge the times that a device was shown, and those that it sent, are told by the clocks of the item. A device may
 * tell a time of the item in UTC, in another zone with the same clocks, or by a clock that it does not name, and a day as a
 * midnight. The item takes place at the same time as before, so that none of this is a change.
 */
import { isEvent, mainOf } from '../formats/icalendar/exceptions.ts';
import { isBound, isTime } from '../properties/table.ts';
import {
  type ItemTime,
  instantOfTime,
  isDate,
  itemTime,
  utcTime,
  withTime,
  zonedTime,
  zoneOfTime,
} from '../time/item-time.ts';
import { parseRule, printRule, withUntil } from '../time/rule.ts';
import { startOf } from '../time/times.ts';
import { DAY, dayAfter, instantOf, inZone, localOf, offsetAt, utcOf, utcText } from '../time/zones/zones.ts';
import { type Component, firstOf, type Property, property } from '../vobject/model.ts';
import type { Sides } from './sides.ts';

/** `seen` and `sent` by the clocks of the item. An item that has no time is left as it is. */
export function inItsClocks(sides: Sides<Component>): Sides<Component> {
  const own = mainOf(sides.was) ?? mainOf(sides.now);
  if (own === undefined || startOf(own) === undefined) return sides;
  const shown = mainOf(sides.seen);
  const repeats = [own, mainOf(sides.sent)].some((part) => part && firstOf(part, 'RRULE') !== undefined);
  const told = (calendar: Component, by: Component | undefined): Component => ({
    ...calendar,
    components: calendar.components.map((part) =>
      isEvent(part) ? inClocks(part, { own, shown: by ?? part, repeats }) : part,
    ),
  });
  return { ...sides, seen: told(sides.seen, undefined), sent: told(sides.sent, shown) };
}

interface Frame {
  /** The event or task as the server has it. */
  readonly own: Component;
  /** The event or task as the device was shown it. */
  readonly shown: Component;
  /** It is a series. A series goes by the clocks of its zone: in another zone it is another series. */
  readonly repeats: boolean;
}

function inClocks(part: Component, frame: Frame): Component {
  const start = startOf(frame.own);
  if (start !== undefined && isDate(start)) return inDays(part);
  const properties = part.properties.map((one) => {
    if (isTime(one.name)) return retold(one, frame);
    return one.name === 'RRULE' ? { ...one, value: withInstant(one.value, frame) } : one;
  });
  return { ...part, properties };
}

/** The time that the first property of that name says, or the start. */
function timeIn(part: Component, name: string): ItemTime | undefined {
  const source = firstOf(part, name) ?? startOf(part);
  return source && itemTime(source);
}

/** Does the item have no such time, or one that no clock is named for? */
const isOnNoClock = (time: ItemTime | undefined): boolean => time === undefined || time.kind === 'floating';

/** A time of the device by the clock of the item's time of that name, if both tell the same; else the time as it came. */
function retold(of: Property, { own, shown, repeats }: Frame): Property {
  const [target, time, was] = [timeIn(own, of.name), itemTime(of), timeIn(shown, of.name)];
  const [zone, other] = [zoneOfTime(target), zoneOfTime(time)];
  if (time.kind === 'day' || time.kind === 'own-zone' || of.value.includes('/')) return of;
  const at = instantOfTime(time);
  if (zone === undefined) {
    const isSame = target?.kind === 'utc' && !repeats && other !== undefined && at !== undefined;
    return isSame ? withTime(of, utcTime(at)) : of;
  }
  if (time.kind === 'floating' || (isOnNoClock(was) && other !== undefined))
    return withTime(of, { kind: 'zoned', local: byItsClock(of, { own, shown }, zone), zone });
  if (at === undefined || other === zone) return of;
  const isEcho = other === undefined || was?.kind === 'utc' || zoneOfTime(was) === other;
  return isEcho || sameClocks(other, zone, at) ? withTime(of, zonedTime(at, zone)) : of;
}

/** The local time in `zone` of a time without a clock: the device means the clock by which it was shown that time. */
function byItsClock(
  { name, value }: Property,
  { own, shown }: Pick<Frame, 'own' | 'shown'>,
  zone: string,
): string {
  const [full, saw] = [firstOf(own, name), firstOf(shown, name)];
  const start = zoneOfTime(timeIn(own, 'DTSTART'));
  const at = full && instantOfTime(itemTime(full));
  if (
    at === undefined ||
    saw === undefined ||
    start === undefined ||
    start === zone ||
    inZone(at, zone) === saw.value
  )
    return value;
  const told = inZone(at, start) === saw.value ? instantOf(value, start) : undefined;
  return told === undefined ? value : inZone(told, zone);
}

/** Do two zones tell the same time all year? */
function sameClocks(one: string, other: string, at: number): boolean {
  const year = new Date(at).getUTCFullYear();
  return Array.from({ length: 24 }, (_, month) => Date.UTC(year, month, 15)).every(
    (instant) => offsetAt(one, instant) === offsetAt(other, instant),
  );
}

/** A rule whose end names no clock, with its end in UTC: the clocks of the item's start tell it. */
function withInstant(text: string, { own }: Frame): string {
  const [rule, zone] = [parseRule(text), zoneOfTime(timeIn(own, 'DTSTART'))];
  if (rule === undefined || zone === undefined) return text;
  return printRule(
    withUntil(rule, (until) => {
      const at = /^\d{8}T\d{6}$/.test(until) ? instantOf(until, zone) : undefined;
      return at === undefined ? until : utcText(at);
    }),
  );
}

/**
 * The times of a device as days, for an all-day item: if all of them are midnights, or if start and end are in UTC and whole
 * days apart, since these are midnights somewhere.
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

/** The day of a time; for a time in UTC the day whose midnight is the nearest. */
const dayIn = (value: string): string =>
  value.endsWith('Z') ? localOf(Math.round((utcOf(value) ?? 0) / DAY) * DAY).slice(0, 8) : value.slice(0, 8);
