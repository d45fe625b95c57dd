/** SIF-E and SIF-T, the appointments and tasks of Outlook's clients, each way by pairs. */

import { describe, expect, it } from 'vitest';
import { ALL } from '../../../../lib/pim/device/capabilities.ts';
import { readItem, writeItem } from '../../../kit/items.ts';
import { withoutUnset } from '../../../kit/outlook.ts';
import { E, event, linesOf, stored, T, written } from './sif.ts';

describe('an appointment', () => {
  it('of a whole day ends on its last day', () => {
    const day = {
      AllDayEvent: '1',
      Start: '2030-01-15',
      End: '2030-01-16',
      ReminderSet: '0',
      IsRecurring: '0',
    };
    const lines = event('DTSTART;VALUE=DATE:20300115', 'DTEND;VALUE=DATE:20300117');
    expect(stored(E, 'appointment', day)).toEqual(lines);
    expect(written(E, lines)).toMatchObject(day);
    const midnight = { AllDayEvent: '1', Start: '20300115T000000', End: '20300116T000000' };
    expect(stored(E, 'appointment', midnight)).toEqual(
      event('DTSTART;VALUE=DATE:20300115', 'DTEND;VALUE=DATE:20300116'),
    );
  });

  it('is an instant; without a zone it floats', () => {
    const times = { Start: '20300115T090000Z', End: '20300115T100000Z' };
    const lines = event('DTSTART:20300115T090000Z', 'DTEND:20300115T100000Z');
    expect(stored(E, 'appointment', times)).toEqual(lines);
    expect(written(E, lines)).toMatchObject({ ...times, AllDayEvent: '0' });
    expect(stored(E, 'appointment', { Start: '2030-01-15T09:00:00' })).toEqual(
      event('DTSTART:20300115T090000'),
    );
    const rome = event('DTSTART;TZID=Europe/Rome:20300115T100000', 'DTEND;TZID=Europe/Rome:20300115T110000');
    expect(written(E, rome)).toMatchObject(times);
    expect(written(E, rome, false)).toMatchObject({ Start: '20300115T100000', End: '20300115T110000' });
    expect(written(E, event('DTSTART:20300115T090000Z', 'DURATION:PT1H'))).toMatchObject(times);
  });

  it('says how it is kept: free, private, urgent', () => {
    const fields = {
      BusyStatus: '3',
      Sensitivity: '3',
      Importance: '2',
      Location: 'Rome',
      Subject: 'S',
      Body: 'B',
    };
    const lines = event(
      'SUMMARY:S',
      'DESCRIPTION:B',
      'LOCATION:Rome',
      'CLASS:CONFIDENTIAL',
      'PRIORITY:1',
      'TRANSP:OPAQUE',
      'X-MICROSOFT-CDO-BUSYSTATUS:OOF',
    );
    expect(stored(E, 'appointment', fields)).toEqual(lines);
    expect(written(E, lines)).toMatchObject(fields);
    expect(written(E, event('TRANSP:TRANSPARENT', 'PRIORITY:7'))).toMatchObject({
      BusyStatus: '0',
      Importance: '0',
    });
  });

  it('reminds minutes before its start', () => {
    const start = { Start: '20300115T090000Z', ReminderSet: '1', ReminderMinutesBeforeStart: '15' };
    const alarm = ['BEGIN:VALARM', 'ACTION:DISPLAY', 'TRIGGER:-PT15M', 'END:VALARM'];
    expect(stored(E, 'appointment', start)).toEqual(event('DTSTART:20300115T090000Z', ...alarm));
    expect(written(E, event('DTSTART:20300115T090000Z', ...alarm))).toMatchObject(start);
    const absolute = [
      'BEGIN:VALARM',
      'ACTION:AUDIO',
      'TRIGGER;VALUE=DATE-TIME:20300115T083000Z',
      'END:VALARM',
    ];
    expect(written(E, event('DTSTART:20300115T090000Z', ...absolute))).toMatchObject({
      ReminderMinutesBeforeStart: '30',
    });
    expect(stored(E, 'appointment', { ReminderSet: '0', ReminderMinutesBeforeStart: '15' })).toEqual(
      event('X-SIF-REMINDERMINUTESBEFORESTART;X-ELEMENT=ReminderMinutesBeforeStart:15'),
    );
  });

  it('keeps who takes part', () => {
    const people =
      '<appointment><Attendees><Attendee><AttendeeName>Eva</AttendeeName><AttendeeEmail>eva@x.example</AttendeeEmail><AttendeeStatus>3</AttendeeStatus><AttendeeType>2</AttendeeType></Attendee></Attendees></appointment>';
    const line = 'ATTENDEE;CN=Eva;PARTSTAT=ACCEPTED;ROLE=OPT-PARTICIPANT:mailto:eva@x.example';
    const item = readItem(E, people);
    expect(linesOf(item.body)).toEqual(event(line));
    expect(writeItem(item, { type: E }).body.replace(/\n/g, '')).toContain(
      people.replace(/^<appointment>|<\/appointment>$/g, ''),
    );
  });

  const pattern = (fields: { readonly [name: string]: string }) => ({
    ...{
      IsRecurring: '1',
      Start: '20300115T090000Z',
      RecurrenceType: '0',
      Interval: '1',
      DayOfWeekMask: '0',
      DayOfMonth: '0',
    },
    ...{ MonthOfYear: '0', Instance: '0', Occurrences: '0', NoEndDate: '1', ...fields },
  });
  it.each([
    ['RRULE:FREQ=DAILY;INTERVAL=3;COUNT=5', { Interval: '3', Occurrences: '5', NoEndDate: '0' }],
    ['RRULE:FREQ=WEEKLY;BYDAY=TU,TH', { RecurrenceType: '1', DayOfWeekMask: '20' }],
    ['RRULE:FREQ=MONTHLY;BYMONTHDAY=15', { RecurrenceType: '2', DayOfMonth: '15' }],
    ['RRULE:FREQ=MONTHLY;BYDAY=2TU', { RecurrenceType: '3', DayOfWeekMask: '4', Instance: '2' }],
    [
      'RRULE:FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1',
      { RecurrenceType: '3', DayOfWeekMask: '62', Instance: '5' },
    ],
    [
      'RRULE:FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=15',
      { RecurrenceType: '5', DayOfMonth: '15', MonthOfYear: '1' },
    ],
    [
      'RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3',
      { RecurrenceType: '6', DayOfWeekMask: '1', Instance: '5', MonthOfYear: '3' },
    ],
    ['RRULE:FREQ=DAILY;UNTIL=20300120T090000Z', { NoEndDate: '0', PatternEndDate: '20300120T090000Z' }],
  ])('repeats: %s', (rule, fields) => {
    const lines = event('DTSTART:20300115T090000Z', rule);
    expect(stored(E, 'appointment', pattern(fields))).toEqual(lines);
    expect(written(E, lines)).toMatchObject(pattern(fields));
  });

  it('repeats by the clocks of its zone, but on days that are left out or were moved', () => {
    const lines = [
      ...event(
        'UID:u',
        'DTSTART;TZID=Europe/Rome:20300316T100000',
        'DTEND;TZID=Europe/Rome:20300316T110000',
        'RRULE:FREQ=WEEKLY;BYDAY=SA',
        'EXDATE;TZID=Europe/Rome:20300323T100000',
      ),
      ...event(
        'UID:u',
        'RECURRENCE-ID;TZID=Europe/Rome:20300406T100000',
        'DTSTART;TZID=Europe/Rome:20300406T120000',
      ),
    ];
    const text = ['BEGIN:VCALENDAR', 'VERSION:2.0', ...lines, 'END:VCALENDAR', ''].join('\r\n');
    const { body } = writeItem(readItem('text/calendar', text), { type: E });
    expect(body.match(/<ExcludeDate>.*<\/ExcludeDate>/g)).toEqual([
      '<ExcludeDate>20300323T090000Z</ExcludeDate>',
      '<ExcludeDate>20300406T080000Z</ExcludeDate>',
    ]);
    expect(body).toContain('<DSTName>Europe/Rome</DSTName>');
    expect(withoutUnset(linesOf(readItem(E, body).body))).toEqual(
      event(
        ...[
          'DTSTART;TZID=Europe/Rome:20300316T100000',
          'DTEND;TZID=Europe/Rome:20300316T110000',
          'RRULE:FREQ=WEEKLY;BYDAY=SA',
        ],
        ...['20300323', '20300406'].map((day) => `EXDATE;TZID=Europe/Rome:${day}T100000`),
        'RDATE;TZID=Europe/Rome:20300406T120000',
      ),
    );
  });

  it.each([
    ['in a zone', ';TZID=Europe/Rome', '20300316T100000', ['20300406T120000', '20301101T100000']],
    ['in UTC', '', '20300316T100000Z', ['20300406T120000Z']],
    ['without a zone', '', '20300316T100000', ['20300406T120000']],
  ])('of single dates repeats on these, %s', (_, zone, start, dates) => {
    const own = dates.map((date) => `RDATE${zone}:${date}`);
    const lines = event(`DTSTART${zone}:${start}`, `DTEND${zone}:${start}`, ...own);
    expect(written(E, lines)).toMatchObject({ IsRecurring: '1', Occurrences: '1' });
    for (const utc of [true, false]) {
      const text = ['BEGIN:VCALENDAR', 'VERSION:2.0', ...lines, 'END:VCALENDAR', ''].join('\r\n');
      const { body } = writeItem(readItem('text/calendar', text), { type: E }, { ...ALL, utc });
      expect(body.match(/<IncludeDate>/g)).toHaveLength(dates.length);
      expect(withoutUnset(linesOf(readItem(E, body).body))).toEqual(lines);
    }
  });

  it('of a pattern that Outlook has not is shown once, and one that nobody knows is kept', () => {
    expect(written(E, event('DTSTART:20300115T090000Z', 'RRULE:FREQ=HOURLY'))).toMatchObject({
      IsRecurring: '0',
    });
    expect(stored(E, 'appointment', { IsRecurring: '1', RecurrenceType: '9' })).toEqual(
      event('X-SIF-RECURRENCETYPE;X-ELEMENT=RecurrenceType:9'),
    );
  });
});

