/** What programs write of an item by themselves: when it was changed, and by which of them. */
import { describe, expect, it } from 'vitest';
import { card, linesOf, merge } from './merging.ts';

describe('when an item was changed', () => {
  const at = (...years: readonly string[]) =>
    card('N:A;;;;', 'FN:A', ...years.map((year) => `REV:${year}-01-01T00:00:00Z`));
  const merged = (now: string, sent: readonly string[], winner: 'client' | 'server') =>
    linesOf(merge(at('2020'), at(now), at(...sent), { winner }).item).filter((line) =>
      line.startsWith('REV'),
    );

  it.each([
    ['the device says it anew', '2020', ['2022'], 'server', '2022'],
    ['the device does not say it', '2021', [], 'client', '2021'],
    ['both say it anew, and the device wins', '2021', ['2022'], 'client', '2022'],
    ['both say it anew, and the server wins', '2021', ['2022'], 'server', '2021'],
  ] as const)('is what is said last: %s', (_, now, sent, winner, expected) => {
    expect(merged(now, sent, winner)).toEqual(linesOf(at(expected)).slice(-1));
  });
});
