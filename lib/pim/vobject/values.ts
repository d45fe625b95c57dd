/**
 * The value of a property between the tree and the bytes: in the spelling of its dialect, without transfer encoding. The
 * tree has the escapes of vCard 3.0 and iCalendar 2.0 whatever the dialect is.
 */
import { valueTypeOf } from '../properties/table.ts';
import { decodeBytes, encodeLatin1, textInBase64 } from './charset.ts';
import { type Dialect, isFirstGeneration, type Param } from './model.ts';
import { escapeText, fromFirstGeneration, toFirstGeneration } from './text.ts';

/** A value of the tree as an object of the dialect says it. Line ends are real ones in the first generation. */
export const spelledValue = (value: string, dialect: Dialect): string =>
  isFirstGeneration(dialect) ? toFirstGeneration(value) : withoutLineEnds(value);

/** What a reader has of a property when its transfer encoding is undone. */
export interface Spelled {
  readonly name: string;
  readonly text: string;
  /** It was quoted-printable: a backslash in it is one. */
  readonly isEncoded: boolean;
  /** The word of the parameter VALUE. */
  readonly form: string | undefined;
}

/** The value as the tree has it. */
export function valueFrom({ name, text, isEncoded, form }: Spelled, dialect: Dialect): string {
  if (!isFirstGeneration(dialect)) return withoutLineEnds(text);
  // A path may be C:\new.
  return fromFirstGeneration(text, isEncoded || (dialect === 'vcard-2.1' && isAddress(name, form)));
}

const isAddress = (name: string, form: string | undefined): boolean =>
  valueTypeOf(name) === 'uri' || /^ur[il]$/i.test(form ?? '');

/** Encoded line ends, in a value that has the escapes of the second generation already. */
const withoutLineEnds = (text: string): string =>
  /[\r\n]/.test(text) ? text.replace(/\r\n?|\n/g, '\\n') : text;

/** The text that base64 stands for, as the tree has it; undefined for a picture, and for whatever else is no text. */
export function textFromBase64(
  name: string,
  base64: string,
  dialect: Dialect,
  charsets: readonly (string | undefined)[] = [],
): string | undefined {
  const text = isOfWords(name) ? textInBase64(base64, ...charsets) : undefined;
  if (text === undefined) return undefined;
  // Line ends and backslashes are real ones in it.
  if (isFirstGeneration(dialect)) return fromFirstGeneration(text, true);
  return valueTypeOf(name) === 'text' ? escapeText(text) : withoutLineEnds(text);
}

const isOfWords = (name: string): boolean => ['text', 'parts', 'list'].includes(valueTypeOf(name));

/** Charset of texts in dialects of the first generation. */
export type TextCharset = 'utf-8' | 'iso-8859-1';

/** A text of the first generation as bytes, and the charset that names them; undefined for ASCII, which needs none. */
export function encoded(
  text: string,
  charset: TextCharset,
): { readonly bytes: Uint8Array; readonly label: string | undefined } {
  const latin = charset === 'iso-8859-1' ? encodeLatin1(text) : undefined;
  const isAscii = /^[\u0020-\u007e\t\r\n]*$/.test(text);
  const label = isAscii ? undefined : latin === undefined ? 'UTF-8' : 'ISO-8859-1';
  return { bytes: latin ?? Buffer.from(text, 'utf8'), label };
}

/** What a reader makes of these bytes: what the charset cannot say is another character then. */
export function recoded(text: string, charset: TextCharset): string {
  if (/^[ -~\t\r\n]*$/.test(text)) return text;
  const { bytes, label } = encoded(text, charset);
  return decodeBytes(bytes, label);
}

/**
 * Parameters that a reader keeps of those that it found: the transfer encoding is undone, one spelling of base64 is
 * left.
 */
export function keptParams(params: readonly Param[], binary: boolean): readonly Param[] {
  if (!params.some(({ name }) => name === 'ENCODING' || name === 'CHARSET')) return params;
  return params.flatMap((param): readonly Param[] => {
    if (param.name === 'CHARSET') return [];
    if (param.name !== 'ENCODING') return [param];
    return binary ? [{ name: 'ENCODING', values: ['b'] }] : [];
  });
}
