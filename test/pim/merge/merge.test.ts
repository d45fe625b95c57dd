/** A change of a device does only what the device changed of what it sees. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ALL, type DeviceCapabilities } from '../../../lib/pim/device/capabilities.ts';
import type { Format } from '../../../lib/pim/formats/registry.ts';
import type { Held } from '../../../lib/pim/merge/sides.ts';
import { mergeEdit, readItem, type TextItem, writeItem } from '../../kit/items.ts';

const card = (...lines: readonly string[]): TextItem =>
  readItem('text/vcard', ['BEGIN:VCARD', 'VERSION:3.0', ...lines, 'END:VCARD', ''].join('\r\n'));
const linesOf = ({ body }: TextItem): string[] => body.replace(/\r\n /g, '').split('\r\n').slice(2, -2);
const limits = (...names: readonly (readonly [string, object])[]): DeviceCapabilities => ({
  ...{ utc: true, charset: 'utf-8' },
  properties: new Map(names.map(([name, more]) => [name, { values: [], ...more }])),
});
/** The device saw the item as it is. */
const mergeInView = (current: TextItem, seen: TextItem, sent: TextItem, held: Held): TextItem =>
  mergeEdit({ current, base: { item: current, seen }, sent, held, unseen: new Set(), winner: 'client' }).item;
const OLD: Format = { type: 'text/x-vcard', version: '2.1' };
const NEW: Format = { type: 'text/vcard', version: '3.0' };

/** A device of these capabilities, and what becomes of an item when it edits its copy. */
function device(format: Format, capabilities: DeviceCapabilities) {
  const view = (item: TextItem) => readItem(format.type, writeItem(item, format, capabilities).body);
  const edit = (current: TextItem, change: (copy: string) => string, held: Held = 'all') =>
    mergeInView(current, view(current), readItem('text/vcard', change(view(current).body)), held);
  return { view, edit };
}
const small = limits(['N', {}], ['TEL', { maxOccur: 1 }], ['NOTE', { maxSize: 4 }], ['ADR', {}]);

describe('a device that holds little', () => {
  const { edit } = device(OLD, small);
  const ada = card(
    'N:Lovelace;Ada;;;',
    'FN:Ada',
    'TEL;TYPE=HOME:1',
    'TEL;TYPE=WORK:2',
    'NOTE:long text',
    'X-OWN:1',
    'BDAY:1815-12-10',
  );

  it('that changes nothing changes nothing', () => expect(edit(ada, (copy) => copy)).toEqual(ada));

  it('that changes what it sees leaves the rest', () => {
    const edited = edit(ada, (copy) => copy.replace('HOME:1', 'HOME:7'));
    expect(linesOf(edited)).toEqual(
      linesOf(ada).map((line) => (line === 'TEL;TYPE=HOME:1' ? 'TEL;TYPE=HOME:7' : line)),
    );
  });

  it('that deletes what it sees deletes no more', () => {
    const edited = edit(ada, (copy) => copy.replace(/TEL[^\r]*\r\n/, ''));
    expect(linesOf(edited)).toEqual(linesOf(ada).filter((line) => line !== 'TEL;TYPE=HOME:1'));
  });

  it('that changes the name changes the one made of it', () => {
    const byron = card('N:Byron;Ada;;;', 'FN:Ada Byron');
    const edited = edit(byron, (copy) => copy.replace(/N:Byron/, 'N:Lovelace').replace(/FN:[^\r]*\r\n/, ''));
    expect(linesOf(edited)).toEqual(['N:Lovelace;Ada;;;', 'FN:Ada Lovelace']);
  });

  it('that adds something has it added', () => {
    const edited = edit(ada, (copy) => copy.replace('END:', 'EMAIL:ada@example.com\r\nEND:'));
    expect(linesOf(edited)).toEqual([...linesOf(ada), 'EMAIL:ada@example.com']);
  });

  it('that edits a text of which it has the beginning leaves its end', () => {
    const edited = edit(ada, (copy) => copy.replace('NOTE:long', 'NOTE:LONG'));
    expect(linesOf(edited)).toContain('NOTE:LONG text');
  });
});

it.each([
  ['Ada Byron', 'N:Byron;Ada;;Dr.;', 'Ada King'],
  ['Byron\\, Ada', 'N:Byron;Ada;;;', 'King\\, Ada'],
  ['Ada (Babysitter)', 'N:Byron;Ada;;;', 'Ada (Babysitter)'],
])(
  'a name in full of its own, %s, has the part that a device changed without seeing it',
  (fn, n, expected) => {
    const item = card(n, `FN:${fn}`);
    const few = { ...ALL, properties: new Map([['N', { values: [] }]]) };
    const edited = device(NEW, few).edit(item, (copy) => copy.replace('Byron', 'King'));
    expect(linesOf(edited)).toContain(`FN:${expected}`);
  },
);

it.each([
  ['Ada Byron', 'Ada King'],
  ['Byron\\, Ada', 'King\\, Ada'],
  ['Mum', 'Mum'],
  ['Lady Ada Byron', 'Lady Ada Byron'],
])('a name in full, %s, that a device sends as it was shown, is %s with the new name', (fn, expected) => {
  const edited = device(NEW, ALL).edit(card('N:Byron;Ada;;;', `FN:${fn}`), (copy) =>
    copy.replace('N:Byron', 'N:King'),
  );
  expect(linesOf(edited)).toEqual(['N:King;Ada;;;', `FN:${expected}`]);
});

it('a device that changes both names changes both', () => {
  const edited = device(NEW, ALL).edit(card('N:Byron;Ada;;;', 'FN:Ada Byron'), (copy) =>
    copy.replace('N:Byron', 'N:King').replace('Ada Byron', 'Countess'),
  );
  expect(linesOf(edited)).toEqual(['N:King;Ada;;;', 'FN:Countess']);
});

