/** The programs for appointments: what they write they read, and the product understands what they say. */
import { describe, expect, it } from 'vitest';
import { readItem, writeItem } from '../../../kit/items.ts';
import { occurrencesOf } from '../calendar-meaning.ts';
import { APPOINTMENT_PHONES } from './calendar-phones.ts';
import { factLines, samplesOf } from './calendar-samples.ts';
import { DESKTOP_CALENDAR } from './icalendar-appointments.ts';
import { OUTLOOK_CALENDAR } from './sif-appointments.ts';
import { LITTLE_CALENDAR } from './vcalendar-appointments.ts';

describe.each(APPOINTMENT_PHONES.map((phone) => [phone.name, phone] as const))('%s', (_, phone) => {
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
      const { type: to } = DESKTOP_CALENDAR.options;
      const told = DESKTOP_CALENDAR.read(writeItem(readItem(type, text), { type: to ?? '' }).body);
      expect(factLines(phone.holds(told)), text).toEqual(factLines(facts));
      // A series in UTC without a zone stays at its hour in UTC for all others.
      const meant = phone === LITTLE_CALENDAR ? phone.holds(told) : told;
      expect(occurrencesOf(meant).join('\n'), text).toBe(occurrencesOf(facts).join('\n'));
    }
  });

  it('understands what the product tells it of an item of the desktop', () => {
    for (const facts of samplesOf(DESKTOP_CALENDAR)) {
      const stored = readItem('text/calendar', DESKTOP_CALENDAR.write(facts));
      const told = phone.read(writeItem(stored, { type }).body);
      expect(factLines(told), stored.body).toEqual(factLines(phone.holds(facts)));
    }
  });
});

describe('the little calendar', () => {
  it('tells no zone: for others its series is by the clock of UTC, or by one of the day of its rule', () => {
    const series = (start: string) =>
      LITTLE_CALENDAR.write(
        new Map([
          ['start', start],
          ['end', start],
          ['rule', 'WEEKLY MO'],
        ]),
      );
    const clockOf = (text: string) =>
      DESKTOP_CALENDAR.read(
        writeItem(readItem('text/x-vcalendar', text), { type: 'text/calendar' }).body,
      ).get('clock');
    expect(clockOf(series('2030-03-04T09:00'))).toBe('0');
    expect(Number(clockOf(series('2030-03-04T00:30')))).toBeGreaterThan(0);
  });

  it('shows a series that it cannot say as its first occurrence', () => {
    const series = DESKTOP_CALENDAR.write(
      new Map([
        ['summary', 's'],
        ['start', '2030-03-04T09:00'],
        ['end', '2030-03-04T10:00'],
        ['rule', 'MONTHLY 4'],
        ['excluded 2030-04-04', 'yes'],
      ]),
    );
    const told = LITTLE_CALENDAR.read(
      writeItem(readItem('text/calendar', series), { type: 'text/x-vcalendar' }).body,
    );
    expect(factLines(told)).toEqual(['end: 2030-03-04T10:00', 'start: 2030-03-04T09:00', 'summary: s']);
  });
});

describe('the calendar of Outlook', () => {
  it('reads a document in base64, as the product sends it', () => {
    const [facts = new Map()] = samplesOf(OUTLOOK_CALENDAR);
    const text = OUTLOOK_CALENDAR.write(facts);
    expect(factLines(OUTLOOK_CALENDAR.read(Buffer.from(text).toString('base64')))).toEqual(factLines(facts));
  });
});
