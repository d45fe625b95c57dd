/** SINCE and BEFORE: an event matches when any part of it lies in the window (F13). */
import { describe, expect, it } from 'vitest';
import { isError } from '../../lib/filter/ast.ts';
import { matches } from '../../lib/filter/evaluate.ts';
import { parseFilter } from '../../lib/filter/grammar.ts';
import { Content } from '../../lib/pim/content.ts';

function lies(since: string, before: string, type: string, body: string): boolean {
  const filter = parseFilter(`SINCE&EQ;${since}&AND;BEFORE&EQ;${before}`);
  if (isError(filter)) throw new Error(`no window: ${filter.at}`);
  return matches(filter, { content: Content.ofText(type, body) });
}

const component = (name: string, properties: string): string =>
  [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    `BEGIN:${name}`,
    ...properties.split('|'),
    `END:${name}`,
    'END:VCALENDAR',
    '',
  ].join('\r\n');
const inJune = (name: string, properties: string): boolean =>
  lies('20260601T000000Z', '20260701T000000Z', 'text/calendar', component(name, properties));

it('a note that is more than a text counts by its last change', () => {
  const note = (changed: string) =>
    component('VJOURNAL', `DESCRIPTION:a|CATEGORIES:b|LAST-MODIFIED:${changed}`);
  const window = ['20260601T000000Z', '20260701T000000Z', 'text/calendar'] as const;
  expect(lies(...window, note('20260615T100000Z'))).toBe(true);
  expect(lies(...window, note('20250615T100000Z'))).toBe(false);
});

describe('in June is an event', () => {
  it.each<[boolean, string]>([
    [true, 'DTSTART:20260615T100000Z'],
    [true, 'DTSTART:20260601T000000Z'],
    [false, 'DTSTART:20260701T000000Z'],
    [false, 'DTSTART:20260531T235959Z'],
    [true, 'DTSTART:20260531T230000Z|DTEND:20260601T000001Z'],
    [false, 'DTSTART:20260531T230000Z|DTEND:20260601T000000Z'],
    [true, 'DTSTART:20260531T230000Z|DURATION:PT2H'],
    [false, 'DTSTART:20260531T230000Z|DURATION:PT1H'],
    [true, 'DTSTART:20260101T000000Z|DTEND:20261231T000000Z'],
    [true, 'DTSTART:20260501T000000Z|DURATION:P5W'],
    [true, 'DTSTART:20260615T100000Z|DTEND:20260101T000000Z'],
    [true, 'DTSTART;VALUE=DATE:20260630'],
    [false, 'DTSTART;VALUE=DATE:20260705'],
    [true, 'DTSTART:20260620T000000Z|DTEND:20260620T240000Z'],
    // No offset known: local times reach as far as any time zone.
    [true, 'DTSTART:20260531T230000'],
    [false, 'DTSTART:20260531T110000'],
    [true, 'DTSTART:20260701T130000'],
    [false, 'DTSTART:20260701T140000'],
    [true, 'SUMMARY:some day'],
    [true, 'DTSTART:soon'],
  ])('%j: %s', (expected, properties) => {
    expect(inJune('VEVENT', properties)).toBe(expected);
  });
});

