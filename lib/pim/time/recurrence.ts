/**
 * When a series recurs. A phone may tell it in UTC and not name the zone by whose days it goes: then the end of its rule is
 * on another day than in the zone, as for a series that begins in winter and ends in summer, or is on at night.
 */
import { type Component, firstOf, valueIn } from '../vobject/model.ts';
import { type ItemTime, instantOfTime, itemTime, zonedTime, zoneOfTime } from './item-time.ts';
import { ruleMeaning } from './rule-meaning.ts';
import { isAssumed } from './zones/own-clock.ts';

export interface Recurrence {
  /** The start of the series, undefined if it is not known. */
  readonly start: ItemTime | undefined;
  /** The rule as it is written. */
  readonly text: string;
  /** What it means (see `ruleMeaning`). Empty without a rule. */
  readonly meaning: string;
}

export function recurrenceOf(part: Component): Recurrence {
  const [text, from] = [valueIn(part, 'RRULE') ?? '', firstOf(part, 'DTSTART')];
  const start = from && itemTime(from);
  return { start, text, meaning: ruleMeaning(text, start) };
}

/** Do both recur on the same days, by the zone of one of them where the other tells none? */
export const sameRecurrence = (a: Recurrence, b: Recurrence): boolean =>
  a.meaning === b.meaning || isMeantBy(a, b) || isMeantBy(b, a);

/** Is the rule of the one that tells no zone the rule of the other, by the zone of that one? */
function isMeantBy(unzoned: Recurrence, zoned: Recurrence): boolean {
  const [at, zone] = [unzoned.start && instantOfTime(unzoned.start), zoneOfTime(zoned.start)];
  if (!tellsNoZone(unzoned.start) || zone === undefined || at === undefined) return false;
  return ruleMeaning(unzoned.text, zonedTime(at, zone)) === zoned.meaning;
}

/** Is the time in UTC, or by a clock that was assumed because no zone was named? */
export function tellsNoZone(time: ItemTime | undefined): boolean {
  const zone = zoneOfTime(time);
  return time?.kind === 'utc' || (zone !== undefined && isAssumed(zone));
}
