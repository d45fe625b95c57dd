/** What a step decided up to a point, so that an Atomic that fails leaves nothing of itself behind (C12). */

import type { Unit } from '../io/writes.ts';
import { MatchIndex } from '../receive/match-index.ts';
import type { Work } from '../work.ts';

export interface Savepoint {
  /** Units as they were; those that are not in it came later. */
  readonly units: ReadonlyMap<string, Unit>;
  /** Everything is again as it was. */
  readonly rollback: () => void;
}

export function savepoint(work: Work): Savepoint {
  const { ledger, out, puts, events, indexes, state } = work;
  const units = new Map([...ledger.units].map(([key, unit]) => [key, copyOf(unit)]));
  const mapped = new Map(ledger.mapped);
  const lists = [out, puts, events].map((list) => ({ list: list as unknown[], saved: [...list] }));
  const bitmaps = new Map([...indexes].map(([name, index]) => [name, index.bitmap]));
  // No change of an item touches what waits to be told.
  const { pending, sent, ...rest } = state;
  const { datastores, ...others } = structuredClone(rest);
  const rollback = (): void => {
    refill(ledger.units, units);
    refill(ledger.mapped, mapped);
    for (const { list, saved } of lists) list.splice(0, list.length, ...saved);
    restoreIndexes(indexes, bitmaps);
    restore(state, { ...others, pending, sent, datastores: state.datastores });
    for (const [at, saved] of datastores.entries()) restore(state.datastores[at] ?? {}, saved);
  };
  return { units, rollback };
}

const copyOf = (unit: Unit): Unit => ({
  ...unit,
  versions: [...unit.versions],
  reviews: [...unit.reviews],
  mappings: unit.mappings.map((mapping) => ({ ...mapping })),
});

function refill<V>(map: Map<string, V>, saved: ReadonlyMap<string, V>): void {
  map.clear();
  for (const [key, value] of saved) map.set(key, value);
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
