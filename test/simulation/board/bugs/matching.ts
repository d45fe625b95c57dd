/** Bugs in what is compared with what, and in what counts as the same. */
import type * as Linking from '../../../../lib/engine/receive/linking.ts';
import type * as Matching from '../../../../lib/engine/receive/matching.ts';
import type * as Blocking from '../../../../lib/pim/match/blocking.ts';
import type * as CompareContacts from '../../../../lib/pim/match/contact/compare-contacts.ts';
import type * as Events from '../../../../lib/pim/match/event/event.ts';
import { type Bug, plant } from '../bug.ts';
import { life, sameThings } from '../tells.ts';

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
  {
    ...{ layer, tell: sameThings, seeds: [0] },
    name: 'an item is looked for by equal content alone',
    plants: [plant<typeof Blocking>('lib/pim/match/blocking.ts', () => ({ listBlockingKeys: () => [] }))],
  },
  {
    ...{ layer, tell: life, seeds: [] },
    name: 'contacts that may be the same count as the same',
    lacks: 'different persons who are alike',
    plants: [
      plant<typeof CompareContacts>('lib/pim/match/contact/compare-contacts.ts', ({ compareContacts }) => ({
        compareContacts: (...of) => {
          const result = compareContacts(...of);
          return result.matchClass === 'possible' ? { ...result, matchClass: 'same' } : result;
        },
      })),
    ],
  },
  {
    ...{ layer, tell: life, seeds: [] },
    name: 'appointments of one title are the same, whenever they are',
    lacks: 'appointments of one title',
    plants: [
      plant<typeof Events>('lib/pim/match/event/event.ts', ({ compareEvents }) => ({
        compareEvents: (a, { start: _, ...b }) =>
          compareEvents(a, { ...b, ...(a.start && { start: a.start }) }),
      })),
    ],
  },
  {
    ...{ layer, tell: life, seeds: [] },
    name: 'a LUID of before a comparison is believed, whatever the content',
    plants: [plant<typeof Matching>('lib/engine/receive/matching.ts', () => ({ mayBeOne: () => true }))],
  },
];
