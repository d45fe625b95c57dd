/** Bugs in which items a device with a filter sees. */
import type * as Visible from '../../../../lib/engine/context/visible.ts';
import type * as Evaluate from '../../../../lib/filter/evaluate.ts';
import type * as Spans from '../../../../lib/filter/spans.ts';
import { type Bug, plant } from '../bug.ts';
import { filtered } from '../tells.ts';

const layer = 'filter';
const tell = filtered;

export const FILTER_BUGS: readonly Bug[] = [
  {
    ...{ layer, tell, seeds: [0] },
    name: 'the filter is asked for a new item, but not for a change of an item',
    plants: [
      plant<typeof Visible>('lib/engine/context/visible.ts', ({ isVisible }) => ({
        isVisible: (sync, item) => item.rev > 1 || isVisible(sync, item),
      })),
    ],
  },
  {
    ...{ layer, tell, seeds: [1] },
    name: 'of two conditions one is enough',
    plants: [
      plant<typeof Evaluate>('lib/filter/evaluate.ts', ({ matches }) => ({
        matches: (filter, item) =>
          matches(filter.kind === 'and' ? { kind: 'or', parts: filter.parts } : filter, item),
      })),
    ],
  },
  {
    ...{ layer, tell, seeds: [1] },
    name: 'what ends just where the window begins is in the window',
    plants: [
      plant<typeof Spans>('lib/filter/spans.ts', ({ liesIn }) => ({
        liesIn: (part, all, { since, before }) =>
          liesIn(part, all, {
            ...(since && { since: { ...since, ms: since.ms - 1 } }),
            ...(before && { before }),
          }),
      })),
    ],
  },
];
