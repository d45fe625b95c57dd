import { hash } from 'node:crypto';
import { inflateRawSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { packBytes, packText, unpackBytes, unpackText } from '../../../lib/store/rows/pack.ts';

/** Bytes that look like those of a picture. */
const noise = (blocks: number): Buffer =>
  Buffer.concat(Array.from({ length: blocks }, (_, n) => hash('sha512', String(n), 'buffer')));
const PICTURE = noise(1_000).toString('base64').replace(/.{74}/g, '$&\r\n ');
const PROSE = Array.from({ length: 8_000 }, (_, n) => `word${n % 97} `).join('');

describe('a packed text', () => {
  it.each([
    ['a picture', PICTURE, 0.78],
    ['a long note', PROSE, 0.1],
    ['a note before a picture', PROSE + PICTURE, 0.7],
    ['a picture before a note', PICTURE + PROSE, 0.7],
  ])('of %s is as small as its repetitions allow, and is unpacked the same', (_, text, most) => {
    const { blob } = packText(text);
    expect(blob?.length).toBeLessThan(most * text.length);
    expect(unpackText({ attributes: {}, ...(blob && { blob }) })).toBe(text);
    expect(Buffer.from(inflateRawSync(blob ?? new Uint8Array())).toString()).toBe(text);
  });

  it.each([0, 1, 2_048, 16_384, 50_000])('of %i varied bytes comes back', (size) => {
    const bytes = noise(800).subarray(0, size);
    expect(Buffer.compare(unpackBytes(packBytes(bytes)), bytes)).toBe(0);
  });
});