describe('a device that told nothing of itself', () => {
  const { edit } = device(NEW, { utc: true, charset: 'utf-8' });
  const ada = card('N:A;;;;', 'FN:A', 'TEL:1', 'X-OWN:1');
  const without = (name: string) => (copy: string) => copy.replace(new RegExp(`${name}[^\\r]*\\r\\n`), '');

  it('D19: did not delete what it has never sent', () => {
    expect(edit(ada, without('X-OWN'), new Set(['N', 'FN', 'TEL']))).toEqual(ada);
    expect(edit(ada, without('TEL'), new Set(['N', 'FN']))).toEqual(ada);
    expect(linesOf(edit(ada, without('X-OWN'), 'all'))).not.toContain('X-OWN:1');
  });
  it('deletes what it has sent before', () => {
    expect(linesOf(edit(ada, without('TEL'), new Set(['N', 'FN', 'TEL'])))).not.toContain('TEL:1');
    expect(linesOf(edit(ada, without('X-OWN'), new Set(['X-OWN'])))).not.toContain('X-OWN:1');
  });
});

describe('a series of which an old device sees the rule only', () => {
  const series = readItem(
    'text/calendar',
    [
      'BEGIN:VCALENDAR',
      'VERSION:2.0',
      'BEGIN:VEVENT',
      'UID:1',
      'SUMMARY:Yoga',
      'DTSTART;TZID=Europe/Berlin:20260301T100000',
      'DTEND;TZID=Europe/Berlin:20260301T110000',
      'RRULE:FREQ=WEEKLY',
      'X-OWN:1',
      'BEGIN:VALARM',
      'ACTION:DISPLAY',
      'TRIGGER:-PT15M',
      'DESCRIPTION:Go',
      'UID:a',
      'END:VALARM',
      'END:VEVENT',
      'BEGIN:VEVENT',
      'UID:1',
      'RECURRENCE-ID;TZID=Europe/Berlin:20260308T100000',
      'SUMMARY:Late',
      'DTSTART;TZID=Europe/Berlin:20260308T120000',
      'DTEND;TZID=Europe/Berlin:20260308T130000',
      'END:VEVENT',
      'END:VCALENDAR',
      '',
    ].join('\r\n'),
  );
  const format: Format = { type: 'text/x-vcalendar', version: '1.0' };
  const edit = (change: (copy: string) => string) => {
    const written = writeItem(series, format).body;
    const seen = readItem(format.type, written);
    return mergeInView(series, seen, readItem(format.type, change(written)), 'all');
  };

  it('nothing changes when it sends that back', () => expect(edit((copy) => copy)).toEqual(series));

  it('its own words are changed, the exception and the zone stay', () => {
    const edited = edit((copy) => copy.replace('SUMMARY:Yoga', 'SUMMARY:Pilates')).body;
    expect(edited).toBe(series.body.replace('SUMMARY:Yoga', 'SUMMARY:Pilates'));
  });

  it('a device that forgets the zone moves nothing', () => {
    const edited = edit((copy) => copy.replace(/(TZ|DAYLIGHT):[^\r]*\r\n/g, '')).body;
    expect(edited).toContain('DTSTART;TZID=Europe/Berlin:20260301T100000');
  });
});

describe('whatever a device holds and does', () => {
  const text = fc
    .string({ unit: fc.constantFrom(...'abc äß,;'), minLength: 1, maxLength: 12 })
    .map((value) => `x${value}x`.replace(/[,;]/g, '\\$&'));
  const digits = fc.stringMatching(/^[0-9]{3,9}$/);
  const line = fc.oneof(
    digits.map((tel) => `TEL;TYPE=HOME:${tel}`),
    digits.map((tel) => `TEL;TYPE=WORK:${tel}`),
    text.map((value) => `TITLE:${value}`),
    text.map((value) => `X-OWN:${value}`),
    text.map((value) => `ADR;TYPE=HOME:;;${value};;;;`),
    digits.map((name) => `EMAIL:${name}@example.com`),
  );
  const unique = fc.uniqueArray(line, { maxLength: 8 });
  const names = ['TEL', 'TITLE', 'X-OWN', 'ADR', 'EMAIL'];
  const world = fc.record({
    lines: unique,
    more: unique,
    kept: fc.array(fc.boolean(), { minLength: 8, maxLength: 8 }),
    holds: fc.subarray(names),
    format: fc.constantFrom(OLD, NEW),
  });

  it('what it cannot hold stays, what it sees becomes what it sent, and twice is once', () => {
    fc.assert(
      fc.property(world, ({ lines, more, kept, holds, format }) => {
        const { view } = device(
          format,
          limits(['N', {}], ['FN', {}], ...holds.map((name) => [name, {}] as const)),
        );
        const current = card('N:A;;;;', 'FN:A', ...lines);
        const own = linesOf(view(current)).filter((_, n) => n < 2 || kept[n % 8] === true);
        const added = more.filter((one) => holds.includes(one.split(/[;:]/)[0] ?? ''));
        const sent = card(...new Set([...own, ...linesOf(card('N:A;;;;', 'FN:A', ...added)).slice(2)]));
        const merged = mergeInView(current, view(current), sent, 'all');
        expect(linesOf(view(merged)).sort()).toEqual(linesOf(sent).sort());
        const hidden = (item: TextItem) =>
          linesOf(item).filter((one) => ![...holds, 'N', 'FN'].includes(one.split(/[;:]/)[0] ?? ''));
        expect(hidden(merged)).toEqual(hidden(current));
        expect(mergeInView(merged, view(merged), sent, 'all')).toEqual(merged);
      }),
      { numRuns: 500 },
    );
  });
});
