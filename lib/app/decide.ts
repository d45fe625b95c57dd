/**
 * Runs a decision of the engine, a step or a record of the CRM, until it has all the facts that it asks for
 * (docs/adr/0002).
 */
import type { Read } from '../engine/io/facts.ts';
import type { Store } from '../store/port/port.ts';
import { answerReads } from '../store/step-io/reader.ts';

/** What a run gives that lacks facts. */
interface Needs {
  readonly kind: 'needs';
  readonly reads: readonly Read[];
}

/** A decision needs few rounds. More than this many are a fault in the engine. */
const MAX_ROUNDS = 20;

/**
 * `run` is called with all answers so far. Each round is one sequential store call. Throws StoreErrors as they come.
 */
export async function decideOnFacts<T extends { readonly kind: string }>(
  store: Store,
  run: (known: ReadonlyMap<string, unknown>) => T,
): Promise<Exclude<T, Needs>> {
  const known = new Map<string, unknown>();
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const decision: T | Needs = run(known);
    if (!isNeeds(decision)) return decision as Exclude<T, Needs>;
    await answerReads(store, decision.reads, known);
  }
  throw new Error('a decision asked for reads without end');
}

const isNeeds = (decision: { readonly kind: string }): decision is Needs => decision.kind === 'needs';
