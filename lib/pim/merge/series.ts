/** After a merge, repairs the exceptions of a series that a device changed without being shown the exceptions. */
import { isEvent, isException, mainOf, standInsIn } from '../formats/icalendar/exceptions.ts';
import { identityOf, sameProperties } from '../same.ts';
import { itemTime, zoneOfTime } from '../time/item-time.ts';
import { parseRule, printRule, withUntil } from '../time/rule.ts';
import { instantOf, inZone, localOf, utcOf, utcText } from '../time/zones/zones.ts';
import { type Component, firstOf, type Property, propertiesOf, property, valueIn } from '../vobject/model.ts';
import { movedBy, type Shift, withOccurrenceShifted, withShifted } from './shift.ts';
import type { Sides } from './sides.ts';

/** The name of a series among the parts of an item, in all states of the item. */
export const seriesName = (part: Component): string => `${part.name} ${uidOf(part)}`;

/**
 * Returns `merged` with three repairs. The series and its exceptions have one UID. If the device moved the series, its exceptions
 * are moved likewise, and so is the end of a rule that the device does not have. And dates that the device was shown in place
 * of exceptions are removed. Most are removed by the merge already (stand-ins.ts); left are those of a device that sends them
 * beside exceptions, and of one whose dates count as not sent to it. `isToMove`: the sides may say of occurrences what was
 * before the series was moved.
 */
export function withItsExceptions(merged: Component, sides: Sides<Component>, isToMove: boolean): Component {
  const isOfSeries = (part: Component) =>
    isException(part) || part.properties.some(({ name }) => name === 'EXDATE' || name === 'RRULE');
  if (!merged.components.some(isOfSeries)) return merged;
  const series = withOneUid(merged, sides);
  return withoutStandInDates(isToMove ? shifted(series, sides) : series, sides.now);
}

/**
 * Gives a series and its exceptions one UID. The two sides may have the series under different UIDs, or one under none: then
 * exceptions that one side made have another UID than the merged series.
 */
function withOneUid(merged: Component, sides: Sides<Component>): Component {
  const exceptions = merged.components.filter(isException);
  if (exceptions.length === 0) return merged;
  const own = uidOfSeries(merged);
  const uid = [own ?? '', ...exceptions.map(uidOf)].find(Boolean);
  const known = own === undefined ? [] : Object.values(sides).flatMap((side) => uidOfSeries(side) ?? []);
  const others = new Set(['', ...known]);
  const withUid = (part: Component): Component => {
    if (uid === undefined || !isEvent(part) || uidOf(part) === uid || !others.has(uidOf(part))) return part;
    return {
      ...part,
      properties: [property('UID', uid), ...part.properties.filter(({ name }) => name !== 'UID')],
    };
  };
  return { ...merged, components: merged.components.map(withUid) };
}

/** The UID of the one series of the calendar, empty where it has none. Undefined unless there is one series. */
function uidOfSeries({ components }: Component): string | undefined {
  const [only, ...others] = components.filter((part) => isEvent(part) && !isException(part));
  return only === undefined || others.length > 0 ? undefined : uidOf(only);
}

const uidOf = (part: Component): string => valueIn(part, 'UID') ?? '';

/** Removes the dates that only the device's view had, in place of exceptions. */
function withoutStandInDates(merged: Component, now: Component): Component {
  const standInsOf = standInsIn(merged);
  const own = new Set(now.components.flatMap((part) => datesIn(part).map((one) => nameIn(part, one))));
  const withoutThose = (part: Component): Component => {
    const dates = standInsOf(part).flatMap(({ excluded, extra }) => [excluded, ...(extra ? [extra] : [])]);
    if (dates.length === 0) return part;
    const ids = new Set(dates.map(identityOf));
    const isStandIn = (one: Property) => ids.has(identityOf(one)) && !own.has(nameIn(part, one));
    return { ...part, properties: part.properties.filter((one) => !isStandIn(one)) };
  };
  return { ...merged, components: merged.components.map(withoutThose) };
}

const datesIn = (part: Component): Property[] =>
  isException(part) ? [] : ['EXDATE', 'RDATE'].flatMap((name) => propertiesOf(part, name));
const nameIn = (part: Component, date: Property): string => `${valueIn(part, 'UID')} ${identityOf(date)}`;

/**
 * Moves exceptions and EXDATEs as far as the series was moved. Only in a calendar of one series. A device that is shown exceptions
 * moves those that it knows itself: only what others made meanwhile is left to move.
 */
function shifted(merged: Component, { now, seen, sent }: Sides<Component>): Component {
  const series = merged.components.filter((part) => firstOf(part, 'RRULE') !== undefined);
  const [before, after, shown, told] = [now, merged, seen, sent].map(mainOf);
  const moved = before && after && movedBy(before, after);
  if (before === undefined || moved === undefined || series.length !== 1) return merged;
  const isShown = seen.components.some(isException);
  const moving = exclusionsLeft(datesOf(before), { isShown, shown: datesOf(shown), told: datesOf(told) });
  const known = isShown
    ? new Set([...seen.components, ...sent.components].filter(isException).map(occurrenceOf))
    : new Set();
  const hasRule = told !== undefined && firstOf(told, 'RRULE') !== undefined;
  const components = merged.components.map((part) => {
    if (part === after)
      return withShifted(hasRule ? part : withEndShifted(part, moved), moved, (one) =>
        moving.has(identityOf(one)),
      );
    return known.has(occurrenceOf(part)) ? part : withOccurrenceShifted(part, moved);
  });
  return { ...merged, components };
}

const datesOf = (part: Component | undefined): readonly Property[] =>
  part === undefined ? [] : propertiesOf(part, 'EXDATE');

/**
 * The identities of the EXDATEs that the device has not moved. If it changed those that it was shown, it has moved them itself; one
 * that sends none has no word for them. One that is shown exceptions moves those that it knows.
 */
function exclusionsLeft(
  own: readonly Property[],
  device: {
    readonly isShown: boolean;
    readonly shown: readonly Property[];
    readonly told: readonly Property[];
  },
): ReadonlySet<string> {
  const { isShown, shown, told } = device;
  const all = new Set(own.map(identityOf));
  if (isShown) {
    for (const one of [...shown, ...told]) all.delete(identityOf(one));
    return all;
  }
  return told.length === 0 || sameProperties(shown, told) ? all : new Set();
}

/** Which occurrence the exception is about. */
const occurrenceOf = (part: Component): string => valueIn(part, 'RECURRENCE-ID') ?? '';
/** The last occurrence stays one where its time of day is later than before. An end that is a day stays that day. */
function withEndShifted(part: Component, { ms }: Shift): Component {
  const start = firstOf(part, 'DTSTART');
  const zone = zoneOfTime(start && itemTime(start));
  const later = (until: string): string => {
    const at = until.length > 8 ? utcOf(until) : undefined;
    if (at === undefined) return until;
    if (!until.endsWith('Z')) return localOf(at + ms).slice(0, until.length);
    const local = zone === undefined ? at : (utcOf(inZone(at, zone)) ?? at);
    const instant = zone === undefined ? at + ms : instantOf(localOf(local + ms), zone);
    return instant === undefined ? until : utcText(instant);
  };
  const properties = part.properties.map((one) => {
    const rule = one.name === 'RRULE' ? parseRule(one.value) : undefined;
    return rule?.has('UNTIL') ? { ...one, value: printRule(withUntil(rule, later)) } : one;
  });
  return { ...part, properties };
}
