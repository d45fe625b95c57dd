/**
 * Octets -> text that begins with the root element.
 *
 * Owns: charset detection, the prolog and its DOCTYPE. Must not know: elements, namespaces.
 */
import { bufferOn, charsetOf, decodeText } from '../text.ts';
import { CodecError } from '../tree.ts';
import { stripIllegal } from './text.ts';

/**
 * The text from the root element on. The charset is that of the BOM, else the HTTP header, else the prolog, else UTF-8
 * (Q11).
 */
export function xmlText(bytes: Uint8Array, httpCharset: string | undefined): string {
  const text = decodeText(bytes, charset(bytes, httpCharset));
  return stripIllegal(text.startsWith('\ufeff') ? text.slice(1) : text);
}

function charset(bytes: Uint8Array, httpCharset: string | undefined): string {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  if (first === 0x3c && second === 0) return 'utf-16le';
  if (first === 0 && second === 0x3c) return 'utf-16be';
  if (first === 0xef && second === 0xbb) return 'utf-8';
  const label = httpCharset ?? prologCharset(bytes) ?? 'utf-8';
  const name = charsetOf(label);
  // A prolog that could be read octet by octet is not UTF-16, whatever it says.
  return name.startsWith('utf-16') ? 'utf-8' : name;
}

function prologCharset(bytes: Uint8Array): string | undefined {
  const start = bufferOn(bytes.subarray(0, 200)).toString('latin1');
  return /^\s*<\?xml[^>]*?\sencoding\s*=\s*["']([^"'>]+)["']/.exec(start)?.[1];
}

/** The document without the declaration, comments and DOCTYPE before its root element (Q01, Q02). */
export function fromRoot(text: string): string {
  let at = 0;
  for (;;) {
    at = indexAfterBlank(text, at);
    if (text.startsWith('<?', at)) at = indexAfter(text, '?>', at);
    else if (text.startsWith('<!--', at)) at = indexAfter(text, '-->', at + 4);
    else if (text.startsWith('<!DOCTYPE', at)) at = indexAfterDoctype(text, at);
    else return text.slice(at);
  }
}

function indexAfterBlank(text: string, at: number): number {
  const blank = /[ \t\r\n]*/y;
  blank.lastIndex = at;
  blank.test(text);
  return blank.lastIndex;
}

function indexAfter(text: string, mark: string, from: number): number {
  const found = text.indexOf(mark, from);
  if (found < 0) throw new CodecError('the XML is not well-formed');
  return found + mark.length;
}

/** Skips a DOCTYPE, so that a peer can declare no entity, and nothing external is fetched (Q02). */
function indexAfterDoctype(text: string, at: number): number {
  const doctype = /<!DOCTYPE[^[\]<>]*(?:\[[^\]]*\]\s*)?>/y;
  doctype.lastIndex = at;
  const found = doctype.exec(text)?.[0];
  if (found === undefined) throw new CodecError('the DOCTYPE cannot be read');
  if (/<!ENTITY|%/i.test(found)) throw new CodecError('the DOCTYPE declares entities');
  return doctype.lastIndex;
}
