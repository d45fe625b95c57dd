/** All that a step has decided at a moment, to which an Atomic that fails puts it back (C12). */

import type { ItemChange } from '../changes/item-change.ts';
import type { StepContext } from '../context/step-context.ts';

export interface Savepoint {
  /** Puts the step back to the savepoint. */
  readonly rollback: () => void;
  /** Item changes that were made or altered since then. */
  readonly touched: () => readonly ItemChange[];
}

export function savepoint({ changes, answers, anchors, rows, events, session }: StepContext): Savepoint {
  const saved = changes.savepoint();
  const restores = [answers, anchors, rows, events].map((owner) => owner.savepoint());
  // Changes of items do not alter commands that wait for room or for their Status.
  const { pending, sent, ...rest } = session;
  const { datastores, ...others } = structuredClone(rest);
  const rollback = (): void => {
    saved.rollback();
    for (const restoreOwner of restores) restoreOwner();
    restore(session, { ...others, pending, sent, datastores: session.datastores });
    for (const [at, before] of datastores.entries()) restore(session.datastores[at] ?? {}, before);
  };
  return { rollback, touched: saved.touched };
}

/** Restores the object in place, because others refer to it. */
function restore(target: object, saved: object): void {
  for (const key of Object.keys(target))
    if (!(key in saved)) delete (target as { [key: string]: unknown })[key];
  Object.assign(target, saved);
}
