/** Bugs in a sync of all items: what is walked through, and what a refresh from the client deletes. */
import type * as ItemPages from '../../../../lib/engine/context/item-pages.ts';
import { shardOf } from '../../../../lib/engine/model/ids.ts';
import type * as Unnamed from '../../../../lib/engine/receive/unnamed.ts';
import type * as Progress from '../../../../lib/engine/state/datastore-progress.ts';
import { type Bug, plant } from '../bug.ts';
import { smallPortions } from '../small-portions.ts';
import { life, PLAIN, story } from '../tells.ts';

const layer = 'refresh';
const tell = story({ ...PLAIN, broken: true, restored: false });

const skippingBorders = plant<typeof ItemPages>('lib/engine/context/item-pages.ts', ({ ItemPages }) => ({
  ItemPages: class Skipping extends ItemPages {
    override behind(place: Parameters<typeof ItemPages.prototype.behind>[0]) {
      const item = super.behind(place);
      if (typeof item !== 'object' || shardOf(item.guid) === place.shard) return item;
      return super.behind({ shard: shardOf(item.guid), after: item.guid });
    }
  },
}));

const forgettingNames = plant<typeof Unnamed>('lib/engine/receive/unnamed.ts', ({ deleteUnnamed }) => ({
  deleteUnnamed: (sync) => {
    const peer = { ...sync.peer, generation: -1 };
    return deleteUnnamed(Object.create(sync, { peer: { value: peer } }));
  },
}));

export const REFRESH_BUGS: readonly Bug[] = [
  {
    ...{ layer, tell, seeds: [1] },
    name: 'a walk loses the first item of the next shard',
    plants: [smallPortions, skippingBorders],
  },
  {
    ...{ layer, tell, seeds: [7] },
    name: 'a refresh from the client deletes what the client named',
    plants: [smallPortions, forgettingNames],
  },
  {
    ...{ layer, tell: life, seeds: [] },
    name: 'a refresh from the client deletes what is not in a list with gaps',
    plants: [
      plant<typeof Progress>('lib/engine/state/datastore-progress.ts', ({ isWholeList }) => ({
        isWholeList: ({ incoming: { hasGaps: _, ...incoming }, ...datastore }) =>
          isWholeList({ ...datastore, incoming }),
      })),
    ],
  },
];
