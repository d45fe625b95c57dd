/** The end of a datastore's sync: the staged anchors become the valid ones (N03, N05, N09, N12). */

import { SEVERAL_EVENTS } from '../../pim/device/sent-properties.ts';
import { type DatastoreSync, syncsOf } from '../context/datastore-sync.ts';
import type { StepContext } from '../context/step-context.ts';
import type { DatastoreState } from '../model/datastore-state.ts';
import { MAX_DUE } from '../model/limits.ts';
import type { Anchor, Resend } from '../model/records.ts';
import { isFinishable, note } from '../state/datastore-progress.ts';
import { dueOf } from '../state/due.ts';
import { isOneWayFromClient, traitsOf } from '../state/sync-kind.ts';

/** Finishes the datastores that were synchronised, as far as `which` says so. All others keep their anchors. */
export function finishDatastores(step: StepContext, which: (datastore: DatastoreState) => boolean): void {
  for (const sync of syncsOf(step)) {
    const { datastore } = sync;
    if (isFinishable(datastore) && which(datastore)) finish(sync);
  }
}

function finish(sync: DatastoreSync): void {
  const { step, datastore } = sync;
  note(datastore, 'closed');
  const { name, anchors, mapping } = datastore;
  const { clientNext, serverNext } = anchors;
  const old = sync.anchor;
  const resend = stillDue(sync);
  // A refresh from the client that was not taken in full deleted nothing, so the two still differ (Y20).
  const differs = traitsOf(datastore).wins === 'client' && datastore.incoming.hasGaps === true;
  if (differs || anchors.stay === true || resend.length > MAX_DUE) {
    // The anchors stay: the next session begins where this one began, or compares.
    step.events.tell({ event: 'session-truncated', datastore: name, due: resend.length });
    return;
  }
  const spoken = sync.device.lastSentType;
  const anchor: Anchor = {
    ...(clientNext !== undefined && { last: clientNext }),
    next: serverNext,
    sequence: seenSequence(datastore),
    generation: mapping.generation,
    used: Math.max(mapping.generation, old?.used ?? 0),
    resend,
    ...newView(sync, old),
    ...newList(sync, old),
    database: datastore.uris.client,
    ...(spoken !== undefined && { spoken }),
    ...(old?.words && { words: old.words }),
    ...previousPair(datastore, old),
    ...(old?.session !== undefined && { session: old.session }),
    version: old?.version ?? 0,
  };
  sync.putAnchor(anchor);
  step.events.tell({
    event: 'session-complete',
    datastore: name,
    code: traitsOf(datastore).alert,
    due: anchor.resend.length,
  });
}

/** The pair that the client still has if it never learns of this end (N12). */
function previousPair(datastore: DatastoreState, old: Anchor | undefined): Pick<Anchor, 'previous'> {
  const { clientLast: last, since: sequence } = datastore.anchors;
  if (!traitsOf(datastore).isComplete && last !== undefined) return { previous: { last, sequence } };
  return old?.last === undefined ? {} : { previous: { last: old.last, sequence: old.sequence } };
}

/** Is no real view, so the next session finds another one and looks at the whole datastore. */
const STARVED = 'starved';

/** A sync that sends nothing to the client changes nothing in what the client holds of ours. */
function newView(sync: DatastoreSync, old: Anchor | undefined): { view?: string } {
  const { datastore } = sync;
  if (datastore.outgoing.keptBack === true) return { view: STARVED };
  const view = isOneWayFromClient(datastore) ? old?.view : sync.device.syncSet;
  return view === undefined ? {} : { view };
}

/** Is no real hash: part of the items went to the device before it described itself in another way. */
const RESUMED = 'resumed';

/** What the device listed when it was last told of items; where nothing was sent, that is what stood there before. */
function newList(sync: DatastoreSync, old: Anchor | undefined): Pick<Anchor, 'listed' | 'caps' | 'whole'> {
  const { datastore } = sync;
  const unsent = datastore.outgoing.keptBack === true || isOneWayFromClient(datastore);
  const isOld = unsent && old?.last !== undefined;
  const listed = isOld ? old.listed : sync.device.listed;
  const { described } = datastore.client;
  const isOther = described !== undefined && described !== sync.device.description;
  const caps = isOld ? old.caps : isOther ? RESUMED : sync.device.capsOf(listed);
  const whole = isOld ? old.whole === true : old?.words?.includes(SEVERAL_EVENTS) === true;
  return { ...(listed && { listed }), ...(caps !== undefined && { caps }), ...(whole && { whole }) };
}

/** The log position up to which the client now knows all. */
function seenSequence(datastore: DatastoreState): number {
  const { anchors, outgoing, index } = datastore;
  // The client was told nothing. What others did is still news to it; in a refresh, what they did since it was compared.
  if (isOneWayFromClient(datastore)) return index?.sequence ?? anchors.since;
  return outgoing.snapshot ?? anchors.since;
}

/** What must be sent again: refused items (C42), and commands whose Status or Map never came (M09, Q12). */
function stillDue(sync: DatastoreSync): Resend[] {
  const { step, datastore } = sync;
  const d = sync.position;
  const { resend, failed } = datastore.outgoing;
  const due = new Map<string, Resend>();
  const untold = isOneWayFromClient(datastore) ? resend : [];
  // A copy that was to be deleted and added anew: of the two the older question stays (E16).
  for (const entry of [...untold, ...dueOf(step.session, d), ...failed])
    if (entry.why === 'error' || !due.has(entry.guid)) due.set(entry.guid, entry);
  for (const [key, sent] of Object.entries(step.session.sent))
    if (sent.d === d) delete step.session.sent[key];
  return [...due.values()];
}