describe('in June is a series', () => {
  it.each<[boolean, string]>([
    [false, 'DTSTART:20200101T100000Z|RRULE:FREQ=YEARLY'],
    [false, 'DTSTART:20200101T100000Z|RRULE:FREQ=DAILY;COUNT=2'],
    [true, 'DTSTART:20200101T100000Z|RRULE:FREQ=WEEKLY;UNTIL=20260603T100000Z'],
    [false, 'DTSTART:20200101T100000Z|RRULE:FREQ=WEEKLY;UNTIL=20260503T100000Z'],
    [true, 'DTSTART:20200101T220000Z|DURATION:PT4H|RRULE:FREQ=DAILY;UNTIL=20260531T220000Z'],
    [false, 'DTSTART:20200101T100000Z|RRULE:FREQ=WEEKLY;UNTIL=20260531'],
    [false, 'DTSTART:20200101T100000Z|RRULE:FREQ=WEEKLY;UNTIL=20260529'],
    [false, 'DTSTART:20260801T100000Z|RRULE:FREQ=YEARLY'],
    [true, 'DTSTART:20260801T100000Z|RDATE:20260610T100000Z'],
    [false, 'DTSTART:20200101T100000Z|RRULE:FREQ=WEEKLY;UNTIL=20210101|RRULE:FREQ=YEARLY'],
    [false, 'DTSTART:20200101T100000Z|RRULE:'],
    // The rule is what counts, not the time between its first and its last day.
    [true, 'DTSTART:20200615T100000Z|RRULE:FREQ=YEARLY'],
    [true, 'DTSTART:20260331T100000Z|RRULE:FREQ=MONTHLY;BYMONTHDAY=-1;COUNT=4'],
    [false, 'DTSTART:20260331T100000Z|RRULE:FREQ=MONTHLY;BYMONTHDAY=-1;COUNT=3'],
    [true, 'DTSTART:20260529T100000Z|RRULE:FREQ=DAILY;COUNT=4'],
    [false, 'DTSTART:20260529T100000Z|RRULE:FREQ=DAILY;COUNT=3'],
    [false, 'DTSTART:20260529T100000Z|RRULE:FREQ=DAILY;COUNT=4|EXDATE:20260601T100000Z'],
    [false, 'DTSTART:20260529T100000Z|RRULE:FREQ=DAILY;COUNT=4|EXDATE:20260531T100000Z,20260601T100000Z'],
    [false, 'DTSTART;VALUE=DATE:20260601|RRULE:FREQ=YEARLY|EXDATE;VALUE=DATE:20260601'],
    [false, 'DTSTART:20250801T100000Z|RDATE:20260801T100000Z,20260510T100000Z'],
    [true, 'DTSTART:20250801T100000Z|RDATE;VALUE=PERIOD:20260610T100000Z/PT1H'],
    [true, 'DTSTART:19800101T100000Z|RRULE:FREQ=DAILY'],
    // By the clocks of a zone.
    [true, 'DTSTART;TZID=America/New_York:20260529T200000|RRULE:FREQ=DAILY;COUNT=3'],
    [false, 'DTSTART;TZID=Europe/Berlin:20260530T010000|RRULE:FREQ=DAILY;COUNT=3'],
    [true, 'DTSTART;TZID=America/New_York:20260531T200000'],
    [false, 'DTSTART;TZID=Europe/Berlin:20260601T013000|DURATION:PT30M'],
    [false, 'DTSTART;TZID=America/New_York:20260630T200000'],
    [true, 'DTSTART;TZID=America/New_York:20260101T200000|RRULE:FREQ=DAILY;UNTIL=20260601T000000Z'],
    [false, 'DTSTART;TZID=Europe/Berlin:20260101T010000|RRULE:FREQ=DAILY;UNTIL=20260531T230000Z'],
    // What cannot be counted is sent.
    [true, 'DTSTART:20200101T100000Z|RRULE:FREQ=HOURLY;COUNT=2'],
    [true, 'DTSTART:20200101T100000Z|X-RRULE:something of a device'],
    [false, 'DTSTART:20260801T100000Z|RRULE:FREQ=HOURLY'],
    // vCalendar 1.0
    [true, 'DTSTART:20260529T100000Z|RRULE:D1 #4'],
    [false, 'DTSTART:20260529T100000Z|RRULE:D1 #3'],
    [true, 'DTSTART:20200101T100000Z|RRULE:D1 #0'],
    [false, 'DTSTART:20200101T100000Z|RRULE:W1 MO #5'],
    [false, 'DTSTART:20200101T100000Z|RRULE:W1 MO 20260101T000000Z'],
    [true, 'DTSTART:20200101T100000Z|RRULE:W1 MO 20260610T000000Z'],
  ])('%j: %s', (expected, properties) => {
    expect(inJune('VEVENT', properties)).toBe(expected);
  });
});

