/** Which items match which queries, format by format (F13, B.9). */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Expression, isError } from '../../lib/filter/ast.ts';
import { matches } from '../../lib/filter/evaluate.ts';
import { parseFilter } from '../../lib/filter/grammar.ts';
import { contentOf, type TextItem } from '../kit/items.ts';
import { anyExpression } from './expressions.ts';

const lines = (...text: string[]): string => text.map((line) => `${line}\r\n`).join('');

interface FilterItem extends TextItem {
  readonly luid?: string;
  readonly modifiedAt?: string;
}

const isMatch = (filter: Expression, { type, body, ...more }: FilterItem): boolean =>
  matches(filter, { content: contentOf({ type, body }), ...more });

function asks(query: string, item: FilterItem): boolean {
  const filter = parseFilter(query);
  if (isError(filter)) throw new Error(`${query}: ${filter.error} at ${filter.at}`);
  return isMatch(filter, item);
}

const JANE: FilterItem = {
  type: 'text/vcard',
  luid: '007',
  body: lines(
    ...['BEGIN:VCARD', 'VERSION:3.0', 'N:Roe;Jane', 'FN:Jane Roe', 'item1.TEL;TYPE=CELL:+41 (44) 555'],
    ...[
      'TEL;TYPE=HOME:555 0100',
      'NOTE:likes tea\\, and co',
      ' ffee\\nand cake',
      'CATEGORIES:Work,Tea \\& Co',
    ],
    ...['BDAY:1980-02-03', 'EMAIL:', 'X-RANK:10', 'END:VCARD'],
  ),
};
const OLD: FilterItem = {
  type: 'text/x-vcard',
  body: lines(
    ...['BEGIN:VCARD', 'VERSION:2.1', 'N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:M=C3=BCller;J=', '=C3=B6rg'],
    ...['NOTE;QUOTED-PRINTABLE;CHARSET=ISO-8859-1:caf=E9', 'ADR:;;Main', '  Street 1;Ville', 'URL:C:\\new'],
    ...['PHOTO;ENCODING=BASE64:AAAA', 'BBBB=', '', 'CATEGORIES:Club;Work'],
    ...['AGENT:', 'BEGIN:VCARD', 'N:Agent', 'TEL:9', 'END:VCARD', 'END:VCARD'],
  ),
};

describe('a contact', () => {
  it.each<[FilterItem, string, boolean]>([
    [JANE, 'fn&EQ;Jane Roe', true],
    [JANE, 'FN&EQ;jane roe', false],
    [JANE, 'FN&iEQ;jane roe', true],
    [JANE, 'FN&CON;Roe', true],
    [JANE, 'FN&CON;roe', false],
    [JANE, 'FN&iNCON;roe', false],
    [JANE, 'N&EQ;Roe;Jane', true],
    [JANE, 'TEL&CON;(44)', true],
    [JANE, 'TEL&EQ;555 0100', true],
    [JANE, 'TEL&NE;555 0100', false],
    [JANE, 'TEL&NCON;777', true],
    [JANE, 'NOTE&EQ;likes tea, and coffee%0Aand cake', true],
    [JANE, 'CATEGORIES&EQ;Work', true],
    [JANE, 'GROUP&EQ;Work', true],
    [JANE, 'GROUP&iEQ;tea %26 co', true],
    [JANE, 'GROUP&EQ;Wor', false],
    [JANE, 'GROUP&NE;Work', false],
    [JANE, 'GROUP&EQ;&NULL;', false],
    [JANE, 'URL&EQ;&NULL;', true],
    [JANE, 'EMAIL&EQ;&NULL;', false],
    [JANE, 'EMAIL&EQ;', true],
    [JANE, 'URL&NE;&NULL;', false],
    [JANE, 'URL&NE;x', true],
    [JANE, 'URL&LT;x', false],
    [JANE, 'BDAY&EQ;19800203', true],
    [JANE, 'BDAY&LT;19800204', true],
    [JANE, 'BDAY&GE;1980-02-03T00:00:01', false],
    [JANE, 'X-RANK&GT;9', true],
    [JANE, 'X-RANK&EQ;010', false],
    [JANE, '&LUID;&EQ;007', true],
    [JANE, '&LUID;&EQ;7', false],
    [OLD, '&LUID;&EQ;&NULL;', true],
    [JANE, 'UNSEEN&EQ;1', true],
    [JANE, 'FN&CON;Roe&AND;X-RANK&LT;5', false],
    [JANE, 'FN&CON;x&OR;X-RANK&GE;10', true],
    [OLD, 'N&EQ;Müller;Jörg', true],
    [OLD, 'NOTE&EQ;café', true],
    [OLD, 'ADR&EQ;;;Main  Street 1;Ville', true],
    [OLD, 'URL&EQ;C:\\new', true],
    [OLD, 'PHOTO&EQ;AAAABBBB=', true],
    [OLD, 'GROUP&EQ;Club', true],
    [OLD, 'N&EQ;Agent', false],
    [OLD, 'TEL&EQ;&NULL;', true],
  ])('%#: %o is asked %j: %j', (item, query, expected) => {
    expect(asks(query, item)).toBe(expected);
  });

  it('without a date lies in any window, with one where it was changed', () => {
    const query = 'SINCE&EQ;20260101T000000Z&AND;BEFORE&EQ;20270101T000000Z';
    expect(asks(query, JANE)).toBe(true);
    expect(asks(query, { ...JANE, modifiedAt: '20250601100000' })).toBe(false);
    expect(asks(query, { ...JANE, modifiedAt: '2026-06-01T10:00:00Z' })).toBe(true);
    const body = JANE.body.replace('FN:', 'REV:20270301T000000Z\r\nFN:');
    expect(asks(query, { ...JANE, body, modifiedAt: '2026-06-01T10:00:00Z' })).toBe(false);
  });
});

