/** Begins the sync of a datastore: of which kind, from which log position, with which mapping [SP11 2.2, C.8]. */

import { Alert, Status, type StatusCode } from '../../message/codes.ts';
import { alertAnchor } from '../../message/data.ts';
import type { AlertCommand } from '../../message/model.ts';
import { standingAt } from '../changes/standing.ts';
import { NO_ANCHOR, pairOf } from '../context/anchors.ts';
import type { DatastoreSync } from '../context/datastore-sync.ts';
import type { StepContext } from '../context/step-context.ts';
import {
  type ClientDatabase,
  type DatastoreState,
  FIRST_CURSOR,
  type MappingGenerations,
  type StagedAnchors,
  type SyncKind,
} from '../model/datastore-state.ts';
import { MAPPING_PARTS } from '../model/mapping-pairs.ts';
import type { Anchor, Resend } from '../model/records.ts';
import { type MappingStamp, stampOf } from '../model/standing.ts';
import { FIRST_OUTGOING_PROGRESS, FIRST_PROGRESS, hasSync } from '../state/datastore-progress.ts';
import { traitsOf } from '../state/sync-kind.ts';
import { agreeOn, isRestored } from './agree.ts';
import type { SyncRequest } from './request.ts';
import { resumeDatastore } from './resume.ts';

/** Begins the sync that the client asks for, or a complete one if that would not be safe. */
export function beginDatastore(
  step: StepContext,
  request: SyncRequest,
): { code: StatusCode; datastore: DatastoreState } {
  const restored = isRestored(step, request.name);
  const found = request.code === Alert.resume && !restored ? resumeDatastore(step, request) : undefined;
  if (found !== undefined && !('instead' in found))
    return accept(step, Status.ok, { ...found, ...saidIn(step, request, found) });
  const code = found === undefined ? Status.ok : Status.notResumed;
  return beginAnew(step, found?.instead ?? request, { restored, code });
}

/** `code`: what is answered if the anchors fit. */
function beginAnew(
  step: StepContext,
  request: SyncRequest,
  { restored, code }: { restored: boolean; code: StatusCode },
) {
  const { name, item, filter } = request;
  const anchor = step.anchors.of(name);
  const { last } = alertAnchor(item) ?? {};
  const { kind, forced, since } = agreeOn(step, request, restored);
  const serverLast = pairOf(anchor, last)?.next ?? anchor?.next;
  const head = step.changes.headOf(name);
  const { mapping, resend } = mappingFor(kind, anchor, stampOf(head, step.peer));
  const blank = {
    anchors: {
      ...(last !== undefined && { clientLast: last }),
      ...(serverLast !== undefined && { serverLast }),
      since: since ?? anchor?.sequence ?? 0,
    },
    client: { ...(filter && { filter }) },
  };
  const datastore: DatastoreState = {
    name,
    kind,
    progress: FIRST_PROGRESS,
    ...saidIn(step, request, blank),
    mapping,
    incoming: forced ? { refusedIn: step.message.header.msgId ?? 0 } : {},
    outgoing: { progress: FIRST_OUTGOING_PROGRESS, cursor: { ...FIRST_CURSOR }, resend, failed: [] },
    own: { overtaken: {} },
    standing: standingAt(head, step.peer),
  };
  if (forced) {
    const why = { first: anchor?.last === undefined, ...(restored && { restored }) };
    step.events.tell({ event: 'forced-slow-sync', datastore: name, ...why });
  }
  if (restored) forgetLasts(step, name);
  return accept(step, forced ? Status.refreshRequired : code, datastore);
}

/** The part of the state that the Alert says, for a new sync and for one that is resumed. */
function saidIn(
  step: StepContext,
  { name, serverUri, item }: SyncRequest,
  before: { anchors: Omit<StagedAnchors, 'serverNext'>; client: ClientDatabase },
): Pick<DatastoreState, 'uris' | 'anchors' | 'client'> {
  const { next } = alertAnchor(item) ?? {};
  const maxObjSize = item.meta?.maxObjSize;
  return {
    uris: { server: serverUri, client: item.source?.uri ?? name },
    anchors: {
      ...before.anchors,
      ...(next !== undefined && { clientNext: next }),
      serverNext: timestamp(step.environment.now),
    },
    client: { ...before.client, ...(maxObjSize !== undefined && { maxObjSize }) },
  };
}

/**
 * Puts the datastore into the session. From now on the anchor names this session, and no earlier session may go on.
 */
function accept(step: StepContext, code: StatusCode, datastore: DatastoreState) {
  const { name } = datastore;
  const { datastores, sessionId: session } = step.session;
  const at = datastores.findIndex((other) => other.name === name);
  const { before, missed } = datastores[at] ?? {};
  // A second Alert for it.
  if (before !== undefined) datastore.before = before;
  if (missed === true) datastore.missed = missed;
  if (at < 0) datastores.push(datastore);
  else datastores[at] = datastore;
  const anchor = step.anchors.of(name);
  if (anchor?.session !== session && anchor?.session !== undefined) {
    datastore.before = anchor.session;
    if (anchor.open === true) datastore.missed = true;
  }
  if (anchor?.session !== session || anchor.open !== true)
    step.anchors.put(name, { ...(anchor ?? NO_ANCHOR), session, open: true });
  return { code, datastore };
}

