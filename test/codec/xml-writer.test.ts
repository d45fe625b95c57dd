import { expect, test } from 'vitest';
import { encode, encodedSize } from '../../lib/codec/codec.ts';
import { type Element, element, type Version } from '../../lib/codec/tree.ts';

const write = (root: Element, version: Version = '1.2'): string =>
  Buffer.from(encode(root, 'xml', version)).toString();
const prolog = '<?xml version="1.0" encoding="UTF-8"?>';
const data = (text: string): Element => element('syncml', 'Data', [text]);

test.each([
  ['1.0', '<SyncML>'],
  ['1.1', "<SyncML xmlns='SYNCML:SYNCML1.1'>"],
  ['1.2', "<SyncML xmlns='SYNCML:SYNCML1.2'>"],
] as const)('version %s begins with %s (E31)', (version, start) => {
  const root = element('syncml', 'SyncML', [element('syncml', 'Final')]);
  expect(write(root, version)).toBe(`${prolog}${start}<Final/></SyncML>`);
});

test('namespaces are declared where they change', () => {
  const anchor = element('metinf', 'Anchor', [element('metinf', 'Next', ['2'])]);
  const meta = element('syncml', 'Meta', [element('metinf', 'Type', ['text/plain']), anchor]);
  const devInf = element('devinf', 'DevInf', [element('devinf', 'UTC')]);
  const root = element('syncml', 'Item', [meta, element('syncml', 'Data', [devInf])]);
  expect(write(root, '1.0')).toBe(
    `${prolog}<Item><Meta><Type xmlns='syncml:metinf'>text/plain</Type><Anchor xmlns='syncml:metinf'><Next>2</Next>` +
      "</Anchor></Meta><Data><DevInf xmlns='syncml:devinf'><UTC/></DevInf></Data></Item>",
  );
});

test.each([
  ['201', '201'],
  ['a\nb "c"', 'a\nb "c"'],
  ['a<b', '<![CDATA[a<b]]>'],
  ['R&D\r\n', '<![CDATA[R&D\r\n]]>'],
  ['a\r\nb', '<![CDATA[a\r\nb]]>'],
  ['x]]>y', '<![CDATA[x]]]]><![CDATA[>y]]>'],
  ['a\u0000b\u001f', 'ab'],
])('Data %j is written as %j', (text, written) => {
  expect(write(data(text))).toContain(`>${written}</Data>`);
});

test('elsewhere text is escaped, CR too (E42, Q07)', () => {
  const written = write(element('syncml', 'LocURI', ['a<b>&c\r\u0007]]>']));
  expect(written).toContain('>a&lt;b&gt;&amp;c&#13;]]&gt;</LocURI>');
});

test('octets are written as base64', () => {
  expect(write(element('syncml', 'Data', [Uint8Array.from([0, 255, 16])]))).toContain('>AP8Q</Data>');
});

test('the size of an element is that of its octets in a message', () => {
  const message = (...commands: Element[]): Element => element('syncml', 'SyncBody', commands);
  const item = element('syncml', 'Item', [
    element('syncml', 'Meta', [element('metinf', 'Type', ['text/plain'])]),
    data('Å<\r\n'),
  ]);
  const filler = element('syncml', 'Final');
  const growth = write(message(filler, item)).length - write(message(filler)).length;
  expect(Buffer.from('Å').length - 'Å'.length + growth).toBe(encodedSize(item, 'xml', '1.2'));
});
