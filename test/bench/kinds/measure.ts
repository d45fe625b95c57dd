/** Runs a kind at its sizes: once in worlds that count capacity units, and then in worlds that measure CPU time. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { sleep } from '../../client/process.ts';
import type { StoreName } from '../stores.ts';
import { figure } from '../table.ts';
import { createWorld, type Spent } from '../world.ts';
import type { Kind } from './kind.ts';

export interface Measured {
  readonly size: number;
  /** What each message cost in capacity units, and what it cost in CPU time: on SQLite alone, that is in this process. */
  readonly counted: readonly Spent[];
  readonly timed: readonly Spent[];
}

export interface Measuring {
  /** For kinds without sizes of their own. */
  readonly sizes: readonly number[];
  readonly on: StoreName;
  readonly progress: (text: string) => void;
}

export const sizesOf = (kind: Kind, asked: readonly number[]): readonly number[] => kind.sizes ?? asked;

export async function measureKind(
  kind: Kind,
  { sizes: asked, on, progress }: Measuring,
): Promise<Measured[]> {
  const sizes = sizesOf(kind, asked);
  const counted = new Map<number, readonly Spent[]>();
  for (const size of sizes) {
    const each = announced(`${kind.title}: units at ${size}`, progress);
    counted.set(size, await messagesOf(kind, size, { counting: true, each, on }));
  }
  if (on !== 'sqlite') return sizes.map((size) => ({ size, counted: counted.get(size) ?? [], timed: [] }));
  const found: Measured[] = [];
  for (const size of sizes) {
    const each = announced(`${kind.title}: CPU at ${size}`, progress);
    const timed = await warmed(kind, size, () => messagesOf(kind, size, { counting: false, each, on }));
    found.push({ size, counted: counted.get(size) ?? [], timed });
  }
  return found;
}

const ANNOUNCED_EVERY = 10_000;

/** Says what begins, and now and then how far it has come, what comes before the measured part included. */
function announced(text: string, progress: (text: string) => void): () => void {
  progress(text);
  let [messages, last] = [0, performance.now()];
  return () => {
    messages += 1;
    if (performance.now() - last < ANNOUNCED_EVERY) return;
    last = performance.now();
    progress(`  ${figure(messages)} messages`);
  };
}

const WARM_UP = 1_000;

/**
 * Measures with code that is compiled and without garbage of what came before. Compiled code is thrown away with the
 * objects that it was compiled for: those of the warm-up are kept until the end.
 */
export async function warmed<T>(kind: Kind, size: number, measure: () => Promise<T>): Promise<T> {
  await collectGarbage();
  const world = await createWorld(false);
  try {
    const run = await kind.prepare(world, Math.min(size, WARM_UP));
    await run();
    return await measure();
  } finally {
    await world.close();
  }
}

interface Counting {
  readonly counting: boolean;
  readonly each: () => void;
  readonly on: StoreName;
}

async function messagesOf(kind: Kind, size: number, { counting, ...options }: Counting): Promise<Spent[]> {
  const world = await createWorld(counting, options);
  const run = await kind.prepare(world, size);
  world.spent();
  await run();
  const spent = world.spent();
  await world.close();
  return spent;
}

/** Other threads still clear away for a while. */
async function collectGarbage(): Promise<void> {
  setFlagsFromString('--expose-gc');
  runInNewContext('gc')();
  await sleep(SWEEPING);
}
const SWEEPING = 100;
