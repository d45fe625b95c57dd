import { describe, expect, test } from 'vitest';
import { decode } from '../../lib/codec/codec.ts';
import {
  CodecError,
  type Element,
  element,
  isElement,
  type Namespace,
  type Node,
} from '../../lib/codec/tree.ts';

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const read = (text: string): Element => decode(utf8(text), 'xml').root;
const contentOf = (inner: string): readonly Node[] => read(`<Data>${inner}</Data>`).children;
const childNames = (root: Element): string[] => root.children.filter(isElement).map(({ name }) => name);

describe('options of the parser (Q01)', () => {
  test.each(['007', '0x10', '1e3', '+49', 'true', ' x ', '\t', ' '])('%j stays text as it is', (text) => {
    expect(contentOf(text)).toEqual([text]);
  });

  test('commands stay in their order', () => {
    expect(childNames(read('<Sync><Add/><Delete/><Add/><Replace/><Add/></Sync>'))).toEqual([
      ...['Add', 'Delete', 'Add', 'Replace', 'Add'],
    ]);
  });

  test.each([
    ['&#13;&#xD;&#x0d;', '\r\r\r'],
    ['&lt;&gt;&amp;&quot;&apos;', '<>&"\''],
    ['&amp;lt; &amp;#13; &amp;amp;', '&lt; &#13; &amp;'],
    ['&#x1F600;&#228;', '\u{1F600}ä'],
    ['a&#0;b&#x1F;c&#xD800;d&#1114112;e', 'abcde'],
    ['&nbsp;', '&nbsp;'],
  ])('%s is resolved once', (source, text) => {
    expect(contentOf(source)).toEqual([text]);
  });

  test('any number of references is resolved', () => {
    expect(contentOf('&#13;'.repeat(150_000))).toEqual(['\r'.repeat(150_000)]);
  });

  test('text, CDATA and comments make one string', () => {
    expect(contentOf('a<![CDATA[<b>&amp;]]>c<!-- d --><![CDATA[e]]]]><![CDATA[>]]>')).toEqual([
      'a<b>&amp;ce]]>',
    ]);
  });

  test('line ends are kept, in text and in CDATA', () => {
    expect(contentOf('a\r\nb\rc\n')).toEqual(['a\r\nb\rc\n']);
    expect(contentOf('<![CDATA[<x\r\n y>\r]]>\r\n')).toEqual(['<x\r\n y>\r\r\n']);
    expect(childNames(read('<Sync\r\n>\r\n<!-- > \r --><Add\r\n/>\r\n</Sync\r\n>\r\n'))).toEqual(['Add']);
  });

  test('an empty element has no children, however it is written', () => {
    for (const source of ['<Data/>', '<Data></Data>', '<Data><![CDATA[]]></Data>', '<Data><!-- --></Data>']) {
      expect(read(source).children).toEqual([]);
    }
  });

  test.each([
    '<a><b></a></b>',
    '<a></b>',
    '<a>',
    '<a/><b/>',
    '<a></a><b></b>',
    '',
    'text',
    '<a>&</a>',
    '<a><![CDATA[x</a>',
    '<a><!-- x</a>',
    '<?xml version="1.0"?>',
    '<a b></a>',
  ])('%j is refused', (source) => {
    expect(() => read(source)).toThrow(CodecError);
  });

  test('names that mean something to JavaScript are only names', () => {
    for (const name of ['__proto__', 'constructor', 'hasOwnProperty', 'toString']) {
      try {
        expect(read(`<Data><${name}>x</${name}></Data>`).children).toHaveLength(1);
      } catch (error) {
        expect(error).toBeInstanceOf(CodecError);
      }
    }
    expect(({} as { x?: unknown }).x).toBeUndefined();
  });
});

