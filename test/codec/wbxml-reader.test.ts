import { describe, expect, test } from 'vitest';
import { decode } from '../../lib/codec/codec.ts';
import { CodecError, type Element, element, isElement } from '../../lib/codec/tree.ts';
import { fromHex } from './fixtures.ts';

const read = (hex: string) => decode(fromHex(hex), 'wbxml');
const body = (hex: string): Element => read(`02 a401 6a 00 ${hex}`).root;
const hexOf = (text: string): string => Buffer.from(text).toString('hex');

describe('header (W01 W02 W03)', () => {
  test.each([
    ['9f51', '1.0'],
    ['9f53', '1.1'],
    ['a401', '1.2'],
  ])('public identifier %s says version %s', (id, version) => {
    for (const wbxml of ['01', '02', '03']) expect(read(`${wbxml} ${id} 6a 00 2d`).version).toBe(version);
  });

  test('the identifier may stand in the string table, with and without an end', () => {
    const fpi = hexOf('-//SYNCML//DTD SyncML 1.1//EN');
    expect(read(`02 00 00 6a 1d ${fpi} 2d`)).toEqual({ root: element('syncml', 'SyncML'), version: '1.1' });
    expect(read(`02 00 01 6a 1f 00 ${fpi} 00 2d`).version).toBe('1.1');
  });

  test('an unknown identifier is taken for SyncML, another one is refused', () => {
    expect(read('02 01 6a 00 2d')).toEqual({ root: element('syncml', 'SyncML') });
    expect(() => read('02 04 6a 00 2d')).toThrow('the document type is not known');
    expect(() => read('02 0000 6a 00 2d')).toThrow('the document type is not known');
  });

  test('a document may be device information alone', () => {
    expect(read('02 a403 6a 00 4a 28 01')).toEqual({
      root: element('devinf', 'DevInf', [element('devinf', 'UTC')]),
      version: '1.2',
    });
  });

  test.each([
    ['6a', 'c3a4', 'ä'],
    ['00', 'c3a4', 'ä'],
    ['03', '41', 'A'],
    ['04', 'e480', 'ä€'],
    ['6a', 'e420', 'ä '],
    ['6a', 'c3a4c3', 'ä\ufffd'],
    ['6a', 'c3a40ac3', 'ä\n\ufffd'],
  ])('charset %s reads %s as %s', (charset, octets, text) => {
    expect(read(`02 a401 ${charset} 00 4f 03 ${octets} 00 01`).root.children).toEqual([text]);
  });

  test.each([
    '00 a401 6a 00 2d',
    '04 a401 6a 00 2d',
    '02 a401 11 00 2d',
    '02 a401 6a 05 2d',
    '02 8181818181 01',
  ])('%s is refused', (hex) => {
    expect(() => read(hex)).toThrow(CodecError);
  });
});

describe('text', () => {
  test('comes inline, from the table, as entity or opaque, and makes one string', () => {
    const root = read('02 a401 6a 04 42433100 4f 03 4100 8300 02 8170 c3 02 c3a4 c300 01').root;
    expect(root.children).toEqual(['ABC1\u00f0ä']);
  });

  test('is octets when it is not UTF-8 or holds NUL', () => {
    expect(body('4f c3 03 ff fe 41 01').children).toEqual([Uint8Array.from([0xff, 0xfe, 0x41])]);
    expect(body('4f c3 03 41 00 42 01').children).toEqual([Uint8Array.from([0x41, 0, 0x42])]);
  });

  test('octets are a copy of their own', () => {
    const bytes = fromHex('02 a401 6a 00 4f c3 02 ff fe 01');
    const { root } = decode(bytes, 'wbxml');
    bytes.fill(0);
    expect(root.children).toEqual([Uint8Array.from([0xff, 0xfe])]);
  });

  test.each(['03 41', 'c3 05 41', '8300', '02 ffffffffffff', '4f 03 4100'])(
    '%s, not closed or not there, is refused',
    (hex) => {
      expect(() => body(hex)).toThrow(CodecError);
      expect(() => body(`4f ${hex}`)).toThrow(CodecError);
    },
  );
});

