/**
 * What a merge looks at, and what it has found out. The item is the one of the server. The device has a copy of the item and
 * changed the copy.
 */

import type { Content } from '../content.ts';

/**
 * One thing (an item, a component, a list of properties) in its four states. `now` and `was` are states of the item: as it
 * is, and as it was when the device got it. `seen` and `sent` are what the device saw of that, and what it made of it.
 */
export interface Sides<T> {
  readonly now: T;
  readonly was: T;
  readonly seen: T;
  readonly sent: T;
}

/**
 * Of which properties an absence is a deletion (D19): of all that the device sees, where it told which properties it holds;
 * else of those that it has sent before, by name.
 */
export type Held = 'all' | ReadonlySet<string>;
export const isHeld = (held: Held, name: string): boolean => held === 'all' || held.has(name);

/** Which side's change stands where both changed the same field: the device's (`client`) or the item's (`server`). */
export type Winner = 'client' | 'server';

export interface Merging {
  readonly winner: Winner;
  readonly held: Held;
  /** Properties that the device began to list a short time ago: it never got them, so that its copies lack them. */
  readonly unseen: ReadonlySet<string>;
  /** Nobody knows what item and device had in common: whatever either of them has stays. */
  readonly union: boolean;
  /** Fields that both sides changed so that the change of one is lost. */
  clashes: number;
}

export interface Edit {
  /** The item as it is. */
  readonly current: Content;
  /** As it was when the device got it, and what it saw of it; undefined when nobody knows: what either has stays. */
  readonly base: { readonly item: Content; readonly seen: Content } | undefined;
  readonly sent: Content;
  readonly held: Held;
  /** Properties that it holds since a short time and never got. */
  readonly unseen: ReadonlySet<string>;
  readonly winner: Winner;
}

export interface Merged {
  readonly item: Content;
  /** Fields that both changed: of these the winner's stands, and the other's is lost from the item. */
  readonly clashes: number;
}
