/** Writes trees as text: line ends, folds, parameters, transfer encodings [RFC 2426, RFC 5545, vCard 2.1]. */

import { isAscii } from '../properties/table.ts';
import { nameOfBare, paramText } from './head.ts';
import {
  type Component,
  type Dialect,
  isEmbedded,
  isFirstGeneration,
  type Param,
  type Property,
} from './model.ts';
import { bareId, encoded, spelledValue, type TextCharset } from './values.ts';

/** The most octets of a line without its line end. */
const LINE_OCTETS = 75;

export interface WriteOptions {
  /** Charset of texts in dialects of the first generation. */
  readonly charset?: TextCharset;
  /** Leave lines unfolded? */
  readonly unfolded?: boolean;
}

/** Writes a tree. Its properties are those of the dialect, its values have the escapes of vCard 3.0 and iCalendar 2.0. */
export function writeObject(component: Component, dialect: Dialect, options: WriteOptions = {}): string {
  const { charset = 'utf-8', unfolded = false } = options;
  if (isFirstGeneration(dialect)) return firstGenerationText(component, dialect, { charset, unfolded });
  const lines = unfoldedLines(component, dialect);
  return unfolded ? joined(lines) : textOfLines(lines);
}

const firstGenerationText = (
  component: Component,
  dialect: Dialect,
  options: Required<WriteOptions>,
): string => joined(linesOf(component, (one) => writeFirstGeneration(one, dialect, options)));

/** The unfolded lines of an object of the second generation. */
export const unfoldedLines = (component: Component, dialect: Dialect): readonly string[] =>
  linesOf(component, (one) => [unfoldedLine(one, dialect)]);

/** The unfolded line of one property. */
export function unfoldedLine(property: Property, dialect: Dialect): string {
  const isNamed = dialect === 'icalendar-2.0' && isEmbedded(property);
  const params = property.params.map((param) =>
    namedParam(
      isNamed && param.name === 'ENCODING' ? { name: 'ENCODING', values: ['BASE64'] } : param,
      dialect,
    ),
  );
  return `${nameOf(property)}${params.join('')}:${spelledValue(property.value, dialect)}`;
}

/** The text of unfolded lines. */
export const textOfLines = (lines: readonly string[]): string => joined(lines.map(fold));

const joined = (lines: readonly string[]): string => `${lines.join('\r\n')}\r\n`;

function linesOf(
  { name, properties, components }: Component,
  write: (property: Property) => readonly string[],
): string[] {
  return [
    `BEGIN:${name}`,
    ...properties.flatMap(write),
    ...components.flatMap((inner) => [
      // A card inside a card is that of an agent.
      ...(name === 'VCARD' && inner.name === 'VCARD' ? ['AGENT:'] : []),
      ...linesOf(inner, write),
    ]),
    `END:${name}`,
  ];
}

const nameOf = ({ group, name }: Property): string => (group === undefined ? name : `${group}.${name}`);

const namedParam = (param: Param, dialect: Dialect): string => `;${paramText(param, dialect)}`;

const FOLD = '\r\n ';

/** Folds a line, never inside a character. The BEGIN and the END of a component are not folded. */
function fold(line: string): string {
  const size = Buffer.byteLength(line);
  if (size <= LINE_OCTETS || line.startsWith('BEGIN:') || line.startsWith('END:')) return line;
  return size === line.length ? foldAscii(line) : foldCharacters(line);
}

function foldAscii(line: string): string {
  const pieces = [line.slice(0, LINE_OCTETS)];
  for (let at = LINE_OCTETS; at < line.length; at += LINE_OCTETS - 1)
    pieces.push(line.slice(at, at + LINE_OCTETS - 1));
  return pieces.join(FOLD);
}

function foldCharacters(line: string): string {
  const pieces: string[] = [];
  let start = 0;
  let octets = 0;
  for (let at = 0; at < line.length; ) {
    const point = line.codePointAt(at) ?? 0;
    const size = octetsOf(point);
    if (octets + size > LINE_OCTETS) {
      pieces.push(line.slice(start, at));
      start = at;
      octets = 1;
    }
    octets += size;
    at += point > 0xffff ? 2 : 1;
  }
  return [...pieces, line.slice(start)].join(FOLD);
}

