/** Bugs in what a change of one side makes of an item that the other side changed, too. */
import type * as EngineMerge from '../../../../lib/engine/receive/merge.ts';
import type * as Added from '../../../../lib/pim/merge/added.ts';
import type * as Lines from '../../../../lib/pim/merge/lines.ts';
import type * as MergeItem from '../../../../lib/pim/merge/merge-item.ts';
import type * as Series from '../../../../lib/pim/merge/series.ts';
import type * as Sides from '../../../../lib/pim/merge/sides.ts';
import type * as Task from '../../../../lib/pim/merge/task.ts';
import { type Bug, plant } from '../bug.ts';
import { life, story } from '../tells.ts';

const layer = 'merge';
const rich = story({ rich: true, restored: false, copies: false });
/** Few items with many edits. */
const few = story({ rich: true, small: true, broken: false });
const events = story({ kind: 'calendar', restored: false, copies: false });
const ADDED = 'lib/pim/merge/added.ts';
const LINES = 'lib/pim/merge/lines.ts';

export const MERGE_BUGS: readonly Bug[] = [
  {
    ...{ layer, tell: life, seeds: [] },
    name: 'of a field that both sides changed the side keeps its change that loses by the policy',
    plants: [
      plant<typeof MergeItem>('lib/pim/merge/merge-item.ts', ({ mergeEdit }) => ({
        mergeEdit: (edit) => mergeEdit({ ...edit, winner: edit.winner === 'client' ? 'server' : 'client' }),
      })),
    ],
  },
  {
    ...{ layer, tell: life, seeds: [] },
    name: 'what a device cannot hold is deleted when it is not sent',
    plants: [plant<typeof Sides>('lib/pim/merge/sides.ts', () => ({ isHeld: () => true }))],
  },
  {
    ...{ layer, tell: few, seeds: [2] },
    name: 'a value that is added takes the place of one that others added',
    plants: [
      plant<typeof Added>(ADDED, ({ mergeAdded }) => ({
        mergeAdded: (additions, merging) => mergeAdded({ ...additions, many: false }, merging),
      })),
    ],
  },
  {
    ...{ layer, tell: events, seeds: [24] },
    name: 'of two exclusions that two sides add to a series one is kept',
    plants: [
      plant<typeof Added>(ADDED, ({ mergeAdded }) => ({
        mergeAdded: (additions, merging) =>
          additions.news.some(({ name }) => name === 'EXDATE')
            ? additions.result
            : mergeAdded(additions, merging),
      })),
    ],
  },
  {
    ...{ layer, tell: rich, seeds: [1] },
    name: "of lines that both sides add to a text the device's are lost",
    plants: [
      plant<typeof Lines>(LINES, ({ mergedLines }) => ({
        mergedLines: (base, item, device) =>
          item === base || device === base ? mergedLines(base, item, device) : item,
      })),
    ],
  },
  {
    ...{ layer, tell: life, seeds: [] },
    name: 'the hidden end of a text that a device shows cut is lost when the device changes it',
    plants: [plant<typeof Lines>(LINES, () => ({ uncut: (_, __, made) => made }))],
  },
  {
    ...{ layer, tell: life, seeds: [] },
    name: 'what a device lacks in a comparison is deleted',
    plants: [
      plant<typeof EngineMerge>('lib/engine/receive/merge.ts', ({ mergeSeen }) => ({
        mergeUnion: mergeSeen,
      })),
    ],
  },
  {
    ...{ layer, tell: life, seeds: [] },
    name: 'a task that one side did and the other edited is half done',
    lacks: 'that a task is done, or is not',
    plants: [plant<typeof Task>('lib/pim/merge/task.ts', () => ({ withOneState: (merged) => merged }))],
  },
  {
    ...{ layer, tell: life, seeds: [] },
    name: 'the exceptions of a series that was moved stay where they were',
    lacks: 'moved occurrences',
    plants: [
      plant<typeof Series>('lib/pim/merge/series.ts', () => ({ withItsExceptions: (merged) => merged })),
    ],
  },
];
