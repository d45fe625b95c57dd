/** Rules of series and their exceptions through the older grammars: what is written happens when it should, or is not. */
import { describe, expect, it } from 'vitest';
import { ruleFromOld, ruleToOld } from '../../lib/pim/calendar/recurrence.ts';
import { readItem, writeItem } from '../../lib/pim/formats.ts';
import { E, event, linesOf, stored, written } from './sif.ts';

const OLD = { type: 'text/x-vcalendar', version: '1.0' };
const same = (text: string): string => text;
const BERLIN = ['TZ:+0100', 'DAYLIGHT:TRUE;+0200;20260329T020000;20261025T030000;CET;CEST'];
const fromOld = (head: readonly string[], ...own: readonly string[]) => {
  const text = ['BEGIN:VCALENDAR', 'VERSION:1.0', ...head, ...event(...own), 'END:VCALENDAR', ''];
  return linesOf(readItem(OLD.type, text.join('\r\n')).body).slice(1, -1);
};

describe('a rule of vCalendar 1.0', () => {
  it.each([
    ['20260315', 'FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=15', 'YM1 3 #0'],
    ['20260310', 'FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=15', undefined],
    ['20280229', 'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1', undefined],
    ['20260110', 'FREQ=YEARLY;BYMONTHDAY=10;BYMONTH=1,7', 'YM1 1 7 #0'],
    ['20260310', 'FREQ=YEARLY;BYMONTH=3;BYDAY=2TU', 'MP12 2+ TU #0'],
    ['20260110', 'FREQ=YEARLY;BYMONTH=3;BYDAY=2TU', undefined],
    ['20260302', 'FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR', 'W1 MO TU WE TH FR #0'],
    ['20260302', 'FREQ=DAILY;INTERVAL=2;BYDAY=MO,TU', undefined],
  ])('from %s: %s is %s', (start, rule, old) => expect(ruleToOld(rule, same, `${start}T090000`)).toBe(old));

  it('that it cannot say is not written', () => {
    const text = [
      'BEGIN:VCALENDAR',
      'VERSION:2.0',
      ...event('DTSTART:20260310T090000Z', 'RRULE:FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=15'),
    ];
    const item = readItem('text/calendar', [...text, 'END:VCALENDAR', ''].join('\r\n'));
    expect(writeItem(item, OLD).body).not.toContain('RRULE');
  });

  it.each([
    ['MP1 1+SU #0', 'FREQ=MONTHLY;BYDAY=1SU'],
    ['MP1 +1 SU #0', 'FREQ=MONTHLY;BYDAY=1SU'],
    ['MP1 1-SU 2+MO #0', 'FREQ=MONTHLY;BYDAY=-1SU,2MO'],
    ['W1 TU,TH #0', 'FREQ=WEEKLY;BYDAY=TU,TH'],
    ['W1 MO$ TU #0', 'FREQ=WEEKLY;BYDAY=MO,TU'],
    ['D01 #05', 'FREQ=DAILY;COUNT=5'],
    ['D1 0900 1200 #5', 'FREQ=DAILY;COUNT=5'],
  ])('%s is read as %s', (old, rule) => expect(ruleFromOld(old, same)).toBe(rule));
});

describe('a day in a series that has a time', () => {
  const [start, end] = [
    'DTSTART;TZID=Europe/Berlin:20260302T100000',
    'DTEND;TZID=Europe/Berlin:20260302T110000',
  ];
  const utc = ['DTSTART:20260302T090000Z', 'DTEND:20260302T100000Z'];
  it('that is left out is its time on that day', () => {
    const dates = ['RRULE:W1 MO #0', 'EXDATE:20260309;20260406'];
    expect(fromOld(BERLIN, ...dates, ...utc)).toEqual([
      ...['RRULE:FREQ=WEEKLY;BYDAY=MO', 'EXDATE;TZID=Europe/Berlin:20260309T100000'],
      ...['EXDATE;TZID=Europe/Berlin:20260406T100000', start, end],
    ]);
    expect(fromOld([], ...utc, ...dates)).toContain('EXDATE:20260406T090000Z');
    expect(fromOld([], 'DTSTART:20260302T090000', ...dates)).toContain('EXDATE:20260406T090000');
  });

  it.each([
    ['20260330', BERLIN, utc[0], '20260330T080000Z'],
    ['20260330T000000', BERLIN, utc[0], '20260330T080000Z'],
    ['20260330T120000', BERLIN, utc[0], '20260330T100000Z'],
    ['20260330T220000Z', BERLIN, utc[0], '20260330T220000Z'],
    ['20260330', [], utc[0], '20260330T090000Z'],
    ['20260330', [], 'DTSTART:20260302T090000', '20260330T090000'],
    ['20260330T000000', [], 'DTSTART:20260302', '20260330'],
  ] as const)('%s is its end', (last, head, from = '', until) =>
    expect(fromOld(head, from, `RRULE:W1 MO ${last}`)).toContain(`RRULE:FREQ=WEEKLY;UNTIL=${until};BYDAY=MO`),
  );

  it('that ends before midnight does so for a device that takes local times', () => {
    const rule = 'RRULE:FREQ=WEEKLY;UNTIL=20260329T220000Z;BYDAY=MO';
    const text = ['BEGIN:VCALENDAR', 'VERSION:2.0', ...event(start, end, rule), 'END:VCALENDAR', ''].join(
      '\r\n',
    );
    const { body } = writeItem(readItem('text/calendar', text), OLD, { utc: false, charset: 'utf-8' });
    expect(body).toContain('RRULE:W1 MO 20260329T235959');
    expect(linesOf(readItem(OLD.type, body).body)).toContain(
      'RRULE:FREQ=WEEKLY;UNTIL=20260329T215959Z;BYDAY=MO',
    );
  });
});

describe('a pattern of Outlook', () => {
  const start = 'DTSTART:20260305T090000Z';
  it('of a month each year is of the day of its start', () =>
    expect(written(E, event(start, 'RRULE:FREQ=YEARLY;BYMONTH=3'))).toMatchObject({
      ...{ IsRecurring: '1', RecurrenceType: '5', Interval: '1', DayOfMonth: '5', MonthOfYear: '3' },
    }));

  it('of working days is a weekly one', () =>
    expect(written(E, event(start, 'RRULE:FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR'))).toMatchObject({
      ...{ IsRecurring: '1', RecurrenceType: '1', DayOfWeekMask: '62' },
    }));

  it.each([
    [1, '1'],
    [2, '24'],
    [12, '144'],
  ])('of every %i years has Interval %s', (years, Interval) => {
    const every = years === 1 ? '' : `;INTERVAL=${years}`;
    const lines = event(start, `RRULE:FREQ=YEARLY${every};BYMONTH=3;BYMONTHDAY=5`);
    const fields = written(E, lines);
    expect(fields).toMatchObject({ RecurrenceType: '5', Interval });
    expect(
      linesOf(
        readItem(
          E,
          `<appointment>${Object.entries(fields)
            .map(([name, value]) => `<${name}>${value}</${name}>`)
            .join('')}</appointment>`,
        ).body,
      ).join(),
    ).toContain(`FREQ=YEARLY${every}`);
  });

  it('of a year is one that says 12 months', () => {
    const fields = { Start: '20260305T090000Z', IsRecurring: '1', RecurrenceType: '5', NoEndDate: '1' };
    const of = (Interval: string) =>
      stored(E, 'appointment', { ...fields, Interval, DayOfMonth: '5', MonthOfYear: '3' });
    expect(of('12')).toEqual(of('1'));
    expect(of('24')).toEqual(of('2'));
  });
});
