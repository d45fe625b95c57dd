/** A task is done or it is not, whatever a device writes of it, and in every dialect; and dates of Outlook that are none. */
import { describe, expect, it } from 'vitest';
import type { Format } from '../../../lib/pim/formats/registry.ts';
import type { Held, Winner } from '../../../lib/pim/merge/sides.ts';
import { mergeEdit, readItem, seenOf, type TextItem, writeItem } from '../../kit/items.ts';

const A: Format = { type: 'text/calendar', version: '2.0' };
const B: Format = { type: 'text/x-vcalendar', version: '1.0' };
const S: Format = { type: 'text/x-s4j-sift' };

const ical = (...lines: readonly string[]): TextItem => read(A, '2.0', lines);
const vcal = (...lines: readonly string[]): TextItem => read(B, '1.0', lines);
const read = ({ type }: Format, version: string, lines: readonly string[]): TextItem =>
  readItem(
    type,
    ['BEGIN:VCALENDAR', `VERSION:${version}`, 'BEGIN:VTODO', ...lines, 'END:VTODO', 'END:VCALENDAR'].join(
      '\r\n',
    ),
  );
const sif = (fields: { readonly [name: string]: string }): TextItem => {
  const all = Object.entries(fields).map(([name, value]) => `<${name}>${value}</${name}>`);
  return readItem(S.type, `<task><Subject>x</Subject>${all.join('')}</task>`);
};

const NAMES = /^(STATUS|COMPLETED|PERCENT-COMPLETE)[;:]/;
const stateOf = ({ body }: { readonly body: string }): string[] =>
  body
    .split('\r\n')
    .filter((line) => NAMES.test(line))
    .sort();
const fieldsOf = (item: TextItem): { readonly [name: string]: string } =>
  Object.fromEntries(
    [...writeItem(item, S).body.matchAll(/<(Complete|Status|DateCompleted|PercentComplete)>([^<]*)</g)].map(
      ([, name, value]) => [name, value],
    ),
  );

const AT = 'COMPLETED:20260331T221500Z';
const DONE = { Complete: '1', Status: '2' };

describe('a done task is done in every dialect, if a device writes only', () => {
  it.each<[string, string[]]>([
    ['the state', ['STATUS:COMPLETED']],
    ['the date', [AT]],
    ['the percentage', ['PERCENT-COMPLETE:100']],
    ['date and percentage', [AT, 'PERCENT-COMPLETE:100']],
    ['the state, and a percentage that is left over', ['STATUS:COMPLETED', 'PERCENT-COMPLETE:20']],
  ])('%s', (_, lines) => {
    for (const item of [ical('SUMMARY:x', ...lines), vcal('SUMMARY:x', ...lines)]) {
      expect(fieldsOf(item)).toMatchObject(DONE);
      expect([undefined, '100']).toContain(fieldsOf(item).PercentComplete);
      for (const format of [A, B]) expect(stateOf(writeItem(item, format))).toContain('STATUS:COMPLETED');
      expect(stateOf(item)).toHaveLength(
        new Set(['STATUS', ...lines.map((line) => line.split(':')[0])]).size,
      );
    }
  });

  it.each([
    { Complete: '1' },
    { Complete: 'True' },
    { Status: '2' },
    { DateCompleted: '20260331T221500Z' },
    { PercentComplete: '100' },
    { Complete: '1', PercentComplete: '0', Status: '0' },
  ])('%j', (fields) => {
    const item = sif(fields);
    expect(stateOf(item)).toContain('STATUS:COMPLETED');
    expect(fieldsOf(item)).toMatchObject(DONE);
    expect(stateOf(writeItem(item, B))).toContain('STATUS:COMPLETED');
  });
});

describe('a task that is not done is so in Outlook', () => {
  it.each([
    [['STATUS:NEEDS-ACTION', AT], { Complete: '0', Status: '0' }],
    [['STATUS:IN-PROCESS', 'PERCENT-COMPLETE:100'], { Complete: '0', Status: '1' }],
    [['STATUS:CANCELLED', AT], { Complete: '0' }],
    [['PERCENT-COMPLETE:40'], { Complete: '0', PercentComplete: '40' }],
  ])('%j', (lines, fields) =>
    expect(fieldsOf(ical(...lines))).toEqual({ DateCompleted: '', PercentComplete: '0', ...fields }),
  );

  it('by its flag, where a date is left over', () => {
    const item = sif({ Complete: '0', DateCompleted: '2026-04-02', PercentComplete: '100' });
    expect(fieldsOf(item)).toEqual({ Complete: '0', Status: '0', DateCompleted: '', PercentComplete: '0' });
  });
});