describe('a client without UTC has one clock, that of the start', () => {
  const alarm = (trigger: string) => ['BEGIN:VALARM', 'ACTION:DISPLAY', trigger, 'END:VALARM'];
  const task = (...own: readonly string[]) => ['BEGIN:VTODO', ...own, 'END:VTODO'];
  it.each([
    [
      'a flight',
      E,
      event(
        'DTSTART;TZID=Asia/Tokyo:20260401T170000',
        'DTEND;TZID=America/Los_Angeles:20260401T100000',
        ...alarm('TRIGGER;RELATED=END:-PT9H'),
      ),
      { Start: '20260401T170000', End: '20260402T020000', ReminderMinutesBeforeStart: '0' },
    ],
    [
      'an end in UTC',
      E,
      event('DTSTART;TZID=Asia/Tokyo:20260401T170000', 'DTEND:20260401T090000Z'),
      { Start: '20260401T170000', End: '20260401T180000' },
    ],
    [
      'a length',
      E,
      event('DTSTART;TZID=Asia/Tokyo:20260401T170000', 'DURATION:PT2H'),
      { Start: '20260401T170000', End: '20260401T190000' },
    ],
    [
      'a start in UTC beside an end in a zone',
      E,
      event('DTSTART:20260401T080000Z', 'DTEND;TZID=Asia/Tokyo:20260401T180000'),
      { Start: '20260401T170000', End: '20260401T180000' },
    ],
    [
      'a series',
      E,
      event(
        'DTSTART;TZID=Asia/Tokyo:20260401T070000',
        'RRULE:FREQ=DAILY;UNTIL=20260404T220000Z',
        'EXDATE:20260401T220000Z',
        'RDATE;TZID=Europe/Berlin:20260410T120000',
      ),
      {
        ...{ PatternStartDate: '20260401T000000', PatternEndDate: '20260405T070000' },
        ...{ ExcludeDate: '20260402T070000', IncludeDate: '20260410T190000' },
      },
    ],
    [
      'a series that ends before a midnight',
      E,
      event('DTSTART;TZID=Asia/Tokyo:20260401T070000', 'RRULE:FREQ=DAILY;UNTIL=20260404T150000Z'),
      { PatternEndDate: '20260404T235959' },
    ],
    [
      'a task',
      T,
      task(
        'DTSTART;TZID=Asia/Tokyo:20260401T170000',
        'DUE;TZID=Europe/Berlin:20260401T120000',
        'COMPLETED:20260401T100000Z',
        'STATUS:COMPLETED',
        ...alarm('TRIGGER;RELATED=END:-PT1H'),
      ),
      {
        ...{ StartDate: '20260401T170000', DueDate: '20260401T190000' },
        ...{ DateCompleted: '20260401T190000', ReminderTime: '20260401T180000' },
      },
    ],
    [
      'a task with a length and a reminder at an instant',
      T,
      task(
        'DTSTART;TZID=Asia/Tokyo:20260401T170000',
        'DURATION:PT2H',
        ...alarm('TRIGGER;VALUE=DATE-TIME:20260401T070000Z'),
      ),
      { DueDate: '20260401T190000', ReminderTime: '20260401T160000' },
    ],
    [
      'a task of no zone, which stays in UTC',
      T,
      task('DUE:20260401T100000Z', ...alarm('TRIGGER;RELATED=END:-PT1H')),
      { DueDate: '20260401T100000Z', ReminderTime: '20260401T090000Z' },
    ],
  ])('%s', (_, type, lines, fields) => {
    expect(written(type, lines, false)).toMatchObject(fields);
  });
});

