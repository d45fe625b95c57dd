/**
 * The end of a refresh from the client: the items that the client did not name are deleted (Y04, Y20). Versions stay.
 *
 * There may be very many. A portion of them is deleted and written, with all that the message says, and the step is run
 * again for the next portion. When the time for the answer is nearly over, the message ends without Final, and the next one
 * goes on. (Not a short portion for each message: SyncEvolution takes it for a loop if it has to ask for more six times
 * within 20 seconds.)
 */
import { heldLuid } from '../changes/mapping.ts';
import { planTransactions } from '../changes/transactions.ts';
import type { DatastoreSync } from '../context/datastore-sync.ts';
import { Groundwork } from '../match/groundwork.ts';
import type { DatastoreState } from '../model/datastore-state.ts';
import { shardOf } from '../model/ids.ts';
import { MAX_SWEPT_ITEMS } from '../model/limits.ts';
import { NO_GENERATION } from '../model/mapping-pairs.ts';
import { WALK_BEGIN, type WalkPlace } from '../model/records.ts';

/**
 * Deletes unnamed items. True when none is left; false when the next message has to go on. Throws a Groundwork when there
 * is time for another portion.
 */
export function deleteUnnamed(sync: DatastoreSync): boolean {
  const { datastore, step } = sync;
  const { name, incoming } = datastore;
  const { places, hurry } = step.environment;
  if (places?.[name] !== undefined) countNoPairs(datastore);
  const from = places?.[name] ?? incoming.sweep ?? WALK_BEGIN;
  // The portions before this run wrote rows of pairs that no session counts: they are read consistently from now on.
  if (places?.[name] !== undefined && datastore.mapping.packing !== undefined)
    datastore.mapping.packing.generation = NO_GENERATION;
  // The message has come forward, and there is no time for more.
  const place = hurry === true && places?.[name] !== undefined ? from : deletePortion(sync, from);
  if (place === 'end') {
    delete incoming.sweep;
    return true;
  }
  incoming.sweep = place;
  if (hurry === true || step.facts.missing.size > 0) return false;
  const { transactions } = planTransactions(step.changes);
  throw new Groundwork(step.anchors.withReservations(transactions), { datastore: name, place });
}

/**
 * A portion was written before, with rows of pairs that the session has not counted. Without a count they are read
 * consistently.
 */
function countNoPairs({ mapping }: DatastoreState): void {
  if (mapping.packing !== undefined) mapping.packing = { ...mapping.packing, generation: NO_GENERATION };
}

/** Deletes unnamed items behind the place, and gives the place behind the last item that was looked at. */
function deletePortion(sync: DatastoreSync, from: WalkPlace): WalkPlace | 'end' {
  const { datastore, peer, step } = sync;
  const { name, began = 0 } = datastore;
  let place = from;
  for (let deleted = 0; deleted < MAX_SWEPT_ITEMS; ) {
    const item = sync.itemBehind(place);
    if (item === undefined) return 'end';
    if (item === 'pending') return place;
    if (item === 'later') return sync.walkReached;
    place = { shard: shardOf(item.guid), after: item.guid };
    // What others changed since the sync began is news to the client, and is sent to it next time.
    if (item.content === undefined || item.sequence > began || heldLuid(peer, item) !== undefined) continue;
    step.changes.putContent(name, item.guid, undefined, { reason: 'deleted' });
    deleted += 1;
  }
  return place;
}