describe('tags (W05 W09 W13)', () => {
  test('an empty element may have the content bit', () => {
    expect(body('6b 52 01 12 01').children).toEqual([element('syncml', 'Final'), element('syncml', 'Final')]);
  });

  test('all three empty forms of a message are one', () => {
    expect(body('2d')).toEqual(body('6d01'));
    expect(body('ed 05 01 01')).toEqual(body('ad 05 01'));
  });

  test('the code page lasts until it is switched', () => {
    const names = body('5a 0001 53 01 47 01 0000 0b 01').children.filter(isElement);
    expect(names.map(({ space, name }) => `${space} ${name}`)).toEqual([
      'metinf Type',
      'metinf Format',
      'syncml CmdID',
    ]);
  });

  test('what is not known is skipped with all that is in it', () => {
    const skipped = [
      '3f',
      '7f 4f 03 4100 01 01',
      '30',
      'bf 05 01',
      '0007 45 46 01 01 0000',
      '7f c3 02 fffe 8000 01',
    ];
    for (const hex of skipped) expect(body(`6b ${hex} 12 01`).children).toEqual([element('syncml', 'Final')]);
  });

  test('nothing but a known root may come first', () => {
    for (const hex of ['01', '03 4100', 'c3 01 ff', '02 41']) expect(() => body(hex)).toThrow(CodecError);
    expect(() => body('7f 01')).toThrow('the root element is not known');
  });

  test('a literal tag is known by its name', () => {
    const table = `06 ${hexOf('Final')}00`;
    expect(read(`02 a401 6a ${table} 6b 04 00 01`).root.children).toEqual([element('syncml', 'Final')]);
    expect(read(`02 a401 6a ${table} 6b 44 01 03 4100 01 01`).root.children).toEqual([]);
  });

  test('attributes, extensions and processing instructions are skipped', () => {
    const attributes = '05 03 4100 85 c3 01 41 02 41 04 00 0003 40 4200 80 01 c0 01';
    expect(body(`cb ${attributes} 03 3100 40 4100 8001 c1 43 ${attributes} 01`)).toEqual(
      element('syncml', 'CmdID', ['1']),
    );
  });

  test('an element of 1.2 is read in a message of 1.1', () => {
    const sourceParent = read('02 9f53 6a 00 54 79 57 03 3100 01 01 01').root.children[0];
    expect(sourceParent).toEqual(element('syncml', 'SourceParent', [element('syncml', 'LocURI', ['1'])]));
  });
});

describe('device information', () => {
  const devInf = element('devinf', 'DevInf', [element('devinf', 'VerDTD', ['1.2'])]);
  const document = (id: string): string => `02 ${id} 6a 00 4a 65 03 312e3200 01 01`;
  const opaque = (hex: string): string =>
    `4f c3 ${fromHex(hex).length.toString(16).padStart(2, '0')} ${hex} 01`;

  test.each([
    ['its own document', opaque(document('a403'))],
    ['one under the identifier of 1.1', opaque(document('9f54'))],
    [
      'one with its name in the string table',
      opaque(`02 0000 6a 1e ${hexOf('-//SYNCML//DTD DevInf 1.2//EN')}00 4a 65 03 312e3200 01 01`),
    ],
    ['a code page', '4f 0002 4a 65 03 312e3200 01 01 0000 01'],
    ['XML, opaque', opaque(hexOf('<DevInf><VerDTD>1.2</VerDTD></DevInf>'))],
    ['XML, inline', `4f 03 ${hexOf("<DevInf xmlns='syncml:devinf'><VerDTD>1.2</VerDTD></DevInf>")} 00 01`],
  ])('is read from %s', (_, hex) => {
    expect(body(hex)).toEqual(element('syncml', 'Data', [devInf]));
  });

  test('that cannot be read stays opaque', () => {
    const broken = '02 a403 6a 00 4a 65';
    expect(body(opaque(broken)).children).toEqual([new Uint8Array(fromHex(broken))]);
  });

  test('outside Data is only octets', () => {
    const hex = document('a403');
    const cred = `4e ${opaque(hex).slice(3)}`;
    expect(body(cred).children).toEqual([new Uint8Array(fromHex(hex))]);
  });

  test('has Size in its old elements and MaxSize in those of 1.2, whatever its identifier says', () => {
    const names = (hex: string): string[] =>
      body(opaque(`02 9f54 6a 00 4a ${hex} 01`))
        .children.filter(isElement)
        .flatMap((root) => root.children.filter(isElement))
        .flatMap((parent) => parent.children.filter(isElement).map(({ name }) => name));
    expect(names('45 5c 03 3100 01 01')).toEqual(['Size']);
    expect(names('6b 5c 03 3100 01 01 6c 1c 01')).toEqual(['MaxSize', 'MaxSize']);
  });
});
