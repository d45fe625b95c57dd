/** Names in full: written by somebody, or made of the parts. */
import { expect, it } from 'vitest';
import { card, linesOf, merge } from './merging.ts';

const ada = (family: string, full: string) => card(`N:${family};Ada;;;`, `FN:${full}`);
const made = (family: string) => ada(family, `Ada ${family}`);

it.each([
  ['the laptop', ada('Byron', 'The Countess'), made('King')],
  ['the phone', made('King'), ada('Byron', 'The Countess')],
])('a name in full that %s wrote stands before one that only follows its parts', (_, theirs, ours) => {
  const { item, clashes } = merge(made('Byron'), theirs, ours);
  expect(linesOf(item).sort()).toEqual(['FN:The Countess', 'N:King;Ada;;;']);
  expect(clashes).toBe(0);
});

it.each([
  ['written by one side', ada('Byron', 'Boss'), made('Byron'), 'FN:Boss'],
  ['written by the other', made('Byron'), ada('Byron', 'Boss'), 'FN:Boss'],
  [
    'written by both, in another order',
    ada('Byron', 'Byron Ada'),
    ada('Byron', 'Byron\\, Ada'),
    'FN:Byron Ada',
  ],
  ['in another order', ada('Byron', 'Byron\\, Ada'), made('Byron'), 'FN:Byron\\, Ada'],
])('of two that meet: %s', (_, theirs, ours, expected) => {
  const { item, clashes } = merge(undefined, theirs, ours);
  expect(linesOf(item)).toContain(expected);
  expect(linesOf(item).filter((line) => line.startsWith('FN'))).toHaveLength(1);
  expect(clashes).toBe(0);
});
