/**
 * The schedule of an item: start, end, length, rule. A merge takes all of it from one side, because a mixture would be
 * a time that nobody chose.
 */

import { isEnd } from '../properties/table.ts';
import { itemTime } from '../time/item-time.ts';
import { ruleMeaning } from '../time/rule-meaning.ts';
import { instantIn, timesOf } from '../time/times.ts';
import { type Component, firstOf, type Property, paramOf } from '../vobject/model.ts';

/**
 * A text that is equal for schedules of the same meaning (the third rung of same.ts). One schedule may have an end and the
 * other a length; one may name in its rule a day that the other implies by its start.
 */
export function scheduleMeaning(properties: readonly Property[]): string {
  const part: Component = { name: 'VEVENT', properties, components: [] };
  const start = firstOf(part, 'DTSTART');
  const zone = start && paramOf(start, 'TZID');
  const rules = properties
    .filter(({ name }) => name === 'RRULE')
    .map(({ value }) => ruleMeaning(value, start && itemTime(start)))
    .sort();
  return JSON.stringify([start?.value.length, instantIn(start), zone, timesOf(part).end, rules]);
}

/**
 * An item has either an end or a length [RFC 5545 3.6.1]. Where a merge leaves both, the one that is not in `now` is
 * kept.
 */
export function withOneEnd(merged: readonly Property[], now: readonly Property[]): readonly Property[] {
  const hasLength = (list: readonly Property[]) => list.some(isLength);
  if (!hasLength(merged) || !merged.some(({ name }) => isEnd(name))) return merged;
  const isOld = (one: Property) => (hasLength(now) ? isLength(one) : isEnd(one.name));
  return merged.filter((one) => !isOld(one));
}

const isLength = ({ name }: Property): boolean => name === 'DURATION';
