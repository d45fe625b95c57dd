/**
 * Decodes bytes to text. In this order: the declared charset, strict UTF-8, the same two with bad bytes in them, the
 * charset of the device, windows-1252, which takes any byte.
 *
 * One bad byte, of a program that cut a text inside a character, does not change how the rest is read: it becomes U+FFFD.
 */
import { isUtf8 } from 'node:buffer';

/** A wrong name of UTF-8 that devices use. */
const NAMES: { readonly [name: string]: string } = { utf8: 'utf-8', utf_8: 'utf-8' };

/** A text in ASCII is read without that name: other bytes than those of ASCII contradict it. */
const ASCII = /^(us-)?ascii$/;

/** `charset` is the one that the bytes declare, `fallback` the usual one of the device. */
export function decodeBytes(bytes: Uint8Array, charset?: string, fallback?: string): string {
  const declared = nameOfCharset(charset);
  const usual = nameOfCharset(fallback);
  return (
    markedText(bytes) ??
    decodeAs(bytes, declared) ??
    decodeAs(bytes, 'utf-8') ??
    decodeMost(bytes, declared) ??
    decodeMost(bytes, 'utf-8') ??
    decodeAs(bytes, usual) ??
    (isCut(bytes, declared) ? decodeLoosely(bytes, declared) : undefined) ??
    new TextDecoder('windows-1252').decode(bytes)
  );
}

function nameOfCharset(label: string | undefined): string | undefined {
  const name = label?.trim().toLowerCase() ?? '';
  return name === '' || ASCII.test(name) ? undefined : (NAMES[name] ?? name);
}

/** Do the bytes have characters of UTF-8 beyond ASCII, and at most a few bad bytes? */
export const isMostlyUtf8 = (bytes: Uint8Array): boolean =>
  isUtf8(bytes) ? bytes.some((byte) => byte > 0x7f) : decodeMost(bytes, 'utf-8') !== undefined;

/**
 * The text with U+FFFD for bad bytes. Undefined where they are more than the good characters beyond ASCII: the charset is
 * another one then.
 */
function decodeMost(bytes: Uint8Array, charset: string | undefined): string | undefined {
  const text = decodeLoosely(bytes, charset);
  const characters = text?.match(/[^\0-\x7f]/gu) ?? [];
  const bad = characters.filter((character) => character === '\ufffd').length;
  return bad > 0 && bad * 2 <= characters.length ? text : undefined;
}

const START_OF_CUT = /^[\x80-\xbf]{1,3}/;
const END_OF_CUT = /(?:[\xc2-\xdf]|[\xe0-\xef][\x80-\xbf]?|[\xf0-\xf4][\x80-\xbf]{0,2})$/;

/** Is all that is bad a part of a character at the beginning or at the end? */
function isCut(bytes: Uint8Array, charset: string | undefined): boolean {
  if (charset !== 'utf-8') return /^[^\ufffd]*\ufffd$/.test(decodeLoosely(bytes, charset) ?? '');
  const whole = Buffer.from(bytes).toString('latin1').replace(START_OF_CUT, '').replace(END_OF_CUT, '');
  return isUtf8(Buffer.from(whole, 'latin1'));
}

/**
 * Decodes UTF-16 with a byte order mark. Undefined for other bytes. Real UTF-16 has NUL bytes, because the keywords of
 * all formats are ASCII.
 */
export function markedText(bytes: Uint8Array): string | undefined {
  const mark = Buffer.from(bytes.subarray(0, 2)).toString('hex');
  const charset = mark === 'fffe' ? 'utf-16le' : mark === 'feff' ? 'utf-16be' : undefined;
  return bytes.includes(0) ? decodeAs(bytes, charset) : undefined;
}

/** Undefined if the charset is not known or the bytes are not valid in it. */
const decodeAs = (bytes: Uint8Array, charset: string | undefined): string | undefined =>
  decoded(bytes, charset, true);

/** The text with U+FFFD for bytes that are not valid. Undefined if the charset is not known. */
const decodeLoosely = (bytes: Uint8Array, charset: string | undefined): string | undefined =>
  decoded(bytes, charset, false);

function decoded(bytes: Uint8Array, charset: string | undefined, fatal: boolean): string | undefined {
  if (charset === undefined) return undefined;
  try {
    return new TextDecoder(charset, { fatal }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** The text in ISO-8859-1. Undefined if a character does not exist in that charset. */
export function encodeLatin1(text: string): Uint8Array | undefined {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the whole of ISO-8859-1
  return /^[\u0000-\u00ff]*$/.test(text) ? Buffer.from(text, 'latin1') : undefined;
}

/**
 * The bytes of a quoted-printable value whose lines were joined. `binary` has one character for each byte. Characters
 * that are not escapes are kept.
 */
export const quotedPrintable = (binary: string): Uint8Array =>
  Buffer.from(
    binary.replace(/=([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  );

/** The text that is encoded in base64. Undefined for pictures and anything else that is not text. */
export function textInBase64(base64: string, charset?: string, fallback?: string): string | undefined {
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(base64)) return undefined;
  const text = decodeBytes(Buffer.from(base64, 'base64'), charset, fallback);
  return CONTROLS.test(text) ? undefined : text;
}
// biome-ignore lint/suspicious/noControlCharactersInRegex: characters that do not occur in texts
const CONTROLS = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/;
