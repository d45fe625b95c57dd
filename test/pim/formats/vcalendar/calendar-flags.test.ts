/** Flags of whole days: in iCalendar 2.0 beside times, and on their way through vCalendar 1.0. */

import { describe, expect, it } from 'vitest';
import { readItem, writeItem } from '../../../kit/items.ts';
import { event, linesOf } from '../sif/sif.ts';

const NEW = { type: 'text/calendar', version: '2.0' };
const item = (...own: readonly string[]) =>
  readItem(NEW.type, ['BEGIN:VCALENDAR', 'VERSION:2.0', ...event(...own), 'END:VCALENDAR', ''].join('\r\n'));
const MICROSOFT = 'X-MICROSOFT-CDO-ALLDAYEVENT:TRUE';
const FUNAMBOL = 'X-FUNAMBOL-ALLDAY:1';
const DAY = ['DTSTART;VALUE=DATE:20100301', 'DTEND;VALUE=DATE:20100302'];

describe('an event of iCalendar 2.0 is of days by its flag', () => {
  it.each<[string, readonly string[]]>([
    [
      'at midnight of its zone',
      [
        'DTSTART;TZID="W. Europe Standard Time":20100301T000000',
        'DTEND;TZID="W. Europe Standard Time":20100302T000000',
      ],
    ],
    ['to the last minute', ['DTSTART:20100301T000000', 'DTEND:20100301T235900']],
    ['in UTC, of a zone that it does not say', ['DTSTART:20100228T230000Z', 'DTEND:20100301T230000Z']],
    ['there without an end', ['DTSTART:20100228T230000Z', 'DTEND:20100228T230000Z']],
    ['without an end on its clock', ['DTSTART:20100301T000000', 'DTEND:20100301T000000']],
  ])('%s', (_, own) => {
    for (const flag of [MICROSOFT, FUNAMBOL])
      expect(linesOf(item(...own, flag).body)).toEqual(event(...DAY, flag));
  });

  it('with its duration, its rule and what is left out of it', () => {
    const own = ['DTSTART:20100228T230000Z', 'DURATION:PT24H', 'RRULE:FREQ=DAILY;UNTIL=20100305T230000Z'];
    expect(linesOf(item(...own, 'EXDATE:20100302T230000Z,20100303T230000Z', MICROSOFT).body)).toEqual(
      event(
        'DTSTART;VALUE=DATE:20100301',
        'DURATION:P1D',
        'RRULE:FREQ=DAILY;UNTIL=20100306',
        'EXDATE;VALUE=DATE:20100303',
        'EXDATE;VALUE=DATE:20100304',
        MICROSOFT,
      ),
    );
  });

  it('as by a date with a midnight', () =>
    expect(
      linesOf(item('DTSTART;VALUE=DATE:20100301T000000', 'DTEND;VALUE=DATE:20100302T000000').body),
    ).toEqual(event(...DAY)));

  it('but not where it is less than a day: the flag is old', () => {
    const own = ['DTSTART:20100301T100000Z', 'DTEND:20100301T110000Z'];
    expect(linesOf(item(...own, FUNAMBOL).body)).toEqual(event(...own, 'X-FUNAMBOL-ALLDAY:0'));
  });
});

describe('a flag on its way through vCalendar', () => {
  const OLD = { type: 'text/x-vcalendar', version: '1.0' };
  it.each<[string, readonly string[]]>([
    ['of a day', [...DAY, MICROSOFT, FUNAMBOL]],
    [
      'of a time',
      [
        ...['DTSTART:20100301T100000Z', 'DTEND:20100301T110000Z'],
        ...['X-MICROSOFT-CDO-ALLDAYEVENT:FALSE', 'X-FUNAMBOL-ALLDAY:0'],
      ],
    ],
    ['that was not there', DAY],
  ])('stays as it was: %s', (_, own) => {
    const stored = item(...own);
    expect(readItem(OLD.type, writeItem(stored, OLD).body)).toEqual(stored);
  });
});
