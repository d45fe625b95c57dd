/** Bugs in what is compared with what, and in what counts as the same. */
import type { FreeItems } from '../../../../lib/engine/match/free-items.ts';
import type * as Linking from '../../../../lib/engine/receive/linking.ts';
import type * as Matching from '../../../../lib/engine/receive/matching.ts';
import type * as SlowSync from '../../../../lib/engine/receive/slow-sync.ts';
import type * as Blocking from '../../../../lib/pim/match/blocking.ts';
import type * as CompareContacts from '../../../../lib/pim/match/contact/compare-contacts.ts';
import type * as Events from '../../../../lib/pim/match/event/event.ts';
import { type Bug, plant } from '../bug.ts';
import { life, sameThings } from '../tells.ts';

const layer = 'matching';

/** The same index, in which nothing is found. */
const withoutFinds = (free: FreeItems): FreeItems =>
  Object.assign(Object.create(free), {
    equal: () => [],
    equalHeld: () => [],
    candidates: () => ({ free: [], held: [] }),
  });

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
    name: 'who has the number of a house is the one who lives there',
    plants: [
      plant<typeof CompareContacts>('lib/pim/match/contact/compare-contacts.ts', ({ compareContacts }) => ({
        compareContacts: (...of) => {
          const result = compareContacts(...of);
          return result.reasons.includes('same-phone') ? { ...result, matchClass: 'same' } : result;
        },
      })),
    ],
  },
  {
    ...{ layer, tell: life, seeds: [] },
    name: 'an Add with a UID that is there already is another item',
    plants: [
      plant<typeof Events>('lib/pim/match/event/event.ts', ({ compareEvents }) => ({
        compareEvents: ({ uid: _, ...a }, b) => compareEvents(a, b),
      })),
    ],
  },
  {
    ...{ layer, tell: life, seeds: [] },
    name: 'a book that is put back under other LUIDs doubles',
    plants: [
      plant<typeof SlowSync>('lib/engine/receive/slow-sync.ts', ({ applySlow }) => ({
        applySlow: (peer, received) => applySlow(peer, { ...received, free: withoutFinds(received.free) }),
      })),
    ],
  },
  {
    ...{ layer, tell: life, seeds: [] },
    name: 'contacts that may be the same count as the same',
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
    plants: [plant<typeof Matching>('lib/engine/receive/matching.ts', () => ({ likenessOf: () => 'same' }))],
  },
];