/** The octets of a code point in UTF-8. Half of a surrogate pair becomes U+FFFD, which has three. */
const octetsOf = (point: number): number => (point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x1_0000 ? 3 : 4);

/** Is the value the lines of an agent's card (lib/pim/formats/vcard/agent.ts)? Values that were read have no line ends. */
const isNested = ({ name, value }: Property): boolean => name === 'AGENT' && /^BEGIN:VCARD\n/.test(value);

function writeFirstGeneration(
  property: Property,
  dialect: Dialect,
  { charset, unfolded }: Required<WriteOptions>,
): string[] {
  const inBase64 = isEmbedded(property);
  const params = property.params.flatMap((param) =>
    param.name !== 'ENCODING' ? [param] : inBase64 ? [{ name: 'ENCODING', values: ['BASE64'] }] : [],
  );
  // The type of a picture is written as TYPE=..., because clients do not recognise it as a bare word.
  const typed = inBase64 ? 'vcalendar-1.0' : dialect;
  const head = `${nameOf(property)}${params.map((param) => firstGenerationParam(param, typed)).join('')}`;
  if (isNested(property)) return [`${head}:`, ...property.value.trimEnd().split('\n')];
  if (inBase64) {
    const lines = property.value.match(/.{1,72}/g) ?? [];
    return [`${head}:`, ...lines.map((line) => ` ${line}`), ''];
  }
  const id = bareId(property, dialect);
  if (id !== undefined) return [`${head}${/^[ -~\t]*$/.test(id) ? '' : ';CHARSET=UTF-8'}:${id}`];
  const text = spelledValue(property.value, dialect);
  const isPlain = /^[ -~\t]*$/.test(text) && !/\\(?!;)/.test(text) && !/^\s|\s$/.test(text);
  const line = `${head}:${text}`;
  if (isPlain && (unfolded || line.length <= LINE_OCTETS || isAscii(property.name))) return [line];
  const { bytes, label } = encoded(text, charset);
  const named = label === undefined ? '' : `;CHARSET=${label}`;
  const limit = unfolded ? Number.POSITIVE_INFINITY : LINE_OCTETS;
  return quotedLines(`${head}${named};ENCODING=QUOTED-PRINTABLE:`, bytes, limit);
}

/** In vCard 2.1 types are bare words, because the oldest devices read only these. */
function firstGenerationParam({ name, values }: Param, dialect: Dialect): string {
  const isBare =
    name === 'TYPE' &&
    dialect === 'vcard-2.1' &&
    values.every((type) => !/[:;,="\r\n]/.test(type) && nameOfBare(type) === 'TYPE');
  return isBare ? values.map((type) => `;${type}`).join('') : namedParam({ name, values }, dialect);
}

/** The lines of a quoted-printable value. Soft line breaks are never inside an escape or a character of UTF-8. */
function quotedLines(head: string, bytes: Uint8Array, limit: number): string[] {
  const lines: string[] = [];
  let line = head;
  for (let at = 0; at < bytes.length; ) {
    const end = at + characterLength(bytes, at);
    let piece = '';
    for (; at < end; at += 1) piece += QUOTED[bytes[at] ?? 0] ?? '';
    if (line.length + piece.length > limit) {
      lines.push(`${line}=`);
      line = '';
    }
    line += piece;
  }
  // A blank at the end of a line would get lost, so it is escaped.
  lines.push(line.replace(/[ \t]$/, (blank) => quotedHex(blank.charCodeAt(0))));
  return lines;
}

function characterLength(bytes: Uint8Array, at: number): number {
  let length = 1;
  while (((bytes[at + length] ?? 0) & 0xc0) === 0x80 && length < 4) length += 1;
  return (bytes[at] ?? 0) < 0x80 ? 1 : length;
}

const quotedHex = (byte: number): string => `=${byte.toString(16).toUpperCase().padStart(2, '0')}`;
const quotedByte = (byte: number): string =>
  (byte >= 0x20 && byte <= 0x7e && byte !== 0x3d) || byte === 0x09
    ? String.fromCharCode(byte)
    : quotedHex(byte);
/** Each byte as it is written. */
const QUOTED = Array.from({ length: 256 }, (_, byte) => quotedByte(byte));