/** The mapping for the sync. A complete sync begins a new generation and does not trust the earlier ones. */
function mappingFor(
  kind: SyncKind,
  anchor: Anchor | undefined,
  stamp: MappingStamp | undefined,
): { mapping: MappingGenerations; resend: Resend[] } {
  const settled = anchor?.generation ?? 1;
  // Where the table of the anchors was restored, the items know of later generations.
  const used = Math.max(anchor?.used ?? 0, stamp?.generation ?? 0);
  if (!traitsOf({ kind }).isComplete)
    return {
      mapping: { generation: settled, settled, earlier: [], ...packingIn(anchor) },
      resend: [...(anchor?.resend ?? [])],
    };
  const generation = used + 1;
  const unsettled = between(anchor?.generation ?? 0, used).slice(0, MAX_EARLIER);
  const earlier = anchor === undefined ? unsettled : [...unsettled, settled];
  const mapping = { generation, settled: anchor?.generation ?? generation, earlier, ...packingIn(anchor) };
  return { mapping, resend: [] };
}

const packingIn = (anchor: Anchor | undefined): Pick<MappingGenerations, 'packing'> =>
  anchor?.packing === undefined ? {} : { packing: { ...anchor.packing, rows: [...anchor.packing.rows] } };

/** How many earlier generations give hints. Each of them costs reads for every item that is found in no other way. */
const MAX_EARLIER = 3;

/** The generations after `settled` up to `used`, newest first. */
const between = (settled: number, used: number): number[] =>
  Array.from({ length: Math.max(0, used - settled) }, (_, n) => used - n);

/** No part of the mapping has rows yet. */
const NO_ROWS: readonly number[] = Array.from({ length: MAPPING_PARTS }, () => 0);

/**
 * Begins the new generation of the mapping in a complete sync, beside the settled one. Called before anything is
 * mapped: at the first Sync, or at a Map that comes earlier. The number is never used again, even if this sync fails.
 */
export function reserveGeneration(sync: DatastoreSync): void {
  const { datastore, step } = sync;
  if (!traitsOf(datastore).isComplete || datastore.mapping.reserved === true) return;
  const { mapping } = datastore;
  const { beginning: before, ...anchor } = sync.anchor ?? NO_ANCHOR;
  const message = `${step.session.sessionId} ${step.tag}`;
  // The same message again, of which a part was stored: it goes on with its generation.
  const goesOn = before?.message === message && anchor.used >= mapping.generation;
  const generation = goesOn ? anchor.used : Math.max(mapping.generation, anchor.used + 1);
  // Another sync began a generation meanwhile.
  const isOther = anchor.used >= mapping.generation && !goesOn;
  const earlier = isOther ? [anchor.used, ...mapping.earlier] : mapping.earlier;
  const packing = { from: anchor.packing?.from ?? generation, generation, rows: NO_ROWS.slice() };
  Object.assign(mapping, { generation, earlier, packing, reserved: true });
  datastore.began = goesOn ? before.sequence : (sync.head?.sequence ?? 0);
  const beginning = { message, sequence: datastore.began };
  const begun = {
    used: generation,
    packing: anchor.packing ?? { ...packing, generation: anchor.generation, rows: NO_ROWS },
  };
  sync.putAnchor({ ...anchor, ...begun });
  step.anchors.reserve(sync.name, { ...begun, beginning });
}

/** The server's Alert for an accepted datastore (P25, P28), with the client's code and names, and both anchors. */
export function serverAlert(sync: DatastoreSync, maxObjSize: number): AlertCommand {
  const { step, datastore } = sync;
  const { version } = step.session;
  const { serverLast: last, serverNext: next } = datastore.anchors;
  return {
    name: 'Alert',
    cmdId: '',
    code: traitsOf(datastore).alert,
    items: [
      {
        target: { uri: datastore.uris.client },
        source: { uri: datastore.uris.server },
        meta: {
          anchor: { ...(last !== undefined && { last }), next },
          ...(version !== '1.0' && { maxObjSize }), // L02
        },
      },
    ],
  };
}

/**
 * The client answered the server's Alert by 508: the datastore is compared completely, by the Sync of this same message
 * (N10). If the Sync came before, without separate initialisation, the next session compares.
 */
export function switchToSlow(sync: DatastoreSync): void {
  const { step, datastore } = sync;
  const { isComplete, complete } = traitsOf(datastore);
  if (isComplete) return;
  step.events.tell({ event: 'forced-slow-sync', datastore: datastore.name, byClient: true });
  if (hasSync(datastore)) return compareNextTime(sync);
  // What is known from a resumed session is not valid in a comparison.
  delete datastore.resume;
  delete datastore.began;
  delete datastore.passed;
  const { mapping, resend } = mappingFor(complete, sync.anchor, stampOf(sync.head, step.peer));
  Object.assign(datastore, { kind: complete, mapping });
  Object.assign(datastore.outgoing, { cursor: { ...FIRST_CURSOR }, resend });
}

/** The next session compares. This session does not move the anchors. */
function compareNextTime(sync: DatastoreSync): void {
  const { datastore } = sync;
  datastore.anchors.stay = true;
  forgetLasts(sync.step, sync.name);
}

/** Removes the Lasts from the anchor: sessions compare until one of them settles it. */
function forgetLasts({ anchors }: StepContext, datastore: string): void {
  const { last: _, previous: __, ...anchor } = anchors.of(datastore) ?? NO_ANCHOR;
  anchors.put(datastore, anchor);
}

/** ISO 8601 basic UTC of epoch milliseconds, the usual form of an anchor (N07). */
const timestamp = (now: number): string => new Date(now).toISOString().replace(/[-:]|\.\d{3}/g, '');
