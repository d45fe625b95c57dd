/** A device that has never sent a text of several lines: it may make one line of them, and its user deletes a piece. */
import { describe, expect, it } from 'vitest';
import { NO_CAPACITY } from '../../../lib/pim/device/capacity.ts';
import { withRoomless } from '../../../lib/pim/merge/cuts.ts';

const ONE_LINE = { ...NO_CAPACITY, characters: 1_000, bytes: 1_000 };

describe('what a user deletes of a text that a device made one line of', () => {
  it.each([
    ['a line that the next one begins with', 'n0\nn0 and more', 'n0 and more', 'n0 and more'],
    ['a line that the one before begins with', 'n0 and more\nn0', 'n0 and more', 'n0 and more'],
    ['a line like the one behind it', 'a\nb c\nb c\nd', 'a b c d', 'a\nb c\nd'],
    ['an entry of a list', '- milk\n- bread\n- tea', '- bread - tea', '- bread\n- tea'],
    ['a word of a line', 'one two two three\nfour', 'one two three four', 'one two three\nfour'],
    ['all but a line', 'a\nb\nc', 'b', 'b'],
  ])('%s', (_, seen, made, whole) => {
    expect(withRoomless(seen, made, ONE_LINE)).toBe(whole);
  });
});
