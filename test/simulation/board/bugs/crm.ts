/** Bugs in what the CRM saves and deletes. */
import type * as ChangeSetModule from '../../../../lib/engine/changes/change-set.ts';
import type * as ItemChange from '../../../../lib/engine/changes/item-change.ts';
import type * as Mapping from '../../../../lib/engine/changes/mapping.ts';
import { CRM } from '../../../../lib/engine/model/ids.ts';
import type * as Apply from '../../../../lib/engine/receive/apply.ts';
import type * as Linking from '../../../../lib/engine/receive/linking.ts';
import { type Bug, plant } from '../bug.ts';
import { life, story } from '../tells.ts';

const layer = 'CRM';
const tell = story({ kind: 'any', restored: false, copies: false });

export const CRM_BUGS: readonly Bug[] = [
  {
    ...{ layer, tell, seeds: [1] },
    name: 'a save by the CRM forgets under which LUIDs devices hold the item',
    plants: [
      plant<typeof ItemChange>('lib/engine/changes/item-change.ts', ({ withContent }) => ({
        withContent: (change, content, why, author) => {
          const changed = withContent(change, content, why, author);
          if (author.peer !== CRM || content === undefined) return changed;
          const own = changed.item.luids[CRM];
          return { ...changed, item: { ...changed.item, luids: own === undefined ? {} : { [CRM]: own } } };
        },
      })),
    ],
  },
  {
    ...{ layer, tell: life, seeds: [] },
    name: 'a record of the CRM takes the place of the item with all that others changed',
    plants: [
      plant<typeof Linking>('lib/engine/receive/linking.ts', ({ applyOrLink }) => ({
        applyOrLink: (peer, ...rest) =>
          applyOrLink(
            peer.changes.peer === CRM ? { ...peer, since: Number.MAX_SAFE_INTEGER } : peer,
            ...rest,
          ),
      })),
    ],
  },
  {
    ...{ layer, tell: life, seeds: [] },
    name: 'a deletion by the CRM loses against what others changed',
    lacks: 'that a deletion by the CRM stands',
    plants: [
      plant<typeof Apply>('lib/engine/receive/apply.ts', ({ applyDelete }) => ({
        applyDelete: (peer, luid) =>
          applyDelete(peer.changes.peer === CRM ? { ...peer, since: 0 } : peer, luid),
      })),
    ],
  },
  {
    ...{ layer, tell: life, seeds: [] },
    name: 'what the CRM saved is not kept where the item stays as it is',
    plants: [
      plant<typeof ChangeSetModule>('lib/engine/changes/change-set.ts', ({ ChangeSet }) => ({
        ChangeSet: class extends ChangeSet {
          override keepSent(...of: Parameters<typeof ChangeSet.prototype.keepSent>): void {
            if (this.peer !== CRM) super.keepSent(...of);
          }
        },
      })),
    ],
  },
  {
    ...{ layer, tell: life, seeds: [] },
    name: 'a record that comes back after its deletion is another item',
    plants: [
      plant<typeof Mapping>('lib/engine/changes/mapping.ts', ({ setLuid }) => ({
        setLuid: (peer, guid, luid) => {
          const isGone = peer.changes.itemAt(peer.datastore, guid)?.content === undefined;
          if (peer.changes.peer !== CRM || !isGone) setLuid(peer, guid, luid);
        },
      })),
    ],
  },
];
