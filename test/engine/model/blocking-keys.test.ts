import { describe, expect, it } from 'vitest';
import { blockingKeysOf } from '../../../lib/engine/model/blocking-keys.ts';
import { Content } from '../../../lib/pim/content.ts';

const CARD = 'BEGIN:VCARD\r\nVERSION:3.0\r\nN:Müller;Hans;;;\r\nTEL:+49 170 1234567\r\nEND:VCARD\r\n';
const made = Content.ofText('text/vcard', CARD);
const { type, hash, size, key, about } = made;

/** The content of a row, and how often its text was unpacked. */
function stored(): { content: Content; unpacked: () => number } {
  let times = 0;
  const unpack = () => {
    times += 1;
    return CARD;
  };
  return { content: Content.ofRow({ type, hash, size, key, about }, unpack), unpacked: () => times };
}

describe('blocking keys of a stored content', () => {
  it('are made once, and keep neither its text nor its tree in memory', () => {
    const { content, unpacked } = stored();
    expect(blockingKeysOf(content)).toBe(blockingKeysOf(made));
    expect(blockingKeysOf(content)).not.toBe('');
    expect(unpacked()).toBe(1);
    expect(content.storedText).toBe(CARD);
    expect(unpacked()).toBe(2);
  });

  it('are made of the tree that is there already', () => {
    const { content, unpacked } = stored();
    expect(content.tree?.name).toBe('VCARD');
    expect(blockingKeysOf(content)).toBe(blockingKeysOf(made));
    expect(unpacked()).toBe(1);
  });
});
