/** Work is counted, and the count is the same however often something was done before. */
import { describe, expect, it } from 'vitest';
import { mergeEdit } from '../../../lib/pim/merge/merge-item.ts';
import { readItem } from '../../../lib/pim/read-item.ts';
import {
  affordable,
  OverBudget,
  paidBy,
  spend,
  spendOnce,
  unlessOver,
  unpaid,
  WorkBudget,
} from '../../../lib/pim/work/budget.ts';
import { CONTESTED, MERGING, READING } from '../../kit/bombs.ts';

const MUCH = 1e9;
function unitsOf(run: () => unknown): number {
  const budget = new WorkBudget(MUCH);
  paidBy(budget, run);
  return MUCH - budget.left;
}

describe('a budget', () => {
  it('pays for work until it is used up; then nothing more is taken', () => {
    const budget = new WorkBudget(10);
    paidBy(budget, () => spend(4));
    expect(() => paidBy(budget, () => spend(7))).toThrow(OverBudget);
    paidBy(budget, () => spend(6));
    expect(budget.left).toBe(0);
  });

  it('is open while its work is done, and no longer', () => {
    const budget = new WorkBudget(10);
    expect(() => paidBy(budget, () => spend(11))).toThrow(OverBudget);
    spend(11);
    paidBy(budget, () => unpaid(() => spend(11)));
    expect(budget.left).toBe(10);
  });

  it('pays once for what is kept', () => {
    const [budget, one, other] = [new WorkBudget(10), {}, {}];
    paidBy(budget, () => [one, one, other].map((kept) => spendOnce(kept, 3)));
    expect(budget.left).toBe(4);
  });

  it('counts for the one around it, and has no more than is left of that', () => {
    const message = new WorkBudget(10);
    const item = new WorkBudget(8, message);
    paidBy(item, () => spend(8));
    expect([message.left, item.isShort]).toEqual([2, false]);
    const next = new WorkBudget(8, message);
    expect([next.left, next.isShort]).toEqual([2, true]);
  });

  it('says what is too much work; a short one does not', () => {
    const message = new WorkBudget(3);
    const much = () => spend(5);
    expect(
      affordable(
        new WorkBudget(4),
        () => much(),
        () => 'too much',
      ),
    ).toBe('too much');
    expect(() =>
      affordable(
        new WorkBudget(4, message),
        () => much(),
        () => 'too much',
      ),
    ).toThrow(OverBudget);
    expect(() =>
      unlessOver(
        () => {
          throw new RangeError();
        },
        () => 'too much',
      ),
    ).toThrow(RangeError);
  });
});

describe.each(Object.entries({ ...READING, ...MERGING, ...CONTESTED }))('%s', (_, bomb) => {
  const SHARE = 0.02;
  const item = (version: string, share = SHARE) => {
    const { type, body } = bomb(version, share);
    return readItem(type, body).content;
  };

  it('costs the same each time it is read', () => {
    const { type, body } = bomb('a', SHARE);
    const units = unitsOf(() => readItem(type, body));
    expect(units).toBeGreaterThan(0);
    expect(unitsOf(() => readItem(type, body))).toBe(units);
  });

  it('costs the same each time it is merged', () => {
    const [was, now, sent] = ['a', 'bb', 'ccc'].map((version) => item(version)) as [...Contents];
    const merge = () =>
      mergeEdit({
        ...{ current: now, base: { item: was, seen: was }, sent },
        ...{ held: 'all', unseen: new Set(), winner: 'client' },
      });
    const units = unitsOf(merge);
    expect(units).toBeGreaterThan(0);
    expect(unitsOf(merge)).toBe(units);
  });
});
type Contents = [Content, Content, Content];
type Content = ReturnType<typeof readItem>['content'];
