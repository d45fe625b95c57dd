/** The loop that writes the transactions of a step in order, until one of them loses its race. */

import type { Put } from '../engine/io/writes.ts';
import { inParallel } from '../store/port/in-parallel.ts';
import type { Store, Write } from '../store/port/port.ts';
import type { Scope } from '../store/step-io/put-row.ts';
import type { ReplyWrites } from '../store/step-io/reply-rows.ts';
import { toWrites } from '../store/step-io/writer.ts';

export interface Transactions {
  readonly scope: Scope;
  readonly transactions: readonly (readonly Put[])[];
  /** The stored answer. It goes with the last transaction. */
  readonly reply?: ReplyWrites;
  /** Asked before each transaction after the first one: true ends the writing. */
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

/** Most early rows that are written at the same time. */
const EARLY_ROWS = 8;

/** Writes the early rows, then the transactions in order. Throws StoreErrors as they come. */
export async function writeInOrder(store: Store, planned: Transactions): Promise<Written> {
  const { scope, transactions, reply, isLate = () => false } = planned;
  const all = transactions.map((puts) => toWrites(scope, puts));
  const early = [...all.flatMap((one) => one.early), ...(reply?.early ?? [])];
  if (!(await writeEarly(store, early))) return { kind: 'lost', written: 0 };
  for (const [at, { together }] of all.entries()) {
    // At least one transaction is written, so that a message comes to its end however often time is short.
    if (at > 0 && isLate()) return { kind: 'late' };
    const isLast = at === all.length - 1;
    const writes = reply !== undefined && isLast ? [...together, reply.last] : together;
    if ((await store.transact(writes)) === 'conflict') return { kind: 'lost', written: at };
  }
  return { kind: 'written' };
}

/** Writes each row by itself, which costs half of a transaction. False when one of them lost a race. */
async function writeEarly(store: Store, writes: readonly Write[]): Promise<boolean> {
  const done = await inParallel(writes, EARLY_ROWS, (write) => store.transact([write]));
  return !done.includes('conflict');
}
