/**
 * The end of a refresh from the client: the items that the client did not name are deleted (Y04, Y20). Versions stay.
 * There may be very many, so each message deletes a part of them, and the next one goes on behind it.
 */
import { heldLuid } from '../changes/mapping.ts';
import type { DatastoreSync } from '../context/datastore-sync.ts';
import { WALK_BEGIN } from '../context/item-pages.ts';
import { shardOf } from '../model/ids.ts';
import { MAX_SWEPT_ITEMS } from '../model/limits.ts';

/** Deletes unnamed items. True when none is left; false when the next message has to go on. */
export function deleteUnnamed(sync: DatastoreSync): boolean {
  const { datastore, peer, step } = sync;
  const { name, incoming, began = 0 } = datastore;
  let place = incoming.sweep ?? WALK_BEGIN;
  for (let deleted = 0; deleted < MAX_SWEPT_ITEMS; ) {
    const item = sync.itemBehind(place);
    if (item === 'pending' || item === 'later') break;
    if (item === undefined) {
      delete incoming.sweep;
      return true;
    }
    place = { shard: shardOf(item.guid), after: item.guid };
    // What others changed since the sync began is news to the client, and is sent to it next time.
    if (item.content === undefined || item.sequence > began || heldLuid(peer, item) !== undefined) continue;
    step.changes.putContent(name, item.guid, undefined, { reason: 'deleted' });
    deleted += 1;
  }
  incoming.sweep = place;
  return false;
}
