/** Blanks and line ends at both ends of a text are a part of it, in every dialect. */
import { describe, expect, it } from 'vitest';
import type { Format } from '../../../lib/pim/formats/registry.ts';
import { readItem, seenOf, type TextItem, writeItem } from '../../kit/items.ts';
import { calendar, card, merge } from '../merge/merging.ts';
import { FORMATS } from './vcard/vcards.ts';

const SIF_C: Format = { type: 'text/x-s4j-sifc' };
const CALENDARS: Format[] = [
  { type: 'text/calendar', version: '2.0' },
  { type: 'text/x-vcalendar', version: '1.0' },
  { type: 'text/x-s4j-sife' },
];
const NOTES: Format[] = [
  { type: 'text/plain' },
  { type: 'text/x-vnote', version: '1.1' },
  { type: 'text/x-s4j-sifn' },
];
const TEXTS = [
  ' a',
  'a ',
  ' a b ',
  '\ta\t',
  'a\\n',
  '\\na',
  ' \\n a \\n ',
  'a\\n\\n',
  `${'long '.repeat(30)}`,
];
const unfolded = ({ body }: TextItem): string => body.replace(/\r\n /g, '');

/** The stored item after it went to a device and came back unchanged. */
const there = (item: TextItem, to: Format): TextItem => readItem(to.type, writeItem(item, to).body);

describe.each(TEXTS)('%j', (text) => {
  const contact = card('N:B;A;;;', 'FN:A B', `NOTE:${text}`, `TITLE:${text}`);
  const event = calendar([
    'DTSTART:20300101T100000Z',
    'DTEND:20300101T110000Z',
    `SUMMARY:${text}`,
    `DESCRIPTION:${text}`,
  ]);

  it('of a contact stays', () => {
    expect(unfolded(contact)).toContain(`\r\nNOTE:${text}\r\nTITLE:${text}\r\n`);
    for (const to of [...FORMATS, SIF_C]) {
      expect(unfolded(there(contact, to))).toContain(`NOTE:${text}\r\n`);
      expect(unfolded(there(contact, to))).toContain(`TITLE:${text}\r\n`);
      expect(seenOf(contact, to)).toEqual(there(contact, to));
    }
  });
  it('of a part of an address stays', () => {
    const item = card('N:B;A;;;', 'FN:A B', `ADR;TYPE=HOME:;;${text};x;;;`, `ORG:${text};y`);
    expect(unfolded(item)).toContain(`ADR;TYPE=HOME:;;${text};x;;;`);
    for (const to of [...FORMATS, SIF_C]) {
      expect(unfolded(there(item, to))).toContain(`ADR;TYPE=HOME:;;${text};x;;;`);
      expect(unfolded(there(item, to))).toContain(`ORG:${text};y\r\n`);
    }
  });
  it('of an event stays', () => {
    expect(unfolded(event)).toContain(`SUMMARY:${text}\r\nDESCRIPTION:${text}\r\n`);
    for (const to of CALENDARS) {
      expect(unfolded(there(event, to))).toContain(`SUMMARY:${text}\r\n`);
      expect(unfolded(there(event, to))).toContain(`DESCRIPTION:${text}\r\n`);
    }
  });
  it('of a note stays', () => {
    const body = text.replace(/\\n/g, '\n');
    const note = readItem('text/plain', body);
    expect(note.body).toBe(body);
    for (const to of NOTES) expect(there(note, to)).toEqual(note);
  });
  it('is what a device can take away or add', () => {
    const bare = card('N:B;A;;;', 'FN:A B', 'NOTE:a', `TITLE:${text}`);
    expect(merge(contact, contact, bare).item).toEqual(bare);
    expect(merge(bare, bare, contact).item).toEqual(contact);
  });
});

it('a value of blanks alone is none, and words have no blanks', () => {
  expect(card('N:B;A;;;', 'FN:A B', 'NOTE:  ').body).not.toContain('NOTE');
  expect(calendar(['SUMMARY:a', 'STATUS: confirmed ']).body).toContain('STATUS:CONFIRMED\r\n');
  expect(card('N:B;A;;;', 'FN:A B', 'CLASS: private ').body).toMatch(/CLASS:private\r\n/i);
});
