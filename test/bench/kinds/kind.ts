/**
 * One kind of sync to measure: what comes before it, and the part that is measured. Must not know: what is made of it,
 * a table of figures or a profile.
 */
import type { Report } from '../scripted-device.ts';
import type { World } from '../world.ts';

/** Figures of a kind. Milliseconds of the server's CPU, capacity units. */
export type FigureName = 'cpu' | 'largest' | 'reads' | 'writes' | 'largestReads';

/** Of every size, or of some sizes by themselves. */
export type Goal = number | { readonly [size: number]: number };

/** How many items went to the server and came from it. */
export interface Moved {
  readonly sent: number;
  readonly received: number;
}

export interface Kind {
  readonly title: string;
  /** What one of its items is called. */
  readonly item: string;
  /** Sizes of its own; without them it takes those that are asked for. */
  readonly sizes?: readonly number[];
  readonly goals?: { readonly [name in FigureName]?: Goal };
  /** Brings a new world to where the kind begins. What it gives is the part that is measured. */
  readonly prepare: (world: World, size: number) => Promise<() => Promise<Moved>>;
}

export const receivedIn = ({ received: { Add, Replace, Delete } }: Report): number => Add + Replace + Delete;
