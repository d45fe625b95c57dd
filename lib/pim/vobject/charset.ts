/** Bytes to text: a declared charset, strict UTF-8, then windows-1252, which takes any byte. */

/** Misspelt names that devices use. */
const NAMES: { readonly [name: string]: string } = {
  utf8: 'utf-8',
  utf_8: 'utf-8',
  'us-ascii': 'windows-1252',
  ascii: 'windows-1252',
};

/** `fallback`: the device's own charset. */
export const decodeBytes = (bytes: Uint8Array, charset?: string, fallback?: string): string =>
  markedText(bytes) ??
  decodeAs(bytes, charset) ??
  decodeAs(bytes, 'utf-8') ??
  decodeAs(bytes, fallback) ??
  new TextDecoder('windows-1252').decode(bytes);

/** UTF-16 with the mark that tells the order of its bytes; it is none without a NUL, which all words of a format have. */
export function markedText(bytes: Uint8Array): string | undefined {
  const mark = Buffer.from(bytes.subarray(0, 2)).toString('hex');
  const charset = mark === 'fffe' ? 'utf-16le' : mark === 'feff' ? 'utf-16be' : undefined;
  return bytes.includes(0) ? decodeAs(bytes, charset) : undefined;
}

/** Undefined when the charset is not known, or the bytes are not of it. */
function decodeAs(bytes: Uint8Array, charset: string | undefined): string | undefined {
  if (charset === undefined) return undefined;
  const name = charset.trim().toLowerCase();
  try {
    return new TextDecoder(NAMES[name] ?? name, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** Text in an 8-bit charset; undefined when it has a character that the charset has not. */
export function encodeLatin1(text: string): Uint8Array | undefined {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the whole of ISO-8859-1
  return /^[\u0000-\u00ff]*$/.test(text) ? Buffer.from(text, 'latin1') : undefined;
}

/**
 * Bytes of a quoted-printable value, whose lines were joined; one character for each byte. What is no escape stands for
 * itself.
 */
export const quotedPrintable = (binary: string): Uint8Array =>
  Buffer.from(
    binary.replace(/=([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  );

/** The text that is in base64; undefined for pictures, and whatever else is none. */
export function textInBase64(base64: string, charset?: string, fallback?: string): string | undefined {
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(base64)) return undefined;
  const text = decodeBytes(Buffer.from(base64, 'base64'), charset, fallback);
  return CONTROLS.test(text) ? undefined : text;
}
// biome-ignore lint/suspicious/noControlCharactersInRegex: those that no text has
const CONTROLS = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/;
