/** What a step wants written: domain records with their conditions. lib/store/step-io/writer.ts maps them to rows. */
import type { Guid, Luid, Peer } from '../model/ids.ts';
import type { Luids } from '../model/luids.ts';
import type { MappingPair } from '../model/mapping-pairs.ts';
import type { MatchEntry } from '../model/match-entries.ts';
import type { Anchor, Commit, Device, Head, Item, ItemVersion, Review } from '../model/records.ts';
import type { SessionState } from '../model/session-state.ts';

interface InDatastore {
  readonly datastore: string;
}

/** `version` is the row's version as read: 0 says that the row must not exist yet. */
export type Put =
  | (InDatastore & { readonly put: 'item'; readonly item: Item })
  /** The LUIDs of an item, and the hashes of what peers sent of it. The content is not written. */
  | (InDatastore & {
      readonly put: 'luids';
      readonly guid: Guid;
      readonly luids: Luids;
      readonly sent?: Item['sent'];
      readonly version: number;
    })
  /** `live`: the item still has this content, so the part rows of its text stay as long as the item. */
  | (InDatastore & { readonly put: 'version'; readonly version: ItemVersion; readonly live?: true })
  | (InDatastore & { readonly put: 'review'; readonly review: Review })
  | (InDatastore & {
      readonly put: 'mapping';
      readonly peer: Peer;
      readonly generation: number;
      readonly luid: Luid;
      readonly guid: Guid;
    })
  /** Pairs of one part of a generation. `id`: random; `number`: how many rows of the part went before it. */
  | (InDatastore & {
      readonly put: 'pairs';
      readonly peer: Peer;
      readonly generation: number;
      readonly part: number;
      readonly number: number;
      readonly id: string;
      readonly pairs: readonly MappingPair[];
    })
  | (InDatastore & { readonly put: 'commit'; readonly commit: Commit })
  | (InDatastore & { readonly put: 'head'; readonly head: Head })
  | (InDatastore & { readonly put: 'anchor'; readonly peer: Peer; readonly anchor: Anchor })
  | { readonly put: 'device'; readonly device: string; readonly record: Device; readonly expires?: number }
  /** A row of the match index: a random id, and that of the row before it. */
  | (InDatastore & {
      readonly put: 'index';
      readonly epoch: string;
      readonly row: number;
      readonly id: string;
      readonly prev?: string;
      readonly entries: readonly MatchEntry[];
    })
  /** A row of the match index that is deleted. */
  | (InDatastore & { readonly put: 'no index'; readonly epoch: string; readonly row: number })
  | { readonly put: 'chunk'; readonly tag?: string; readonly number: number; readonly bytes: Uint8Array }
  | { readonly put: 'session'; readonly state: SessionState; readonly version: number }
  /** A change record of the CRM is applied: by the commit with this sequence, or by none (0). */
  | {
      readonly put: 'applied';
      readonly eventId: string;
      readonly sequence: number;
      readonly version: number;
    };
