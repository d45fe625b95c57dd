/** The ladder of equality: what each rung takes for one, and that each takes in the rung below. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addsNothing,
  identityOf,
  sameMeaning,
  sameProperties,
  sameSpelling,
  without,
} from '../../lib/pim/same.ts';
import { readHead } from '../../lib/pim/vobject/head.ts';
import type { Property } from '../../lib/pim/vobject/model.ts';

/** One property, written as it is stored. */
function of(line: string): Property {
  const head = readHead(line, 'vcard-3.0');
  if (head === undefined) throw new Error(line);
  const { valueAt, ...rest } = head;
  return { ...rest, value: line.slice(valueAt) };
}

const isIdentical = (one: Property, other: Property): boolean => identityOf(one) === identityOf(other);
/** The lowest rung on which two are the same; 4 for none. */
function rungOf(one: Property, other: Property): 1 | 2 | 3 | 4 {
  if (isIdentical(one, other)) return 1;
  if (sameSpelling(one, other)) return 2;
  return sameMeaning(one, other) ? 3 : 4;
}

describe('two properties', () => {
  it.each<[1 | 2 | 3 | 4, string, string]>([
    [1, 'TEL;TYPE=HOME:1', 'TEL;TYPE=HOME:1'],
    [1, 'EXDATE;TZID=Europe/Berlin:20260302T100000', 'EXDATE:20260302T090000Z'],
    [1, 'DTSTART;TZID=Europe/Berlin:20260302T100000', 'DTSTART;TZID=Europe/Berlin:20260302T100000'],
    [4, 'DTSTART;TZID=Europe/Berlin:20260302T100000', 'DTSTART:20260302T090000Z'],
    [4, 'EXDATE;TZID=Europe/Berlin:20260302T100000', 'EXDATE;TZID=Europe/London:20260302T100000'],
    [2, 'EXDATE;TZID=Europe/Berlin:20260302T100000', 'EXDATE:20260302T100000'],
    [2, 'item1.TEL:1', 'TEL:1'],
    [2, 'TEL:+49 89 1234567', 'TEL:+49891234567'],
    [2, 'TEL:tel:+49-89-1234567', 'TEL:+49891234567'],
    [2, 'TEL:110', 'TEL:1-10'],
    [3, 'TEL:+49 170 1234567', 'TEL:0170/1234567'],
    [3, 'TEL:+7 916 123-45-67', 'TEL:8 (916) 123-45-67'],
    [4, 'TEL:+49 170 1234567', 'TEL:+43 170 1234567'],
    [2, 'EMAIL:Ada@Example.com', 'EMAIL:mailto:ada@example.com'],
    [2, 'ATTENDEE:mailto:Bob@x.example', 'ATTENDEE:bob@x.example'],
    [2, 'URL:http://Example.com', 'URL:HTTP://example.com/'],
    [3, 'URL:https://example.com', 'URL:Example.com'],
    [4, 'URL:http://example.com/A', 'URL:http://example.com/a'],
    [2, 'CATEGORIES:a,b', 'CATEGORIES:b,a'],
    [3, 'CATEGORIES:a,b', 'CATEGORIES:B,A'],
    [2, 'ADR:;;Road;;;;', 'ADR:;;Road'],
    [3, 'ADR:;;Road;;;;', 'ADR:;;ROAD'],
    [4, 'ADR:;;Row\\;End;;;;', 'ADR:;;Row;End;;;'],
    [3, 'LABEL:Road\\;Town', 'LABEL:ROAD \\; Town\\;'],
    [2, 'NOTE:one\\ntwo', 'NOTE:one \\ntwo\\n'],
    [3, 'NOTE:one\\ntwo', 'NOTE:One two'],
    [3, 'TITLE:Countess', 'TITLE:COUNTESS'],
    [4, 'TITLE:Countess', 'TITLE:Count'],
    [4, 'item1.X-ABLABEL:Boat', 'item2.X-ABLABEL:boat'],
    [3, 'item1.X-ABLABEL:Boat', 'item1.X-ABLABEL:boat'],
    [4, 'PHOTO;ENCODING=b:AAAA', 'PHOTO;ENCODING=b:aaaa'],
  ])('are the same from rung %d on: %s, %s', (rung, one, other) => {
    expect(rungOf(of(one), of(other))).toBe(rung);
  });

  it('that are the same on one rung are so on the next', () => {
    const name = fc.constantFrom(
      ...[
        'TEL',
        'EMAIL',
        'URL',
        'ADR',
        'LABEL',
        'NOTE',
        'CATEGORIES',
        'TITLE',
        'ATTENDEE',
        'X-OWN',
        'X-ABLABEL',
      ],
      ...['DTSTART', 'EXDATE', 'BDAY', 'RRULE', 'GEO', 'PRIORITY'],
    );
    const piece = fc.constantFrom(
      ...[
        'a',
        'A',
        ' ',
        '\\n',
        '\\,',
        ',',
        ';',
        '\\;',
        '1234567',
        '+49',
        '0',
        '-',
        '/',
        'http://',
        'mailto:',
        'tel:',
      ],
      ...['20260302T100000', '20260302T090000', 'Z', 'MAILTO:', '@', 'x.example'],
    );
    const value = fc.array(piece, { maxLength: 5 }).map((pieces) => pieces.join(''));
    const params = fc.constantFrom('', '', ';TYPE=HOME', ';TZID=Europe/Berlin', ';TZID=Europe/London');
    const group = fc.constantFrom('', '', 'item1.', 'item2.');
    const two = fc.record({ name, a: fc.tuple(group, params, value), b: fc.tuple(group, params, value) });
    fc.assert(
      fc.property(two, ({ name, a, b }) => {
        const [one, other] = [a, b].map(([group, params, text]) => of(`${group}${name}${params}:${text}`));
        if (one === undefined || other === undefined) return;
        if (isIdentical(one, other)) expect(sameSpelling(one, other)).toBe(true);
        const isLabel = name === 'X-ABLABEL' && one.group !== other.group;
        if (sameSpelling(one, other) && !isLabel) expect(sameMeaning(one, other)).toBe(true);
      }),
      { numRuns: 5_000 },
    );
  });
});

