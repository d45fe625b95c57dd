/** Map: the client says under which LUIDs it stored the items that the server added [SP11 2.3, A.8]. */

import { Status } from '../../message/codes.ts';
import type { MapCommand } from '../../message/model.ts';
import { dropLuid, heldLuid, heldLuids, isHeldAs, itemByLuid, mapLuid } from '../changes/mapping.ts';
import type { PeerContext } from '../changes/peer-context.ts';
import { type DatastoreSync, syncNamed } from '../context/datastore-sync.ts';
import type { StepContext } from '../context/step-context.ts';
import { meantGuid } from '../context/temporary-guid.ts';
import { datastoreOf } from '../model/datastores.ts';
import { luid as asLuid, type Guid, type Luid } from '../model/ids.ts';
import { MAX_LUID } from '../model/limits.ts';
import { wasReceived } from '../state/datastore-progress.ts';
import { traitsOf } from '../state/sync-kind.ts';
import { reserveGeneration } from '../sync/begin.ts';

export function handleMap(step: StepContext, map: MapCommand): void {
  step.progress.noteSubstance();
  const refs = {
    ...(map.target && { target: map.target.uri }),
    ...(map.source && { source: map.source.uri }),
  };
  const name = datastoreOf(refs.target || refs.source || '')?.name;
  const sync = syncNamed(step, name);
  if (sync === undefined) return step.answers.status(map, Status.notFound, refs);
  reserveGeneration(sync);
  const known = map.items.map((item) => mapItem(sync, item.target, item.source));
  // M05: one unknown GUID makes the Status 404. The other pairs are mapped.
  step.answers.status(map, known.every((guid) => guid !== undefined) ? Status.ok : Status.notFound, refs);
}

/**
 * Is it a Map for an Add of an earlier session, which comes in a complete sync before the client has named all its items, or
 * has thrown them away? Then the LUID counts as one of the settled generation. The client does not name the item by it: it may
 * have deleted the item since.
 */
function isEarly(sync: DatastoreSync, target: string): boolean {
  const { step, datastore, peer } = sync;
  if (!traitsOf(datastore).isComplete || wasReceived(datastore)) return false;
  const guid = meantGuid(sync, target, undefined);
  const item = guid && step.changes.itemAt(datastore.name, guid);
  return item === undefined || heldLuid(peer, item) === undefined;
}

/** Maps one pair. Returns the GUID, or undefined when there is no such item. */
function mapItem(sync: DatastoreSync, target: string, source: string): Guid | undefined {
  const { step, datastore } = sync;
  if (source === '' || Buffer.byteLength(source) > MAX_LUID) return undefined;
  const { changes } = step;
  const luid = asLuid(source);
  const early = isEarly(sync, target);
  const peer = early ? { ...sync.peer, generation: sync.peer.settled } : sync.peer;
  const before = itemByLuid(peer, luid);
  const guid = meantGuid(sync, target, before?.guid);
  if (guid === undefined || changes.itemAt(datastore.name, guid) === undefined) return undefined;
  // Without a settled generation the contents say what the client has.
  if (early && peer.settled === sync.peer.generation) return guid;
  if (before !== undefined && before.guid !== guid && isHeldAs(peer, before, luid)) {
    // The client uses this LUID for another item now, so it lost the copy that had the LUID. If it was the only one, the
    // item is sent again.
    dropLuid(peer, before.guid, luid);
    changes.tie(datastore.name, guid, before.guid);
    if (before.content !== undefined && heldLuids(peer, before).length === 1)
      datastore.outgoing.failed.push({ guid: before.guid, why: 'error' });
  }
  mapLuid(peer, guid, luid, replacedBy(sync, { peer, guid, luid })); // M10
  return guid;
}

interface MappedPair {
  readonly peer: PeerContext;
  readonly guid: Guid;
  readonly luid: Luid;
}

/**
 * The LUIDs whose place the LUID of a Map takes. If the Map answers an Add, the client itself named those that stand, and
 * they stay, but for one that it was told to delete. If not, it names its first copy anew.
 */
function replacedBy({ step, datastore }: DatastoreSync, { peer, guid, luid }: MappedPair): readonly Luid[] {
  const ofItem = step.sent.of(guid);
  const adds = ofItem.filter(([, { op }]) => op === 'add');
  for (const [key] of adds) delete step.session.sent[key];
  const isAnswer =
    adds.length > 0 || datastore.outgoing.resend.some((one) => one.guid === guid && one.why === 'map');
  if (isAnswer)
    return ofItem.flatMap(([, sent]) => (sent.op === 'delete' && sent.luid !== undefined ? [sent.luid] : []));
  const item = step.changes.itemAt(datastore.name, guid);
  return item === undefined || isHeldAs(peer, item, luid) ? [] : heldLuids(peer, item).slice(0, 1);
}
