/** After a merge, repairs the exceptions of a series that a device changed without being shown the exceptions. */
import { isException, mainOf } from '../formats/icalendar/exceptions.ts';
import { isBound } from '../properties/table.ts';
import { identityOf, sameProperties } from '../same.ts';
import { isInSameZone, itemTime } from '../time/item-time.ts';
import { parseRule } from '../time/rule.ts';
import { DAY, localOf, utcOf } from '../time/zones/zones.ts';
import { type Component, firstOf, type Property, paramOf, propertiesOf, valueIn } from '../vobject/model.ts';
import type { Sides } from './sides.ts';

/**
 * Returns `merged` with two repairs. If the device moved the series, its exceptions are moved likewise. And the device was
 * shown an EXDATE for each exception; such EXDATEs are removed again.
 */
export function withItsExceptions(merged: Component, sides: Sides<Component>): Component {
  if (!merged.components.some((part) => isException(part) || firstOf(part, 'EXDATE') !== undefined))
    return merged;
  return withoutExclusions(shifted(merged, sides), sides.now);
}

/** Removes the EXDATEs that only the device's view had, in place of exceptions. */
function withoutExclusions(merged: Component, now: Component): Component {
  const [exceptions, own] = [idsOf(merged, 'RECURRENCE-ID'), idsOf(now, 'EXDATE')];
  const withoutThose = (part: Component): Component => {
    const uid = valueIn(part, 'UID');
    const isStandIn = (one: Property) => {
      const id = `${uid} ${identityOf(one)}`;
      return exceptions.has(id) && !own.has(id);
    };
    return { ...part, properties: part.properties.filter((one) => one.name !== 'EXDATE' || !isStandIn(one)) };
  };
  return { ...merged, components: merged.components.map(withoutThose) };
}

/** The dates in properties of that name, each with the UID of its series. */
function idsOf(calendar: Component, name: string): ReadonlySet<string> {
  const ids = calendar.components.flatMap((part) => {
    const uid = valueIn(part, 'UID');
    return propertiesOf(part, name).map((one) => `${uid} ${identityOf({ ...one, name: 'EXDATE' })}`);
  });
  return new Set(ids);
}

/** Moves exceptions and EXDATEs as far as the series was moved. Only in a calendar of one series. */
function shifted(merged: Component, { now, seen, sent }: Sides<Component>): Component {
  const series = merged.components.filter((part) => firstOf(part, 'RRULE') !== undefined);
  const [before, after, shown, told] = [now, merged, seen, sent].map(mainOf);
  const moved = before && after && movedBy(before, after);
  if (before === undefined || moved === undefined || series.length !== 1 || seen.components.some(isException))
    return merged;
  // If the device changed the EXDATEs that it was shown, it has moved them itself.
  const dates = [shown, told].map((part) => (part ? propertiesOf(part, 'EXDATE') : []));
  const isLeft = sameProperties(dates[0] ?? [], dates[1] ?? []);
  const own = new Set(propertiesOf(before, 'EXDATE').map(identityOf));
  const components = merged.components.map((part) =>
    part === after
      ? withShifted(part, moved, (one) => one.name === 'EXDATE' && isLeft && own.has(identityOf(one)))
      : withShifted(part, moved, isInPlace(part) ? isOfPlace : isOccurrence),
  );
  return { ...merged, components };
}

const isOccurrence = ({ name }: Property): boolean => name === 'RECURRENCE-ID';
/** Does the exception take place at the time of its occurrence? Then it moves with the series. */
const isInPlace = (part: Component): boolean =>
  valueIn(part, 'DTSTART') !== undefined && valueIn(part, 'DTSTART') === valueIn(part, 'RECURRENCE-ID');
const isOfPlace = (one: Property): boolean => isOccurrence(one) || isBound(one.name);

interface Shift {
  readonly ms: number;
  readonly zone: string | undefined;
}

/**
 * How far the series was moved, in local time. Undefined where it was not moved, has another zone now, or only begins some
 * periods later.
 */
function movedBy(before: Component, after: Component): Shift | undefined {
  const [was, is] = [before, after].map((part) => firstOf(part, 'DTSTART'));
  if (was === undefined || is === undefined || !isInSameZone(itemTime(was), itemTime(is))) return undefined;
  const [from, to] = [utcOf(was.value), utcOf(is.value)];
  if (from === undefined || to === undefined || from === to) return undefined;
  const isSameRule = valueIn(before, 'RRULE') === valueIn(after, 'RRULE');
  const isDaily = parseRule(valueIn(after, 'RRULE') ?? '')?.get('FREQ') === 'DAILY';
  const period = isDaily ? DAY : 7 * DAY;
  return isSameRule && (to - from) % period === 0 ? undefined : { ms: to - from, zone: paramOf(was, 'TZID') };
}

function withShifted(part: Component, { ms, zone }: Shift, isMeant: (one: Property) => boolean): Component {
  const shift = (one: Property): Property => {
    const at = utcOf(one.value);
    if (!isMeant(one) || at === undefined || paramOf(one, 'TZID') !== zone) return one;
    const value = localOf(at + ms).slice(0, one.value.length);
    return { ...one, value: one.value.endsWith('Z') ? `${value.slice(0, 15)}Z` : value };
  };
  return { ...part, properties: part.properties.map(shift) };
}
