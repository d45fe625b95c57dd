/**
 * Decodes bytes to text. In this order: the declared charset, strict UTF-8, the charset of the device, windows-1252,
 * which takes any byte.
 */

/** Wrong names of charsets that devices use. */
const NAMES: { readonly [name: string]: string } = {
  utf8: 'utf-8',
  utf_8: 'utf-8',
  'us-ascii': 'windows-1252',
  ascii: 'windows-1252',
};

/** `charset` is the one that the bytes declare, `fallback` the usual one of the device. */
export const decodeBytes = (bytes: Uint8Array, charset?: string, fallback?: string): string =>
  markedText(bytes) ??
  decodeAs(bytes, charset) ??
  decodeAs(bytes, 'utf-8') ??
  decodeAs(bytes, fallback) ??
  new TextDecoder('windows-1252').decode(bytes);

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
function decodeAs(bytes: Uint8Array, charset: string | undefined): string | undefined {
  if (charset === undefined) return undefined;
  const name = charset.trim().toLowerCase();
  try {
    return new TextDecoder(NAMES[name] ?? name, { fatal: true }).decode(bytes);
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
