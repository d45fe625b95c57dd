/** What a merge looks at, and what it has found out. */

/** One thing on all sides: as it is, as it was (all of it, and what the device saw of it), as the device sent it. */
export interface Sides<T> {
  readonly now: T;
  readonly was: T;
  readonly seen: T;
  readonly sent: T;
}

/** Whose word counts where both changed the same field. */
export type Winner = 'client' | 'server';

export interface Merging {
  readonly winner: Winner;
  /** The device told which properties it holds. If not, one that nobody knows was not deleted by its absence (D19). */
  readonly complete: boolean;
  /** Properties that the device tells to hold since a short time: it never got them, its copies lack them. */
  readonly unseen: ReadonlySet<string>;
  /** Nobody knows what the two had in common: what either has stays. */
  readonly union: boolean;
  /** Fields that both changed so that one side's change is lost. */
  clashes: number;
}
