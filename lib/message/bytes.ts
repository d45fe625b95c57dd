/**
 * Octets <-> text: UTF-8 and base64 in Data, Cred and NextNonce.
 *
 * Owns: lenient decoding. Must not know: elements, commands.
 */
import { decodeText } from '../codec/text.ts';

/**
 * The text of UTF-8. Other octets are read as ISO-8859-1, which some older phones send under any name (E01, E27), but a few
 * bad ones in UTF-8 become U+FFFD.
 */
export const bytesToText = (bytes: Uint8Array): string => decodeText(bytes, 'utf-8').replace(/^\ufeff/, '');

export const textToBytes = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'utf8'));

/** The decoded octets; undefined when the text is no base64. Line breaks and missing padding are accepted. */
export function fromBase64(text: string): Uint8Array | undefined {
  const packed = text.replace(/\s+/g, '');
  const digits = packed.replace(/={0,2}$/, '');
  if (digits.length % 4 === 1 || !/^[A-Za-z0-9+/]*$/.test(digits)) return undefined;
  return new Uint8Array(Buffer.from(digits, 'base64'));
}

export const toBase64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');

export function concat(parts: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(parts));
}