describe('namespaces (H23)', () => {
  const spaces = (root: Element): [Namespace, string][] => [
    [root.space, root.name],
    ...root.children.filter(isElement).flatMap(spaces),
  ];
  const expected = [
    ['syncml', 'Sync'],
    ['syncml', 'Meta'],
    ['metinf', 'Mem'],
    ['metinf', 'FreeID'],
    ['syncml', 'Item'],
    ['syncml', 'Data'],
    ['metinf', 'Anchor'],
    ['metinf', 'Next'],
    ['syncml', 'Data'],
    ['devinf', 'DevInf'],
    ['devinf', 'SourceRef'],
    ['devinf', 'Size'],
  ];

  test.each([
    '<Sync><Meta><Mem><FreeID/></Mem></Meta><Item><Data><Anchor><Next/></Anchor></Data><Data><DevInf><SourceRef/><Size/></DevInf></Data></Item></Sync>',
    "<Sync xmlns='SYNCML:SYNCML1.2'><Meta xmlns='syncml:metinf'><Mem><FreeID/></Mem></Meta><Item><Data><Anchor xmlns='syncml:metinf'><Next/></Anchor></Data><Data><DevInf xmlns='syncml:devinf'><SourceRef/><Size/></DevInf></Data></Item></Sync>",
    "<s:Sync xmlns:s='syncml:syncml1.1' xmlns:m='syncml:metinf' xmlns:d='syncml:devinf'><s:Meta><m:Mem><m:FreeID/></m:Mem></s:Meta><s:Item><s:Data><m:Anchor><m:Next/></m:Anchor></s:Data><s:Data><d:DevInf><d:SourceRef/><d:Size/></d:DevInf></s:Data></s:Item></s:Sync>",
  ])('are resolved by declaration, prefix or place: %s', (source) => {
    expect(spaces(read(source))).toEqual(expected);
  });

  test('an unknown name is taken for what is around it', () => {
    expect(spaces(read('<Meta><Mem><Extra/></Mem><Other/></Meta>'))).toEqual([
      ...[
        ['syncml', 'Meta'],
        ['metinf', 'Mem'],
        ['metinf', 'Extra'],
        ['syncml', 'Other'],
      ],
    ]);
  });

  test('a flood of prefixes costs nothing: those beyond the first ones are not looked at', () => {
    const prefixes = Array.from({ length: 5000 }, (_, n) => `xmlns:p${n}='syncml:metinf'`).join(' ');
    const items = "<Item xmlns='SYNCML:SYNCML1.2'/>".repeat(20_000);
    expect(
      read(`<Sync ${prefixes}><p0:Unknown/><p4999:Unknown/>${items}</Sync>`).children.slice(0, 2),
    ).toEqual([element('metinf', 'Unknown'), element('syncml', 'Unknown')]);
  });

  test('another spelling of a name is still of its namespace', () => {
    expect(spaces(read('<Mem><FreeId/></Mem>'))[1]).toEqual(['metinf', 'FreeId']);
  });

  test.each([
    ["<SyncML xmlns='SYNCML:SYNCML1.0'/>", '1.0'],
    ["<x:SyncML xmlns:x='syncml:syncml1.2'/>", '1.2'],
    ["<SyncML xmlns='SYNCML:SYNCML9.9'/>", undefined],
    ['<SyncML/>', undefined],
  ])('%s says version %s', (source, version) => {
    expect(decode(utf8(source), 'xml').version).toBe(version);
  });
});

describe('white space', () => {
  test('between elements is layout', () => {
    const item = element('syncml', 'Item', [
      element('syncml', 'Data', [' ']),
      element('syncml', 'Data', ['\n']),
    ]);
    expect(read('<Item>\n  <Data> </Data>\r\n\t<Data>\n</Data>\n</Item>')).toEqual(item);
  });

  test('with other text is content', () => {
    expect(contentOf(' a <Final/> b ')).toEqual([' a ', element('syncml', 'Final'), ' b ']);
  });
});

test('control characters that XML cannot hold are left out (Q08)', () => {
  expect(contentOf('a\u0000b\u0001c\u001fd\ufffee\tf')).toEqual(['abcde\tf']);
});

describe('DevInf as text', () => {
  const devInf = element('devinf', 'DevInf', [element('devinf', 'VerDTD', ['1.1'])]);

  test('is read, escaped or as CDATA', () => {
    expect(contentOf("&lt;DevInf xmlns='syncml:devinf'>\n&lt;VerDTD>1.1&lt;/VerDTD>&lt;/DevInf>")).toEqual([
      devInf,
    ]);
    expect(contentOf('<![CDATA[<DevInf><VerDTD>1.1</VerDTD></DevInf>]]>')).toEqual([devInf]);
  });

  test('stays text when it is something else', () => {
    for (const text of ['<DevInfo/>', '<DevInf', 'x <DevInf/>', '<DevInf></Data>', '<Other/>']) {
      expect(contentOf(`<![CDATA[${text}]]>`)).toEqual([text]);
    }
    expect(read('<LocURI>&lt;DevInf/&gt;</LocURI>').children).toEqual(['<DevInf/>']);
  });
});
