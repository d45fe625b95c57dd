/** What follows for readers, writers and merges from one table of properties: none has a list of its own that differs. */

import { describe, expect, it } from 'vitest';
import { ALL, type PropertyLimits } from '../../../lib/pim/device/capabilities.ts';
import type { Format } from '../../../lib/pim/formats/registry.ts';
import { readItem, writeItem } from '../../kit/items.ts';
import { card, event, linesOf, merge } from '../merge/merging.ts';

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

describe('a value that is longer than the device takes', () => {
  const VCALENDAR = { type: 'text/x-vcalendar', version: '1.0' };
  const ICALENDAR = { type: 'text/calendar', version: '2.0' };
  const writtenFor = (format: Format, name: string, line: string): string[] => {
    const limits = { values: [] };
    const properties = new Map([
      ...['SUMMARY', 'DTSTART', 'DTEND'].map((one): [string, PropertyLimits] => [one, limits]),
      [name, { ...limits, maxSize: 5 }],
    ]);
    const item = event('SUMMARY:s', 'DTSTART:20260302T100000Z', 'DTEND:20260302T110000Z', line);
    return linesOf(writeItem(item, format, { ...ALL, properties }));
  };
  it.each<[string, Format, string]>([
    ['a rule of vCalendar', VCALENDAR, 'RRULE:FREQ=DAILY;COUNT=12'],
    ['a rule', ICALENDAR, 'RRULE:FREQ=DAILY'],
    ['a length', ICALENDAR, 'DURATION:PT1H30M'],
    ['a number', ICALENDAR, 'SEQUENCE:1234567'],
    ['the address of an attachment', ICALENDAR, 'ATTACH:http://x.example/a'],
  ])('%s is left out, for half of it is another one', (_, format, line) => {
    const name = line.replace(/:.*/, '');
    expect(writtenFor(format, name, line).filter((one) => one.startsWith(name))).toEqual([]);
  });
  it('a text is cut', () => {
    expect(writtenFor(ICALENDAR, 'LOCATION', 'LOCATION:Great Hall')).toContain('LOCATION:Great');
  });
});

describe('what an item has once', () => {
  const NAME = ['N:A;B;;;', 'FN:Name'];
  it.each([
    ['ORG:Firm;Hall', 'ORG:Other;Hall'],
    ['KIND:individual', 'KIND:org'],
    ['GENDER:F', 'GENDER:M'],
    ['DEATHDATE:1852-11-27', 'DEATHDATE:1852-11-28'],
  ])('%s does not stand beside what a device says that could not see it', (line, sent) => {
    const [base, bare] = [card(...NAME, line), card(...NAME)];
    const { item } = merge(base, base, card(...NAME, sent), { view: () => bare });
    expect(linesOf(item)).toEqual([...NAME, sent]);
  });
  it('ORGANIZER likewise', () => {
    const [mine, sent] = ['ORGANIZER:mailto:a@x.example', 'ORGANIZER:mailto:b@x.example'];
    const [base, bare] = [event('SUMMARY:s', mine), event('SUMMARY:s')];
    const { item } = merge(base, base, event('SUMMARY:s', sent), { view: () => bare });
    expect(linesOf(item)).toEqual(['SUMMARY:s', sent]);
  });
});

describe('rules', () => {
  it('of what a series leaves out are replaced as those of the series are', () => {
    const series = (...rules: readonly string[]) => event('DTSTART:20260302T100000Z', ...rules);
    const base = series('RRULE:FREQ=DAILY', 'EXRULE:FREQ=YEARLY;BYMONTH=3,4');
    const sent = ['RRULE:FREQ=WEEKLY', 'EXRULE:FREQ=MONTHLY'];
    const { item } = merge(base, base, series(...sent), { view: () => series() });
    expect(linesOf(item).filter((line) => line.includes('RULE'))).toEqual(sent);
  });
});

it('RELATED-TO is a text in each format, and stored in one spelling', () => {
  const [old, plain] = [oldEvent('SUMMARY:s', 'RELATED-TO:a,b'), event('SUMMARY:s', 'RELATED-TO:a,b')];
  expect([old, plain].map((item) => linesOf(item))).toEqual([
    ['SUMMARY:s', 'RELATED-TO:a\\,b'],
    ['SUMMARY:s', 'RELATED-TO:a\\,b'],
  ]);
});
