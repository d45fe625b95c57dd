/** Merges that once lost something, or made what no standard has. */

import { describe, expect, it } from 'vitest';
import { ALL } from '../../../lib/pim/device/capabilities.ts';
import type { Format } from '../../../lib/pim/formats/registry.ts';
import { readItem, type TextItem, writeItem } from '../../kit/items.ts';
import { card, event, linesOf, merge } from './merging.ts';

const OLD: Format = { type: 'text/x-vcalendar', version: '1.0' };
const seenAs = (format: Format) => (item: TextItem) => readItem(format.type, writeItem(item, format).body);
/** An edit by a device of vCalendar 1.0 of what it sees. */
function editedOld(item: TextItem, from: RegExp, to: string): string[] {
  const text = writeItem(item, OLD).body;
  if (!from.test(text)) throw new Error(`it does not say ${from}:\n${text}`);
  const sent = readItem(OLD.type, text.replace(from, to));
  return linesOf(merge(item, item, sent, { view: seenAs(OLD) }).item);
}

describe('an appointment that a device of instants moves', () => {
  it('keeps its zone, at the new time of its clocks', () => {
    const item = event(
      'UID:u',
      'DTSTART;TZID=Europe/Berlin:20260301T100000',
      'DTEND;TZID=Europe/Berlin:20260301T110000',
    );
    expect(editedOld(item, /DTSTART:20260301T090000Z/, 'DTSTART:20260301T073000Z')).toContain(
      'DTSTART;TZID=Europe/Berlin:20260301T083000',
    );
  });

  it('and makes a day of it, has no zone any more', () => {
    const item = event('UID:u', 'DTSTART;TZID=Europe/Berlin:20260301T100000');
    const sent = event('UID:u', 'DTSTART;VALUE=DATE:20260301');
    expect(linesOf(merge(item, item, sent, { view: seenAs(OLD) }).item)).toContain(
      'DTSTART;VALUE=DATE:20260301',
    );
  });

  it('has an end or a length, never both', () => {
    const item = event('UID:u', 'DTSTART:20260301T100000Z', 'DURATION:PT1H');
    const lines = editedOld(item, /DTEND:20260301T110000Z/, 'DTEND:20260301T130000Z');
    expect(lines).toContain('DTEND:20260301T130000Z');
    expect(lines.join()).not.toContain('DURATION');
  });
});

describe('a field of which there is one', () => {
  const without = (name: string) => (item: TextItem) => ({
    ...item,
    body: item.body.replace(new RegExp(`^${name}[:;].*\r\n`, 'gm'), ''),
  });

  it('that the device could not see is replaced by what it says itself, each time', () => {
    let item = card('N:A;;;;', 'FN:A');
    for (const year of [1980, 1981, 1982]) {
      const sent = card('N:A;;;;', 'FN:A', `BDAY:${year}-01-01`);
      item = merge(item, item, sent, { view: without('BDAY') }).item;
    }
    expect(linesOf(item).filter((line) => line.startsWith('BDAY'))).toEqual(['BDAY:1982-01-01']);
  });
});

describe('telephone numbers', () => {
  it.each([
    ['two towns with the same end', 'TEL:+49 30 12345678', 'TEL:+49 40 12345678', 2],
    ['one with and without its country', 'TEL:+49 30 12345678', 'TEL:030 12345678', 1],
    ['one with and without its town', 'TEL:030 12345678', 'TEL:12345678', 1],
  ])('%s', (_, one, other, count) => {
    const base = card('N:A;;;;');
    const merged = merge(base, card('N:A;;;;', one), card('N:A;;;;', other));
    expect(linesOf(merged.item).filter((line) => line.startsWith('TEL'))).toHaveLength(count);
  });
});

describe('more values than people have', () => {
  it('are merged all the same, in little time', () => {
    const numbers = (from: number) => Array.from({ length: 4_000 }, (_, n) => `TEL:${from + n}`);
    const [ours, theirs] = [card('N:A;;;;', ...numbers(100_000)), card('N:A;;;;', ...numbers(200_000))];
    expect(linesOf(merge(undefined, ours, theirs).item).length).toBeGreaterThanOrEqual(8_000);
  });

  it('replaced by as many others, under one name or under names of their own', () => {
    const numbers = (from: number) => Array.from({ length: 4_000 }, (_, n) => `TEL:${from + n}`);
    const fields = (from: number) => Array.from({ length: 4_000 }, (_, n) => `X-F${from + n}:x`);
    for (const values of [numbers, fields]) {
      const [item, sent] = [card('N:A;;;;', ...values(100_000)), card('N:A;;;;', ...values(200_000))];
      expect(linesOf(merge(item, item, sent).item).sort()).toEqual(linesOf(sent).sort());
    }
  });

  it('groups and alarms too', () => {
    const grouped = (from: number) =>
      Array.from({ length: 4_000 }, (_, n) => [`item${n}.TEL:${from + n}`, `item${n}.X-ABLABEL:l`]).flat();
    const item = card('N:A;;;;', ...grouped(100_000));
    expect(linesOf(merge(item, item, card('N:A;;;;', ...grouped(100_001))).item)).toHaveLength(8_001);
    const alarms = (from: number) =>
      Array.from({ length: 2_000 }, (_, n) => [
        ...['BEGIN:VALARM', 'ACTION:DISPLAY', `TRIGGER:-PT${from + n}S`, 'END:VALARM'],
      ]).flat();
    const meeting = event('UID:u', 'DTSTART:20260301T100000Z', ...alarms(1));
    const sent = event('UID:u', 'DTSTART:20260301T100000Z', ...alarms(2));
    expect(merge(meeting, meeting, sent).item.body.match(/TRIGGER/g)).toHaveLength(2_000);
  });
});

