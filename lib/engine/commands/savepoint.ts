/** What a step decided up to a point, so that an Atomic that fails leaves nothing of itself behind (C12). */

import type { ItemChange } from '../changes/item-change.ts';
import { MatchIndex } from '../receive/match-index.ts';
import type { Work } from '../work.ts';

export interface Savepoint {
  /** Everything is again as it was. */
  readonly rollback: () => void;
  /** Item changes that were made or altered since then. */
  readonly touched: () => readonly ItemChange[];
}

export function savepoint(work: Work): Savepoint {
  const { changes, out, puts, events, indexes, state } = work;
  const saved = changes.savepoint();
  const lists = [out, puts, events].map((list) => ({ list: list as unknown[], saved: [...list] }));
  const bitmaps = new Map([...indexes].map(([name, index]) => [name, index.bitmap]));
  // No change of an item touches what waits to be told.
  const { pending, sent, ...rest } = state;
  const { datastores, ...others } = structuredClone(rest);
  const rollback = (): void => {
    saved.rollback();
    for (const { list, saved: before } of lists) list.splice(0, list.length, ...before);
    restoreIndexes(indexes, bitmaps);
    restore(state, { ...others, pending, sent, datastores: state.datastores });
    for (const [at, before] of datastores.entries()) restore(state.datastores[at] ?? {}, before);
  };
  return { rollback, touched: saved.touched };
}

function restoreIndexes(indexes: Map<string, MatchIndex>, bitmaps: ReadonlyMap<string, string>): void {
  for (const [name, { entries }] of [...indexes]) {
    const bitmap = bitmaps.get(name);
    if (bitmap === undefined) indexes.delete(name);
    else indexes.set(name, new MatchIndex(entries, bitmap));
  }
}

/** In place: others hold the object. */
function restore(target: object, saved: object): void {
  for (const key of Object.keys(target))
    if (!(key in saved)) delete (target as { [key: string]: unknown })[key];
  Object.assign(target, saved);
}
