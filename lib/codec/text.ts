/**
 * Octets <-> characters, whatever charset a peer uses.
 *
 * Owns: charset labels, the fallback for text that is not what it says. Must not know: elements, markup.
 */
import { Buffer, isUtf8 } from 'node:buffer';
import { CodecError } from './tree.ts';

/** Text if the octets are UTF-8 without NUL, else undefined: a digest or an image may be anything. */
export const asText = (bytes: Uint8Array): string | undefined =>
  bytes.includes(0) || !isUtf8(bytes) ? undefined : bufferOn(bytes).toString('utf8');

/**
 * Octets that are said to be in this charset. Some phones send ISO-8859-1 under the name of UTF-8 (E01, E27), so what
 * is not UTF-8 is read as windows-1252, its superset: no octet is lost.
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

/** A view, so that its octets can be read as latin1 or base64 without a copy. */
export const bufferOn = (bytes: Uint8Array): Buffer =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
