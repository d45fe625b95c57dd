/**
 * The primitives of WBXML: octets, multi-byte integers, terminated strings.
 *
 * Owns: bounds on reading, growth on writing. Must not know: tokens, documents.
 */
import { Buffer } from 'node:buffer';
import { bufferOn, decodeText, utf8Length } from '../text.ts';
import { CodecError } from '../tree.ts';

export class ByteReader {
  readonly #bytes: Buffer;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bufferOn(bytes);
  }

  byte(): number {
    const value = this.#bytes[this.#at];
    if (value === undefined) throw new CodecError('the WBXML ends too early');
    this.#at += 1;
    return value;
  }

  /** mb_u_int32: seven bits in an octet; the highest bit says that another octet follows. */
  integer(): number {
    let value = 0;
    for (let octets = 0; octets < 5; octets += 1) {
      const octet = this.byte();
      value = value * 128 + (octet & 0x7f);
      if (octet < 0x80) return value;
    }
    throw new CodecError('a WBXML integer is too long');
  }

  /** The next octets, as a view without a copy. */
  take(length: number): Uint8Array {
    const end = this.#at + length;
    if (end > this.#bytes.length) throw new CodecError('the WBXML ends too early');
    const view = this.#bytes.subarray(this.#at, end);
    this.#at = end;
    return view;
  }

  /** The octets up to NUL. The NUL is taken too. */
  terminated(): Uint8Array {
    const end = this.#bytes.indexOf(0, this.#at);
    if (end < 0) throw new CodecError('the WBXML ends too early');
    const view = this.#bytes.subarray(this.#at, end);
    this.#at = end + 1;
    return view;
  }

  /** A terminated string. Most strings are ASCII, which is the same in every accepted charset. */
  string(charset: string): string {
    const start = this.#at;
    let end = start;
    for (let octet = this.#bytes[end] ?? 0; octet > 0 && octet < 0x80; octet = this.#bytes[end] ?? 0)
      end += 1;
    if (this.#bytes[end] !== 0) return decodeText(this.terminated(), charset);
    this.#at = end + 1;
    return this.#bytes.toString('latin1', start, end);
  }
}

const shortText = 48;

export class ByteWriter {
  #buffer = Buffer.allocUnsafe(1024);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  byte(value: number): void {
    this.#reserve(1);
    this.#buffer[this.#length] = value;
    this.#length += 1;
  }

  integer(value: number): void {
    const octets = [value & 0x7f];
    for (let rest = value >>> 7; rest > 0; rest >>>= 7) octets.unshift(0x80 | (rest & 0x7f));
    for (const octet of octets) this.byte(octet);
  }

  raw(bytes: Uint8Array): void {
    this.#reserve(bytes.length);
    this.#buffer.set(bytes, this.#length);
    this.#length += bytes.length;
  }

  /** Writes UTF-8 without a terminator. */
  text(text: string): void {
    if (text.length <= shortText && this.#ascii(text)) return;
    this.#reserve(utf8Length(text));
    this.#length += this.#buffer.write(text, this.#length, 'utf8');
  }

  /**
   * Writes a short ASCII text, which is faster without the encoder. For other texts writes nothing and returns false.
   */
  #ascii(text: string): boolean {
    this.#reserve(text.length);
    for (let index = 0; index < text.length; index += 1) {
      const code = text.charCodeAt(index);
      if (code >= 0x80) return false;
      this.#buffer[this.#length + index] = code;
    }
    this.#length += text.length;
    return true;
  }

  bytes(): Uint8Array {
    return new Uint8Array(this.#buffer.buffer, this.#buffer.byteOffset, this.#length);
  }

  #reserve(octets: number): void {
    const needed = this.#length + octets;
    if (needed <= this.#buffer.length) return;
    const larger = Buffer.allocUnsafe(Math.max(needed, this.#buffer.length * 2));
    larger.set(this.#buffer.subarray(0, this.#length));
    this.#buffer = larger;
  }
}