describe('COMPLETED is a time in UTC', () => {
  it.each([
    ['COMPLETED;VALUE=DATE:20260402', 'COMPLETED:20260402T120000Z'],
    ['COMPLETED;TZID=Europe/Berlin:20260402T101500', 'COMPLETED:20260402T081500Z'],
    ['COMPLETED:20260402T101500', 'COMPLETED:20260402T101500Z'],
    ['COMPLETED:2026-04-02T10:15:00Z', 'COMPLETED:20260402T101500Z'],
  ])('%s', (line, stored) => expect(stateOf(ical(line))).toEqual([stored, 'STATUS:COMPLETED']));

  it('also as Outlook and phones write a day', () => {
    const stored = ['COMPLETED:20260402T120000Z', 'STATUS:COMPLETED'];
    expect(stateOf(sif({ Complete: '1', DateCompleted: '2026-04-02' }))).toEqual(stored);
    expect(stateOf(vcal('COMPLETED:20260402', 'STATUS:COMPLETED'))).toEqual(stored);
  });
});

describe("Outlook's date for none", () => {
  const NONE = ['4501-01-01', '45010101', '45010101T000000', '45001231T230000Z', '4501-01-01T00:00:00Z'];
  it.each(NONE)('%s is none in SIF', (none) => {
    const fields = { StartDate: none, DueDate: none, DateCompleted: none };
    const item = sif({ ...fields, Complete: '0', Status: '0', ReminderSet: '1', ReminderTime: none });
    expect(item).toEqual(sif({ Complete: '0', Status: '0', ReminderSet: '1' }));
  });
  it.each(NONE)('%s is none in iCalendar and vCalendar', (none) => {
    const lines = [`DTSTART:${none}`, `DUE:${none}`, `COMPLETED:${none}`, 'STATUS:NEEDS-ACTION'];
    expect(ical('SUMMARY:x', ...lines)).toEqual(ical('SUMMARY:x', 'STATUS:NEEDS-ACTION'));
    expect(vcal('SUMMARY:x', ...lines)).toEqual(vcal('SUMMARY:x', 'STATUS:NEEDS ACTION'));
  });
  it('leaves a due day beside it a day', () => {
    expect(vcal('DTSTART:45010101T000000', 'DUE:20260403T000000').body).toContain('DUE;VALUE=DATE:20260403');
  });
  it('is no birthday', () => {
    const text = '<contact><FirstName>A</FirstName><Birthday>4501-01-01</Birthday></contact>';
    expect(readItem('text/x-s4j-sifc', text).body).not.toContain('BDAY');
    const lines = ['BEGIN:VCARD', 'VERSION:2.1', 'N:A', 'BDAY:45010101', 'END:VCARD'];
    expect(readItem('text/x-vcard', lines.join('\r\n')).body).not.toContain('BDAY');
  });
});

