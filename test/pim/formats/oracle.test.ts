/**
 * What we write means what we say it means, to a library that reads and expands it by itself (ical.js): series after a
 * way through the older grammars, time zone definitions, items of every kind.
 */

import fc from 'fast-check';
import ICAL from 'ical.js';
import { describe, expect, it } from 'vitest';
import type { Format } from '../../../lib/pim/formats/registry.ts';
import { withZones } from '../../../lib/pim/time/zones/definition.ts';
import { offsetAt } from '../../../lib/pim/time/zones/zones.ts';
import { readItem, type TextItem, writeItem } from '../../kit/items.ts';
import { books } from '../match/books.ts';

const OLD: Format = { type: 'text/x-vcalendar', version: '1.0' };
const NEW: Format = { type: 'text/calendar', version: '2.0' };
const SIF: Format = { type: 'text/x-s4j-sife' };

const event = (...lines: string[]): TextItem =>
  readItem(
    'text/calendar',
    [
      'BEGIN:VCALENDAR',
      'VERSION:2.0',
      'BEGIN:VEVENT',
      'UID:u',
      ...lines,
      'END:VEVENT',
      'END:VCALENDAR',
      '',
    ].join('\r\n'),
  );

/** The first instants of the series, as ical.js has them; zones are registered from the definitions in the text. */
function occurrences(body: string, count = 30): string[] {
  const calendar = new ICAL.Component(ICAL.parse(body));
  for (const zone of calendar.getAllSubcomponents('vtimezone')) ICAL.TimezoneService.register(zone);
  const main = calendar.getFirstSubcomponent('vevent');
  if (main === null) throw new Error('there is no event');
  const iterator = new ICAL.Event(main).iterator();
  const found: string[] = [];
  for (let next = iterator.next(); next && found.length < count; next = iterator.next())
    found.push(next.isDate ? next.toString() : next.toJSDate().toISOString());
  return found;
}
const asWritten = (item: TextItem): string => writeItem(item, NEW).body;
const through = (item: TextItem, format: Format): TextItem =>
  readItem(format.type, writeItem(item, format).body);

const DAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];
const day = fc.constantFrom(...DAYS);
const interval = fc.integer({ min: 1, max: 4 });
const end = fc.oneof(
  fc.constant(''),
  fc.integer({ min: 1, max: 12 }).map((n) => `;COUNT=${n}`),
  fc.constantFrom(';UNTIL=20310701T120000Z', ';UNTIL=20320101T000000Z'),
);
/** Rules that both older grammars can say. */
const rule = fc
  .tuple(
    fc.oneof(
      interval.map((n) => `FREQ=DAILY;INTERVAL=${n}`),
      fc
        .tuple(interval, fc.uniqueArray(day, { minLength: 1, maxLength: 4 }))
        .map(([n, days]) => `FREQ=WEEKLY;INTERVAL=${n};BYDAY=${days.join(',')}`),
      fc
        .tuple(interval, fc.integer({ min: 1, max: 28 }))
        .map(([n, date]) => `FREQ=MONTHLY;INTERVAL=${n};BYMONTHDAY=${date}`),
      fc
        .tuple(interval, fc.constantFrom(1, 2, 3, 4, -1), day)
        .map(([n, nth, one]) => `FREQ=MONTHLY;INTERVAL=${n};BYDAY=${nth}${one}`),
      fc.constant('FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=15'),
    ),
    end,
  )
  .map(([by, last]) => `${by}${last}`);
const start = fc.constantFrom(
  'DTSTART:20300315T090000Z',
  'DTSTART;TZID=Europe/Berlin:20300315T090000',
  'DTSTART;TZID=America/New_York:20300315T230000',
  'DTSTART;VALUE=DATE:20300315',
);

describe('a series', () => {
  it.each([
    ['vCalendar 1.0', OLD],
    ['SIF-E', SIF],
  ])('happens at the same times after %s and back', (_, format) => {
    fc.assert(
      fc.property(rule, start, (by, at) => {
        const until = /;UNTIL=(\d{8})T\d{6}Z/;
        const own = at.includes('DATE') ? by.replace(until, ';UNTIL=$1') : by;
        const item = event(at, `RRULE:${own}`);
        const expected = occurrences(asWritten(item));
        expect(expected.length).toBeGreaterThan(0);
        expect(occurrences(asWritten(through(item, format)))).toEqual(expected);
      }),
      { numRuns: 200, seed: 7 },
    );
  });

  it('leaves out its exceptions', () => {
    const item = event(
      'DTSTART;TZID=Europe/Berlin:20300315T090000',
      'RRULE:FREQ=DAILY;COUNT=20',
      'EXDATE;TZID=Europe/Berlin:20300331T090000',
    );
    expect(occurrences(asWritten(item))).toHaveLength(19);
    for (const format of [OLD, SIF])
      expect(occurrences(asWritten(through(item, format)))).toEqual(occurrences(asWritten(item)));
  });
});

describe('a time zone definition', () => {
  it.each([
    'Europe/Berlin',
    'Europe/London',
    'America/New_York',
    'America/Sao_Paulo',
    'Asia/Kolkata',
    'Australia/Sydney',
    'Africa/Johannesburg',
  ])('%s has the offsets of the runtime', (zone) => {
    const property = {
      name: 'DTSTART',
      params: [{ name: 'TZID', values: [zone] }],
      value: '20260101T000000',
    };
    const tree = {
      name: 'VCALENDAR',
      properties: [],
      components: [{ name: 'VEVENT', properties: [property], components: [] }],
    };
    expect(withZones(tree).components[0]?.name).toBe('VTIMEZONE');
    const text = asWritten(event(`DTSTART;TZID=${zone}:20260101T000000`));
    const component = new ICAL.Component(ICAL.parse(text)).getFirstSubcomponent('vtimezone');
    if (component === null) throw new Error('there is no definition');
    const known = new ICAL.Timezone(component);
    for (let month = 0; month < 24; month += 1) {
      const noon = new Date(Date.UTC(2026, month, 10, 12));
      const local = ICAL.Time.fromJSDate(noon, true);
      expect(known.utcOffset(local) / 60, noon.toISOString()).toBe(offsetAt(zone, noon.getTime()));
    }
  });
});

describe('contacts', () => {
  it.each(['3.0', '4.0'])('of vCard %s are read by the library, property by property', (version) => {
    for (const { item } of books(11, 60, 20).ours) {
      const { body } = writeItem(item, { type: 'text/vcard', version });
      const [, properties] = ICAL.parse(body) as unknown as [string, [string][]];
      const names = body
        .replace(/\r\n /g, '')
        .split('\r\n')
        .flatMap((line) => /^([A-Z-]+)[:;]/.exec(line)?.[1]?.toLowerCase() ?? []);
      const own = names.filter((name) => name !== 'begin' && name !== 'end');
      expect(properties.map(([name]) => name).sort()).toEqual(own.sort());
    }
  });
});
