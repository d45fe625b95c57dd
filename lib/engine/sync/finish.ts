/** The end of a datastore's sync: the staged anchors become the valid ones (N03, N05, N09, N12). */

import { SEVERAL_EVENTS } from '../../pim/device/sent-properties.ts';
import { type DatastoreSync, syncsOf } from '../context/datastore-sync.ts';
import type { StepContext } from '../context/step-context.ts';
import { NO_LISTS } from '../device/date-window.ts';
import type { DatastoreState } from '../model/datastore-state.ts';
import { isCalendar } from '../model/datastores.ts';
import { MAX_DUE } from '../model/limits.ts';
import type { Anchor, Resend } from '../model/records.ts';
import { isFinishable, note } from '../state/datastore-progress.ts';
import { dueOf, withSince } from '../state/due.ts';
import { isOneWayFromClient, traitsOf } from '../state/sync-kind.ts';

/** Finishes the datastores that were synchronised and that `which` selects. All others keep their anchors. */
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
  const old = sync.anchor;
  const resend = stillDue(sync);
  // A refresh from the client with a gap deleted nothing, so the two sides still differ (Y20).
  const differs = traitsOf(datastore).wins === 'client' && datastore.incoming.hasGaps === true;
  if (differs || anchors.stay === true || resend.length > MAX_DUE) {
    // The anchors stay: the next session begins where this one began, or compares.
    step.events.tell({ event: 'session-truncated', datastore: name, due: resend.length });
    return;
  }
  const { lastSentType } = sync.device;
  const anchor: Anchor = {
    ...pairOf(datastore),
    ...{ sequence: seenSequence(datastore), standing: datastore.standing },
    generation: mapping.generation,
    used: Math.max(mapping.generation, old?.used ?? 0),
    ...(mapping.packing && { packing: mapping.packing }),
    resend,
    ...newSyncSet(sync, old),
    ...sentForm(sync, old),
    database: datastore.uris.client,
    ...(lastSentType !== undefined && { lastSentType }),
    ...sync.device.learned,
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

const pairOf = ({ anchors: { clientNext, serverNext } }: DatastoreState): Pick<Anchor, 'last' | 'next'> => ({
  ...(clientNext !== undefined && { last: clientNext }),
  next: serverNext,
});

/** The Last, and its position, that the client still has if it misses the answer that ends this sync (N12). */
function previousPair(datastore: DatastoreState, old: Anchor | undefined): Pick<Anchor, 'previous'> {
  const { clientLast, since, serverLast } = datastore.anchors;
  const isOld = traitsOf(datastore).isComplete || clientLast === undefined;
  const last = isOld ? old?.last : clientLast;
  const next = isOld ? old?.next : serverLast;
  if (last === undefined) return {};
  const sequence = isOld ? (old?.sequence ?? 0) : since;
  return { previous: { last, sequence, ...(next !== undefined && { next }) } };
}

/**
 * Kept as the `syncSet` when Adds were kept back. The next session finds another one, and looks at the whole datastore.
 */
const KEPT_BACK = 'starved';

/**
 * What the sync set was chosen by, for the new anchor. A sync that sends nothing to the client keeps the old value.
 */
function newSyncSet(sync: DatastoreSync, old: Anchor | undefined): Pick<Anchor, 'syncSet'> {
  const { datastore } = sync;
  if (datastore.outgoing.keptBack === true) return { syncSet: KEPT_BACK };
  const syncSet = isOneWayFromClient(datastore) ? old?.syncSet : sync.device.syncSet;
  return syncSet === undefined ? {} : { syncSet };
}

/**
 * Kept as the hash when a part of the items went out before the device described itself anew. No form has this hash.
 */
const RESUMED = 'resumed';

type SentForm = Pick<Anchor, 'listedProperties' | 'formHash' | 'gotExceptions' | 'datesUntil'>;

/** In which form the device got its items last. A sync that sent nothing keeps what the old anchor says of that. */
function sentForm(sync: DatastoreSync, old: Anchor | undefined): SentForm {
  const { datastore, device } = sync;
  if (isOneWayFromClient(datastore) && old?.last !== undefined) {
    const { listedProperties, formHash, gotExceptions } = old;
    const datesUntil = datastore.outgoing.listsDates === true ? device.dateWindow.seen : old.datesUntil;
    return {
      ...(listedProperties && { listedProperties }),
      ...(formHash !== undefined && { formHash }),
      ...(gotExceptions === true && { gotExceptions }),
      ...(datesUntil !== undefined && { datesUntil }),
    };
  }
  const { listedProperties } = device;
  const { described } = datastore.client;
  const isOther = described !== undefined && described !== device.description;
  const formHash = isOther ? RESUMED : device.formHashFor(listedProperties);
  const gotExceptions = old?.sentProperties?.includes(SEVERAL_EVENTS) === true;
  return {
    ...(listedProperties && { listedProperties }),
    ...(formHash !== undefined && { formHash }),
    ...(gotExceptions && { gotExceptions }),
    ...(isCalendar(datastore.name) && { datesUntil: datesUntil(sync, old) }),
  };
}

/** The end of the lists of dates that the device has now. */
function datesUntil({ datastore, device }: DatastoreSync, old: Anchor | undefined): string {
  const hasLists = old?.datesUntil !== undefined && old.datesUntil !== NO_LISTS;
  return hasLists || datastore.outgoing.listsDates === true ? device.dateWindow.written : NO_LISTS;
}

/** The log position up to which the client now knows all. */
function seenSequence(datastore: DatastoreState): number {
  const { anchors, outgoing, began } = datastore;
  // The client was sent nothing, so changes of others stay news to it; in a refresh those since the comparison.
  if (isOneWayFromClient(datastore)) return began ?? anchors.since;
  return outgoing.snapshot ?? anchors.since;
}

/** The items to send again: refused ones (C42), and those whose Status or Map never came (M09, Q12). */
function stillDue(sync: DatastoreSync): Resend[] {
  const { step, datastore } = sync;
  const d = sync.position;
  const { resend, failed } = datastore.outgoing;
  const due = new Map<string, Resend>();
  const untold = isOneWayFromClient(datastore) ? resend : [];
  // When an item was to be deleted and added anew, both commands may be open: the Delete counts (E16).
  for (const entry of [...untold, ...dueOf(step.session, d), ...failed])
    if (entry.why === 'error' || !due.has(entry.guid)) due.set(entry.guid, entry);
  for (const [key, sent] of Object.entries(step.session.sent))
    if (sent.d === d) delete step.session.sent[key];
  const since = traitsOf(datastore).isComplete ? undefined : datastore.anchors.since;
  return withSince([...due.values()], sync.anchor?.resend ?? [], since);
}
