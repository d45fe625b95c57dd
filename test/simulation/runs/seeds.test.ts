import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  common,
  countOf,
  has,
  joined,
  only,
  parseSeeds,
  portions,
  type SeedRange,
  type Seeds,
  textOf,
  without,
} from './seeds.ts';

const seeds = (text: string): Seeds => parseSeeds(text) ?? [];

describe('joined', () => {
  it.each([
    ['0..5', '5..9', '0..9'],
    ['0..5', '6..9', '0..5 6..9'],
    ['0..9', '2..4', '0..9'],
    ['8..9', '0..5', '0..5 8..9'],
    ['0..3 6..9', '2..7', '0..9'],
    ['', '1..2', '1..2'],
  ])('%s and %s are %s', (a, b, both) => {
    expect(textOf(joined(seeds(a), seeds(b)))).toBe(both);
  });
});

describe('without', () => {
  it.each([
    ['0..9', '3..5', '0..3 5..9'],
    ['0..9', '0..9', ''],
    ['0..9', '9..12', '0..9'],
    ['3..9', '0..4 8..10', '4..8'],
    ['0..3 6..9', '2..7', '0..2 7..9'],
    ['0..9', '', '0..9'],
  ])('%s without %s is %s', (a, b, rest) => {
    expect(textOf(without(seeds(a), seeds(b)))).toBe(rest);
  });
});

describe('portions', () => {
  it('cut ranges, and never reach over a gap', () => {
    expect(textOf([...portions(seeds('0..5 7..8'), 2)])).toBe('0..2 2..4 4..5 7..8');
  });
});

describe('a text', () => {
  it('may name ranges in any order, with spaces or commas', () => {
    expect(textOf(seeds('7..9, 0..3 3..4'))).toBe('0..4 7..9');
  });
  it.each(['3..2', '3..3', '3', '-1..2', '1..', 'a..b', '1.5..2', '0..99999999999999999999'])(
    '%s is none',
    (text) => {
      expect(parseSeeds(text)).toBeUndefined();
    },
  );
});

describe('any ranges', () => {
  const numbers = fc.array(fc.nat(30), { maxLength: 20 });
  const listOf = (set: readonly SeedRange[]) =>
    set.flatMap(({ from, to }) => Array.from({ length: to - from }, (_, n) => from + n));
  const sorted = (values: Iterable<number>) => [...new Set(values)].sort((a, b) => a - b);
  const setOf = (values: readonly number[]) => joined(values.map(only));

  it('hold what sets of numbers hold', () => {
    fc.assert(
      fc.property(numbers, numbers, fc.integer({ min: 1, max: 5 }), (a, b, most) => {
        const [left, right] = [setOf(a), setOf(b)];
        expect(listOf(left)).toEqual(sorted(a));
        expect(listOf(joined(left, right))).toEqual(sorted([...a, ...b]));
        expect(listOf(without(left, right))).toEqual(sorted(a.filter((n) => !b.includes(n))));
        expect(listOf(common(left, right))).toEqual(sorted(a.filter((n) => b.includes(n))));
        expect(countOf(left)).toBe(new Set(a).size);
        expect(sorted(Array.from({ length: 31 }, (_, n) => n).filter((n) => has(left, n)))).toEqual(
          sorted(a),
        );
        expect(listOf([...portions(left, most)])).toEqual(sorted(a));
        expect(parseSeeds(textOf(left))).toEqual(left);
      }),
    );
  });

  it('are never empty, and never touch', () => {
    fc.assert(
      fc.property(numbers, numbers, (a, b) => {
        for (const set of [joined(setOf(a), setOf(b)), without(setOf(a), setOf(b))])
          for (const [n, { from, to }] of set.entries()) {
            expect(from).toBeLessThan(to);
            expect(set[n + 1]?.from ?? Number.POSITIVE_INFINITY).toBeGreaterThan(to);
          }
      }),
    );
  });
});
