/** Bugs in what is told to whom. */
import type * as PeerContext from '../../../../lib/engine/changes/peer-context.ts';
import { isNewsTo } from '../../../../lib/engine/model/records.ts';
import type * as Apply from '../../../../lib/engine/receive/apply.ts';
import type * as Candidates from '../../../../lib/engine/send/candidates.ts';
import type * as Due from '../../../../lib/engine/state/due.ts';
import type * as SyncKind from '../../../../lib/engine/state/sync-kind.ts';
import { type Bug, plant } from '../bug.ts';
import { rowPut, type SpoilWrite, spoiledWrites, withAttributes } from '../spoiled-writes.ts';
import { harsh, life, PLAIN, story } from '../tells.ts';

const layer = 'change set';
const tell = story(PLAIN);
const CANDIDATES = 'lib/engine/send/candidates.ts';

const withoutOrigin: SpoilWrite = (write) => {
  const row = rowPut(write, /^(C#|I#)/);
  return row === undefined ? write : withAttributes(write, row, { origin: 'nobody' });
};

const withoutDiffers: SpoilWrite = (write) => {
  const row = rowPut(write, /^(C#|I#)/);
  if (row === undefined) return write;
  const { differs: _, changes, ...attributes } = row.attributes;
  const told = Array.isArray(changes) && { changes: changes.map((one) => String(one).replace('*', '')) };
  return { ...write, row: { ...row, attributes: { ...attributes, ...told } } } as typeof write;
};

export const CHANGE_SET_BUGS: readonly Bug[] = [
  {
    ...{ layer, tell, seeds: [103] },
    name: 'a change forgets where it came from',
    plants: [spoiledWrites(withoutOrigin)],
  },
  {
    ...{ layer, tell, seeds: [50] },
    name: 'the author of a change is not told that it was merged',
    plants: [spoiledWrites(withoutDiffers)],
  },
  {
    ...{ layer, tell: story({ ...PLAIN, copies: true }), seeds: [8] },
    name: 'of an item that a device holds twice one copy alone is changed or deleted',
    plants: [
      plant<typeof Candidates>(CANDIDATES, ({ decisionFor }) => ({
        decisionFor: (...of) => {
          const decision = decisionFor(...of);
          return 'luids' in decision ? { ...decision, luids: decision.luids.slice(0, 1) } : decision;
        },
      })),
    ],
  },
  {
    ...{ layer, tell: life, seeds: [] },
    name: 'a deletion that a device did not answer is not told again',
    plants: [
      plant<typeof Candidates>(CANDIDATES, ({ decisionFor }) => ({
        decisionFor: (sync, candidate) => {
          const decision = decisionFor(sync, candidate);
          return decision.op === 'delete' && candidate.list === 'resend' ? { op: 'skip' } : decision;
        },
      })),
    ],
  },
  {
    ...{ layer, tell: harsh, seeds: [70] },
    name: 'what a device did not answer is not sent again',
    plants: [plant<typeof Due>('lib/engine/state/due.ts', () => ({ dueOf: () => [] }))],
  },
  {
    ...{ layer, tell: life, seeds: [] },
    name: 'a device counts as knowing what is still to be sent to it again',
    plants: [
      plant<typeof PeerContext>('lib/engine/changes/peer-context.ts', () => ({
        isConflict: ({ changes, since }, item) => isNewsTo(item, changes.peer) && item.sequence > since,
      })),
    ],
  },
  {
    ...{ layer, tell: life, seeds: [] },
    name: 'after a one-way sync from the client the client counts as knowing the changes of others',
    plants: [
      plant<typeof SyncKind>('lib/engine/state/sync-kind.ts', () => ({ isOneWayFromClient: () => false })),
    ],
  },
  {
    ...{ layer, tell: life, seeds: [] },
    name: 'a deletion wins over a change that the device has not seen',
    plants: [
      plant<typeof Apply>('lib/engine/receive/apply.ts', ({ applyDelete }) => ({
        applyDelete: (peer, luid) => applyDelete({ ...peer, since: Number.MAX_SAFE_INTEGER }, luid),
      })),
    ],
  },
];
