/** What a merge looks at, and what it has found out. */

/** One thing on all sides: as it is, as it was (all of it, and what the device saw of it), as the device sent it. */
export interface Sides<T> {
  readonly now: T;
  readonly was: T;
  readonly seen: T;
  readonly sent: T;
}

/** All that it sees, for a device that told which properties it holds; else those that it has sent before, by name. */
export type Held = 'all' | ReadonlySet<string>;
export const isHeld = (held: Held, name: string): boolean => held === 'all' || held.has(name);

/** Whose word counts where both changed the same field. */
export type Winner = 'client' | 'server';

export interface Merging {
  readonly winner: Winner;
  /** Of which properties an absence is a deletion (D19). */
  readonly held: Held;
  /** Properties that the device tells to hold since a short time: it never got them, its copies lack them. */
  readonly unseen: ReadonlySet<string>;
  /** Nobody knows what the two had in common: what either has stays. */
  readonly union: boolean;
  /** Fields that both changed so that one side's change is lost. */
  clashes: number;
}
