/** What a reader must survive: each case was seen in the data of real devices. */
import { describe, expect, it } from 'vitest';
import { type Component, paramValues, propertiesOf } from '../../../lib/pim/vobject/model.ts';
import { FormatError, readObjects } from '../../../lib/pim/vobject/read.ts';

const card = (version: string, ...lines: readonly string[]): string =>
  ['BEGIN:VCARD', `VERSION:${version}`, ...lines, 'END:VCARD', ''].join('\r\n');
const first = (input: string | Uint8Array, charset?: string): Component =>
  readObjects(input, { charset })[0]?.component as Component;
const values = (input: string | Uint8Array, name: string, charset?: string): string[] =>
  propertiesOf(first(input, charset), name).map(({ value }) => value);

describe('vCard 2.1', () => {
  it.each([
    ['types without a name', 'TEL;HOME;CELL:1', 'TEL', '1'],
    ['an encoding without a name', 'NOTE;QUOTED-PRINTABLE:=C3=BC', 'NOTE', 'ü'],
    ['a charset', 'NOTE;CHARSET=ISO-8859-1;ENCODING=QUOTED-PRINTABLE:=FC', 'NOTE', 'ü'],
    ['a misspelt charset', 'NOTE;CHARSET=UTF8;ENCODING=QUOTED-PRINTABLE:=C3=BC', 'NOTE', 'ü'],
    ['bytes that are not of their charset', 'NOTE;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=FC', 'NOTE', 'ü'],
    ['a soft line break', 'NOTE;ENCODING=QUOTED-PRINTABLE:a=\r\nb', 'NOTE', 'ab'],
    ['a soft line break before the end', 'NOTE;ENCODING=QUOTED-PRINTABLE:a=', 'NOTE', 'a'],
    ['a soft line break into an empty line', 'NOTE;ENCODING=QUOTED-PRINTABLE:a=\r\n\r\nTEL:1', 'NOTE', 'a'],
    ['encoded line ends', 'NOTE;ENCODING=QUOTED-PRINTABLE:a=0D=0Ab', 'NOTE', 'a\\nb'],
    ['a literal comma', 'NOTE:a,b', 'NOTE', 'a\\,b'],
    ['an escaped semicolon', 'N:a\\;b;c', 'N', 'a\\;b;c'],
    ['a fold, which keeps its blank', 'NOTE:a\r\n b', 'NOTE', 'a b'],
    ['base64 that ends before the next property', 'PHOTO;BASE64:QUJD\r\n REVG\r\nTEL:1', 'PHOTO', 'QUJDREVG'],
    [
      'base64 with a blank line in it',
      'PHOTO;ENCODING=BASE64:\r\n QUJD\r\n\r\n REVG\r\n\r\nTEL:1',
      'PHOTO',
      'QUJDREVG',
    ],
    ['a line that is no property', 'NOTE:a\r\nb c', 'NOTE', 'a\\nb c'],
  ])('%s', (_, line, name, value) => {
    expect(values(card('2.1', line), name)).toEqual([value]);
  });

  it('types, whether bare or named', () => {
    const [tel] = propertiesOf(first(card('2.1', 'TEL;HOME;TYPE=VOICE:1')), 'TEL');
    expect(tel && paramValues(tel, 'TYPE')).toEqual(['HOME', 'VOICE']);
  });
});

describe('vCard 3.0 and 4.0', () => {
  it.each([
    ['a fold, which loses its blank', 'NOTE:a\r\n b', 'NOTE', 'ab'],
    ['a fold with a tab', 'NOTE:a\r\n\tb', 'NOTE', 'ab'],
    ['groups', 'item1.X-ABLABEL:Work', 'X-ABLABEL', 'Work'],
    ['a colon in a quoted parameter', 'NOTE;X-A="b:c;d":e', 'NOTE', 'e'],
    ['a quote that never ends', 'NOTE;X-A="b:c', 'NOTE', 'c'],
    [
      'base64 with a slip in it',
      'PHOTO;ENCODING=b:QUJD\r\n  RE\u00e9VG\r\n  QUJD',
      'PHOTO',
      'QUJDRE\u00e9VGQUJD',
    ],
    ['base64 over lines', 'PHOTO;ENCODING=b:QUJD\r\n REVG', 'PHOTO', 'QUJDREVG'],
  ])('%s', (_, line, name, value) => {
    expect(values(card('3.0', line), name)).toEqual([value]);
  });
});

describe('an object', () => {
  it('with lone line feeds, without its END, behind a byte order mark', () => {
    expect(values('\uFEFFBEGIN:VCARD\nVERSION:3.0\nFN:Ada', 'FN')).toEqual(['Ada']);
  });
  it('after another in one item', () => {
    expect(readObjects(card('2.1', 'FN:A') + card('3.0', 'FN:B')).map(({ dialect }) => dialect)).toEqual([
      'vcard-2.1',
      'vcard-3.0',
    ]);
  });
  it('without VERSION is told by how it is written', () => {
    const text = 'BEGIN:VCARD\r\nTEL;HOME:1\r\nEND:VCARD\r\n';
    expect(readObjects(text)[0]?.dialect).toBe('vcard-2.1');
    const task = 'BEGIN:VTODO\r\nSUMMARY:A\r\nAALARM:20091014T080000;;0;a.wav\r\nEND:VTODO\r\n';
    expect(readObjects(task)[0]?.dialect).toBe('vcalendar-1.0');
  });
  it('without VERSION, and written in no way of its own, is of its content type', () => {
    const text = 'BEGIN:VCARD\r\nFN:a, b\\n\r\nEND:VCARD\r\n';
    expect(readObjects(text, { dialect: 'vcard-2.1' })[0]?.dialect).toBe('vcard-2.1');
    expect(readObjects(text)[0]?.dialect).toBe('vcard-3.0');
    expect(readObjects(card('3.0', 'FN:A'), { dialect: 'vcard-2.1' })[0]?.dialect).toBe('vcard-3.0');
  });
  it.each([
    ['UTF-8', Buffer.from(card('3.0', 'FN:Jörg'), 'utf8'), undefined],
    ['windows-1252', Buffer.from(card('3.0', 'FN:Jörg'), 'latin1'), undefined],
    [
      'the charset of its property',
      Buffer.from(card('2.1', 'FN;CHARSET=ISO-8859-1:Jörg'), 'latin1'),
      undefined,
    ],
    [
      'the charset of its device',
      Buffer.from([
        ...Buffer.from('BEGIN:VCARD\r\nVERSION:2.1\r\nFN:J'),
        0x9a,
        ...Buffer.from('rg\r\nEND:VCARD'),
      ]),
      'macintosh',
    ],
  ])('in bytes of %s', (_, bytes, charset) => {
    expect(values(bytes, 'FN', charset)).toEqual(['Jörg']);
  });
  it('that is none is a FormatError', () => {
    expect(() => readObjects('Hello')).toThrow(FormatError);
  });
});
