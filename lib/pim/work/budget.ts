/**
 * A budget of work, so that what somebody sends costs no more than a share of the time of a message. Work is counted where
 * it is done, and not timed: the same item is too much on every machine, and in each run of a step. One unit is about a
 * microsecond of a slow machine.
 *
 * Work without a budget is free, for example the reading of what is stored.
 */

/** The budget is used up. What was begun is given up; the caller does something cheaper. */
export class OverBudget extends Error {
  override readonly name = 'OverBudget';
}

export class Budget {
  /** Units. */
  left: number;
  /** Its work counts for this budget, too. */
  private readonly around: Budget | undefined;
  private readonly paid = new Set<object>();

  constructor(units: number, around?: Budget) {
    this.left = Math.min(units, around?.left ?? units);
    this.around = around;
  }

  take(units: number): void {
    if (units > this.left) throw new OverBudget();
    this.left -= units;
    this.around?.take(units);
  }

  takeOnce(of: object, units: number): void {
    if (this.paid.has(of)) return;
    this.take(units);
    this.paid.add(of);
  }
}

let current: Budget | undefined;

/** Runs what is paid for by the budget. Throws OverBudget where the work is too much for it. */
export const withBudget = <T>(budget: Budget, run: () => T): T => paidBy(budget, run);

/** Runs what must not fail for want of a budget. Also for what is kept and used again: it would cost only once. */
export const unpaid = <T>(run: () => T): T => paidBy(undefined, run);

function paidBy<T>(budget: Budget | undefined, run: () => T): T {
  const before = current;
  current = budget;
  try {
    return run();
  } finally {
    current = before;
  }
}

/** Takes units of the budget, before the work is done. */
export const spend = (units: number): void => current?.take(units);

/** The same for work whose result is kept: a budget pays once for each object, whoever made the result. */
export const spendOnce = (of: object, units: number): void => current?.takeOnce(of, units);

/** What `run` gives, or `otherwise` where the budget is used up. */
export function affordable<T>(run: () => T, otherwise: () => T): T {
  try {
    return run();
  } catch (error) {
    if (error instanceof OverBudget) return otherwise();
    throw error;
  }
}