describe('in June is a task', () => {
  it.each<[boolean, string]>([
    [true, 'DUE:20260610T100000Z'],
    [false, 'DUE:20260710T100000Z'],
    [true, 'DTSTART:20260501T100000Z|DUE:20260801T100000Z'],
    [false, 'DTSTART:20260501T100000Z|DUE:20260510T100000Z'],
    [true, 'DTSTART:20260501T100000Z|DUE;VALUE=DATE:20260531'],
    [true, 'SUMMARY:whenever'],
  ])('%j: %s', (expected, properties) => {
    expect(inJune('VTODO', properties)).toBe(expected);
  });
});

describe('an exception of a series', () => {
  const series = (exception: string): string =>
    [
      ...['BEGIN:VCALENDAR', 'BEGIN:VEVENT', 'UID:1', 'DTSTART:20260505T100000Z'],
      ...['RRULE:FREQ=MONTHLY;COUNT=2', 'END:VEVENT', 'BEGIN:VEVENT', 'UID:1'],
      ...['RECURRENCE-ID:20260605T100000Z', exception, 'END:VEVENT', 'END:VCALENDAR', ''],
    ].join('\r\n');

  it('takes its occurrence along', () => {
    const june = ['20260601T000000Z', '20260701T000000Z', 'text/calendar'] as const;
    const july = ['20260701T000000Z', '20260801T000000Z', 'text/calendar'] as const;
    expect(lies(...june, series('DTSTART:20260705T100000Z'))).toBe(false);
    expect(lies(...july, series('DTSTART:20260705T100000Z'))).toBe(true);
    expect(lies(...june, series('DTSTART:20260606T100000Z'))).toBe(true);
  });
});

it('asks for one occurrence between SINCE and BEFORE only where both stand beside each other', () => {
  const yearly = component('VEVENT', 'DTSTART:20200101T100000Z|RRULE:FREQ=YEARLY');
  const holds = (text: string): boolean => {
    const filter = parseFilter(text);
    if (isError(filter)) throw new Error(`no filter: ${filter.at}`);
    return matches(filter, { content: Content.ofText('text/calendar', yearly) });
  };
  expect(holds('SINCE&EQ;20260601T000000Z')).toBe(true);
  expect(holds('BEFORE&EQ;20260701T000000Z')).toBe(true);
  expect(holds('SINCE&EQ;20260601T000000Z&AND;BEFORE&EQ;20260701T000000Z')).toBe(false);
});

it('compares local times among each other exactly', () => {
  const body = component('VEVENT', 'DTSTART:20260531T235959');
  expect(lies('20260601T000000', '20260701T000000', 'text/calendar', body)).toBe(false);
  expect(lies('20260531', '20260601', 'text/calendar', body)).toBe(true);
});

it('sees neither the rules of a time zone nor an alarm', () => {
  const body = [
    ...[
      'BEGIN:VCALENDAR',
      'BEGIN:VTIMEZONE',
      'BEGIN:STANDARD',
      'DTSTART:19700101T000000',
      'RRULE:FREQ=YEARLY',
    ],
    ...['END:STANDARD', 'END:VTIMEZONE', 'BEGIN:VEVENT', 'BEGIN:VALARM', 'DURATION:P99W', 'END:VALARM'],
    ...['DTSTART:20260101T100000Z', 'END:VEVENT', 'END:VCALENDAR', ''],
  ].join('\n');
  expect(lies('20260601T000000Z', '20260701T000000Z', 'text/calendar', body)).toBe(false);
  expect(lies('20260101T000000Z', '20260201T000000Z', 'text/calendar', body)).toBe(true);
});

it('lets any event of several lie in the window', () => {
  const past = component('VEVENT', 'DTSTART:20250101T100000Z');
  const body = past + component('VEVENT', 'DTSTART:20260610T100000Z');
  expect(lies('20260601T000000Z', '20260701T000000Z', 'text/x-vcalendar', body)).toBe(true);
  expect(lies('20260601T000000Z', '20260701T000000Z', 'text/x-vcalendar', past)).toBe(false);
});