describe('an edit is cosmetic', () => {
  it.each([
    [true, 'TEL;TYPE=HOME:1', 'TEL;TYPE=HOME,VOICE:1'],
    [true, 'TEL;TYPE=HOME,PREF:1', 'TEL;TYPE=HOME:1'],
    [true, 'TEL;TYPE=HOME:1 2', 'TEL;TYPE=home;X-OWN=1:12'],
    [false, 'TEL;TYPE=HOME:1', 'TEL;TYPE=HOME,PREF:1'],
    [false, 'TEL;TYPE=HOME:1', 'TEL;TYPE=WORK:1'],
    [false, 'TEL;TYPE=HOME:1', 'TEL;TYPE=HOME:2'],
    [
      true,
      'ATTENDEE;PARTSTAT=ACCEPTED:mailto:a@x.example',
      'ATTENDEE;PARTSTAT=accepted;CUTYPE=ROOM:a@x.example',
    ],
    [false, 'ATTENDEE;PARTSTAT=ACCEPTED:mailto:a@x.example', 'ATTENDEE;PARTSTAT=DECLINED:mailto:a@x.example'],
  ])('%s: %s, %s', (isCosmetic, shown, sent) => {
    expect(sameSpelling(of(shown), of(sent)) && addsNothing(of(shown), of(sent))).toBe(isCosmetic);
  });
});

describe('lists of properties', () => {
  const list = (...lines: readonly string[]) => lines.map(of);
  it('without those of another list: each takes one away', () => {
    expect(without(list('TEL:1', 'TEL:1', 'TEL:2'), list('TEL:1', 'TEL:3'))).toEqual(list('TEL:1', 'TEL:2'));
  });
  it('are the same in any order', () => {
    expect(sameProperties(list('TEL:1', 'TEL:2'), list('TEL:2', 'TEL:1'))).toBe(true);
    expect(sameProperties(list('TEL:1', 'TEL:1'), list('TEL:1', 'TEL:2'))).toBe(false);
    expect(sameProperties(list('TEL:1'), list('TEL:1', 'TEL:1'))).toBe(false);
  });
});
