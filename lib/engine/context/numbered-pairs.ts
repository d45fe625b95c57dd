/**
 * Numbers the new rows of pairs, in each part of a generation by itself. The session counts them, and later the anchor: who
 * reads the rows eventually consistent then knows whether one is still missing.
 */
import type { PlannedTransactions } from '../changes/transactions.ts';
import type { Put } from '../io/writes.ts';
import { traitsOf } from '../state/sync-kind.ts';
import type { StepContext } from './step-context.ts';

/** Behind all others: a row of a generation that this session does not count. */
const UNCOUNTED = 999_999;

export function withNumberedPairs(step: StepContext, planned: PlannedTransactions): PlannedTransactions {
  const { session, anchors } = step;
  const numbered = (put: Put): Put => {
    if (put.put !== 'pairs') return put;
    const datastore = session.datastores.find(({ name }) => name === put.datastore);
    const packing = datastore?.mapping.packing;
    if (datastore === undefined || packing?.generation !== put.generation)
      return { ...put, number: UNCOUNTED };
    const number = packing.rows[put.part] ?? 0;
    packing.rows[put.part] = number + 1;
    // The session may break. In a complete sync the anchor gets the numbers with the generation, at its end.
    const anchor = anchors.of(put.datastore);
    if (anchor !== undefined && !traitsOf(datastore).isComplete)
      anchors.put(put.datastore, { ...anchor, packing: { ...packing, rows: [...packing.rows] } });
    return { ...put, number };
  };
  return { ...planned, transactions: planned.transactions.map((puts) => puts.map(numbered)) };
}
