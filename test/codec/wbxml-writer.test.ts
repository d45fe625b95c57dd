import { describe, expect, test } from 'vitest';
import { encode, encodedSize } from '../../lib/codec/codec.ts';
import { namesOf } from '../../lib/codec/tables.ts';
import { type Element, element, type Version } from '../../lib/codec/tree.ts';
import { fromHex } from './fixtures.ts';

const hexOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
const header: { readonly [version in Version]: string } = {
  '1.0': '02 9f51 6a 00',
  '1.1': '02 9f53 6a 00',
  '1.2': '02 a401 6a 00',
};

function expectBody(root: Element, hex: string, version: Version = '1.2'): void {
  expect(hexOf(encode(root, 'wbxml', version))).toBe(hexOf(fromHex(header[version] + hex)));
}

const data = (text: string): Element => element('syncml', 'Data', [text]);

test('there is no string table (E21, W10), and the version is 1.2 of WBXML', () => {
  for (const version of ['1.0', '1.1', '1.2'] as const)
    expectBody(element('syncml', 'SyncML'), '2d', version);
});

describe('text (W10 W11 W14)', () => {
  test('is inline where it is short', () => {
    expectBody(data('201'), '4f 03 323031 00 01');
    expectBody(data('ä\u{1F600}'), '4f 03 c3a4 f09f9880 00 01');
  });

  test.each(['a\r\nb', 'a\nb', '<', '>', '&'])('of Data %j is opaque', (text) => {
    const length = text.length.toString(16).padStart(2, '0');
    expectBody(data(text), `4f c3 ${length} ${Buffer.from(text).toString('hex')} 01`);
  });

  test('of Data is opaque when it is long, with its length in octets', () => {
    expectBody(data('ä'.repeat(300)), `4f c3 8458 ${'c3a4'.repeat(300)} 01`);
  });

  test('elsewhere is inline, unless it holds NUL', () => {
    expectBody(element('syncml', 'LocURI', ['a&b\n']), '57 03 6126620a 00 01');
    expectBody(element('syncml', 'LocURI', ['a\0b']), '57 c3 03 610062 01');
  });

  test('octets are opaque', () => {
    expectBody(element('syncml', 'Data', [Uint8Array.from([1, 0, 255])]), '4f c3 03 0100ff 01');
  });
});

test('code pages are switched where they change', () => {
  const anchor = element('metinf', 'Anchor', [element('metinf', 'Next', ['2'])]);
  const meta = element('syncml', 'Meta', [element('metinf', 'Type', ['t']), anchor]);
  expectBody(
    element('syncml', 'Item', [meta, data('x')]),
    '54 5a 0001 53 037400 01 45 4f 033200 01 01 01 0000 4f 037800 01 01',
  );
});

test.each([
  ['1.0', '9f52'],
  ['1.1', '9f54'],
  ['1.2', 'a403'],
] as const)('device information of %s is a document of its own', (version, id) => {
  const devInf = element('devinf', 'DevInf', [element('devinf', 'VerDTD', [version])]);
  const nested = `02 ${id} 6a 00 4a 65 03 ${Buffer.from(version).toString('hex')} 00 01 01`;
  expectBody(element('syncml', 'Data', [devInf]), `4f c3 0e ${nested} 01`, version);
  expect(hexOf(encode(devInf, 'wbxml', version))).toBe(hexOf(fromHex(nested)));
});

describe('what a version does not know (W12)', () => {
  test.each([
    ['syncml', 'MoreData', '1.0'],
    ['syncml', 'SourceParent', '1.1'],
    ['metinf', 'MaxObjSize', '1.0'],
    ['metinf', 'FieldLevel', '1.1'],
    ['devinf', 'UTC', '1.0'],
    ['devinf', 'Property', '1.1'],
    ['syncml', 'NoSuchName', '1.2'],
  ] as const)('%s %s is not written for %s', (space, name, version) => {
    const root = element('syncml', 'Data', [element(space, name)]);
    const inside =
      space === 'devinf' ? element('syncml', 'Data', [element(space, 'DevInf', root.children)]) : root;
    expect(() => encode(inside, 'wbxml', version)).toThrow(name);
  });

  test('is refused within an embedded document too', () => {
    const devInf = element('devinf', 'DevInf', [element('devinf', 'Property')]);
    expect(() => encode(element('syncml', 'Data', [devInf]), 'wbxml', '1.1')).toThrow('not part of 1.1');
  });

  test('every version knows what the one before knew', () => {
    for (const space of ['syncml', 'metinf', 'devinf'] as const) {
      expect(namesOf(space, '1.1')).toEqual(expect.arrayContaining([...namesOf(space, '1.0')]));
      expect(namesOf(space, '1.2')).toEqual(expect.arrayContaining([...namesOf(space, '1.1')]));
    }
    expect(['1.0', '1.1', '1.2'].map((version) => namesOf('syncml', version as Version).length)).toEqual([
      45, 47, 55,
    ]);
  });
});

describe('the size of an element', () => {
  test('is that of its octets', () => {
    expect(encodedSize(element('syncml', 'Final'), 'wbxml', '1.2')).toBe(1);
    expect(encodedSize(data('201'), 'wbxml', '1.2')).toBe(fromHex('4f 03 323031 00 01').length);
  });

  test('counts the switches to another page and back', () => {
    const meta = element('syncml', 'Meta', [element('metinf', 'Type', ['t'])]);
    expect(encodedSize(meta, 'wbxml', '1.2')).toBe(fromHex('5a 0001 53 037400 01 01 0000').length);
  });

  test('counts the header of embedded device information', () => {
    const devInf = element('devinf', 'DevInf');
    expect(encodedSize(devInf, 'wbxml', '1.2')).toBe(fromHex('c3 06 02a4036a00 0a').length);
  });
});