describe('a task', () => {
  const todo = (...lines: string[]): string[] => ['BEGIN:VTODO', ...lines, 'END:VTODO'];
  it.each([
    [
      { StartDate: '2030-01-15', DueDate: '2030-01-16' },
      ['DTSTART;VALUE=DATE:20300115', 'DUE;VALUE=DATE:20300116'],
    ],
    [{ PercentComplete: '25', Status: '1', Complete: '0' }, ['PERCENT-COMPLETE:25', 'STATUS:IN-PROCESS']],
    [{ Status: '4', Complete: '0' }, ['STATUS:NEEDS-ACTION', 'X-SIF-STATUS:4']],
    [
      { Complete: '1', DateCompleted: '20300115T100000Z' },
      ['COMPLETED:20300115T100000Z', 'STATUS:COMPLETED'],
    ],
    [
      { TotalWork: '1800', TeamTask: '0' },
      ['X-SIF-TOTALWORK;X-ELEMENT=TotalWork:1800', 'X-SIF-TEAMTASK;X-ELEMENT=TeamTask:0'],
    ],
  ] as const)('%j', (fields, lines) => {
    expect(stored(T, 'task', fields)).toEqual(todo(...lines));
    expect(written(T, todo(...lines))).toMatchObject(fields);
  });

  it('that waits and is done elsewhere is done', () => {
    expect(written(T, todo('STATUS:COMPLETED', 'X-SIF-STATUS:3'))).toMatchObject({
      Status: '2',
      Complete: '1',
    });
  });

  it('reminds at a time, by any clock or by UTC', () => {
    const due = { DueDate: '2030-01-16', ReminderSet: '1' };
    const [floating, fixed] = [
      { ...due, ReminderTime: '20300115T080000' },
      { ...due, ReminderTime: '20300115T080000Z' },
    ];
    const alarm = (trigger: string) => ['BEGIN:VALARM', 'ACTION:DISPLAY', trigger, 'END:VALARM'];
    for (const [fields, trigger] of [
      [floating, 'TRIGGER;RELATED=END:-PT16H'],
      [fixed, 'TRIGGER;VALUE=DATE-TIME:20300115T080000Z'],
    ] as const) {
      const lines = todo('DUE;VALUE=DATE:20300116', ...alarm(trigger));
      expect(stored(T, 'task', fields)).toEqual(lines);
      expect(written(T, lines)).toMatchObject(fields);
    }
  });
});
