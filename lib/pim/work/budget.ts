/**
 * A budget of work, so that nothing that somebody sends takes more than its share of the time. Work is counted where it is
 * done, and not timed: the same item is too much work on every machine, and in each run of a step. A unit is about a
 * microsecond.
 *
 * Without a budget work is free: what is stored must be readable.
 */

/** The work is too much for the budget. What was begun is given up, and the caller does something cheaper. */
export class OverBudget extends Error {
  override readonly name = 'OverBudget';
}

export class WorkBudget {
  /** Units. */
  left: number;
  /** Is it less than was asked for, because the one around it is nearly used up? */
  readonly isShort: boolean;
  /** Its work counts for this budget, too. */
  private readonly around: WorkBudget | undefined;
  private readonly paid = new Set<object>();

  constructor(units: number, around?: WorkBudget) {
    this.isShort = around !== undefined && around.left < units;
    this.left = this.isShort ? (around?.left ?? 0) : units;
    this.around = around;
  }

  /** Takes units before the work is done. Throws OverBudget if so many are not left. */
  take(units: number): void {
    if (units > this.left) throw new OverBudget();
    this.left -= units;
    this.around?.take(units);
  }

  /** The same for work whose result is kept: it is paid once, also where the result was there before. */
  takeOnce(of: object, units: number): void {
    if (this.paid.has(of)) return;
    this.take(units);
    this.paid.add(of);
  }
}

let current: WorkBudget | undefined;

/** Runs what the budget pays. */
export function paidBy<T>(budget: WorkBudget | undefined, run: () => T): T {
  const before = current;
  current = budget;
  try {
    return run();
  } finally {
    current = before;
  }
}

/**
 * Runs what is free: what must not fail for want of a budget, and what is kept and used again. That would cost something in
 * the first run of a step alone.
 */
export const unpaid = <T>(run: () => T): T => paidBy(undefined, run);

/** Notes the work that is to be done now, in units. Throws OverBudget where it is too much. */
export const spend = (units: number): void => current?.take(units);
export const spendOnce = (of: object, units: number): void => current?.takeOnce(of, units);

/** What `run` gives, or what `otherwise` gives if that is too much work. */
export function unlessOver<T>(run: () => T, otherwise: () => T): T {
  try {
    return run();
  } catch (error) {
    if (error instanceof OverBudget) return otherwise();
    throw error;
  }
}

/**
 * What `run` gives, paid by the budget, or what `otherwise` gives if that is too much work. Where the budget is short the
 * item may be small, so OverBudget is thrown on: the item has to wait for another message.
 */
export const affordable = <T>(budget: WorkBudget | undefined, run: () => T, otherwise: () => T): T =>
  budget?.isShort === true ? paidBy(budget, run) : unlessOver(() => paidBy(budget, run), otherwise);
