/** A peer's side of a datastore, with what decides a conflict. */
import type { StoredItem } from '../../pim/formats/registry.ts';
import type { Held } from '../../pim/merge/sides.ts';
import type { Policy } from '../model/datastores.ts';
import type { Guid } from '../model/ids.ts';
import { type Item, isNewsTo } from '../model/records.ts';
import type { Ledger, Side } from './change-set.ts';

export interface Ground extends Side {
  /** Log position that the peer has seen; a change after it by somebody else is a conflict. */
  readonly since: number;
  readonly policy: Policy;
  /** The log says more than the peer has seen: changes may meet others'. */
  readonly contested: boolean;
  /** Generations before a complete sync: their LUIDs are hints. */
  readonly earlier: readonly number[];
  /** Items that the peer was told of and refused: what it has of them is old. */
  readonly due: (guid: Guid) => boolean;
  /** What the peer sees of an item; undefined for one that holds everything. */
  readonly view?: {
    readonly seen: (item: StoredItem) => StoredItem;
    /** Of which properties an absence is a deletion. */
    readonly held: Held;
    /** Properties that it holds since a short time and never got. */
    readonly unseen?: ReadonlySet<string>;
    /** It gets items in another form than those that it has: nobody knows what it saw of them. */
    readonly changed: boolean;
  };
}

/** Was the item changed by somebody else since the peer saw it? */
export const isConflict = (ledger: Ledger, ground: Ground, item: Item): boolean =>
  isNewsTo(item, ledger.peer) && (item.sequence > ground.since || ground.due(item.guid));
