/** SINCE and BEFORE: an event matches when any part of it lies in the window (F13). */
import { describe, expect, it } from 'vitest';
import { isError } from '../../../lib/filter/ast.ts';
import { matches } from '../../../lib/filter/evaluate.ts';
import { parseFilter } from '../../../lib/filter/grammar.ts';

function lies(since: string, before: string, type: string, body: string): boolean {
  const filter = parseFilter(`SINCE&EQ;${since}&AND;BEFORE&EQ;${before}`);
  if (isError(filter)) throw new Error(`no window: ${filter.at}`);
  return matches(filter, { type, body });
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
    [true, 'DTSTART:20200101T100000Z|RRULE:FREQ=YEARLY'],
    [true, 'DTSTART:20200101T100000Z|RRULE:FREQ=DAILY;COUNT=2'],
    [true, 'DTSTART:20200101T100000Z|RRULE:FREQ=WEEKLY;UNTIL=20260603T100000Z'],
    [false, 'DTSTART:20200101T100000Z|RRULE:FREQ=WEEKLY;UNTIL=20260503T100000Z'],
    [true, 'DTSTART:20200101T220000Z|DURATION:PT4H|RRULE:FREQ=DAILY;UNTIL=20260531T220000Z'],
    [true, 'DTSTART:20200101T100000Z|RRULE:FREQ=WEEKLY;UNTIL=20260531'],
    [false, 'DTSTART:20200101T100000Z|RRULE:FREQ=WEEKLY;UNTIL=20260529'],
    [false, 'DTSTART:20260801T100000Z|RRULE:FREQ=YEARLY'],
    [true, 'DTSTART:20260801T100000Z|RDATE:20260610T100000Z'],
    [true, 'DTSTART:20200101T100000Z|RRULE:FREQ=WEEKLY;UNTIL=20210101|RRULE:FREQ=YEARLY'],
    [false, 'DTSTART:20200101T100000Z|RRULE:'],
    // vCalendar 1.0
    [true, 'DTSTART:20200101T100000Z|RRULE:D1 #0'],
    [true, 'DTSTART:20200101T100000Z|RRULE:W1 MO #5'],
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
