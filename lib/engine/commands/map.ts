/** Map: the client tells under which LUIDs it stored what we added [SP11 2.3, A.8]. */
import { Status } from '../../message/codes.ts';
import type { MapCommand } from '../../message/model.ts';
import { heldLuid, resolve, setLuid } from '../changes/mapping.ts';
import { meantGuid } from '../device/temporary-guid.ts';
import type { DatastoreState } from '../model/datastore-state.ts';
import { datastoreOf } from '../model/datastores.ts';
import { luid as asLuid, type Guid } from '../model/ids.ts';
import { MAX_LUID } from '../model/limits.ts';
import { reserveGeneration } from '../sync/begin.ts';
import { answer, peerContextOf, type Work } from '../work.ts';

export function handleMap(work: Work, map: MapCommand): void {
  work.substance = true;
  const refs = {
    ...(map.target && { target: map.target.uri }),
    ...(map.source && { source: map.source.uri }),
  };
  const name = datastoreOf(refs.target || refs.source || '')?.name;
  const datastore = work.state.datastores.find((candidate) => candidate.name === name);
  if (datastore === undefined) return answer(work, map, Status.notFound, refs);
  reserveGeneration(work, datastore);
  const known = map.items.map((item) => mapItem(work, datastore, item.target, item.source));
  const mapped = new Set<string | undefined>(known);
  for (const [key, sent] of Object.entries(work.state.sent))
    if (sent.op === 'add' && sent.guid !== undefined && mapped.has(sent.guid)) delete work.state.sent[key];
  // M05: one unknown GUID makes the Map a 404, the others count all the same.
  answer(work, map, known.every((guid) => guid !== undefined) ? Status.ok : Status.notFound, refs);
}

/** The GUID that is mapped now, or undefined when there is no such item. */
function mapItem(work: Work, datastore: DatastoreState, target: string, source: string): Guid | undefined {
  if (source === '' || Buffer.byteLength(source) > MAX_LUID) return undefined;
  const { changes } = work;
  const peer = peerContextOf(work, datastore);
  const luid = asLuid(source);
  const before = resolve(peer, luid);
  const guid = meantGuid(work, datastore, target, before?.guid);
  if (guid === undefined || changes.itemAt(datastore.name, guid) === undefined) return undefined;
  if (before !== undefined && before.guid !== guid && heldLuid(peer, before) === luid) {
    // The client gave this LUID to something else: it no longer holds what we thought, so that is sent again.
    setLuid(peer, before.guid, undefined);
    changes.tie(datastore.name, guid, before.guid);
    if (before.content !== undefined) datastore.outgoing.failed.push({ guid: before.guid, why: 'error' });
  }
  setLuid(peer, guid, luid); // M10
  return guid;
}
