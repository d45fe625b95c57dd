/** Every read that a step can ask for, and the shape of its answer. lib/store/step-io/reader.ts maps them to rows. */
import type { Guid, Luid, Peer } from '../model/ids.ts';
import type { MappedItems } from '../model/mapping-pairs.ts';
import type { PackedEntries } from '../model/match-entries.ts';
import type {
  Account,
  Anchor,
  Commit,
  Device,
  Head,
  Item,
  ItemVersion,
  WalkPlace,
} from '../model/records.ts';
import type { StoredSession } from '../model/session-state.ts';

interface Of<Ask, Result> {
  readonly ask: Ask;
  readonly answer: Result;
}
/** `next`: the last item that was looked at, when more may follow. */
export interface ItemPage {
  readonly items: readonly Item[];
  readonly next?: string;
}

interface InDatastore {
  readonly user: string;
  readonly datastore: string;
}
interface InGeneration extends InDatastore {
  readonly peer: Peer;
  readonly generation: number;
}
interface InSession {
  readonly user: string;
  readonly device: string;
  readonly sessionId: string;
}

export interface ReadKinds {
  account: Of<{ readonly login: string }, Account>;
  session: Of<InSession, StoredSession>;
  device: Of<{ readonly user: string; readonly device: string }, Device>;
  anchor: Of<InDatastore & { readonly peer: Peer }, Anchor>;
  /** Where the row is gone: what the newest commit says of it. */
  head: Of<InDatastore, Head>;
  item: Of<InDatastore & { readonly guid: Guid }, Item>;
  /** The text of a body in part rows. */
  body: Of<InDatastore & { readonly guid: Guid; readonly hash: string; readonly parts: number }, string>;
  version: Of<InDatastore & { readonly guid: Guid; readonly rev: number }, ItemVersion>;
  /** All kept versions of the item, oldest first. */
  versions: Of<InDatastore & { readonly guid: Guid }, readonly ItemVersion[]>;
  /** The item that a LUID was given to, in a generation of before: each LUID has a row. */
  mapping: Of<InGeneration & { readonly luid: Luid | string }, Guid>;
  /**
   * The items in the pairs of one part of a generation, by the hash of the LUID, the newest pair first. `least`: there are
   * at least so many rows; absent if that is not known.
   */
  pairs: Of<InGeneration & { readonly part: number; readonly least?: number }, MappedItems>;
  /** Commits with from <= sequence <= to, in order. */
  commits: Of<InDatastore & { readonly from: number; readonly to: number }, readonly Commit[]>;
  /** Every live item with its body (parts not loaded), in the order of their GUIDs. */
  inventory: Of<InDatastore, readonly Item[]>;
  /** The items of one shard behind the item `after`, tombstones too, in the order of their GUIDs, at most `limit`. */
  items: Of<InDatastore & WalkPlace & { readonly limit: number }, ItemPage>;
  /** The entries in the rows of the match index; undefined when a row is gone. `newest`: the id of the newest row. */
  index: Of<
    InDatastore & { readonly epoch: string; readonly rows: number; readonly newest?: string },
    readonly PackedEntries[]
  >;
  /** Bytes of the chunk rows of a large object, joined. */
  chunks: Of<InSession & { readonly from: number; readonly rows: number; readonly tag?: string }, Uint8Array>;
}
