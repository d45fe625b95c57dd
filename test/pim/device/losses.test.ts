/** What a device would not have of an item, and why. */

import { describe, expect, it } from 'vitest';
import { ALL, type DeviceCapabilities, type PropertyLimits } from '../../../lib/pim/device/capabilities.ts';
import type { Format } from '../../../lib/pim/formats/registry.ts';
import { losses, readItem } from '../../kit/items.ts';

const card = readItem(
  'text/vcard',
  [
    ...['BEGIN:VCARD', 'VERSION:3.0', 'N:Roth;Eva;;;', 'FN:Eva Roth', 'TEL;TYPE=CELL:1', 'TEL;TYPE=HOME:2'],
    ...[
      'TEL;TYPE=WORK:3',
      'NOTE:a long story',
      'NICKNAME:Evi',
      'X-OWN:1',
      'REV:20300101T000000Z',
      'END:VCARD',
      '',
    ],
  ].join('\r\n'),
);
const V3: Format = { type: 'text/vcard', version: '3.0' };
const listing = (limits: { [name: string]: Partial<PropertyLimits> }): DeviceCapabilities => ({
  ...ALL,
  properties: new Map(Object.entries(limits).map(([name, limit]) => [name, { values: [], ...limit }])),
});
const said = (format: Format, capabilities: DeviceCapabilities): string[] =>
  losses(card, format, capabilities).map(({ field, reason, count }) => `${field} ${reason} ${count}`);

describe('losses', () => {
  it('are none for a device that takes all', () => {
    expect(said(V3, ALL)).toEqual([]);
  });

  it('are what it does not list, what is too many, what is cut', () => {
    const capabilities = listing({ N: {}, FN: {}, TEL: { maxOccur: 1 }, NOTE: { maxSize: 6 } });
    expect(said(V3, capabilities)).toEqual([
      'TEL too-many 2',
      'NOTE cut 1',
      'NICKNAME not-listed 1',
      'X-OWN not-listed 1',
    ]);
  });

  it('of several values, each that is cut is told so', () => {
    const two = readItem(
      'text/vcard',
      ['BEGIN:VCARD', 'VERSION:3.0', 'N:A;B;;;', 'EMAIL:a@b', 'EMAIL:anna@example.com', 'END:VCARD', ''].join(
        '\r\n',
      ),
    );
    const short = listing({ N: {}, EMAIL: { maxSize: 6 } });
    expect(losses(two, V3, short)).toEqual([{ field: 'EMAIL', reason: 'cut', count: 1 }]);
  });

  it('are no types and groups where the value is there, and no beginnings of other values', () => {
    const two = readItem(
      'text/vcard',
      [
        'BEGIN:VCARD',
        'VERSION:3.0',
        'N:A;B;;;',
        'item1.TEL;TYPE=WORK,VOICE:+49301',
        'TEL;TYPE=HOME:+4930123',
        'END:VCARD',
        '',
      ].join('\r\n'),
    );
    expect(losses(two, { type: 'text/x-s4j-sifc' }, ALL)).toEqual([]);
    const one = listing({ N: {}, TEL: { maxOccur: 1 } });
    expect(losses(two, V3, one)).toEqual([{ field: 'TEL', reason: 'too-many', count: 1 }]);
  });

  it('are values that it does not take', () => {
    expect(
      said(
        V3,
        listing({
          N: {},
          FN: {},
          TEL: {},
          NICKNAME: {},
          'X-OWN': { values: ['2'] },
          NOTE: { maxSize: 4, noTruncate: true },
        }),
      ),
    ).toEqual(['NOTE not-taken 1', 'X-OWN not-taken 1']);
  });

  it('are what a format has no word for, by the part of the item', () => {
    const event = readItem(
      'text/calendar',
      [
        ...[
          'BEGIN:VCALENDAR',
          'VERSION:2.0',
          'BEGIN:VEVENT',
          'UID:1',
          'SUMMARY:s',
          'DTSTART:20300101T090000Z',
        ],
        ...['BEGIN:VALARM', 'ACTION:DISPLAY', 'TRIGGER:-PT10M', 'DESCRIPTION:x', 'END:VALARM'],
        ...['END:VEVENT', 'END:VCALENDAR', ''],
      ].join('\r\n'),
    );
    expect(losses(event, { type: 'text/calendar', version: '2.0' }, ALL)).toEqual([]);
    const only = listing({ BEGIN: { values: ['VEVENT'] }, DTSTART: {} });
    const lost = losses(event, { type: 'text/calendar', version: '2.0' }, only).map(({ field }) => field);
    expect(lost).toContain('VALARM TRIGGER');
    expect(lost).not.toContain('SUMMARY');
  });

  it('are none of what cannot be read: it goes as it came', () => {
    expect(losses({ type: 'text/vcard', body: 'nothing' }, V3, listing({ N: {} }))).toEqual([]);
  });
});
