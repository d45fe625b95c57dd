import { expect, it } from 'vitest';
import type { Bug } from './bug.ts';
import { boardText } from './table.ts';

const bug = (name: string): Bug => ({ layer: 'codec', name, plants: [], tell: async () => {}, seeds: [] });
const [first, second] = [bug('a | b is lost'), bug('c is doubled')] as const;
const monday = { date: '2030-03-04', commit: 'abc1234' };
const found = { bug: first, seed: 3, told: 4, reason: 'lost: Name-1', reached: true };

it('has a row for each bug, and says which were not hunted', () => {
  const text = boardText([first, second], [found], { occasion: monday });
  expect(text).toContain('2 planted bugs: 1 found, 0 gaps, 1 not hunted yet.');
  expect(text).toContain('| codec | a \\| b is lost | 3 | 4 | lost: Name-1 | 2030-03-04, abc1234 |');
  expect(text).toContain('| codec | c is doubled | – | – | – | – |');
});

it('names the known seed of a bug that was not hunted, or with too few seeds', () => {
  const known = { ...second, seeds: [254] };
  expect(boardText([known], [], { occasion: monday })).toContain(
    '| codec | c is doubled | 254 | – | – | – |',
  );
  const tooFew = { bug: known, seed: undefined, told: 25, reason: undefined, reached: true };
  expect(boardText([known], [tooFew], { occasion: monday })).toContain('| 254 | more than 25 |  |');
});

it('keeps the rows of bugs that were hunted before, and no row of a bug that is gone', () => {
  const before = boardText([first, bug('gone')], [found], { occasion: monday });
  const lacking = { ...second, lacks: 'no c' };
  const gap = { bug: lacking, seed: undefined, told: 100, reason: undefined, reached: false };
  const known = { ...first, seeds: [3] };
  const text = boardText([known, second], [gap], { before, occasion: { ...monday, commit: 'def5678' } });
  expect(text).toContain('2 planted bugs: 1 found, 1 gaps.');
  expect(text).toContain('| codec | a \\| b is lost | 3 | 4 | lost: Name-1 | 2030-03-04, abc1234 |');
  expect(text).toContain(
    '| codec | c is doubled | **GAP** | 100 | no c; no story comes by | 2030-03-04, def5678 |',
  );
  expect(text).not.toContain('gone');
});

it('has no row with a seed that is not known', () => {
  const before = boardText([first], [found], { occasion: monday });
  const others = { ...first, seeds: [8] };
  expect(boardText([others], [], { before, occasion: monday })).toContain('| a \\| b is lost | 8 | – |');
});
