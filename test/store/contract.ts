/**
 * The contract of the Store port, run against each adapter. Every test works in a partition of its own, so that one set
 * of tables serves them all, and writes little: the emulator slows down with all that was transacted before.
 */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll } from 'vitest';
import type { Key, Row, Store, Write } from '../../lib/store/port/port.ts';
import type { StreamSource } from '../../lib/store/port/stream-source.ts';
import type { TableName } from '../../lib/store/rows/schema.ts';
import { conditionContract } from './contract-conditions.ts';
import { queryContract } from './contract-query.ts';
import { rowContract } from './contract-rows.ts';
import { streamContract } from './contract-stream.ts';
import { transactionContract } from './contract-transactions.ts';

/** What an adapter's test file brings up: two stores over the same data, whose clock the tests move. */
export interface Subject {
  readonly store: Store;
  readonly rival: Store;
  readonly stream: (table: TableName) => Promise<StreamSource>;
  readonly close: () => Promise<void>;
}

/** The clock that the stores are given; it starts at the real time, because the emulator expires rows by that. */
export class Clock {
  #ahead = 0;
  readonly now = (): number => Date.now() + this.#ahead;
  /** The time in whole epoch seconds. */
  seconds(): number {
    return Math.floor(this.now() / 1000);
  }
  advance(seconds: number): void {
    this.#ahead += seconds * 1000;
  }
}

/** The subject and some shorthands for the tests. */
export interface Bench {
  readonly clock: Clock;
  subject(): Subject;
  /** A key in a partition that no other test uses. */
  freshKey(sk?: string): Key;
  put(row: Row): Promise<void>;
  read(key: Key): Promise<Row | undefined>;
}

/** `streams`: false for a store that has none. */
export function storeContract(
  open: (clock: Clock) => Promise<Omit<Subject, 'stream'> & Partial<Subject>>,
  { streams = true }: { readonly streams?: boolean } = {},
): void {
  const clock = new Clock();
  let opened: Subject | undefined;
  beforeAll(async () => {
    const noStream = () => Promise.reject(new Error('the store has no streams'));
    opened = { stream: noStream, ...(await open(clock)) };
  }, 60_000);
  afterAll(async () => {
    await opened?.close();
  });
  const subject = (): Subject => {
    if (opened === undefined) throw new Error('the store is not open');
    return opened;
  };
  const bench: Bench = {
    clock,
    subject,
    freshKey: (sk = 'row') => ({ table: 'anchors', pk: randomUUID(), sk }),
    put: async (row) => {
      const write: Write = { op: 'put', row, condition: 'any' };
      if ((await subject().store.transact([write])) !== 'committed') throw new Error('the row was not put');
    },
    read: async (key) => (await subject().store.get([key]))[0],
  };
  conditionContract(bench);
  transactionContract(bench);
  rowContract(bench);
  queryContract(bench);
  if (streams) streamContract(bench);
}

/** What a batch that is wrong in itself is answered with. */
export const REFUSED = { name: 'StoreError', retryable: false, notCommitted: true };
