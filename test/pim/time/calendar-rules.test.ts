/** Rules of series and their exceptions through the older grammars: what is written happens when it should, or is not. */

import { describe, expect, it } from 'vitest';
import { readItem, writeItem } from '../../kit/items.ts';
import { E, event, linesOf, stored, written } from '../formats/sif/sif.ts';
import { ruleFromOld, ruleToOld } from './rules.ts';

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
    ['20260310', 'FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=15', 'MD12 15+ #0'],
    ['20260310', 'FREQ=YEARLY;INTERVAL=2;BYMONTH=3;BYMONTHDAY=1,15', 'MD24 1+ 15+ #0'],
    ['20260210', 'FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=15', undefined],
    ['20280229', 'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1', 'MD12 1- #0'],
    ['20260131', 'FREQ=MONTHLY;BYMONTHDAY=-1', 'MD1 1- #0'],
    ['20260131', 'FREQ=MONTHLY;COUNT=9;BYDAY=SU,MO,TU,WE,TH,FR,SA;BYSETPOS=-1', 'MD1 1- #9'],
    ['20260925', 'FREQ=YEARLY;BYDAY=FR;BYMONTH=9;BYSETPOS=-1', 'MP12 1- FR #0'],
    ['20260907', 'FREQ=MONTHLY;INTERVAL=2;BYDAY=MO', 'MP2 1+ MO 2+ MO 3+ MO 4+ MO 5+ MO #0'],
    ['20260413', 'FREQ=YEARLY;BYMONTH=1,4,7,10;BYDAY=2MO', 'MP3 2+ MO #0'],
    ['20260115', 'FREQ=YEARLY;BYMONTHDAY=15,-1', 'MD1 15+ 1- #0'],
    ['20261231', 'FREQ=YEARLY;BYYEARDAY=-1', 'YM1 12 #0'],
    ['20261230', 'FREQ=YEARLY;BYYEARDAY=-1,-2', undefined],
    ['20260202', 'FREQ=DAILY;BYHOUR=9;BYMINUTE=0', 'D1 #0'],
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
      ...event('DTSTART:20260210T090000Z', 'RRULE:FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=15'),
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
    ['D1 0900 #5', 'FREQ=DAILY;COUNT=5'],
    ['W1 TU 0900 TH 0900 #0', 'FREQ=WEEKLY;BYDAY=TU,TH'],
    ['MP1 2+ #0', 'FREQ=MONTHLY;BYDAY=2TU'],
    ['MP1 1+ 1- #0', 'FREQ=MONTHLY;BYDAY=1TU,-1TU'],
    ['MP1 #0', 'FREQ=MONTHLY;BYDAY=2TU'],
    ['MD1 1 LD #0', 'FREQ=MONTHLY;BYMONTHDAY=1,-1'],
    ['M1 #0', 'FREQ=MONTHLY'],
    ['M2 #6', 'FREQ=MONTHLY;INTERVAL=2;COUNT=6'],
    ['M1 10 #0', 'FREQ=MONTHLY;BYMONTHDAY=10'],
    ['M1 2+ TU #0', 'FREQ=MONTHLY;BYDAY=2TU'],
    ['Y1 #0', 'FREQ=YEARLY'],
    ['Y1 20300310T090000', 'FREQ=YEARLY;UNTIL=20300310T090000'],
    ['Y1 3 #0', 'FREQ=YEARLY;BYMONTH=3'],
  ])('%s from the second Tuesday at 9:00 is read as %s', (old, rule) =>
    expect(ruleFromOld(old, same, '20260310T090000')).toBe(rule),
  );

  it.each([
    'D1 0600 1200 #4',
    'D1 1000 #4',
    'YM1 6 7 #10 MP1 1+ TU #2',
    'W1 MONDAY #0',
    'W1 FOO #0',
    'W1 MO #many',
    'W1 MO #5 20261231',
    'D0 #0',
    'D1 MO #0',
    'MP1 1+ MO 2+ #0',
    'MP1 6+ MO #0',
    'MD1 32 #0',
    'YM1 13 #0',
    'YD1 400 #0',
  ])('%s is another one with less: it stays as it is', (rule) => {
    expect(ruleFromOld(rule, same, '20260310T090000')).toBeUndefined();
    const own = ['DTSTART:20260310T090000', `RRULE:${rule}`];
    const lines = ['BEGIN:VCALENDAR', 'VERSION:1.0', ...event(...own), 'END:VCALENDAR', ''];
    const item = readItem(OLD.type, lines.join('\r\n'));
    expect(linesOf(item.body)).toContain(`X-RRULE:${rule}`);
    expect(writeItem(item, OLD).body).toContain(`\r\nRRULE:${rule}\r\n`);
  });

  it('of a start that nobody knows has no weekday', () =>
    expect(ruleFromOld('MP1 2+ #0', same)).toBeUndefined());
});

