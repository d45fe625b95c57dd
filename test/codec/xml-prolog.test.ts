import { describe, expect, test } from 'vitest';
import { decode } from '../../lib/codec/codec.ts';
import { CodecError, type Element, element, type Node } from '../../lib/codec/tree.ts';

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const read = (text: string): Element => decode(utf8(text), 'xml').root;
const contentOf = (inner: string): readonly Node[] => read(`<Data>${inner}</Data>`).children;

describe('prolog', () => {
  test.each([
    '<!DOCTYPE SyncML>',
    '<!DOCTYPE SyncML PUBLIC "-//SYNCML//DTD SyncML 1.1//EN" "http://www.example.com/s.dtd">',
    '<?xml version="1.0"?>\r\n<!-- <!DOCTYPE x [<!ENTITY a "b">]> --><?target data?>\r\n<!DOCTYPE SyncML [ <!ELEMENT Final EMPTY> ] >\r\n',
  ])('%j is ignored', (prolog) => {
    expect(read(`${prolog}<SyncML>x</SyncML>`)).toEqual(element('syncml', 'SyncML', ['x']));
  });

  test('a DOCTYPE may not declare entities', () => {
    const bomb = Array.from({ length: 9 }, (_, n) => `<!ENTITY e${n + 1} "${`&e${n};`.repeat(10)}">`).join(
      '',
    );
    for (const subset of [
      bomb,
      '<!ENTITY x SYSTEM "file:///etc/hostname">',
      '<!ENTITY % p "q"> %p;',
      '%p;',
    ]) {
      expect(() => read(`<!DOCTYPE a [${subset}]><a>&e9;&x;</a>`)).toThrow('the DOCTYPE declares entities');
    }
  });

  test('a DOCTYPE within the document declares nothing either', () => {
    for (const source of [
      '<a><!DOCTYPE a [<!ENTITY x "y">]>&x;</a>',
      '<a>&x;</a><!DOCTYPE a [<!ENTITY x "y">]>',
    ]) {
      try {
        expect(read(source).children).toEqual(['&x;']);
      } catch (error) {
        expect(error).toBeInstanceOf(CodecError);
      }
    }
  });

  test('content may speak of a DOCTYPE', () => {
    const text = '<!DOCTYPE html [<!ENTITY a "b">]>&a;';
    expect(contentOf(`<![CDATA[${text}]]>`)).toEqual([text]);
  });
});

describe('charset (Q11)', () => {
  const umlaut = [element('syncml', 'Data', ['Ä€'])];
  const bytesOf = (text: string, encoding: 'utf8' | 'utf16le'): Buffer => Buffer.from(text, encoding);
  const root = '<Item><Data>Ä€</Data></Item>';

  test.each([
    ['UTF-8', bytesOf(root, 'utf8')],
    ['UTF-8 with BOM', bytesOf(`\ufeff${root}`, 'utf8')],
    ['UTF-16LE with BOM', bytesOf(`\ufeff${root}`, 'utf16le')],
    ['UTF-16LE without', bytesOf(root, 'utf16le')],
    ['UTF-16BE with BOM', bytesOf(`\ufeff${root}`, 'utf16le').swap16()],
    ['UTF-8 that says UTF-16', bytesOf(`<?xml version="1.0" encoding="UTF-16"?>${root}`, 'utf8')],
  ])('%s is read', (_, bytes) => {
    expect(decode(bytes, 'xml').root.children).toEqual(umlaut);
  });

  const windows = (prolog: string): Buffer =>
    Buffer.concat([
      Buffer.from(`${prolog}<Item><Data>`),
      Buffer.from([0xc4, 0x80]),
      Buffer.from('</Data></Item>'),
    ]);

  test('the prolog counts, and the HTTP header counts more', () => {
    const bytes = windows("<?xml version='1.0' encoding='windows-1252'?>");
    expect(decode(bytes, 'xml').root.children).toEqual(umlaut);
    expect(decode(bytes, 'xml', undefined, 'utf-8').root.children).toEqual([
      element('syncml', 'Data', ['Ā']),
    ]);
    expect(decode(windows(''), 'xml', undefined, 'ISO-8859-1').root.children).toEqual(umlaut);
  });

  test('what is not UTF-8 is read as windows-1252, so that nothing is lost', () => {
    const bytes = Buffer.concat([
      Buffer.from('<Data>'),
      Buffer.from([0xc4, 0x20, 0x80]),
      Buffer.from('</Data>'),
    ]);
    expect(decode(bytes, 'xml').root.children).toEqual(['Ä €']);
  });

  const latin = (inner: string): readonly Node[] =>
    decode(Buffer.from(`<Item>${inner}</Item>`, 'latin1'), 'xml').root.children;
  const raw = (text: string): string => Buffer.from(text).toString('latin1');

  test('a text that is cut inside a character leaves the others as they are', () => {
    const inner = `<Data>${raw('Grüße, Stra')}\xc3</Data><Data>${raw('für')}\n\xb6del</Data><Data>Stra\xc3</Data>`;
    expect(latin(inner)).toEqual(
      ['Grüße, Stra\ufffd', 'für\n\ufffddel', 'Stra\ufffd'].map((text) => element('syncml', 'Data', [text])),
    );
  });

  test('each item may be in another one, whatever the message says (E01)', () => {
    const inner = `<Data>${raw('Grün\nfür')}</Data><Data>Gr\xfc\xdfe\nCaf\xe9 5</Data>`;
    expect(latin(inner)).toEqual(
      ['Grün\nfür', 'Grüße\nCafé 5'].map((text) => element('syncml', 'Data', [text])),
    );
    expect(latin('<Data>Caf\xe9</Data>')).toEqual([element('syncml', 'Data', ['Café'])]);
  });

  test('an unknown one is refused', () => {
    expect(() => decode(utf8('<a/>'), 'xml', undefined, 'ebcdic')).toThrow('the charset is not supported');
  });
});
