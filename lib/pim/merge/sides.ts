/**
 * The input and the result of a merge. The item is the one of the server. The device has a copy of the item, and
 * changed the copy.
 */

import type { Content } from '../content.ts';
import type { Capacities } from '../device/capacity.ts';

/**
 * One thing (an item, a component, a list of properties) in its four states. `was` is the item as it was when the
 * device got it, `now` is the item as it is. `seen` is the view of `was` that the device was shown, `sent` is what the
 * device made of it.
 */
export interface Sides<T> {
  readonly now: T;
  readonly was: T;
  readonly seen: T;
  readonly sent: T;
}

/** The same part of each of the four states. */
export const mapSides = <T, Part>(
  { now, was, seen, sent }: Sides<T>,
  part: (side: T) => Part,
): Sides<Part> => ({ now: part(now), was: part(was), seen: part(seen), sent: part(sent) });

/**
 * The properties that the device holds. If the device sends an item without one of these, the user has deleted it (D19). A
 * device that lists its properties holds all that it is shown; any other device holds those whose names it has sent before.
 */
export type Held = 'all' | ReadonlySet<string>;
export const isHeld = (held: Held, name: string): boolean => held === 'all' || held.has(name);

/**
 * Where both sides changed the same field, the change of this side is kept: the device's (`client`) or the item's
 * (`server`).
 */
export type Winner = 'client' | 'server';

export interface Merging {
  readonly winner: Winner;
  readonly held: Held;
  /** How much of each property the device holds (room.ts). Undefined for a peer that holds everything. */
  readonly capacities: Capacities | undefined;
  /** Properties that the device has begun to list. It never got them, so its copies lack them. */
  readonly unseen: ReadonlySet<string>;
  /** May the device have got what others changed since it got the item, and hold less of it than there is? */
  readonly mayHoldNews: boolean;
  /** Is the common state of item and device unknown? Then everything that one of them has is kept. */
  readonly union: boolean;
  /** Counts the fields that both sides changed, where the change of one side is lost. */
  clashes: number;
}

/** For a field that both sides changed: the winner's state. The change of the other side is lost, and is counted. */
export function ofWinner<T>(item: T, device: T, merging: Merging): T {
  merging.clashes += 1;
  return merging.winner === 'client' ? device : item;
}

export interface Edit {
  /** The item as it is now. */
  readonly current: Content;
  /** The item when the device got it, and the view that the device was shown. Undefined where that is not known. */
  readonly base: { readonly item: Content; readonly seen: Content } | undefined;
  readonly sent: Content;
  readonly held: Held;
  /** How much of each property the device holds. Undefined for a peer that holds everything. */
  readonly capacities?: Capacities | undefined;
  /** Properties that the device has begun to list, and never got. */
  readonly unseen: ReadonlySet<string>;
  readonly winner: Winner;
  /** May the device have got the current state, in a message that it did not answer? */
  readonly mayHoldNews?: boolean;
}

export interface Merged {
  readonly item: Content;
  /** The number of fields that both sides changed. The winner's value is in the item, the other value is lost. */
  readonly clashes: number;
}
