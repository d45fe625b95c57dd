/** The programs for tasks: what they write they read, and the product understands what they say. */
import { describe, expect, it } from 'vitest';
import { readItem, writeItem } from '../../../kit/items.ts';
import { createRandom } from '../../random.ts';
import { created, edited, shown } from '../edits-calendar.ts';
import type { Facts } from '../facts.ts';
import { DESKTOP_TASKS } from './icalendar-tasks.ts';
import type { Phone } from './phone.ts';
import { OUTLOOK_TASKS } from './sif-tasks.ts';
import { SYMBIAN_TASKS } from './vcalendar-tasks.ts';

const ITEMS = 60;
const NEW = { type: 'text/calendar', version: '2.0' };

/** Items of this program, each with some edits. */
function itemsOf(phone: Phone, count = ITEMS): readonly Facts[] {
  return Array.from({ length: count }, (_, n) => {
    const random = createRandom(n + 1);
    let facts = created(phone, `t${n}`, n, random);
    for (let k = random.below(8); k > 0; k -= 1) facts = edited(phone, facts, 100 * k + n, random);
    return facts;
  });
}

const PHONES = [DESKTOP_TASKS, SYMBIAN_TASKS, OUTLOOK_TASKS];
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
      const told = DESKTOP_TASKS.read(writeItem(stored, NEW).body);
      expect(lines(phone.holds(told)), `${text}\n${stored.body}`).toEqual(lines(facts));
    }
  });

  it('understands what the product tells it of an item of the desktop', () => {
    for (const facts of itemsOf(DESKTOP_TASKS)) {
      const stored = readItem('text/calendar', DESKTOP_TASKS.write(facts));
      const told = phone.read(writeItem(stored, { type: phone.options.type ?? '' }).body);
      expect(lines(phone.holds(told)), stored.body).toEqual(lines(phone.holds(facts)));
    }
  });
});
