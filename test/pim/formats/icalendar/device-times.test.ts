/** Times of iCalendar 2.0 for devices of UTC and of local times, with and without zones. */

import { describe, expect, it } from 'vitest';
import { ALL, type DeviceCapabilities } from '../../../../lib/pim/device/capabilities.ts';
import type { Format } from '../../../../lib/pim/formats/registry.ts';
import { readItem, type TextItem, writeItem } from '../../../kit/items.ts';
import { event, linesOf, merge } from '../../merge/merging.ts';

const NEW: Format = { type: 'text/calendar', version: '2.0' };
const NAMES = ['DTSTART', 'DTEND', 'RRULE', 'EXDATE', 'SUMMARY', 'UID'];
const without = (utc: boolean): DeviceCapabilities => ({
  ...ALL,
  utc,
  properties: new Map([
    ['BEGIN', { values: ['VCALENDAR', 'VEVENT'] }],
    ...NAMES.map((name): [string, { values: string[] }] => [name, { values: [] }]),
  ]),
});
const LOCAL: DeviceCapabilities = { ...ALL, utc: false };
const series = event(
  ...['UID:u', 'DTSTART;TZID=Europe/Berlin:20260302T100000', 'DTEND:20260302T100000Z', 'SUMMARY:s'],
  ...['RRULE:FREQ=WEEKLY;UNTIL=20260601T080000Z', 'EXDATE;TZID=Europe/Berlin:20260309T100000'],
);
const timesFor = (capabilities: DeviceCapabilities, item = series): string[] =>
  linesOf({ ...item, body: writeItem(item, NEW, capabilities).body }).filter((line) =>
    /^(DTSTART|DTEND|RRULE|EXDATE).*(2026|FREQ=WEEKLY)/.test(line),
  );

describe('times of an item with a zone', () => {
  it('go with it, and its definition, to a device that takes zones', () => {
    expect(timesFor(ALL)).toEqual(linesOf(series).filter((line) => /^(DT|RR|EX)/.test(line)));
    expect(writeItem(series, NEW, ALL).body).toContain('BEGIN:VTIMEZONE');
  });
  it('are all told by it to a device of local times', () => {
    expect(timesFor(LOCAL)).toContain('DTEND;TZID=Europe/Berlin:20260302T110000');
  });
  it('are told by the zone of a day, too, and no day takes its zone to a device that takes none', () => {
    const days = event(
      ...['UID:u', 'DTSTART;VALUE=DATE:20260301', 'DTEND;TZID=Europe/Berlin:20260202T120000'],
      ...['X-FUNAMBOL-ALLDAY:1', 'RRULE:FREQ=WEEKLY', 'EXDATE:20260309T100000Z'],
    );
    expect(linesOf(days)).toContain('DTEND;TZID=Europe/Berlin;VALUE=DATE:20260302');
    expect(timesFor(LOCAL, days)).toContain('EXDATE;TZID=Europe/Berlin:20260309T110000');
    expect(timesFor(without(false), days)).toContain('DTEND;VALUE=DATE:20260302');
  });
  it('are in UTC for a device of UTC that takes no zones', () => {
    const once = event('UID:u', 'DTSTART;TZID=Europe/Berlin:20260302T100000', 'DTEND:20260302T100000Z');
    expect(timesFor(without(true), once)).toEqual(['DTSTART:20260302T090000Z', 'DTEND:20260302T100000Z']);
  });
  it('are those of the clock, of a series: in UTC it would be at another hour in summer', () => {
    expect(timesFor(without(true)).sort()).toEqual(
      [
        ...['DTSTART:20260302T100000', 'DTEND:20260302T110000', 'EXDATE:20260309T100000'],
        'RRULE:FREQ=WEEKLY;UNTIL=20260601T100000',
      ].sort(),
    );
  });
  it('are those of the clock for a device of local times that takes no zones', () => {
    const item = event(
      ...['UID:u', 'DTSTART;TZID=Europe/Berlin:20260302T100000', 'RRULE:FREQ=WEEKLY;UNTIL=20260601T080000Z'],
    );
    expect(timesFor(without(false), item)).toEqual([
      'DTSTART:20260302T100000',
      'RRULE:FREQ=WEEKLY;UNTIL=20260601T100000',
    ]);
    expect(writeItem(item, NEW, without(false)).body).not.toContain('TZID');
  });
  it('are told by the clock of its start, whatever zones they are in', () => {
    const flight = event(
      ...['UID:u', 'DTSTART;TZID=Asia/Tokyo:20260401T170000'],
      ...['DTEND;TZID=America/Los_Angeles:20260401T100000'],
    );
    expect(timesFor(without(false), flight)).toEqual(['DTSTART:20260401T170000', 'DTEND:20260402T020000']);
    const daily = event(
      ...['UID:u', 'DTSTART;TZID=Asia/Tokyo:20260401T070000', 'DTEND;TZID=Europe/Berlin:20260401T010000'],
      ...['RRULE:FREQ=WEEKLY', 'EXDATE:20260407T220000Z'],
    );
    for (const utc of [true, false])
      expect(timesFor(without(utc), daily)).toEqual(
        expect.arrayContaining([
          'DTSTART:20260401T070000',
          'DTEND:20260401T080000',
          'EXDATE:20260408T070000',
        ]),
      );
  });
  it.each([
    ['local times', LOCAL],
    ['UTC, without zones', without(true)],
    ['local times, without zones', without(false)],
  ])('stay what they are when a device of %s changes something else', (_, capabilities) => {
    const view = (one: TextItem) => readItem(NEW.type, writeItem(one, NEW, capabilities).body);
    const sent = readItem(
      NEW.type,
      writeItem(series, NEW, capabilities).body.replace('SUMMARY:s', 'SUMMARY:t'),
    );
    const merged = linesOf(merge(series, series, sent, { view }).item);
    expect(merged).toEqual(linesOf(series).map((line) => line.replace('SUMMARY:s', 'SUMMARY:t')));
  });
});

it('a time in UTC, a day and a floating time stay so for a device of local times: nobody knows its zone', () => {
  for (const start of [':20260302T100000Z', ';VALUE=DATE:20260302', ':20260302T100000'])
    expect(timesFor(LOCAL, event('UID:u', `DTSTART${start}`))).toEqual([`DTSTART${start}`]);
});

it.each([
  ['DALARM', 'AUDIO'],
  ['AALARM', 'DISPLAY'],
])('a phone that lists %s only gets an alarm of %s as that', (name, action) => {
  const item = event(
    'DTSTART:20260302T100000Z',
    'SUMMARY:s',
    'BEGIN:VALARM',
    `ACTION:${action}`,
    'TRIGGER:-PT15M',
    'END:VALARM',
  );
  const properties = new Map([name, 'DTSTART', 'SUMMARY'].map((one) => [one, { values: [] }]));
  const { body } = writeItem(item, { type: 'text/x-vcalendar' }, { ...ALL, properties });
  expect(body).toContain(`${name}:20260302T094500Z`);
});
