/**
 * A store that counts what passes through it: sequential rounds, calls and capacity units. Rows are those of the
 * store inside; its clock decides what is expired.
 *
 * Calls that overlap in time are one round. The calls of a round end together, as if each took the same time, so the
 * count is the depth of the chain of calls and not an accident of timing.
 */
import type { Store, Write } from '../../lib/store/port/port.ts';
import { distinctKeys, keyText, writtenKey } from '../../lib/store/port/rules.ts';
import { getUnits, queryUnits, writeUnits } from './capacity.ts';

export interface Costs {
  /** Calls that waited for one another. */
  readonly rounds: number;
  readonly gets: number;
  readonly queries: number;
  /** Transactions of more than one write, and writes by themselves. */
  readonly transactions: number;
  readonly singles: number;
  /** Capacity units. */
  readonly readUnits: number;
  readonly writeUnits: number;
}

export interface CountingStore extends Store {
  /** What was spent since the last time this was asked. */
  take(): Costs;
}

type Counts = { -readonly [name in keyof Costs]: Costs[name] };

const NOTHING: Costs = {
  ...{ rounds: 0, gets: 0, queries: 0, transactions: 0, singles: 0 },
  ...{ readUnits: 0, writeUnits: 0 },
};

export const sum = (all: readonly Costs[]): Costs =>
  all.reduce(
    (total, costs) => ({
      rounds: total.rounds + costs.rounds,
      gets: total.gets + costs.gets,
      queries: total.queries + costs.queries,
      transactions: total.transactions + costs.transactions,
      singles: total.singles + costs.singles,
      readUnits: total.readUnits + costs.readUnits,
      writeUnits: total.writeUnits + costs.writeUnits,
    }),
    NOTHING,
  );

export function countingStore(inner: Store): CountingStore {
  let counts: Counts = { ...NOTHING };
  const inRound = createRounds(() => {
    counts.rounds += 1;
  });
  return {
    get: (keys) =>
      inRound(async () => {
        const wanted = distinctKeys(keys);
        const rows = await inner.get(wanted);
        const byKey = new Map(rows.map((row) => [keyText(row), row]));
        counts.gets += 1;
        for (const key of wanted) counts.readUnits += getUnits(byKey.get(keyText(key)));
        return rows;
      }),
    query: (range) =>
      inRound(async () => {
        const page = await inner.query(range);
        counts.queries += 1;
        counts.readUnits += queryUnits(page.rows);
        return page;
      }),
    transact: (writes) =>
      inRound(async () => {
        const units = await unitsOf(inner, writes);
        if (writes.length === 1) counts.singles += 1;
        else counts.transactions += 1;
        // A batch whose conditions fail is charged all the same.
        counts.writeUnits += units;
        return inner.transact(writes);
      }),
    close: () => inner.close(),
    take: () => {
      const taken = counts;
      counts = { ...NOTHING };
      return taken;
    },
  };
}

async function unitsOf(inner: Store, writes: readonly Write[]): Promise<number> {
  const before = await inner.get(writes.map(writtenKey));
  const byKey = new Map(before.map((row) => [keyText(row), row]));
  const alone = writes.length === 1;
  return writes.reduce(
    (units, write) => units + writeUnits(write, byKey.get(keyText(writtenKey(write))), alone),
    0,
  );
}

interface Round {
  running: number;
  readonly ended: Promise<void>;
  readonly end: () => void;
}

/** Runs calls; `began` is told when one starts while no other is in flight. */
function createRounds(began: () => void): <T>(call: () => Promise<T>) => Promise<T> {
  let current: Round | undefined;
  const open = (): Round => {
    began();
    const { promise, resolve } = Promise.withResolvers<void>();
    return { running: 0, ended: promise, end: resolve };
  };
  return async (call) => {
    current ??= open();
    const round = current;
    round.running += 1;
    try {
      return await call();
    } finally {
      round.running -= 1;
      // Whoever calls next, in the same turn of the event loop, still overlaps.
      setImmediate(() => {
        if (round.running > 0) return;
        if (current === round) current = undefined;
        round.end();
      });
      await round.ended;
    }
  };
}