it('takes a quoted colon and a folded parameter as part of the name', () => {
  const body = lines(
    ...[
      'BEGIN:VCALENDAR',
      'VERSION:2.0',
      'BEGIN:VEVENT',
      'ATTENDEE;CN="Roe: Jane";ROLE=CHAIR',
      ' ;X=1:mailto:j@example.com',
    ],
    ...['END:VEVENT', 'END:VCALENDAR'],
  );
  expect(asks('ATTENDEE&EQ;mailto:j@example.com', { type: 'text/calendar', body })).toBe(true);
});

it('decodes octets of two in one character', () => {
  const body = lines(
    'BEGIN:VCARD',
    'VERSION:2.1',
    'N;CHARSET=SHIFT_JIS;ENCODING=QUOTED-PRINTABLE:=83e',
    'END:VCARD',
  );
  expect(asks('N&EQ;テ', { type: 'text/x-vcard', body })).toBe(true);
});

describe('a note', () => {
  const note: FilterItem = {
    type: 'text/plain',
    body: 'Shopping\nbread\nSUMMARY:none',
    modifiedAt: '20260501',
  };
  it.each([
    ['SUMMARY&EQ;Shopping', true],
    ['BODY&CON;bread', true],
    ['SUMMARY&EQ;none', false],
    ['N&EQ;&NULL;', true],
    ['SINCE&EQ;20260601T000000Z', false],
    ['BEFORE&EQ;20260601T000000Z', true],
  ])('is asked %j: %j', (query, expected) => {
    expect(asks(query, note)).toBe(expected);
  });
});

it.each<[string, string]>([
  ['DTSTART&EQ;20260601T080000Z', 'DTSTART:2026-06-01T10:00:00+02:00'],
  ['DTSTART&EQ;2026-06-01T08:00', 'DTSTART:20260601T080000'],
  ['DTSTART&EQ;20260602', 'DTSTART:20260601T240000'],
  ['DTSTART&GE;20260601', 'DTSTART;VALUE=DATE:20260601'],
  ['DTSTART&LT;20260601T080001Z', 'DTSTART:20260601T080000Z'],
  ['PRIORITY&LE;9', 'PRIORITY:5'],
])('%j fits an event with %s', (query, property) => {
  const body = lines('BEGIN:VCALENDAR', 'BEGIN:VEVENT', property, 'END:VEVENT', 'END:VCALENDAR');
  expect(asks(query, { type: 'text/calendar', body })).toBe(true);
});

describe('any item', () => {
  const word = fc.constantFrom(
    ...['BEGIN:VCARD', 'END:VCARD', 'BEGIN:VEVENT', 'END:VEVENT', 'DTSTART:20260101', 'RRULE:FREQ=DAILY'],
    ...['\r\n', '\n', ' ', ':', ';', '=', 'N', 'TEL;X', 'ENCODING=QUOTED-PRINTABLE', '"', '\\', '=C3', 'é'],
  );
  const body = fc.oneof(
    fc.string(),
    fc.array(word).map((words) => words.join('')),
  );
  const type = fc.constantFrom('text/vcard', 'text/x-vcalendar', 'text/calendar', 'text/plain');

  it('matches or not, and a second time the same; AND and OR are what they say', () => {
    fc.assert(
      fc.property(anyExpression, anyExpression, body, type, (left, right, text, ofType) => {
        const item = { type: ofType, body: text };
        const [l, r] = [isMatch(left, item), isMatch(right, item)];
        expect(isMatch(left, item)).toBe(l);
        expect(isMatch({ kind: 'and', parts: [left, right] }, item)).toBe(l && r);
        expect(isMatch({ kind: 'or', parts: [left, right] }, item)).toBe(l || r);
      }),
    );
  });

  it('may be as nested as it likes', () => {
    const text = 'BEGIN:A\n'.repeat(50_000) + '\n'.repeat(50_000);
    expect(asks('N&EQ;&NULL;', { type: 'text/vcard', body: text })).toBe(true);
  });
});
