/**
 * The times that a device saw and sent, told by the clocks that the item goes by. Devices tell a time in UTC, by a zone
 * like the item's, or by a clock that they do not name, and days as midnights: none of this changes when something is.
 */
import { isEvent, mainOf } from '../formats/icalendar/exceptions.ts';
import { isBound, isTime } from '../properties/table.ts';
import { parseRule, printRule, withUntil } from '../time/rule.ts';
import { instantIn, isDate, startOf } from '../time/times.ts';
import { DAY, dayAfter, instantOf, inZone, isZone, localOf, offsetAt, utcOf } from '../time/zones/zones.ts';
import {
  type Component,
  firstOf,
  type Property,
  paramOf,
  property,
  withoutParams,
  withParam,
} from '../vobject/model.ts';
import type { Sides } from './sides.ts';

/** What a time is told by: a zone that is known, UTC, a day; `own` a zone that the item defines; `none`: any clock. */
type Clock = { readonly zone: string } | 'utc' | 'day' | 'own' | 'none';

/** `seen` and `sent` of a calendar; what is no calendar, or tells no time, stays as it is. */
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
  /** Of the item. */
  readonly own: Component;
  /** What the device saw of it. */
  readonly shown: Component;
  /** A series goes by a zone's clocks: another zone is another series. */
  readonly repeats: boolean;
}

function inClocks(part: Component, frame: Frame): Component {
  if (clockOf(startOf(frame.own)) === 'day') return inDays(part);
  const properties = part.properties.map((one) => {
    if (isTime(one.name)) return retold(one, frame);
    return one.name === 'RRULE' ? { ...one, value: withInstant(one.value, frame) } : one;
  });
  return { ...part, properties };
}

const clockOf = (of: Property | undefined): Clock => {
  if (of === undefined) return 'none';
  if (isDate(of)) return 'day';
  if (of.value.endsWith('Z')) return 'utc';
  const zone = paramOf(of, 'TZID');
  return zone === undefined ? 'none' : isZone(zone) ? { zone } : 'own';
};
/** Of the first property of that name, or of the start. */
const clockIn = (part: Component, name: string): Clock => clockOf(firstOf(part, name) ?? startOf(part));
const zoneOf = (clock: Clock): string | undefined => (typeof clock === 'object' ? clock.zone : undefined);

function retold(of: Property, { own, shown, repeats }: Frame): Property {
  const [target, clock, was] = [clockIn(own, of.name), clockOf(of), clockIn(shown, of.name)];
  const [zone, other] = [zoneOf(target), zoneOf(clock)];
  if (clock === 'day' || clock === 'own' || of.value.includes('/')) return of;
  if (zone === undefined) {
    const at = other === undefined ? undefined : instantOf(of.value, other);
    const isSame = target === 'utc' && !repeats && at !== undefined;
    return isSame ? { ...withoutParams(of, 'TZID'), value: `${localOf(at)}Z` } : of;
  }
  if (clock === 'none' || (was === 'none' && other !== undefined))
    return withParam({ ...of, value: byItsClock(of, { own, shown }, zone) }, 'TZID', zone);
  const at = other === undefined ? utcOf(of.value) : instantOf(of.value, other);
  if (at === undefined || other === zone) return of;
  const isEcho = other === undefined || was === 'utc' || zoneOf(was) === other;
  return isEcho || sameClocks(other, zone, at)
    ? withParam({ ...of, value: inZone(at, zone) }, 'TZID', zone)
    : of;
}

/** A time that names no clock is by the one by which the device was shown it: its own, or that of the start. */
function byItsClock(
  { name, value }: Property,
  { own, shown }: Pick<Frame, 'own' | 'shown'>,
  zone: string,
): string {
  const [full, saw] = [firstOf(own, name), firstOf(shown, name)];
  const start = zoneOf(clockIn(own, 'DTSTART'));
  const at = instantIn(full);
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

/** The end of a series by a clock that is not named. */
function withInstant(text: string, { own }: Frame): string {
  const [rule, zone] = [parseRule(text), zoneOf(clockIn(own, 'DTSTART'))];
  if (rule === undefined || zone === undefined) return text;
  return printRule(
    withUntil(rule, (until) => {
      const at = /^\d{8}T\d{6}$/.test(until) ? instantOf(until, zone) : undefined;
      return at === undefined ? until : `${localOf(at)}Z`;
    }),
  );
}

/** Midnights are days, where all of its times are; so are times in UTC that are whole days apart: midnights elsewhere. */
function inDays(part: Component): Component {
  const times = part.properties.filter((one) => isBound(one.name) && !isDate(one));
  if (times.length === 0 || !(times.every(isMidnight) || areMidnightsElsewhere(times))) return part;
  const start = dayIn(firstOf(part, 'DTSTART')?.value ?? '');
  const dayOf = (one: Property): Property => {
    const day = dayIn(one.value);
    const isEmpty = one.name === 'DTEND' && day <= start;
    return property(one.name, isEmpty ? dayAfter(start, 1) : day, { VALUE: 'DATE' });
  };
  const hasClock = (one: Property) => isTime(one.name) && !isDate(one) && utcOf(one.value) !== undefined;
  return { ...part, properties: part.properties.map((one) => (hasClock(one) ? dayOf(one) : one)) };
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

/** The day whose midnight is the nearest. */
const dayIn = (value: string): string =>
  value.endsWith('Z') ? localOf(Math.round((utcOf(value) ?? 0) / DAY) * DAY).slice(0, 8) : value.slice(0, 8);
