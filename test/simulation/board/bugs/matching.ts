/** Bugs in what is compared with what, and in what counts as the same. */
import type * as Linking from '../../../../lib/engine/receive/linking.ts';
import { type Bug, plant } from '../bug.ts';
import { sameThings } from '../tells.ts';

const layer = 'matching';

export const MATCHING_BUGS: readonly Bug[] = [
  {
    ...{ layer, tell: sameThings, seeds: [1, 2, 3, 4] },
    name: 'an Add is compared with nothing',
    plants: [
      plant<typeof Linking>('lib/engine/receive/linking.ts', ({ applyOrLink }) => ({
        applyOrLink: (peer, received) => applyOrLink(peer, received, () => undefined),
      })),
    ],
  },
];
