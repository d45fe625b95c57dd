/** Counts of work: what they tell apart. */
import { expect, it } from 'vitest';
import { growth, workOf } from './work.ts';

const numbers = (size: number) => Array.from({ length: size }, (_, n) => n);

it('is the same each time, and grows with the size of what is done once for each', () => {
  const run = (size: number) => () => numbers(size).map((n) => (n % 2 === 0 ? n : -n));
  expect(workOf(run(1_000))).toBe(workOf(run(1_000)));
  expect(growth(1_000, run)).toBeCloseTo(4, 1);
});

it('grows with the square of the size where each is compared with all', () => {
  expect(
    growth(100, (size) => () => numbers(size).filter((n, _, all) => all.every((m) => m !== -1 - n))),
  ).toBeGreaterThan(14);
});

it.each([
  ['replace', (text: string) => text.replace(/\s+$/, '')],
  ['match', (text: string) => text.match(/\s+$/g)],
  ['test', (text: string) => /^(.*) $/.test(text) || /\s+x$/.test(text)],
])('tells a regular expression that goes back from one that does not: %s', (_, run) => {
  expect(() => workOf(() => run(`${' '.repeat(20_000)}b`))).toThrow('goes back and back');
  expect(() => workOf(() => run('b '.repeat(10_000)))).not.toThrow();
});

it('counts the characters that regular expressions pass', () => {
  const joined = (size: number) => () => numbers(size).map((n) => /x/.test(' '.repeat(n)));
  expect(growth(1_000, joined)).toBeGreaterThan(14);
  expect(growth(10_000, (size) => () => ' '.repeat(size).split(/\r\n/))).toBeLessThan(5);
});

it('leaves what was found as it is', () => {
  workOf(() => {
    const text = `a1b22${' '.repeat(2_000)}c333`;
    expect([...text.matchAll(/\d+/g)].map(({ index }) => index)).toEqual([1, 3, 2_006]);
    expect(/(?<mark>[a-z])(\d)/.exec(text)?.groups?.mark).toBe('a');
    expect(/c(?=3)/y.test(text)).toBe(false);
    expect(text.replace(/\d/g, 'x')).toBe(`axbxx${' '.repeat(2_000)}cxxx`);
  });
});
