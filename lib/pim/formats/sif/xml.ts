/**
 * Reads and writes documents of SIF: XML with one root element of named fields. Some clients send base64 without
 * declaring it.
 */
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { FormatError } from '../../vobject/read.ts';
import { spend } from '../../work/budget.ts';
import { weightOf } from '../../work/weight.ts';

export interface SifField {
  readonly name: string;
  readonly attributes: { readonly [name: string]: string };
  /** The text. Empty in a field with fields inside. */
  readonly value: string;
  readonly fields: readonly SifField[];
}

export interface SifDocument {
  /** `contact`, `appointment`, `task`, `note`. */
  readonly root: string;
  readonly fields: readonly SifField[];
}

export const field = (name: string, value: string, fields: readonly SifField[] = []): SifField => ({
  name,
  attributes: {},
  value,
  fields,
});
/** The value of a field that is a number, a time, a word. */
export const fieldText = (fields: readonly SifField[], name: string): string | undefined =>
  wholeText(fields, name)?.trim();
/** The value of a field that is a text. Blanks and line ends around it are a part of it. */
export const wholeText = (fields: readonly SifField[], name: string): string | undefined =>
  fields.find((one) => one.name === name)?.value;

const MAX_DEPTH = 8;
/** What a tag costs until its element is stored (lib/pim/work/budget.ts). */
const TAG = 12;

const PARSER = new XMLParser({
  preserveOrder: true,
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: false,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  textNodeName: '#text',
  cdataPropName: '#cdata',
  ignoreDeclaration: true,
  ignorePiTags: true,
  // Entities are resolved below. A document cannot define its own.
  processEntities: false,
  htmlEntities: false,
  maxNestedTags: MAX_DEPTH,
  jPath: false,
});

/** A node of the parser: the key is the name, `:@` holds the attributes. */
interface Ordered {
  readonly [name: string]: readonly Ordered[] | { readonly [name: string]: string } | string;
}

/** Parses a document. Throws a FormatError for a text that is not one. */
export function parseSif(text: string): SifDocument {
  const { name, fields } = parseElement(text);
  return { root: name, fields };
}

/** Parses one element. Throws a FormatError for a text that is not one. */
export function parseElement(text: string): SifField {
  const source = plainText(text).replace(/^\uFEFF?\s*/, '');
  spend(TAG * source.split('<').length + weightOf(source));
  if (!source.startsWith('<') || /<!DOCTYPE/i.test(source)) throw new FormatError('this is no SIF');
  if (XMLValidator.validate(source) !== true) throw new FormatError('the XML is not well-formed');
  try {
    const [root, ...others] = elementsIn(PARSER.parse(source) as readonly Ordered[]);
    if (root === undefined || others.length > 0) throw new FormatError('the XML has not one root element');
    return root;
  } catch (error) {
    if (error instanceof FormatError) throw error;
    throw new FormatError('the XML is not well-formed');
  }
}

/** The charset that a document declares. */
export const xmlCharset = (bytes: Uint8Array): string | undefined =>
  /^[^>]*\bencoding\s*=\s*["']([\w.-]+)["']/.exec(
    Buffer.from(bytes.subarray(0, 200)).toString('latin1'),
  )?.[1];

/** Decodes base64, which some clients send without declaring it. Any other text is returned as it is. */
function plainText(text: string): string {
  if (!/^\s*[A-Za-z0-9+/][A-Za-z0-9+/=\s]*$/.test(text)) return text;
  const decoded = Buffer.from(text, 'base64').toString('utf8');
  return /^\uFEFF?\s*</.test(decoded) ? decoded : text;
}

function elementsIn(nodes: readonly Ordered[]): SifField[] {
  return nodes.flatMap((node): SifField[] => {
    const name = Object.keys(node).find((key) => key !== ':@') ?? '#text';
    if (name === '#text' || name === '#cdata') return [];
    const inner = node[name] as readonly Ordered[];
    const attributes = (node[':@'] ?? {}) as { readonly [name: string]: string };
    const fields = elementsIn(inner);
    return [{ name, attributes, value: fields.length > 0 ? '' : textIn(inner), fields }];
  });
}

function textIn(nodes: readonly Ordered[]): string {
  const texts = nodes.map((node) => {
    if (typeof node['#text'] === 'string') return resolved(node['#text']);
    const [inner] = (node['#cdata'] ?? []) as readonly Ordered[];
    return typeof inner?.['#text'] === 'string' ? inner['#text'] : '';
  });
  return valueOfText(texts.join(''));
}

/** A field of blanks alone is empty. */
const valueOfText = (text: string): string => (text.trim() === '' ? '' : text.replace(/\r\n?/g, '\n'));

const ENTITIES: { readonly [name: string]: string } = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

const resolved = (text: string): string =>
  text.replace(/&(?:#(\d{1,7})|#x([0-9a-fA-F]{1,6})|(\w{2,4}));/g, (reference, decimal, hex, name) => {
    if (name !== undefined) return ENTITIES[name] ?? reference;
    const code = decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal);
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : '';
  });

/** Removes characters that XML 1.0 does not allow. */
const withoutControls = (text: string): string =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: XML does not allow these
  text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '');
const escaped = (text: string): string =>
  withoutControls(text).replace(
    /[<>&"]/g,
    (special) => `&${Object.keys(ENTITIES).find((name) => ENTITIES[name] === special)};`,
  );

/** Is it a valid name in XML? Stored names come from clients and may be anything. */
const isName = (name: string): boolean => /^[A-Za-z_][\w.-]*$/.test(name);

export function writeSif({ root, fields }: SifDocument): string {
  const inner = fields.map((one) => written(one, '\n')).join('');
  return `<?xml version="1.0" encoding="UTF-8"?>\n<${root}>\n${inner}</${root}>\n`;
}

/** The document that a reader would get if this one were written. Undefined where only the XML can tell. */
export function documentAsRead({ root, fields }: SifDocument): SifDocument | undefined {
  return fields.every((one) => isPlain(one, 0))
    ? { root, fields: fields.filter(({ name }) => isName(name)).map(fieldAsRead) }
    : undefined;
}

/**
 * Would a reader find the field unchanged? Parsers do not resolve entities in attributes, reserve some names, and limit
 * the depth.
 */
const isPlain = ({ name, attributes, fields }: SifField, depth: number): boolean =>
  depth < MAX_DEPTH - 3 &&
  !isReserved(name) &&
  Object.entries(attributes).every(
    ([key, text]) => isName(key) && !isReserved(key) && /^[\w ./+-]*$/.test(text),
  ) &&
  fields.every((one) => isPlain(one, depth + 1));
const isReserved = (name: string): boolean => name in Object.prototype || name === 'prototype';

function fieldAsRead(source: SifField): SifField {
  const { value, fields } = source;
  if (fields.length > 0)
    return { ...source, value: '', fields: fields.filter(({ name }) => isName(name)).map(fieldAsRead) };
  return { ...source, value: valueOfText(withoutControls(value)) };
}

/** The XML of an element and all fields inside it, without line ends between elements. */
export const elementText = (of: SifField): string => written(of, '');

function written({ name, attributes, value, fields }: SifField, end: string): string {
  if (!isName(name)) return '';
  const attributeTexts = Object.entries(attributes).map(([key, text]) =>
    isName(key) ? ` ${key}="${escaped(text)}"` : '',
  );
  const inner =
    fields.length > 0 ? `${end}${fields.map((one) => written(one, end)).join('')}` : escaped(value);
  return `<${name}${attributeTexts.join('')}>${inner}</${name}>${end}`;
}
