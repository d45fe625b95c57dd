/**
 * What is known of a peer, a device or the CRM, in one datastore while a step works on the user's items. A device's is
 * made by context/datastore-sync.ts, the CRM's by ingest.ts.
 */
import type { Content } from '../../pim/content.ts';
import type { Capacities } from '../../pim/device/capacity.ts';
import type { Held } from '../../pim/merge/sides.ts';
import type { WorkBudget } from '../../pim/work/budget.ts';
import type { Policy } from '../model/datastores.ts';
import type { Guid } from '../model/ids.ts';
import type { Generations } from '../model/luids.ts';
import type { Packing } from '../model/mapping-pairs.ts';
import { type Item, isNewsTo, type Resend } from '../model/records.ts';
import type { ChangeSet } from './change-set.ts';

/**
 * A context is made anew for each command: a first Sync raises the generation of the mapping, and a switch to a slow
 * sync moves `since`.
 */
export interface PeerContext extends Generations {
  /** What the step decides of the user's items; `changes.peer` is this peer. */
  readonly changes: ChangeSet;
  readonly datastore: string;
  /**
   * The peer's place in the log: it knows what was changed up to here. A later change by somebody else is a conflict.
   */
  readonly since: number;
  /** Decides a clash. */
  readonly policy: Policy;
  /** Somebody else wrote to the log since the peer saw it, so there may be conflicts. */
  readonly contested: boolean;
  /** Which generations of the mapping have rows of pairs. */
  readonly packing: Packing;
  /** In a complete sync: the earlier generations, whose LUIDs are hints. */
  readonly earlier: readonly number[];
  /** Did a sync settle the anchor? If not, or if a table was restored since, it is unknown what the peer was told. */
  readonly isAnchored: boolean;
  /**
   * The item is still to be sent to the peer again, after a refusal or a lost answer: what the peer has of it may be old.
   * Undefined for all others.
   */
  readonly resendOf: (guid: Guid) => Resend | undefined;
  /** May the peer have got news in a session that broke, without having said so? */
  readonly mayHoldNews: boolean;
  /** What the peer sees of an item; undefined for a peer that holds everything. */
  readonly view?: ItemView;
  /** The work that is left for the item that the peer sent; undefined where no item is at hand. */
  readonly work?: WorkBudget;
}

/** A content as the peer got it. */
export interface Got {
  readonly seen: Content;
  /** Properties that the peer can hold now and did not get, or not in this form. */
  readonly unseen: ReadonlySet<string>;
}

/** What a peer sees of items. */
export interface ItemView {
  /** What the peer sees of this content of the item. */
  readonly seen: (content: Content, guid: Guid) => Content;
  /** What the peer saw of it in its last sync, when it listed fewer properties. */
  readonly seenThen?: (content: Content, guid: Guid) => Content;
  /** What the peer got when this content was sent to it. Undefined: what it sees now. */
  readonly got?: (content: Content, guid: Guid) => Got;
  /** Properties that the peer is known to hold: if one is absent in what it sends, the peer deleted it. */
  readonly heldProperties: Held;
  /** How much of each property the peer holds; undefined for a peer that holds everything. */
  readonly capacities?: Capacities;
  /** Properties of the item that the peer can hold now and was never sent, or never in this form. */
  readonly unseenIn?: (content: Content) => ReadonlySet<string>;
  /**
   * The form of items for the peer is not the one in which it got those that it has: what it saw of them is not known.
   */
  readonly changed: boolean;
}

/** Was the item changed by somebody else since the peer saw it? */
export const isConflict = ({ changes, since, resendOf }: PeerContext, item: Item): boolean =>
  isNewsTo(item, changes.peer) && (item.sequence > since || resendOf(item.guid) !== undefined);