describe('a device that changes one of them changes all', () => {
  interface Setting {
    readonly held?: Held;
    readonly winner?: Winner;
    readonly current?: TextItem;
  }
  const edit = (item: TextItem, format: Format, sent: TextItem, setting: Setting = {}): TextItem => {
    const { held = 'all', winner = 'client', current = item } = setting;
    const base = { item, seen: seenOf(item, format) };
    return mergeEdit({ current, base, sent, held, unseen: new Set(), winner }).item;
  };
  const open = sif({ Complete: '0', PercentComplete: '0', Status: '0' });
  const HELD: Held[] = ['all', new Set(['SUMMARY']), new Set(['SUMMARY', 'STATUS'])];

  it.each<[string, string[]]>([
    ['state and date', ['STATUS:COMPLETED', AT]],
    ['the date alone', [AT]],
    ['the date beside an old state', ['STATUS:NEEDS ACTION', AT]],
    ['the state alone', ['STATUS:COMPLETED']],
    ['the percentage', ['STATUS:NEEDS ACTION', 'PERCENT-COMPLETE:100']],
  ])('to done by %s', (_, lines) => {
    for (const held of HELD) {
      const item = edit(open, B, vcal('SUMMARY:x', ...lines), { held });
      expect(fieldsOf(item)).toMatchObject(DONE);
      expect([undefined, '100']).toContain(fieldsOf(item).PercentComplete);
      expect(stateOf(item)).not.toContain('PERCENT-COMPLETE:0');
      expect(stateOf(item)).toContain('STATUS:COMPLETED');
    }
  });

  const done = ical('SUMMARY:x', 'STATUS:COMPLETED', AT, 'PERCENT-COMPLETE:100');
  it.each<[string, string[]]>([
    ['the state', ['STATUS:NEEDS ACTION']],
    ['the state beside an old date', ['STATUS:NEEDS ACTION', AT, 'PERCENT-COMPLETE:100']],
    ['the state beside an old percentage', ['STATUS:IN PROCESS', 'PERCENT-COMPLETE:100']],
  ])('to not done by %s', (_, lines) => {
    for (const held of HELD) {
      const item = edit(done, B, vcal('SUMMARY:x', ...lines), { held });
      expect(stateOf(item)).toEqual([lines[0]?.replace('IN PROCESS', 'IN-PROCESS').replace(' A', '-A')]);
    }
  });
  it('to not done by leaving out what it is known to hold', () => {
    expect(stateOf(edit(done, B, vcal('SUMMARY:x')))).toEqual([]);
    const held = new Set(['SUMMARY', 'COMPLETED']);
    expect(stateOf(edit(done, B, vcal('SUMMARY:x'), { held }))).toEqual(['STATUS:NEEDS-ACTION']);
    expect(stateOf(edit(done, B, vcal('SUMMARY:y'), { held: new Set(['SUMMARY']) }))).toEqual(stateOf(done));
  });
  it('to not done in Outlook, and to done', () => {
    const item = edit(done, S, sif({ Complete: '0', Status: '0', PercentComplete: '0' }));
    expect(stateOf(item)).toEqual(['PERCENT-COMPLETE:0', 'STATUS:NEEDS-ACTION']);
    expect(stateOf(edit(item, S, sif({ Complete: '1', DateCompleted: '2026-04-02' })))).toEqual([
      'COMPLETED:20260402T120000Z',
      'STATUS:COMPLETED',
    ]);
  });

  it('but a percentage does not undo what another device has done', () => {
    const begun = ical('SUMMARY:x', 'STATUS:IN-PROCESS', 'PERCENT-COMPLETE:20');
    const current = ical('SUMMARY:x', 'STATUS:COMPLETED', AT, 'PERCENT-COMPLETE:100');
    const sent = vcal('SUMMARY:x', 'STATUS:IN PROCESS', 'PERCENT-COMPLETE:50');
    expect(stateOf(edit(begun, B, sent, { current }))).toEqual(stateOf(current));
  });
  it.each<[Winner, string]>([
    ['client', 'STATUS:CANCELLED'],
    ['server', 'STATUS:COMPLETED'],
  ])('and where both changed it, the %s wins with one state', (winner, state) => {
    const current = ical('SUMMARY:x', 'STATUS:COMPLETED', AT);
    const item = edit(open, B, vcal('SUMMARY:x', 'STATUS:CANCELLED'), { current, winner });
    expect(stateOf(item)).toContain(state);
    expect(stateOf(item).includes(AT)).toBe(winner === 'server');
  });

  it('but one that has no word for a begun one does not open it again', () => {
    const begun = ical('SUMMARY:x', 'STATUS:IN-PROCESS', 'PERCENT-COMPLETE:20');
    const held = new Set(['SUMMARY', 'STATUS', 'COMPLETED']);
    const sent = vcal('SUMMARY:y', 'STATUS:NEEDS ACTION');
    expect(stateOf(edit(begun, B, sent, { held }))).toEqual(stateOf(begun));
    const told = vcal('SUMMARY:y', 'STATUS:NEEDS ACTION', 'PERCENT-COMPLETE:0');
    expect(stateOf(edit(begun, B, told))).toContain('STATUS:NEEDS-ACTION');
    expect(stateOf(edit(begun, B, vcal('SUMMARY:y', 'STATUS:COMPLETED', AT)))).toContain('STATUS:COMPLETED');
  });
  it.each<[Winner, string, string]>([
    ['client', 'COMPLETED:20260402T100000Z', 'STATUS:COMPLETED'],
    ['server', 'STATUS:NEEDS-ACTION', 'STATUS:NEEDS-ACTION'],
  ])(
    'and a date against a task that others opened again is a clash, which the %s wins',
    (winner, ...states) => {
      const current = ical('SUMMARY:x', 'STATUS:NEEDS-ACTION');
      const sent = ical(
        'SUMMARY:x',
        'STATUS:COMPLETED',
        'COMPLETED:20260402T100000Z',
        'PERCENT-COMPLETE:100',
      );
      const base = { item: done, seen: done };
      const merged = mergeEdit({ current, base, sent, held: 'all', unseen: new Set(), winner });
      expect(merged.clashes).toBe(1);
      expect(stateOf(merged.item)).toEqual([...new Set(states)]);
    },
  );

  it('and one that changes something else changes none', () => {
    for (const item of [open, done, ical('SUMMARY:x', 'STATUS:NEEDS-ACTION', AT)])
      for (const format of [A, B, S]) {
        const sent = readItem(format.type, writeItem(item, format).body.replace(/(SUMMARY:|ject>)x/, '$1y'));
        expect(stateOf(edit(item, format, sent))).toEqual(stateOf(item));
      }
  });
});
