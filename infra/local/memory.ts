/**
 * Gives memory back to the system. V8 keeps the pages of objects that are gone for new ones, after a first sync of a
 * large address book some hundred megabytes, and frees them only in a collection that is asked to.
 */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

export interface Memory {
  /** Bytes of the process in memory. */
  used(): number;
  /** Collects what can be collected, and frees the pages. */
  free(): void;
}

/** Bytes up to which nothing is freed, and by which memory has to grow after that. */
const ENOUGH = 250_000_000;
const GROWTH = 30_000_000;
/** Milliseconds between two looks: freeing takes a tenth of a second. */
const INTERVAL = 5_000;

/** A look at the memory: frees pages where there are many, and more than the last time was left. */
export function createLook({ used, free }: Memory): () => void {
  let left = 0;
  return () => {
    if (used() < Math.max(ENOUGH, left + GROWTH)) return;
    free();
    left = used();
  };
}

/** Looks every few seconds, as long as something else keeps the process alive. */
export function watchMemory(): void {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as NodeJS.GCFunction;
  const free = () => collect({ type: 'major', execution: 'sync', flavor: 'last-resort' });
  setInterval(createLook({ used: () => process.memoryUsage.rss(), free }), INTERVAL).unref();
}
