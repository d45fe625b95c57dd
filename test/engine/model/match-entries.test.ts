/** Packed entries of the match index: what goes in comes out, wherever the bytes lie, and in any other format it does not. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  entriesIn,
  entryBytes,
  PackedEntries,
  packEntries,
  prefixOf,
} from '../../../lib/engine/model/match-entries.ts';
import { anyBlockingKey, anyEntry, packed } from '../entries.ts';

const entries = fc.array(anyEntry, { maxLength: 40 });

describe('packed entries', () => {
  it('are the same entries when they are unpacked', () => {
    fc.assert(
      fc.property(entries, (some) => {
        expect(entriesIn(packEntries(some))).toEqual(some);
      }),
    );
  });

  it('are read one by one, too', () => {
    fc.assert(
      fc.property(entries, (some) => {
        const pack = packed(some);
        expect(pack.count).toBe(some.length);
        some.forEach(({ guid, keys }, n) => {
          expect(pack.guid(n)).toBe(guid);
          expect(pack.isDeleted(n)).toBe(keys === undefined);
          if (keys === undefined) return;
          expect(pack.contentKey(n)).toBe(keys.content);
          expect(pack.contentPrefix(n)).toBe(prefixOf(keys.content).prefix);
        });
      }),
    );
  });

  it('tell each blocking key with the number of its entry', () => {
    fc.assert(
      fc.property(entries, (some) => {
        const told: unknown[] = [];
        packed(some).eachBlockingKey((prefix, last, n) => told.push([prefix, last, n]));
        const expected = some.flatMap(({ keys }, n) =>
          (keys?.blocking.match(/.{4}/g) ?? []).map((key) => [prefixOf(key).prefix, prefixOf(key).last, n]),
        );
        expect(told).toEqual(expected);
      }),
    );
  });

  it('may begin anywhere in a longer buffer', () => {
    fc.assert(
      fc.property(entries, fc.nat({ max: 9 }), (some, before) => {
        const bytes = packEntries(some);
        const longer = new Uint8Array(before + bytes.length + 3).fill(0xee);
        longer.set(bytes, before);
        expect(entriesIn(longer.subarray(before, before + bytes.length))).toEqual(some);
      }),
    );
  });

  it('take as many bytes as is said of each, beside five for all', () => {
    fc.assert(
      fc.property(entries, (some) => {
        const sum = some.reduce((bytes, entry) => bytes + entryBytes(entry), 5);
        const haveKeys = some.some(({ keys }) => keys !== undefined);
        expect(packEntries(some).length).toBe(haveKeys ? sum : 5 + 17 * some.length);
      }),
    );
  });

  it.each([0, 2, 255])('of format %i are not read', (format) => {
    const bytes = Uint8Array.from(packEntries([]));
    bytes[0] = format;
    expect(PackedEntries.of(bytes)).toBeUndefined();
    expect(() => entriesIn(bytes)).toThrow('unknown format');
  });

  it('are no format where there are no bytes', () => {
    expect(PackedEntries.of(new Uint8Array())).toBeUndefined();
  });
});

it('a prefix and the last byte are all of a blocking key', () => {
  fc.assert(
    fc.property(anyBlockingKey, (key) => {
      const { prefix, last } = prefixOf(key);
      expect(Buffer.from([prefix >> 8, prefix & 0xff, last]).toString('base64url')).toBe(key);
    }),
  );
});
