/** What some devices need in vCalendar 1.0 and others do not: where alarms and zones are told. */
import { describe, expect, it } from 'vitest';
import type { VcalendarNeeds } from '../../../../lib/pim/formats/vcalendar/frames.ts';
import { readItem, writeItem } from '../../../kit/items.ts';

const OLD = { type: 'text/x-vcalendar', version: '1.0' };
const ALARM = ['BEGIN:VALARM', 'ACTION:DISPLAY', 'DESCRIPTION:Up', 'TRIGGER:-PT15M', 'END:VALARM'];
const event = (...own: readonly string[]) => {
  const times = ['DTSTART;TZID=Europe/Berlin:20260301T100000', 'DTEND;TZID=Europe/Berlin:20260301T110000'];
  const part = ['BEGIN:VEVENT', 'SUMMARY:Meal', ...times, ...own, 'END:VEVENT'];
  return readItem(
    'text/calendar',
    ['BEGIN:VCALENDAR', 'VERSION:2.0', ...part, 'END:VCALENDAR', ''].join('\r\n'),
  );
};
const written = (own: readonly string[], vcalendar: VcalendarNeeds, utc = false) =>
  writeItem(event(...own), OLD, { utc, charset: 'utf-8', vcalendar }).body.split('\r\n');

describe('E10 E27: alarms of a device that reads them in UTC only', () => {
  it('are in UTC beside local times', () => {
    const lines = written(ALARM, { alarmsInUtc: true });
    expect(lines).toContain('DTSTART:20260301T100000');
    expect(lines).toContain('DALARM:20260301T084500Z;;;Up');
    expect(written(ALARM, {})).toContain('DALARM:20260301T094500;;;Up');
  });
  it('come back as they went', () => {
    const item = event(...ALARM, 'RRULE:FREQ=WEEKLY');
    const { body } = writeItem(item, OLD, { utc: false, charset: 'utf-8', vcalendar: { alarmsInUtc: true } });
    expect(readItem(OLD.type, body).body).toContain('TRIGGER:-PT15M');
  });
});

describe('E18: a device that reads the zone of a series inside the event', () => {
  const RULE = ['RRULE:FREQ=WEEKLY'];
  it('finds it there', () => {
    const lines = written(RULE, { zoneInEvent: true }, true);
    expect(lines.indexOf('TZ:+0100')).toBeGreaterThan(lines.indexOf('BEGIN:VEVENT'));
    expect(lines.filter((line) => /^(TZ|DAYLIGHT):/.test(line))).toHaveLength(2);
    const others = written(RULE, {}, true);
    expect(others.indexOf('TZ:+0100')).toBeLessThan(others.indexOf('BEGIN:VEVENT'));
  });
  it('is understood by it', () => {
    const item = event(...RULE);
    const { body } = writeItem(item, OLD, { utc: true, charset: 'utf-8', vcalendar: { zoneInEvent: true } });
    expect(readItem(OLD.type, body)).toEqual(readItem(OLD.type, writeItem(item, OLD).body));
  });
});
