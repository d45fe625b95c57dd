/** Runs a kind at its sizes: once in worlds that count capacity units, and then in worlds that measure CPU time. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { createWorld, type Spent } from '../world.ts';
import type { Kind } from './kind.ts';

export interface Measured {
  readonly size: number;
  /** What each message cost in capacity units, and what it cost in CPU time. */
  readonly counted: readonly Spent[];
  readonly timed: readonly Spent[];
}

export const sizesOf = (kind: Kind, asked: readonly number[]): readonly number[] => kind.sizes ?? asked;

/** All counting comes first: by then the code is compiled. */
export async function measureKind(
  kind: Kind,
  asked: readonly number[],
  progress: (text: string) => void,
): Promise<Measured[]> {
  const sizes = sizesOf(kind, asked);
  const counted = new Map<number, readonly Spent[]>();
  for (const size of sizes) {
    progress(`${kind.title}: units at ${size}`);
    counted.set(size, await messagesOf(kind, size, true));
  }
  const found: Measured[] = [];
  for (const size of sizes) {
    progress(`${kind.title}: CPU at ${size}`);
    found.push({ size, counted: counted.get(size) ?? [], timed: await messagesOf(kind, size, false) });
  }
  return found;
}

async function messagesOf(kind: Kind, size: number, counting: boolean): Promise<Spent[]> {
  const world = await createWorld(counting);
  const run = await kind.prepare(world, size);
  collectGarbage();
  world.spent();
  await run();
  const spent = world.spent();
  await world.close();
  return spent;
}

/** What was left over before must not be cleared away in the time that is measured. */
export function collectGarbage(): void {
  setFlagsFromString('--expose-gc');
  runInNewContext('gc')();
}
