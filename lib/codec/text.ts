/**
 * Octets <-> characters, in any charset of a peer.
 *
 * Owns: charset labels, the fallback for text that is not in its charset. Must not know: elements, markup.
 */
import { Buffer, isUtf8 } from 'node:buffer';
import { CodecError } from './tree.ts';

/** The text of octets that are UTF-8 without NUL; undefined for others, such as a digest or an image. */
export const asText = (bytes: Uint8Array): string | undefined =>
  bytes.includes(0) || !isUtf8(bytes) ? undefined : bufferOn(bytes).toString('utf8');

/**
 * The text of octets in this charset. Some phones send ISO-8859-1 and call it UTF-8 (E01, E27). So octets that are not
 * UTF-8 are read as windows-1252, a superset of ISO-8859-1, which loses no octet.
 */
export function decodeText(bytes: Uint8Array, charset: string): string {
  if (charset !== 'utf-8') return decoderOf(charset).decode(bytes);
  return isUtf8(bytes) ? bufferOn(bytes).toString('utf8') : decodeText(bytes, 'windows-1252');
}

function decoderOf(label: string): InstanceType<typeof TextDecoder> {
  try {
    return new TextDecoder(label);
  } catch {
    throw new CodecError('the charset is not supported');
  }
}

/** The canonical name of a charset label. */
export const charsetOf = (label: string): string => decoderOf(label).encoding;

export const utf8Length = (text: string): number => Buffer.byteLength(text, 'utf8');

/** The same octets as a Buffer, without a copy. */
export const bufferOn = (bytes: Uint8Array): Buffer =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
