/** The programs for tasks: what they write they read, and the product understands what they say. */
import { describe, expect, it } from 'vitest';
import { readItem, writeItem } from '../../../kit/items.ts';
import { TASK_PHONES } from './calendar-phones.ts';
import { factLines, samplesOf } from './calendar-samples.ts';
import { DESKTOP_TASKS } from './icalendar-tasks.ts';

describe.each(TASK_PHONES.map((phone) => [phone.name, phone] as const))('%s', (_, phone) => {
  const type = phone.options.type ?? '';

  it('reads what it writes, and holds what it holds', () => {
    for (const facts of samplesOf(phone)) {
      const text = phone.write(facts);
      expect(factLines(phone.read(text)), text).toEqual(factLines(facts));
      expect(factLines(phone.holds(facts))).toEqual(factLines(facts));
    }
  });

  it('is understood by the product, which tells the desktop', () => {
    for (const facts of samplesOf(phone)) {
      const text = phone.write(facts);
      const told = DESKTOP_TASKS.read(writeItem(readItem(type, text), { type: 'text/calendar' }).body);
      expect(factLines(told), text).toEqual(factLines(facts));
    }
  });

  it('understands what the product tells it of an item of the desktop', () => {
    for (const facts of samplesOf(DESKTOP_TASKS)) {
      const stored = readItem('text/calendar', DESKTOP_TASKS.write(facts));
      const told = phone.read(writeItem(stored, { type }).body);
      expect(factLines(told), stored.body).toEqual(factLines(phone.holds(facts)));
    }
  });
});
