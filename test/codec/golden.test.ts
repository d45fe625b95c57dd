import { expect, test } from 'vitest';
import { decode, encode } from '../../lib/codec/codec.ts';
import { isElement } from '../../lib/codec/tree.ts';
import { fixture, stems } from './fixtures.ts';

test.each(stems)('%s is the same tree on both wires', (stem) => {
  const xml = decode(fixture(stem, 'xml'), 'xml');
  const wbxml = decode(fixture(stem, 'wbxml'), 'wbxml');
  expect(wbxml).toEqual(xml);
  expect(xml.root).toMatchObject({ name: 'SyncML', space: 'syncml' });
  expect(xml.root.children.filter(isElement).map(({ name }) => name)).toEqual(['SyncHdr', 'SyncBody']);
});

test.each(stems)('%s survives being written on either wire', (stem) => {
  const { root, version } = decode(fixture(stem, 'wbxml'), 'wbxml');
  if (version === undefined) throw new Error('every fixture has a version');
  expect(decode(encode(root, 'xml', version), 'xml').root).toEqual(root);
  expect(decode(encode(root, 'wbxml', version), 'wbxml')).toEqual({ root, version });
});

test('what was written as our writer writes comes out octet for octet', () => {
  const bytes = fixture('init', 'wbxml');
  const { root } = decode(bytes, 'wbxml');
  expect(Buffer.from(encode(root, 'wbxml', '1.2')).toString('hex')).toBe(Buffer.from(bytes).toString('hex'));
});
