/**
 * What a planted bug is: a mistake that a good engineer might make in a module of the product, made by wrapping what the module
 * exports while a story is told. The product knows nothing of them.
 */
import type { Plan } from '../life/plan.ts';

/** From the lowest to the highest. */
export const LAYERS = [
  'codec',
  'message',
  'formats',
  'device',
  'merge',
  'matching',
  'filter',
  'change set',
  'mapping',
  'refresh',
  'send',
  'resume',
  'match index',
  'store',
  'CRM',
] as const;
export type Layer = (typeof LAYERS)[number];

/** Tells the story of a seed; throws when something is wrong at its end. */
export type Tell = (seed: number) => Promise<unknown>;

/** Exports of a module that are wrong, made from its own ones. Called anew for each story. */
export type Spoil = (own: never) => object;

export interface Plant {
  /** From the project's root: `lib/engine/step.ts`. */
  readonly module: string;
  readonly spoil: Spoil;
}

export interface Bug {
  readonly layer: Layer;
  /** A sentence that says what is wrong. */
  readonly name: string;
  readonly plants: readonly Plant[];
  readonly tell: Tell;
  /** Seeds of which one finds it, the best one first. None: a gap, no story finds it yet. */
  readonly seeds: readonly number[];
  /** Of a life that finds it. */
  readonly plan?: Plan;
  /** Of a gap: what the stories lack to find it. */
  readonly lacks?: string;
}

/** What the stories of today lack to find bugs that are in the reader and the writer alike, or in a writer alone. */
export const LACKS_EXPECTATION =
  'an expectation of their own of what a device shows: they ask the writers of the product';

/** `M`: the type of the module. */
export const plant = <M extends object>(module: string, spoil: (own: M) => Partial<M>): Plant => ({
  module,
  spoil: spoil as Spoil,
});
