/** Pictures: of contacts, which cannot be compressed and are the same for the same name, and of one colour. */
import { createHash } from 'node:crypto';
import { deflateSync } from 'node:zlib';
import { vcard } from './drafts.ts';

/** A contact whose picture has so many bytes, a third more as base64. */
export function withPhoto(name: string, bytes: number, ...lines: readonly string[]): string {
  const picture = createHash('shake256', { outputLength: bytes }).update(name).digest('base64');
  return vcard(name, ...lines, `PHOTO;ENCODING=B;TYPE=JPEG:${picture}`);
}

/** A PNG of one shade of grey, in base64. A comment, or one of so many characters, makes it longer. */
export function png(
  side: number,
  { shade = 0, comment = 0 }: { readonly shade?: number; readonly comment?: number | string } = {},
): string {
  const text = typeof comment === 'string' ? comment : 'x'.repeat(comment);
  const head = Buffer.alloc(13);
  head.writeUInt32BE(side, 0);
  head.writeUInt32BE(side, 4);
  head[8] = 8;
  const rows = Buffer.alloc(side * (side + 1), shade);
  for (let row = 0; row < side; row += 1) rows[row * (side + 1)] = 0; // no filter
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', head),
    chunk('tEXt', Buffer.from(`Comment\0${text}`)),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ]).toString('base64');
}

function chunk(name: string, data: Buffer): Buffer {
  const [size, crc] = [Buffer.alloc(4), Buffer.alloc(4)];
  size.writeUInt32BE(data.length);
  const named = Buffer.concat([Buffer.from(name, 'latin1'), data]);
  crc.writeUInt32BE(crc32(named));
  return Buffer.concat([size, named, crc]);
}

function crc32(bytes: Buffer): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return (crc ^ 0xffffffff) >>> 0;
}
