/** What a device has of an item is told without the text that goes to it: for every item and device it is that of the text. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { DeviceCapabilities, PropertyLimits } from '../../../lib/pim/device/capabilities.ts';
import { seenOf, writeItem } from '../../../lib/pim/device/format-item.ts';
import type { Format } from '../../../lib/pim/formats/registry.ts';
import { readItem } from '../../../lib/pim/read-item.ts';
import { anyCalendar, anyCard, anyItem, anyNote, anySif } from '../formats/any-item.ts';

const FORMATS: { readonly [kind: string]: readonly Format[] } = {
  contact: [
    { type: 'text/vcard', version: '3.0' },
    { type: 'text/x-vcard', version: '2.1' },
    { type: 'text/vcard', version: '4.0' },
    { type: 'text/x-s4j-sifc' },
  ],
  calendar: [
    { type: 'text/calendar', version: '2.0' },
    { type: 'text/x-vcalendar', version: '1.0' },
    { type: 'text/x-s4j-sife' },
    { type: 'text/x-s4j-sift' },
  ],
  note: [{ type: 'text/plain' }, { type: 'text/x-vnote', version: '1.1' }, { type: 'text/x-s4j-sifn' }],
};
const limits: fc.Arbitrary<PropertyLimits> = fc.record(
  {
    values: fc.constant([]),
    maxOccur: fc.integer({ min: 1, max: 2 }),
    maxSize: fc.integer({ min: 3, max: 30 }),
  },
  { requiredKeys: ['values'] },
);
const listed = fc.dictionary(
  fc.constantFrom(
    ...['N', 'FN', 'TEL', 'EMAIL', 'NOTE', 'ADR', 'PHOTO', 'CATEGORIES', 'X-OWN', 'VERSION'],
    ...['SUMMARY', 'DTSTART', 'DTEND', 'RRULE', 'DALARM', 'DESCRIPTION', 'BODY', 'BEGIN'],
  ),
  limits,
);
const capabilities: fc.Arbitrary<DeviceCapabilities> = fc
  .record({
    utc: fc.boolean(),
    charset: fc.constantFrom('utf-8', 'utf-8', 'iso-8859-1'),
    oneEvent: fc.boolean(),
    properties: fc.option(listed, { nil: undefined, freq: 2 }),
  })
  .map(({ properties, ...rest }) => ({
    ...rest,
    ...(properties && { properties: new Map(Object.entries(properties)) }),
  }));

const world = fc.oneof(
  fc.tuple(fc.oneof(anyCard, anySif('c')), fc.constantFrom(...(FORMATS.contact ?? []))),
  fc.tuple(fc.oneof(anyCalendar, anySif('e', 't')), fc.constantFrom(...(FORMATS.calendar ?? []))),
  fc.tuple(fc.oneof(anyNote, anySif('n')), fc.constantFrom(...(FORMATS.note ?? []))),
  fc.tuple(anyItem, fc.constantFrom(...Object.values(FORMATS).flat())),
);

it('as a reader of the text has it', () => {
  fc.assert(
    fc.property(world, capabilities, ([[type, data], format], able) => {
      const { content } = readItem(type, data);
      const seen = seenOf(content, format, able);
      const { type: as, body } = writeItem(content, format, able);
      const again = readItem(as, body).content;
      expect([seen.type, seen.storedText]).toEqual([again.type, again.storedText]);
      expect(seen.tree).toEqual(again.tree);
      expect(seen.note).toEqual(again.note);
    }),
    { numRuns: 3_000 },
  );
});