describe('a text that is longer than the device takes', () => {
  it('is cut, with a semicolon in it too', () => {
    const item = card('N:A;;;;', 'FN:A', 'NOTE:one\\; two three four five six');
    const properties = new Map([
      ['N', { values: [] }],
      ['NOTE', { values: [], maxSize: 12 }],
    ]);
    const { body } = writeItem(item, { type: 'text/vcard', version: '3.0' }, { ...ALL, properties });
    expect(body).toContain('NOTE:one\\; two t');
  });
});

it('D15: a name that is longer than the device takes is cut, and stays whole here', () => {
  const item = card('N:Oberhuber-Kleinschmidt;Maximilian;;;', 'TEL:1');
  const capabilities = {
    ...ALL,
    properties: new Map([
      ['N', { values: [], maxSize: 20 }],
      ['TEL', { values: [] }],
    ]),
  };
  const view = (one: TextItem) =>
    readItem('text/vcard', writeItem(one, { type: 'text/vcard' }, capabilities).body);
  expect(linesOf(view(item))).toContain('N:Oberhuber-Kleinschmi;;;;');
  const sent = readItem('text/vcard', view(item).body.replace('TEL:1', 'TEL:2'));
  expect(linesOf(merge(item, item, sent, { view }).item)).toEqual([
    'N:Oberhuber-Kleinschmidt;Maximilian;;;',
    'TEL:2',
  ]);
});

it('of two addresses the one that changes is known by the parts that the device holds', () => {
  const [one, two] = ['ADR:;;Road 1;Town;;1234;', 'ADR:;;Road 1;City;;5678;'];
  const item = card('N:A;;;;', one, two);
  const view = (of: TextItem) => card(...linesOf(of).map((line) => line.replace(/\d{4};$/, ';')));
  const sent = card(...linesOf(view(item)).map((line) => line.replace('Road 1;City', 'Road 2;City')));
  expect(linesOf(merge(item, item, sent, { view }).item)).toEqual(
    linesOf(card('N:A;;;;', one, 'ADR:;;Road 2;City;;5678;')),
  );
});

describe('a text of which the device holds the beginning', () => {
  const note = (text: string) => card('N:A;;;;', 'FN:A', `NOTE:${text}`);
  const full = note('First line\\nCall her in the morning\\nThird line');
  const seen = 'First line\\nCall her in the';
  const rows: readonly (readonly [what: string, sent: string, expected: string])[] = [
    ['a line behind it', `${seen}\\nNew`, 'First line\\nCall her in the morning\\nNew\\nThird line'],
    ['a line before it', `New\\n${seen}`, 'New\\nFirst line\\nCall her in the morning\\nThird line'],
    [
      'the cut line changed',
      seen.replace('Call', 'Phone'),
      'First line\\nPhone her in the morning\\nThird line',
    ],
    ['the cut line anew', 'First line\\nCall at six', 'First line\\nCall at six\\nThird line'],
    [
      'its last word changed',
      seen.replace(/the$/, 'this'),
      'First line\\nCall her in this morning\\nThird line',
    ],
    ['without the cut line', 'First line', 'First line\\nThird line'],
    ['another text', 'New', 'New\\nThird line'],
  ];
  it.each(rows)('%s', (_, sent, expected) => {
    const merged = merge(full, full, note(sent), { view: () => note(seen) });
    expect(linesOf(merged.item)).toContain(`NOTE:${expected}`);
  });

  it('is known among others of its name by that beginning', () => {
    const remarks = (...texts: string[]) =>
      event('DTSTART:20260302', ...texts.map((text) => `COMMENT:${text}`));
    const item = remarks('First remark of all', 'Second remark of all', 'Third remark of all');
    const sent = remarks('First remark', 'Second answer', 'Third remark');
    const view = () => remarks('First remark', 'Second remark', 'Third remark');
    expect(linesOf(merge(item, item, sent, { view }).item)).toEqual(
      linesOf(remarks('First remark of all', 'Second answer of all', 'Third remark of all')),
    );
  });

  it.each(['Boss', 'Senior Boss'])('a word of which it holds the beginning is written anew: %s', (sent) => {
    const title = (text: string) => card('N:A;;;;', 'FN:A', `TITLE:${text}`);
    const merged = merge(title('Senior Engineer'), title('Senior Engineer'), title(sent), {
      view: () => title('Senior Eng'),
    });
    expect(linesOf(merged.item)).toContain(`TITLE:${sent}`);
  });
});
