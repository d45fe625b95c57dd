/** How far a series was moved, and its exclusions and exceptions moved with it. */
import { isBound } from '../properties/table.ts';
import { isInSameZone, itemTime } from '../time/item-time.ts';
import { parseRule } from '../time/rule.ts';
import { DAY, localOf, utcOf } from '../time/zones/zones.ts';
import { type Component, firstOf, type Property, paramOf, valueIn } from '../vobject/model.ts';

export interface Shift {
  readonly ms: number;
  readonly zone: string | undefined;
}

/**
 * How far the series was moved, in local time. Undefined where it was not moved, has another zone now, or only begins some
 * periods later.
 */
export function movedBy(before: Component, after: Component): Shift | undefined {
  const [was, is] = [before, after].map((part) => firstOf(part, 'DTSTART'));
  if (was === undefined || is === undefined || !isInSameZone(itemTime(was), itemTime(is))) return undefined;
  const [from, to] = [utcOf(was.value), utcOf(is.value)];
  if (from === undefined || to === undefined || from === to) return undefined;
  const isSameRule = daysOf(before) === daysOf(after);
  const isDaily = parseRule(valueIn(after, 'RRULE') ?? '')?.get('FREQ') === 'DAILY';
  const period = isDaily ? DAY : 7 * DAY;
  return isSameRule && (to - from) % period === 0 ? undefined : { ms: to - from, zone: paramOf(was, 'TZID') };
}

/** What the rule says of days; when it ends does not matter. */
function daysOf(part: Component): string {
  const rule = parseRule(valueIn(part, 'RRULE') ?? '');
  return JSON.stringify([...(rule ?? [])].filter(([name]) => name !== 'UNTIL' && name !== 'COUNT'));
}

const isOccurrence = ({ name }: Property): boolean => name === 'RECURRENCE-ID';
/** Does the exception take place at the time of its occurrence? Then it moves with the series. */
const isInPlace = (part: Component): boolean =>
  valueIn(part, 'DTSTART') !== undefined && valueIn(part, 'DTSTART') === valueIn(part, 'RECURRENCE-ID');
const isOfPlace = (one: Property): boolean => isOccurrence(one) || isBound(one.name);

/** An exception of a series that was moved so far. */
export const withOccurrenceShifted = (part: Component, by: Shift): Component =>
  withShifted(part, by, isInPlace(part) ? isOfPlace : isOccurrence);

/** With the times that are meant moved so far. */
export function withShifted(
  part: Component,
  { ms, zone }: Shift,
  isMeant: (one: Property) => boolean,
): Component {
  const shift = (one: Property): Property => {
    const at = utcOf(one.value);
    if (!isMeant(one) || at === undefined || paramOf(one, 'TZID') !== zone) return one;
    const value = localOf(at + ms).slice(0, one.value.length);
    return { ...one, value: one.value.endsWith('Z') ? `${value.slice(0, 15)}Z` : value };
  };
  return { ...part, properties: part.properties.map(shift) };
}
