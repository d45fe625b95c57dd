/** Alarms of vCalendar 1.0 that are measured from the start, as SyncEvolution writes them. */
import { expect, it } from 'vitest';
import { readItem } from '../../../kit/items.ts';

const alarmsOf = (...lines: readonly string[]): string[] =>
  readItem('text/x-vcalendar', ['BEGIN:VCALENDAR', 'VERSION:1.0', ...lines, 'END:VCALENDAR', ''].join('\r\n'))
    .body.split('\r\n')
    .filter((line) => /^(TRIGGER|ACTION|X-[AD]ALARM)/.test(line));

it.each([
  ['AALARM', 'AUDIO'],
  ['DALARM', 'DISPLAY'],
])('%s before the start of an appointment', (name, action) => {
  const event = ['BEGIN:VEVENT', 'DTSTART:20300304T090000Z', 'DTEND:20300304T100000Z'];
  expect(alarmsOf(...event, `${name}:-PT30M;;;Reminder`, 'END:VEVENT')).toEqual([
    `ACTION:${action}`,
    'TRIGGER:-PT30M',
  ]);
});

it('before a task is due', () => {
  const todo = ['BEGIN:VTODO', 'DUE:20300304T090000Z', 'DALARM:-P1D;;;Reminder', 'END:VTODO'];
  expect(alarmsOf(...todo)).toEqual(['ACTION:DISPLAY', 'TRIGGER;RELATED=END:-P1D']);
});

it('without a time to measure from it is kept as it came', () => {
  expect(alarmsOf('BEGIN:VTODO', 'SUMMARY:x', 'DALARM:-P1D;;;Reminder', 'END:VTODO')).toEqual([
    'X-DALARM:-P1D;;;Reminder',
  ]);
});
