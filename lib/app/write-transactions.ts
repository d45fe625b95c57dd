/** Writes the transactions of a step in order, until one of them loses its race. Those that only map LUIDs have none. */

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
/** Most transactions that only map LUIDs, and are written at the same time. */
const MAPPING_TRANSACTIONS = 4;

/** Writes the early rows, then the transactions in order. Throws StoreErrors as they come. */
export async function writeInOrder(store: Store, planned: Transactions): Promise<Written> {
  const { scope, transactions, reply, isLate = () => false } = planned;
  const all = transactions.map((puts) => toWrites(scope, puts));
  const early = [...all.flatMap((one) => one.early), ...(reply?.early ?? [])];
  if (!(await writeEarly(store, early))) return { kind: 'lost', written: 0 };
  const last = all.length - 1;
  let written = 0;
  for (const group of groupsOf(transactions)) {
    // At least one transaction is written, so that a message comes to its end however often time is short.
    if (written > 0 && isLate()) return { kind: 'late' };
    const done = await inParallel(group, MAPPING_TRANSACTIONS, (at) =>
      store.transact([
        ...(all[at]?.together ?? []),
        ...(reply !== undefined && at === last ? [reply.last] : []),
      ]),
    );
    written += done.filter((one) => one !== 'conflict').length;
    if (done.includes('conflict')) return { kind: 'lost', written };
  }
  return { kind: 'written' };
}

/**
 * The places of the transactions. Neighbours that only map LUIDs come in one group: they change rows of their own, and
 * no log. The last one says that all are written, so it stands alone.
 */
function groupsOf(transactions: Transactions['transactions']): number[][] {
  const groups: number[][] = [];
  let isOpen = false;
  for (const [at, puts] of transactions.entries()) {
    const isMapping =
      at < transactions.length - 1 && puts.every(({ put }) => put === 'luids' || put === 'pairs');
    if (isOpen && isMapping) groups.at(-1)?.push(at);
    else groups.push([at]);
    isOpen = isMapping;
  }
  return groups;
}

/** Writes each row by itself, which costs half of a transaction. False when one of them lost a race. */
async function writeEarly(store: Store, writes: readonly Write[]): Promise<boolean> {
  const done = await inParallel(writes, EARLY_ROWS, (write) => store.transact([write]));
  return !done.includes('conflict');
}
