/** Times of items as values: what they are told by, when they are, and how they are written again. */
import { describe, expect, it } from 'vitest';
import {
  instantOfTime,
  isFloating,
  isInSameZone,
  isInstant,
  itemTime,
  timeLike,
  timeText,
  withTime,
  zonedTime,
} from '../../../lib/pim/time/item-time.ts';
import { property } from '../../../lib/pim/vobject/model.ts';

const UTC_NINE = Date.UTC(2026, 2, 2, 9);
const day = property('DTSTART', '20260302', { VALUE: 'DATE' });
const floating = property('DTSTART', '20260302T100000');
const utc = property('DTSTART', '20260302T090000Z');
const zoned = property('DTSTART', '20260302T100000', { TZID: 'Europe/Berlin' });
const ownZone = property('DTSTART', '20260302T100000', { TZID: 'Our office' });

describe('a time of an item', () => {
  it.each([
    ['day', day, Date.UTC(2026, 2, 2)],
    ['floating', floating, Date.UTC(2026, 2, 2, 10)],
    ['utc', utc, UTC_NINE],
    ['zoned', zoned, UTC_NINE],
    ['own-zone', ownZone, Date.UTC(2026, 2, 2, 10)],
  ])('of the kind %s is read, counted and written as it was', (kind, source, instant) => {
    const time = itemTime(source);
    expect(time.kind).toBe(kind);
    expect(instantOfTime(time)).toBe(instant);
    expect(withTime(source, time)).toEqual(source);
  });

  it('has one instant everywhere, or one in each place', () => {
    const times = [day, floating, utc, zoned, ownZone].map(itemTime);
    expect(times.map(isInstant)).toEqual([false, false, true, true, false]);
    expect(times.map(isFloating)).toEqual([true, true, false, false, false]);
  });

  it('takes the place of another one with its zone, or without', () => {
    expect(withTime(utc, zonedTime(UTC_NINE, 'Europe/Berlin'))).toEqual(zoned);
    expect(withTime(zoned, itemTime(utc))).toEqual(utc);
    expect(withTime(zoned, itemTime(day))).toEqual(day);
  });

  it('says how another instant is told', () => {
    const told = [day, floating, utc, zoned].map((one) => timeText(timeLike(itemTime(one), UTC_NINE)));
    expect(told).toEqual(['20260302', '20260302T090000', '20260302T090000Z', '20260302T100000']);
  });

  it('is told like another one by the same clock only', () => {
    expect(isInSameZone(itemTime(zoned), zonedTime(0, 'Europe/Berlin'))).toBe(true);
    expect(isInSameZone(itemTime(zoned), zonedTime(0, 'Europe/Rome'))).toBe(false);
    expect(isInSameZone(itemTime(day), itemTime(floating))).toBe(false);
  });

  it('that is none keeps its text, and is no instant', () => {
    const odd = property('DTSTART', 'soon', { TZID: 'Europe/Berlin' });
    expect(instantOfTime(itemTime(odd))).toBeUndefined();
    expect(withTime(odd, itemTime(odd))).toEqual(odd);
  });
});
