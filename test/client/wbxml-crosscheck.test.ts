/** Our WBXML against that of libwbxml: its tools read what we write, and we read what they write. */
import { execFileSync } from 'node:child_process';
import { beforeAll, expect, test } from 'vitest';
import { decode, encode } from '../../lib/codec/codec.ts';
import { type Element, isElement } from '../../lib/codec/tree.ts';
import { fixture, stems } from '../codec/fixtures.ts';

const isMissing = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ENOENT';

beforeAll(() => {
  for (const tool of ['wbxml2xml', 'xml2wbxml']) {
    try {
      execFileSync(tool, ['-h'], { stdio: 'ignore' });
    } catch (error) {
      // The tools end with an error code after printing their help.
      if (!isMissing(error)) continue;
      throw new Error(`${tool} cannot be found: install the Debian package libwbxml2-utils.`);
    }
  }
});

const convert = (tool: string, options: readonly string[], input: Uint8Array): Uint8Array =>
  execFileSync(tool, [...options, '-o', '-', '-'], { input, stdio: ['pipe', 'pipe', 'pipe'] });

/** libwbxml changes the media type of device information to that of the encoding it writes. */
function withXmlTypes(element: Element): Element {
  const children = element.children.map((node) => {
    if (isElement(node)) return withXmlTypes(node);
    return typeof node === 'string' ? node.replace('-devinf+wbxml', '-devinf+xml') : node;
  });
  return { ...element, children };
}

function messageOf(stem: string) {
  const { root, version } = decode(fixture(stem, 'wbxml'), 'wbxml');
  if (version === undefined) throw new Error(`${stem} has no version`);
  return { root, version };
}

// libwbxml looks for device information by the Type in Meta only, which this message leaves out.
const typed = stems.filter((stem) => stem !== 'devinf-text');

test.each(typed)('wbxml2xml reads our %s', (stem) => {
  const { root, version } = messageOf(stem);
  const xml = convert('wbxml2xml', ['-m', '0'], encode(root, 'wbxml', version));
  expect(decode(xml, 'xml')).toEqual({ root: withXmlTypes(root), version });
});

test.each(stems)('xml2wbxml makes of our %s what we read', (stem) => {
  const { root, version } = messageOf(stem);
  const xml = encode(root, 'xml', version);
  for (const options of [[], ['-n'], ['-v', '1.1']]) {
    expect(decode(convert('xml2wbxml', options, xml), 'wbxml').root).toEqual(root);
  }
});
