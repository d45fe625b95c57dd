/**
 * Element tree -> WBXML, by the tables of the reader.
 *
 * Owns: code page switches, inline or opaque, embedded documents. Must not know: any SyncML command.
 */
import { codePages, tagOf, wbxml } from '../tables.ts';
import { utf8Length } from '../text.ts';
import { type Element, isElement, type Namespace, type Node, type Version } from '../tree.ts';
import { ByteWriter } from './bytes.ts';
import { writeHeader } from './header.ts';

/** Longest Data that is written inline. Longer Data is written as opaque. */
const longestInline = 256;

interface Output {
  readonly bytes: ByteWriter;
  readonly version: Version;
  readonly kind: Namespace;
  page: number;
}

export const writeWbxml = (root: Element, version: Version): Uint8Array => document(root, version);

function document(root: Element, version: Version): Uint8Array {
  const output: Output = { bytes: new ByteWriter(), version, kind: root.space, page: 0 };
  writeHeader(output.bytes, root.space, version);
  writeElement(root, output);
  return output.bytes.bytes();
}

/** Octets of an element within a message, with the switch back to page 0 that the next element may need. */
export function wbxmlSize(element: Element, version: Version): number {
  const output: Output = { bytes: new ByteWriter(), version, kind: 'syncml', page: 0 };
  writeNode(element, false, output);
  return output.bytes.length + (output.page === 0 ? 0 : 2);
}

/** Throws for an element that a peer of this version cannot read, which is a fault of the caller (W12). */
function writeElement(element: Element, output: Output): void {
  const { name, space, children } = element;
  const tag = tagOf(space, name);
  if (tag === undefined) throw new Error(`${space} ${name} has no WBXML token`);
  if (tag.since > output.version) throw new Error(`${space} ${name} is not part of ${output.version}`);
  const page = codePages[output.kind].indexOf(space);
  if (page < 0) throw new Error(`${space} ${name} has no code page in ${output.kind}`);
  if (page !== output.page) {
    output.bytes.byte(wbxml.switchPage);
    output.bytes.byte(page);
    output.page = page;
  }
  output.bytes.byte(children.length === 0 ? tag.token : tag.token | wbxml.withContent);
  if (children.length === 0) return;
  const isData = space === 'syncml' && name === 'Data';
  for (const node of children) writeNode(node, isData, output);
  output.bytes.byte(wbxml.end);
}

function writeNode(node: Node, inData: boolean, output: Output): void {
  if (typeof node === 'string') writeText(node, inData, output.bytes);
  else if (!isElement(node)) writeOpaque(node, output.bytes);
  // Device information is a document of its own (W07).
  else if (node.space === 'devinf' && output.kind !== 'devinf') {
    writeOpaque(document(node, output.version), output.bytes);
  } else writeElement(node, output);
}

function writeText(text: string, inData: boolean, bytes: ByteWriter): void {
  if (text === '') return;
  // Opaque data keeps CRLF (W14), and can hold NUL, which would end an inline string.
  const isOpaque = text.includes('\0') || (inData && (text.length > longestInline || /[\r\n<>&]/.test(text)));
  if (isOpaque) {
    bytes.byte(wbxml.opaque);
    bytes.integer(utf8Length(text));
    bytes.text(text);
    return;
  }
  bytes.byte(wbxml.inlineString);
  bytes.text(text);
  bytes.byte(0);
}

function writeOpaque(octets: Uint8Array, bytes: ByteWriter): void {
  bytes.byte(wbxml.opaque);
  bytes.integer(octets.length);
  bytes.raw(octets);
}
