/** Processes that tell stories at the same time, each a portion of the seeds after the other. */
import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import type { StoreName } from '../stores.ts';
import type { SeedRange } from './seeds.ts';

export interface Order {
  readonly seeds: SeedRange;
  /** Lives in place of stories. */
  readonly lives: boolean;
  readonly steps: number;
  readonly store: StoreName;
  /** How often the branches of the server run is counted. */
  readonly branches: boolean;
}
export interface Outcome {
  readonly seed: number;
  readonly failure?: string;
  /** With the last seed of an order, where branches are counted: those of all its seeds. */
  readonly counts?: readonly (readonly [name: string, count: number])[];
}

const WORKER = join(import.meta.dirname, 'worker.ts');

/** Until all orders are carried out. The complaints: of each process that ended early, how and where. */
export async function carryOut(
  orders: Iterator<Order>,
  jobs: number,
  take: (outcome: Outcome) => void,
): Promise<string[]> {
  const crew = Array.from({ length: jobs }, () => runWorker(orders, take));
  const ends = await Promise.all(crew);
  return ends.filter((end) => end !== undefined);
}

function runWorker(
  orders: Iterator<Order>,
  take: (outcome: Outcome) => void,
): Promise<string | undefined> | undefined {
  let order = nextOf(orders);
  if (order === undefined) return undefined;
  let at = order.seeds.from;
  const worker: ChildProcess = fork(WORKER);
  worker.send(order);
  worker.on('message', (message) => {
    const outcome = message as Outcome;
    take(outcome);
    at = outcome.seed + 1;
    if (order === undefined || at < order.seeds.to) return;
    order = nextOf(orders);
    if (order === undefined) return worker.disconnect();
    at = order.seeds.from;
    worker.send(order);
  });
  return new Promise((resolve) =>
    worker.on('exit', (code, signal) =>
      resolve(order === undefined ? undefined : `A process ended with ${signal ?? code} in seed ${at}.`),
    ),
  );
}

function nextOf(orders: Iterator<Order>): Order | undefined {
  const next = orders.next();
  return next.done === true ? undefined : next.value;
}
