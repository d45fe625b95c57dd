/** The programs for appointments: what they write they read, and the product understands what they say. */
import { describe, expect, it } from 'vitest';
import { readItem, writeItem } from '../../../kit/items.ts';
import { createRandom } from '../../random.ts';
import { occurrencesOf } from '../calendar-meaning.ts';
import { created, edited, shown } from '../edits-calendar.ts';
import type { Facts } from '../facts.ts';
import { DESKTOP_CALENDAR, PHONE_CALENDAR } from './icalendar-appointments.ts';
import type { Phone } from './phone.ts';
import { OUTLOOK_CALENDAR } from './sif-appointments.ts';
import { LITTLE_CALENDAR, LOCAL_CALENDAR, SYMBIAN_CALENDAR } from './vcalendar-appointments.ts';

const ITEMS = 60;
const NEW = { type: 'text/calendar', version: '2.0' };

/** Items of this program, each with some edits. */
function itemsOf(phone: Phone, count = ITEMS): readonly Facts[] {
  return Array.from({ length: count }, (_, n) => {
    const random = createRandom(n + 1);
    let facts = created(phone, `a${n}`, n, random);
    for (let k = random.below(8); k > 0; k -= 1) facts = edited(phone, facts, 100 * k + n, random);
    return facts;
  });
}

const PHONES = [
  DESKTOP_CALENDAR,
  PHONE_CALENDAR,
  SYMBIAN_CALENDAR,
  LOCAL_CALENDAR,
  LITTLE_CALENDAR,
  OUTLOOK_CALENDAR,
];
const lines = (facts: Facts): string[] =>
  [...shown(facts)].map(([fact, value]) => `${fact}: ${value}`).sort();

describe.each(PHONES.map((phone) => [phone.name, phone] as const))('%s', (_, phone) => {
  it('reads what it writes', () => {
    for (const facts of itemsOf(phone)) {
      const held = phone.holds(facts);
      expect(lines(phone.read(phone.write(held))), phone.write(held)).toEqual(lines(held));
    }
  });

  it('is understood by the product, which tells the desktop', () => {
    for (const facts of itemsOf(phone)) {
      const text = phone.write(facts);
      const stored = readItem(phone.options.type ?? '', text);
      const told = DESKTOP_CALENDAR.read(writeItem(stored, NEW).body);
      expect(lines(phone.holds(told)), `${text}\n${stored.body}`).toEqual(lines(facts));
      // A series in UTC without a zone stays at its hour in UTC for all others.
      const meant = phone === LITTLE_CALENDAR ? phone.holds(told) : told;
      expect(occurrencesOf(meant).join('\n'), text).toBe(occurrencesOf(facts).join('\n'));
    }
  });

  it('understands what the product tells it of an item of the desktop', () => {
    for (const facts of itemsOf(DESKTOP_CALENDAR)) {
      const stored = readItem('text/calendar', DESKTOP_CALENDAR.write(facts));
      const told = phone.read(writeItem(stored, { type: phone.options.type ?? '' }).body);
      expect(lines(phone.holds(told)), stored.body).toEqual(lines(phone.holds(facts)));
    }
  });
});
