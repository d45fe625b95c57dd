/** The loop that writes the transactions of a step in order, until one of them loses its race. */

import type { Put } from '../engine/io/writes.ts';
import { isBulky } from '../engine/step.ts';
import type { Store, Write } from '../store/port/port.ts';
import { type Scope, toWrites } from '../store/step-io/writer.ts';

export interface Transactions {
  readonly scope: Scope;
  readonly transactions: readonly (readonly Put[])[];
  /** A row that goes with the last transaction: the stored reply. */
  readonly last?: Write;
  /** Asked before each transaction after the first one that holds items: true ends the writing. */
  readonly isLate?: () => boolean;
}

/**
 * - `written`: all of them are.
 * - `lost`: a transaction lost its race; `written` went before it.
 * - `late`: there is no time for the rest.
 */
export type Written =
  | { readonly kind: 'written' | 'late' }
  | { readonly kind: 'lost'; readonly written: number };

/** Writes the transactions in order. Throws StoreErrors as they come. */
export async function writeInOrder(store: Store, planned: Transactions): Promise<Written> {
  const { scope, transactions, last, isLate = () => false } = planned;
  // At least one transaction with items is written, so that a message comes to its end however often time is short.
  const firstWithItems = transactions.findIndex((puts) => !puts.every(isBulky));
  for (const [at, puts] of transactions.entries()) {
    if (at > firstWithItems && isLate()) return { kind: 'late' };
    const writes = toWrites(scope, puts);
    if (last !== undefined && at === transactions.length - 1) writes.push(last);
    if ((await store.transact(writes)) === 'conflict') return { kind: 'lost', written: at };
  }
  return { kind: 'written' };
}
