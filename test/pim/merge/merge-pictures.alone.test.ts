/** How often pictures are decoded in a merge. */
import { deflateSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { isSmallerCopy } from '../../../lib/pim/same.ts';
import { property } from '../../../lib/pim/vobject/model.ts';
import { callsOf } from '../../kit/calls.ts';

const chunk = (name: string, data: Buffer): Buffer => {
  const [size, crc] = [Buffer.alloc(4), Buffer.alloc(4)];
  size.writeUInt32BE(data.length);
  const named = Buffer.concat([Buffer.from(name, 'latin1'), data]);
  crc.writeUInt32BE(crc32(named));
  return Buffer.concat([size, named, crc]);
};

function crc32(bytes: Buffer): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return (crc ^ 0xffffffff) >>> 0;
}

/** A black picture in shades of grey, with text that makes it longer. */
function png(side: number, more: number) {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(side, 0);
  head.writeUInt32BE(side, 4);
  head[8] = 8;
  const bytes = Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', head),
    chunk('tEXt', Buffer.from(`Comment\0${'x'.repeat(more)}`)),
    chunk('IDAT', deflateSync(Buffer.alloc(side * (side + 1)))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
  return property('PHOTO', bytes.toString('base64'), { ENCODING: 'b', TYPE: 'PNG' });
}

it('each of many pictures is decoded once, however many pairs are compared', async () => {
  const pictures = Array.from({ length: 12 }, (_, n) => png(32, 30 * n));
  let copies = 0;
  const [decoded] = await callsOf([{ gridOf: 'pim/properties/picture.ts' }], async () => {
    for (const one of pictures) for (const other of pictures) if (isSmallerCopy(one, other)) copies += 1;
  });
  expect(copies).toBe((12 * 11) / 2);
  expect(decoded).toBe(12);
});
