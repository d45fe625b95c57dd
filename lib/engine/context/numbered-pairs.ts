/**
 * Numbers the new rows of pairs, in each part of a generation by itself. The session counts them, and later the anchor: who
 * reads the rows eventually consistent then knows whether one is still missing.
 */
import type { PlannedTransactions } from '../changes/transactions.ts';
import type { Put } from '../io/writes.ts';
import type { StepContext } from './step-context.ts';

/** Behind all others: a row of a generation that this session does not count. */
const UNCOUNTED = 999_999;

export function withNumberedPairs(
  { session }: StepContext,
  planned: PlannedTransactions,
): PlannedTransactions {
  const numbered = (put: Put): Put => {
    if (put.put !== 'pairs') return put;
    const packing = session.datastores.find(({ name }) => name === put.datastore)?.mapping.packing;
    if (packing === undefined || packing.generation !== put.generation) return { ...put, number: UNCOUNTED };
    const number = packing.rows[put.part] ?? 0;
    packing.rows[put.part] = number + 1;
    return { ...put, number };
  };
  return { ...planned, transactions: planned.transactions.map((puts) => puts.map(numbered)) };
}
