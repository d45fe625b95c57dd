/**
 * Characters of an XML document: which are legal, how they are written and read.
 *
 * Owns: references, CDATA, CR, control characters. Must not know: elements, namespaces.
 */

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what XML 1.0 cannot hold, in any spelling
const illegal = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;

/** The text without characters that XML cannot hold, such as control characters in a phone's notes (Q08). */
export const stripIllegal = (text: string): string => text.replace(illegal, '');

/** Replaces CR until the parser is done, which would change it to LF. The character is not legal in XML. */
const returnMark = '\u0001';

/** Sections by how they begin and end. In CDATA a CR is content; in the others it is markup. */
const sections = [
  { start: '<![CDATA[', end: ']]>', isContent: true },
  { start: '<!--', end: '-->', isContent: false },
  { start: '<?', end: '?>', isContent: false },
  { start: '<', end: '>', isContent: false },
] as const;

/** Marks each CR of character data, which must be kept: lines of items end in CRLF, and Size counts both octets. */
export function markReturns(text: string): string {
  if (!text.includes('\r')) return text;
  const parts: string[] = [];
  let at = 0;
  while (at < text.length) {
    const open = text.indexOf('<', at);
    if (open !== at) parts.push(text.slice(at, open < 0 ? text.length : open).replaceAll('\r', returnMark));
    if (open < 0) break;
    const section = sections.find(({ start }) => text.startsWith(start, open)) ?? sections[3];
    const close = text.indexOf(section.end, open + section.start.length);
    at = close < 0 ? text.length : close + section.end.length;
    const markup = text.slice(open, at);
    parts.push(section.isContent ? markup.replaceAll('\r', returnMark) : markup);
  }
  return parts.join('');
}

export const unmarkReturns = (text: string): string =>
  text.includes(returnMark) ? text.replaceAll(returnMark, '\r') : text;

const named: { readonly [name: string]: string } = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };
const reference = /&(?:#(\d+)|#x([\da-fA-F]+)|(lt|gt|amp|quot|apos));/g;

/** Resolves each reference once: `&amp;lt;` becomes `&lt;`. A name that XML does not define stays as it is. */
export function resolveReferences(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(reference, (_, decimal?: string, hex?: string, name?: string) => {
    if (name !== undefined) return named[name] ?? '';
    return character(decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number.parseInt(decimal, 10));
  });
}

/** The character of a code; empty for one that XML cannot hold. */
export function character(code: number): string {
  if (code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) return '';
  return stripIllegal(String.fromCodePoint(code));
}

const escapes: { readonly [character: string]: string } = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '\r': '&#13;',
};

/** Escapes a text. CR becomes a reference, because most peers read a raw CR as LF. */
export const escapeXml = (text: string): string =>
  stripIllegal(text).replace(/[&<>\r]/g, (found) => escapes[found] ?? found);

/** The text as CDATA. CR stays raw, because references are not resolved in CDATA. */
export const cdata = (text: string): string =>
  `<![CDATA[${stripIllegal(text).replaceAll(']]>', ']]]]><![CDATA[>')}]]>`;
