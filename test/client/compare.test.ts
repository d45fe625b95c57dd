/** The comparison and the report reader that every suite relies on: they must see what differs, and only that. */
import { describe, expect, it } from 'vitest';
import { canonical, difference } from './compare.ts';
import { contact, event, note } from './items.ts';
import { parseReport } from './report.ts';
import type { Datastore, Device } from './syncevolution.ts';

const device = (name: string, items: readonly string[]): Device =>
  ({ name, items: () => new Map(items.map((text, index) => [String(index), text])) }) as unknown as Device;

const compare = (
  one: readonly string[],
  other: readonly string[],
  datastore: Datastore = 'contacts',
): string => difference(device('phone', one), device('laptop', other), datastore);

describe('comparing two devices', () => {
  it('overlooks order, folding, line ends, parameter style and who wrote it', () => {
    const rewritten = [
      'BEGIN:VCARD',
      'PRODID:-//Example//Other writer//EN',
      'REV:20270501T060000Z',
      'VERSION:3.0',
      'FN:Ada',
      '  Lindqvist',
      'N:Lindqvist;Ada',
      'EMAIL;TYPE=work:ada@example.com',
      'TEL;CELL:+49 151 5550100',
      'ADR;TYPE=WORK:;;Mühlenweg 12;Lübeck;;23552;Germany',
      'ORG:Example Widgets AG;Assembly;;',
      'TITLE:',
      'END:VCARD',
    ].join('\n');
    const others = [contact('Bruno', 'Öztürk'), contact('Ada', 'Lindqvist')];
    expect(compare(others, [rewritten, contact('Bruno', 'Öztürk')])).toBe('');
  });

  it.each([
    {
      what: 'a changed value',
      one: [contact('Ada', 'Berg')],
      other: [contact('Ada', 'Berg', { phone: '5' })],
      says: '5550100',
    },
    { what: 'a missing item', one: [contact('Ada', 'Berg')], other: [], says: 'only on phone: "Ada Berg"' },
    {
      what: 'a double',
      one: [contact('Ada', 'Berg')],
      other: [contact('Ada', 'Berg'), contact('Ada', 'Berg')],
      says: 'only on laptop: "Ada Berg"',
    },
    {
      what: 'a missing property',
      one: [contact('Ada', 'Berg', { note: 'x' })],
      other: [contact('Ada', 'Berg')],
      says: '- NOTE:x',
    },
  ])('names $what', ({ one, other, says }) => {
    expect(compare(one, other)).toContain(says);
  });

  it('keeps apart what belongs to different components, and the lines of a note', () => {
    const moved = event('Fair', 3).replace('LOCATION:Room 3\r\nEND:VEVENT', 'END:VEVENT\r\nLOCATION:Room 3');
    expect(canonical('calendar', moved)).not.toBe(canonical('calendar', event('Fair', 3)));
    expect(compare([note('Shelf', 'a\nb')], [note('Shelf', 'b\na')], 'notes')).not.toBe('');
    expect(compare([note('Shelf', 'a\nb')], [note('Shelf', 'a\nb').replaceAll('\n', '\r\n')], 'notes')).toBe(
      '',
    );
  });
});

describe('reading the table of a session', () => {
  it('finds changes and the mode of each source', () => {
    const table = [
      '|        Source | NEW | MOD | DEL | ERR | NEW | MOD | DEL | ERR | CTS |',
      '+---------------+-----+-----+-----+-----+-----+-----+-----+-----+-----+',
      '|      contacts |  1  |  2  |  3  |  0  |  4  |  5  |  6  | 12  |  7  |',
      '|      two-way, 1 KB sent by client, 0 KB received                    |',
      '|          memo |  0  |  0  |  0  |  0  |  0  |  0  |  0  |  0  |  0  |',
      '|          slow, 0 KB sent by client, 0 KB received                   |',
    ].join('\n');
    const report = parseReport(table);
    expect(report.get('contacts')).toEqual({
      local: { added: 1, changed: 2, deleted: 3, failed: 0 },
      remote: { added: 4, changed: 5, deleted: 6, failed: 12 },
      conflicts: 7,
      mode: 'two-way',
    });
    expect(report.get('memo')?.mode).toBe('slow');
    expect(parseReport('no table').size).toBe(0);
  });
});
