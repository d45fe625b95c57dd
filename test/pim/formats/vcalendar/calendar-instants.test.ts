/** What vCalendar 1.0 and SIF get of alarms that are none, of left-out days, and of instants beside days. */

import { describe, expect, it } from 'vitest';
import { readItem, writeItem } from '../../../kit/items.ts';
import { E, event, linesOf, written } from '../sif/sif.ts';

const OLD = { type: 'text/x-vcalendar', version: '1.0' };
const oldOf = (...own: readonly string[]): string[] =>
  linesOf(
    writeItem(
      readItem('text/calendar', ['BEGIN:VCALENDAR', 'VERSION:2.0', ...own, 'END:VCALENDAR', ''].join('\r\n')),
      OLD,
    ).body,
  );
const alarm = (action: string, trigger: string): string[] => [
  ...['BEGIN:VALARM', `ACTION:${action}`, `TRIGGER${trigger}`, 'END:VALARM'],
];
const NONE = alarm('NONE', ';VALUE=DATE-TIME:19760401T005545Z');

describe('an alarm that is none', () => {
  const own = ['DTSTART:20300310T080000Z', 'DTEND:20300310T090000Z', ...NONE];
  it('is not written', () => {
    expect(oldOf(...event(...own)).filter((line) => line.includes('ALARM'))).toEqual([]);
    expect(written(E, event(...own))).toMatchObject({ ReminderSet: '0' });
  });
  it('does not hide the next one', () => {
    const both = event(...own, ...alarm('DISPLAY', ':-PT15M'));
    expect(oldOf(...both).filter((line) => line.includes('ALARM'))).toEqual(['DALARM:20300310T074500Z;;;']);
    expect(written(E, both)).toMatchObject({ ReminderSet: '1', ReminderMinutesBeforeStart: '15' });
  });
});

describe('a day that is left out of a series with a time', () => {
  const zone = ';TZID=Europe/Berlin:20300310T';
  const series = event(
    ...[`DTSTART${zone}090000`, `DTEND${zone}100000`, 'RRULE:FREQ=DAILY;COUNT=5'],
    'EXDATE;VALUE=DATE:20300312',
  );
  it('is left out at that time', () => {
    expect(oldOf(...series)).toContain('EXDATE:20300312T080000Z');
    expect(written(E, series)).toMatchObject({ ExcludeDate: '20300312T080000Z' });
  });
});

describe('an instant stays one', () => {
  const times = (all: readonly string[]) => all.filter((line) => /^(DUE|DALARM)/.test(line));
  const task = (...own: readonly string[]) => oldOf('BEGIN:VTODO', ...own, 'END:VTODO');
  it('where the start is a day, or floats', () => {
    for (const start of [';VALUE=DATE:20300110', ':20300110T090000'])
      expect(times(task(`DTSTART${start}`, 'DUE:20300112T100000Z'))).toEqual(['DUE:20300112T100000Z']);
  });
  it('as an alarm', () => {
    const own = ['DTSTART;VALUE=DATE:20300310', 'DTEND;VALUE=DATE:20300311'];
    const fixed = alarm('DISPLAY', ';VALUE=DATE-TIME:20300309T170000Z');
    expect(times(oldOf(...event(...own, ...fixed)))).toEqual(['DALARM:20300309T170000Z;;;']);
    const early = alarm('DISPLAY', ':-PT7H');
    expect(times(oldOf(...event(...own, ...early)))).toEqual(['DALARM:20300309T170000;;;']);
  });
  it('that is measured from when a task is due', () => {
    const before = alarm('DISPLAY', ';RELATED=END:-PT1H');
    const due = 'DUE;TZID=Europe/Berlin:20300112T110000';
    expect(times(task('DTSTART;VALUE=DATE:20300110', due, ...before))).toEqual([
      'DUE:20300112T100000Z',
      'DALARM:20300112T090000Z;;;',
    ]);
  });
});
