/** Address books of persons without a mailbox, and households that are split between two books. */
import { describe, expect, it } from 'vitest';
import { haveBirthdays, splitHouseholds } from './households.ts';
import { byScore, judged, linkedOrAsked, precision, recall, rightQuestions } from './judge.ts';
import { personBooks } from './persons.ts';

describe('persons without a mailbox', () => {
  it.each([
    [false, 0.75, 0.93],
    [true, 0.78, 0.93],
  ])('are found, with a mobile number: %s', (hasMobile, least, asked) => {
    const pair = personBooks(21, { hasMobile });
    const found = judged(pair, byScore(pair));
    expect(found.mistakes.map(([a, b]) => [a.vcard, b.vcard])).toEqual([]);
    expect(precision(found)).toBe(1);
    expect(recall(found)).toBeGreaterThanOrEqual(least);
    expect(linkedOrAsked(found)).toBeGreaterThanOrEqual(asked);
    expect(rightQuestions(found)).toBeGreaterThanOrEqual(0.99);
  });
});

describe('households of which each book has one member', () => {
  it.each([false, true])(
    'are not linked where both birthdays are known, with a mobile number: %s',
    (hasMobile) => {
      const pair = splitHouseholds(22, hasMobile, 60);
      const { mistakes } = judged(pair, byScore(pair));
      const wrong = mistakes.filter((both) => haveBirthdays(...both));
      expect(wrong.map(([a, b]) => [a.vcard, b.vcard])).toEqual([]);
    },
  );
});
