/** Work that does not grow with the size of the items. */
import { describe, expect, it } from 'vitest';
import { decideMatch } from '../../../lib/pim/match/decide.ts';
import type { Prepared } from '../../../lib/pim/match/prepare.ts';
import type { TextItem } from '../../kit/items.ts';
import { growth } from '../../kit/work.ts';
import { card, part, ready } from './pairs.ts';

describe('items of any size', () => {
  const numbers = (area: number, count: number) =>
    Array.from({ length: count }, (_, n) => [
      `TEL:+49 ${area} ${1_000_000 + n}`,
      `EMAIL:${area}.${n}@mail.example`,
    ]).flat();
  const long = (size: number) => 'x'.repeat(size);

  it.each<[string, number, (size: number) => readonly [TextItem, TextItem]]>([
    ['names', 25_000, (size) => [card(`N:${long(size)};Hans;;;`), card(`N:${long(size)}y;Hans;;;`)]],
    ['words', 12_500, (size) => [card(`FN:${'a '.repeat(size)}`), card(`FN:${'b '.repeat(size)}`)]],
    [
      'numbers and addresses',
      1_250,
      (size) => [
        card('N:Müller;Hans;;;', ...numbers(170, size)),
        card('N:Müller;Hans;;;', ...numbers(171, size)),
      ],
    ],
    [
      'summaries',
      25_000,
      (size) => [part('VEVENT', `SUMMARY:${long(size)}`), part('VEVENT', `SUMMARY:y${long(size)}`)],
    ],
  ])('are compared as if they were small: %s', (_, size, pair) => {
    const work = growth(size, (one) => {
      const [a, b] = pair(one).map(ready) as [Prepared, Prepared];
      const eight = Array.from({ length: 8 }, (_, at) => ({ at, prepared: b }));
      return () => decideMatch(a, eight);
    });
    expect(work).toBeLessThan(1.5);
  });
});