describe('a rule in the grammar of the other version', () => {
  const start = 'DTSTART:20260302T090000Z';
  const read = (version: string, ...own: readonly string[]) => {
    const lines = ['BEGIN:VCALENDAR', `VERSION:${version}`, ...event(...own), 'END:VCALENDAR', ''];
    return readItem(version === '1.0' ? OLD.type : 'text/calendar', lines.join('\r\n'));
  };
  const rule = (version: string, ...own: readonly string[]) =>
    linesOf(read(version, ...own).body).find((line) => line.includes('RULE'));

  it.each<[string, string, readonly string[]]>([
    ['W1 MO #10', 'RRULE:FREQ=WEEKLY;COUNT=10;BYDAY=MO', [start]],
    ['D1 20260305', 'RRULE:FREQ=DAILY;UNTIL=20260305T090000Z', [start]],
    ['D1 20260305', 'RRULE:FREQ=DAILY;UNTIL=20260305', ['DTSTART;VALUE=DATE:20260302']],
    [
      'D1 20260305',
      'RRULE:FREQ=DAILY;UNTIL=20260305T080000Z',
      ['DTSTART;TZID=W. Europe Standard Time:20260302T090000'],
    ],
    ['MP1 1+ #0', 'RRULE:FREQ=MONTHLY;BYDAY=1MO', [start]],
    ['D1 0600 1200 #4', 'X-RRULE:D1 0600 1200 #4', [start]],
    ['every day', 'X-RRULE:every day', [start]],
    ['COUNT=3', 'X-RRULE:COUNT=3', [start]],
  ])('%s in a new object is %s', (old, stored, own) => {
    expect(rule('2.0', ...own, `RRULE:${old}`)).toBe(stored);
    expect(rule('0.3', ...own, `RRULE:${old}`)).toBe(stored);
  });

  it.each([
    ['FREQ=WEEKLY;COUNT=10;BYDAY=MO', 'RRULE:FREQ=WEEKLY;COUNT=10;BYDAY=MO', start],
    ['freq=weekly;byday=mo,tu', 'RRULE:FREQ=WEEKLY;BYDAY=MO,TU', start],
    ['FREQ=DAILY;UNTIL=20260305', 'RRULE:FREQ=DAILY;UNTIL=20260305T090000Z', start],
    ['FREQ=DAILY;UNTIL=20260305T000000Z', 'RRULE:FREQ=DAILY;UNTIL=20260305', 'DTSTART:20260302T000000'],
  ])('%s in an old object is %s', (came, stored, own) =>
    expect(rule('1.0', own, `RRULE:${came}`)).toBe(stored),
  );

  it('of what is left out is read and written as one of what is there', () => {
    const item = read('1.0', start, 'RRULE:D1 #20', 'EXRULE:W1 SA SU #0');
    expect(item).toEqual(read('2.0', start, 'RRULE:FREQ=DAILY;COUNT=20', 'EXRULE:FREQ=WEEKLY;BYDAY=SA,SU'));
    expect(linesOf(item.body)).toContain('EXRULE:FREQ=WEEKLY;BYDAY=SA,SU');
    expect(writeItem(item, OLD).body).toContain('\r\nEXRULE:W1 SA SU #0\r\n');
    const odd = read('1.0', start, 'RRULE:D1 #20', 'EXRULE:W1 SA,FOO #0');
    expect(linesOf(odd.body)).toContain('X-EXRULE:W1 SA,FOO #0');
    expect(writeItem(odd, OLD).body).toContain('\r\nEXRULE:W1 SA,FOO #0\r\n');
    expect(read('1.0', start, 'RRULE:D1 #20', 'EXRULE:FREQ=WEEKLY;BYDAY=SA,SU')).toEqual(item);
  });

  it('of what is left out that a device cannot have leaves no series either', () => {
    const rules = ['RRULE:FREQ=DAILY', 'EXRULE:FREQ=DAILY;BYMONTH=8'];
    expect(writeItem(read('2.0', start, ...rules), OLD).body).not.toContain('RULE');
    expect(written(E, event(start, ...rules))).toMatchObject({ IsRecurring: '0' });
  });
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
