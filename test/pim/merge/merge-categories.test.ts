/** An item has one list of categories: what a merge makes reads as it was written. */
import { expect, it } from 'vitest';
import { readItem } from '../../kit/items.ts';
import { card, event, linesOf, merge } from './merging.ts';

const NAME = ['N:A;B;;;', 'FN:Name'];
const ADA = (...lines: readonly string[]) => card(...NAME, ...lines);
const DAY = (...lines: readonly string[]) =>
  event('UID:1', 'DTSTAMP:20300101T000000Z', 'DTSTART;VALUE=DATE:20300101', ...lines);

it.each([
  ['contacts that meet', undefined, ADA('CATEGORIES:c,a'), ADA('CATEGORIES:c,b'), 'CATEGORIES:c,a,b'],
  ['events that meet', undefined, DAY('CATEGORIES:c,a'), DAY('CATEGORIES:c,b'), 'CATEGORIES:c,a,b'],
  ['a first list on both sides', ADA(), ADA('CATEGORIES:a'), ADA('CATEGORIES:b'), 'CATEGORIES:a,b'],
  ['first lists of an event', DAY(), DAY('CATEGORIES:a'), DAY('CATEGORIES:b'), 'CATEGORIES:a,b'],
])('lists of two %s', (_, was, theirs, ours, expected) => {
  const { item } = merge(was, theirs, ours);
  expect(linesOf(item).filter((line) => line.startsWith('CATEGORIES'))).toEqual([expected]);
  expect(readItem(item.type, item.body).body).toBe(item.body);
});

it('a list in another language stays apart', () => {
  const lists = ['CATEGORIES;LANGUAGE=de:a', 'CATEGORIES:b'];
  const { item } = merge(undefined, DAY(...lists), DAY(...lists, 'CATEGORIES:c'));
  expect(linesOf(item).filter((line) => line.startsWith('CATEGORIES'))).toEqual([lists[0], 'CATEGORIES:b,c']);
});
