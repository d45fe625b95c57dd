/** The tree that a reader has of what was written is told without the text: for every tree it is the one of the text. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { asRead } from '../../../lib/pim/vobject/as-read.ts';
import type { Component, Dialect, Param, Property } from '../../../lib/pim/vobject/model.ts';
import { readObjects } from '../../../lib/pim/vobject/read.ts';
import { writeObject } from '../../../lib/pim/vobject/write.ts';
import { oddText } from '../formats/odd-text.ts';

const names = fc.constantFrom(
  ...[
    'N',
    'FN',
    'ADR',
    'TEL',
    'EMAIL',
    'URL',
    'NOTE',
    'CATEGORIES',
    'PHOTO',
    'GEO',
    'BDAY',
    'AGENT',
    'X-OWN',
  ],
  ...[
    'SUMMARY',
    'DTSTART',
    'RRULE',
    'ATTENDEE',
    'ATTACH',
    'DALARM',
    'BODY',
    'UID',
    'X SPACE',
    'BEGIN',
    'X-SIF-ÄÖ',
  ],
);
const param: fc.Arbitrary<Param> = fc.record({
  name: fc.constantFrom('TYPE', 'TYPE', 'VALUE', 'X-ONE', 'CN', 'TZID', 'LANGUAGE', 'CHARSET'),
  values: fc.array(fc.oneof(fc.constantFrom('HOME', 'WORK', 'uri', 'text', 'PREF'), oddText(3)), {
    maxLength: 3,
  }),
});
const binary: fc.Arbitrary<Property> = fc.record({
  name: names,
  params: fc.array(param, { maxLength: 2 }).map((list) => [...list, { name: 'ENCODING', values: ['b'] }]),
  value: fc.oneof(fc.base64String({ maxLength: 200 }), oddText(4)),
});
const property: fc.Arbitrary<Property> = fc.oneof(
  {
    arbitrary: fc.record({ name: names, params: fc.array(param, { maxLength: 3 }), value: oddText(12) }),
    weight: 8,
  },
  {
    arbitrary: fc.record({
      group: fc.constantFrom('item1', 'a.b', 'WORK', 'ä'),
      name: names,
      params: fc.array(param, { maxLength: 1 }),
      value: oddText(6),
    }),
    weight: 1,
  },
  { arbitrary: binary, weight: 1 },
);
const inner = fc.constantFrom('VEVENT', 'VTODO', 'VALARM', 'VTIMEZONE', 'VCARD', 'X-OWN', 'v odd');

const DIALECTS: readonly (readonly [Dialect, root: string, version: string])[] = [
  ['vcard-2.1', 'VCARD', '2.1'],
  ['vcard-3.0', 'VCARD', '3.0'],
  ['vcard-4.0', 'VCARD', '4.0'],
  ['vcalendar-1.0', 'VCALENDAR', '1.0'],
  ['icalendar-2.0', 'VCALENDAR', '2.0'],
  ['vnote-1.1', 'VNOTE', '1.1'],
];
const object = (root: string, version: string): fc.Arbitrary<Component> =>
  fc.record({
    name: fc.constant(root),
    properties: fc
      .tuple(fc.constantFrom(version, version, version, version, '9'), fc.array(property, { maxLength: 6 }))
      .map(([said, list]) => [{ name: 'VERSION', params: [], value: said }, ...list]),
    components: fc.array(
      fc.record({
        name: inner,
        properties: fc.array(property, { maxLength: 2 }),
        components: fc.constant([]),
      }),
      { maxLength: 2 },
    ),
  });

describe('a tree as a reader has it', () => {
  it.each(DIALECTS)('of %s is that of the text', (dialect, root, version) => {
    let told = 0;
    fc.assert(
      fc.property(object(root, version), fc.constantFrom('utf-8', 'iso-8859-1'), (component, charset) => {
        const seen = asRead(component, dialect, charset);
        if (seen === undefined) return;
        told += 1;
        expect(readObjects(writeObject(component, dialect, { charset }))).toEqual([
          { dialect, component: seen },
        ]);
      }),
      { numRuns: 1_000 },
    );
    expect(told).toBeGreaterThan(30);
  });
});
