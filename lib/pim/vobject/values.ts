/**
 * Converts values between the tree and the spelling of a dialect, without transfer encoding. In the tree, values always
 * have the escapes of vCard 3.0 and iCalendar 2.0.
 */
import { isId, valueTypeOf } from '../properties/table.ts';
import { decodeBytes, encodeLatin1, textInBase64 } from './charset.ts';
import { type Dialect, isFirstGeneration, type Param, type Property, paramOf } from './model.ts';
import { escapeText, fromFirstGeneration, toFirstGeneration } from './text.ts';

/** A value of the tree in the spelling of the dialect. In the first generation line ends are real ones. */
export const spelledValue = (value: string, dialect: Dialect): string =>
  isFirstGeneration(dialect) ? toFirstGeneration(value) : withoutLineEnds(value);

/**
 * The value of an id in the first generation, where it is never quoted-printable. Undefined for any other property. A line
 * end becomes a blank, and a backslash that would be read as an escape is doubled.
 */
export function bareId(of: Property, dialect: Dialect): string | undefined {
  if (!isId(of.name)) return undefined;
  const line = spelledValue(of.value, dialect).replace(/[\r\n]+/g, ' ');
  return hasEscapes(of.name, paramOf(of, 'VALUE'), dialect) ? line.replace(/\\(?=[,:\\nN])/g, '\\\\') : line;
}

/** A property as it was read, after its transfer encoding was decoded. */
export interface Spelled {
  readonly name: string;
  readonly text: string;
  /** Was it quoted-printable? Then a backslash is plain text. */
  readonly isEncoded: boolean;
  /** The value of the parameter VALUE. */
  readonly form: string | undefined;
}

/** Converts a value that was read to the form of the tree. */
export function valueFrom({ name, text, isEncoded, form }: Spelled, dialect: Dialect): string {
  if (!isFirstGeneration(dialect)) return withoutLineEnds(text);
  return fromFirstGeneration(text, isEncoded || !hasEscapes(name, form, dialect));
}

/** Addresses in vCard 2.1 have no escapes: a path may be C:\new. */
const hasEscapes = (name: string, form: string | undefined, dialect: Dialect): boolean =>
  dialect !== 'vcard-2.1' || !isAddress(name, form);

const isAddress = (name: string, form: string | undefined): boolean =>
  valueTypeOf(name) === 'uri' || /^ur[il]$/i.test(form ?? '');

/** Escapes line ends in a value that already has the escapes of the second generation. */
const withoutLineEnds = (text: string): string =>
  /[\r\n]/.test(text) ? text.replace(/\r\n?|\n/g, '\\n') : text;

/**
 * The text that is encoded in base64, in the form of the tree. Undefined for a picture and anything else that is not
 * text.
 */
export function textFromBase64(
  name: string,
  base64: string,
  dialect: Dialect,
  charsets: readonly (string | undefined)[] = [],
): string | undefined {
  const text = isTextual(name) ? textInBase64(base64, ...charsets) : undefined;
  if (text === undefined) return undefined;
  // Line ends and backslashes have no escapes in it.
  if (isFirstGeneration(dialect)) return fromFirstGeneration(text, true);
  return valueTypeOf(name) === 'text' ? escapeText(text) : withoutLineEnds(text);
}

const isTextual = (name: string): boolean => ['text', 'parts', 'list'].includes(valueTypeOf(name));

/** The charset of texts in dialects of the first generation. */
export type TextCharset = 'utf-8' | 'iso-8859-1';

/** Encodes a text of the first generation. `label` is the name of the charset, undefined for ASCII, which needs none. */
export function encoded(
  text: string,
  charset: TextCharset,
): { readonly bytes: Uint8Array; readonly label: string | undefined } {
  const latin = charset === 'iso-8859-1' ? encodeLatin1(text) : undefined;
  const isAscii = /^[\u0020-\u007e\t\r\n]*$/.test(text);
  const label = isAscii ? undefined : latin === undefined ? 'UTF-8' : 'ISO-8859-1';
  return { bytes: latin ?? Buffer.from(text, 'utf8'), label };
}

/** The text that a reader would get if this were written in the charset. */
export function recoded(text: string, charset: TextCharset): string {
  if (/^[ -~\t\r\n]*$/.test(text)) return text;
  const { bytes, label } = encoded(text, charset);
  return decodeBytes(bytes, label);
}

/** The parameters that a reader keeps. CHARSET is dropped, and ENCODING is dropped or, for base64, becomes `b`. */
export function keptParams(params: readonly Param[], binary: boolean): readonly Param[] {
  if (!params.some(({ name }) => name === 'ENCODING' || name === 'CHARSET')) return params;
  return params.flatMap((param): readonly Param[] => {
    if (param.name === 'CHARSET') return [];
    if (param.name !== 'ENCODING') return [param];
    return binary ? [{ name: 'ENCODING', values: ['b'] }] : [];
  });
}
