/** What follows for readers, writers and merges from one table of properties: none has a list of its own that differs. */
import { describe, expect, it } from 'vitest';
import { readItem } from '../../lib/pim/formats/registry.ts';
import { event, linesOf } from './merging.ts';

const oldEvent = (...lines: readonly string[]) =>
  readItem(
    'text/x-vcalendar',
    [
      'BEGIN:VCALENDAR',
      'VERSION:1.0',
      'TZ:+02',
      'BEGIN:VEVENT',
      ...lines,
      'END:VEVENT',
      'END:VCALENDAR',
      '',
    ].join('\r\n'),
  );

describe('times', () => {
  it.each(['DTSTAMP', 'LAST-MODIFIED', 'COMPLETED'])('%s of vCalendar 1.0 is an instant', (name) => {
    const { body } = oldEvent('SUMMARY:s', 'DTSTART:20260302T100000', `${name}:2026-03-01T10:00:00`);
    expect(body).toContain(`${name}:20260301T080000Z`);
  });

  it('of an event that is of days by its flag are days, also one that events do not have', () => {
    const lines = [
      'DTSTART:20260302T000000',
      'DTEND:20260303T000000',
      'DUE:20260303T000000',
      'X-FUNAMBOL-ALLDAY:1',
    ];
    expect(linesOf(event('SUMMARY:s', ...lines))).toContain('DUE;VALUE=DATE:20260303');
  });
});
