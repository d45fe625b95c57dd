/** Bugs in what a device can hold: what it has no room for, and what it cannot delete. */
import type * as Cuts from '../../../../lib/pim/merge/cuts.ts';
import type * as Slots from '../../../../lib/pim/merge/slots.ts';
import { type Bug, plant } from '../bug.ts';
import { story } from '../tells.ts';

const layer = 'device';
const room = story({ rich: true, small: true, broken: false });
const slots = (leftOut: (typeof Slots)['leftOut']) =>
  plant<typeof Slots>('lib/pim/merge/slots.ts', () => ({ leftOut }));

export const DEVICE_BUGS: readonly Bug[] = [
  {
    ...{ layer, tell: room, seeds: [2] },
    name: 'what a device has no room for is deleted',
    plants: [slots(() => [])],
  },
  {
    ...{ layer, tell: room, seeds: [35] },
    name: 'a deletion of one value among many is never believed',
    plants: [slots(({ missing }) => missing)],
  },
  {
    ...{ layer, tell: room, seeds: [41] },
    name: 'a value that a device cut is taken as a change',
    plants: [plant<typeof Cuts>('lib/pim/merge/cuts.ts', () => ({ withRoomless: (_, made) => made }))],
  },
];
