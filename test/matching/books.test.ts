/** Two whole address books of an invented town. */
import { describe, expect, it } from 'vitest';
import { books } from './books.ts';
import { byNameThenMail, byScore, judged, precision, recall } from './judge.ts';

describe('two address books', () => {
  it('are joined as the goals say, with few comparisons, far better than by name and mailbox', () => {
    const pair = books(7);
    const ours = judged(pair, byScore(pair));
    const peers = judged(pair, byNameThenMail(pair));
    expect(ours.mistakes.map(([a, b]) => [a.vcard, b.vcard])).toEqual([]);
    expect(precision(ours)).toBeGreaterThanOrEqual(0.999);
    expect(recall(ours)).toBeGreaterThanOrEqual(0.95);
    expect(ours.compared).toBeLessThanOrEqual(8 * 1_000);
    expect(precision(peers)).toBeLessThan(0.95);
  });
});
