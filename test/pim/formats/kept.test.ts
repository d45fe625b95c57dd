/** Items of which not all can be understood: nothing of them is dropped. */

import { describe, expect, it } from 'vitest';
import type { Format } from '../../../lib/pim/formats/registry.ts';
import { readItem, writeItem } from '../../kit/items.ts';
import { merge } from '../merge/merging.ts';

const text = (...lines: readonly string[]): string => `${lines.join('\r\n')}\r\n`;
const card = (name: string): string => text('BEGIN:VCARD', 'VERSION:2.1', `N:${name}`, 'END:VCARD');
const event = (summary: string): string =>
  text(
    ...['BEGIN:VCALENDAR', 'VERSION:1.0', 'BEGIN:VEVENT', `SUMMARY:${summary}`, 'DTSTART:20300101T100000Z'],
    ...['END:VEVENT', 'END:VCALENDAR'],
  );
const FORMATS: readonly Format[] = [
  { type: 'text/vcard', version: '3.0' },
  { type: 'text/vcard', version: '4.0' },
  { type: 'text/x-vcard', version: '2.1' },
  { type: 'text/x-s4j-sifc' },
];

describe('several objects in one item', () => {
  it.each(['text/vcard', 'text/x-vcard'])('contacts of type %s: stay as they came', (type) => {
    const both = card('Ada') + card('Bob');
    const stored = readItem(type, both);
    expect(stored).toEqual({ type, body: both });
    for (const format of FORMATS) expect(writeItem(stored, format)).toEqual(stored);
  });

  it('contacts: an edit replaces them whole', () => {
    const [current, sent] = [card('Ada') + card('Bob'), card('Ada') + card('Bea')].map((body) =>
      readItem('text/vcard', body),
    ) as [ReturnType<typeof readItem>, ReturnType<typeof readItem>];
    expect(merge(current, current, sent)).toEqual({ item: sent, clashes: 0 });
  });

  it('calendars: are one calendar', () => {
    const { type, body } = readItem('text/x-vcalendar', event('A') + event('B'));
    expect(type).toBe('text/calendar');
    expect(body.match(/SUMMARY:.|BEGIN:VCALENDAR/g)).toEqual(['BEGIN:VCALENDAR', 'SUMMARY:A', 'SUMMARY:B']);
  });
});
