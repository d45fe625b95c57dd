/** Two whole address books of an invented town. */

import { describe, expect, it } from 'vitest';
import { compare } from '../../../lib/pim/match/compare.ts';
import type { Prepared } from '../../../lib/pim/match/prepare.ts';
import { books } from './books.ts';
import { finderIn } from './finder.ts';
import { byNameThenMail, byScore, judged, precision, recall } from './judge.ts';
import { ready } from './pairs.ts';

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

  it('are judged the same from either side', () => {
    const { ours, theirs } = books(8);
    const finder = finderIn(ours.map(({ content }) => content));
    const prepared = ours.map(({ item }) => ready(item));
    const differ = theirs.flatMap(({ item, content }) => {
      const sent = ready(item);
      const found = finder.candidatesOf(content).map((at) => prepared[at] as Prepared);
      return found.filter((one) => {
        const [forth, back] = [compare(sent, one), compare(one, sent)];
        return forth.matchClass !== back.matchClass || Math.abs(forth.score - back.score) > 1e-9;
      });
    });
    expect(differ).toEqual([]);
  });

  it('of any two, alike or not, are judged the same from either side', () => {
    const all = [...books(9, 90, 40).ours, ...books(10, 90, 40).theirs].map(({ item }) => ready(item));
    for (const [n, a] of all.entries())
      for (const b of all.slice(n)) expect(compare(a, b).matchClass).toBe(compare(b, a).matchClass);
  });
});
