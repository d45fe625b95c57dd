/** A server that walks through items few at a time. Planted beside a bug that shows at the borders of portions. */
import type * as Limits from '../../../lib/engine/model/limits.ts';
import type { Plant } from './bug.ts';

const SMALL = {
  FIRST_PAGE_ITEMS: 2,
  LEAST_PAGE_ITEMS: 1,
  MAX_PAGE_ITEMS: 3,
  MAX_SWEPT_ITEMS: 2,
} satisfies { readonly [name in keyof typeof Limits]?: unknown };

export const smallPortions: Plant = { module: 'lib/engine/model/limits.ts', spoil: () => SMALL };
