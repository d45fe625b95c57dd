/** Bugs in what a device can hold: what it has no room for, and what it cannot delete. */
import type * as ListedNames from '../../../../lib/engine/device/listed-names.ts';
import type { DeviceCapabilities } from '../../../../lib/pim/device/capabilities.ts';
import type * as CapacityModule from '../../../../lib/pim/device/capacity.ts';
import type * as Limits from '../../../../lib/pim/device/limits.ts';
import type * as SentProperties from '../../../../lib/pim/device/sent-properties.ts';
import type * as ShownCapacity from '../../../../lib/pim/device/shown-capacity.ts';
import type * as Cuts from '../../../../lib/pim/merge/cuts.ts';
import type * as Slots from '../../../../lib/pim/merge/slots.ts';
import { type Bug, plant } from '../bug.ts';
import { life, story } from '../tells.ts';

const layer = 'device';
const room = story({ rich: true, small: true, broken: false });
const wide = story({ rich: true, wide: true, restored: false });

type Listed = NonNullable<DeviceCapabilities['properties']>;
const moreOf = (listed: Listed): Listed =>
  new Map(
    [...listed].map(([name, own]) => [
      name,
      own.maxOccur === undefined ? own : { ...own, maxOccur: own.maxOccur + 1 },
    ]),
  );

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
    ...{ layer, tell: life, seeds: [] },
    name: 'a value that a device cut is taken as a change',
    plants: [plant<typeof Cuts>('lib/pim/merge/cuts.ts', () => ({ withRoomless: (_, made) => made }))],
  },
  {
    ...{ layer, tell: life, seeds: [] },
    name: 'how much a device holds is what its last item shows, not what all of them showed',
    plants: [
      plant<typeof CapacityModule>('lib/pim/device/capacity.ts', () => ({ united: (_, more) => more })),
    ],
  },
  {
    ...{ layer, tell: life, seeds: [] },
    name: 'a device holds one value more than it has shown',
    plants: [
      plant<typeof ShownCapacity>('lib/pim/device/shown-capacity.ts', ({ shownCapacities }) => ({
        shownCapacities: (read) =>
          new Map([...shownCapacities(read)].map(([name, own]) => [name, { ...own, count: own.count + 1 }])),
      })),
    ],
  },
  {
    ...{ layer, tell: wide, seeds: [15] },
    name: 'what a device lists newly is not sent to it',
    plants: [
      plant<typeof ListedNames>('lib/engine/device/listed-names.ts', () => ({ newNames: () => new Set() })),
    ],
  },
  {
    ...{ layer, tell: life, seeds: [] },
    name: 'a device gets a value more than it holds at most',
    plants: [
      plant<typeof Limits>('lib/pim/device/limits.ts', ({ withinCapabilities }) => ({
        withinCapabilities: (tree, { properties, ...others }, isRequired) =>
          withinCapabilities(
            tree,
            { ...others, ...(properties && { properties: moreOf(properties) }) },
            isRequired,
          ),
      })),
    ],
  },
  {
    ...{ layer, tell: life, seeds: [] },
    name: 'what is deleted in Outlook comes back, because an empty field says nothing',
    lacks: 'that stays away what is deleted in Outlook',
    plants: [
      plant<typeof SentProperties>('lib/pim/device/sent-properties.ts', ({ sentProperties }) => ({
        sentProperties: ({ content }) => sentProperties({ content, parsed: undefined }),
      })),
    ],
  },
];
