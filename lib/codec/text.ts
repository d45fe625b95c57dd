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
 * UTF-8 are read as windows-1252, a superset of ISO-8859-1. But a few bad octets in UTF-8, of a text that was cut inside a
 * character, become U+FFFD. Each line, and each text between tags, is read by itself, because each may have another author.
 */
export function decodeText(bytes: Uint8Array, charset: string): string {
  if (charset !== 'utf-8') return decoderOf(charset).decode(bytes);
  const whole = bufferOn(bytes);
  if (isUtf8(whole)) return whole.toString('utf8');
  const isMostly = isMostlyUtf8(whole);
  return whole
    .toString('latin1')
    .split(/([\r\n<>]+)/)
    .map((piece) => decodePiece(Buffer.from(piece, 'latin1'), isMostly))
    .join('');
}

/** `isInUtf8`: is the text around the piece UTF-8? */
function decodePiece(piece: Buffer, isInUtf8: boolean): string {
  const isRead = isUtf8(piece) || isMostlyUtf8(piece) || (isInUtf8 && isUtf8(withoutCut(piece)));
  return isRead ? piece.toString('utf8') : decoderOf('windows-1252').decode(piece);
}

/** Are there no more bad octets than good characters beyond ASCII? */
function isMostlyUtf8(bytes: Buffer): boolean {
  const characters = bytes.toString('utf8').match(/[^\0-\x7f]/gu) ?? [];
  return characters.filter((character) => character === '\ufffd').length * 2 <= characters.length;
}

/** The octets without the parts of characters at their beginning and end. */
const withoutCut = (bytes: Buffer): Buffer =>
  Buffer.from(
    bytes
      .toString('latin1')
      .replace(/^[\x80-\xbf]{1,3}/, '')
      .replace(/(?:[\xc2-\xdf]|[\xe0-\xef][\x80-\xbf]?|[\xf0-\xf4][\x80-\xbf]{0,2})$/, ''),
    'latin1',
  );

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
