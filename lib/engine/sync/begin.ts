/** Agreeing on the sync of one datastore: which type, from where in the log, on which mapping [SP11 2.2, C.8]. */

import { Alert, Status, type StatusCode } from '../../message/codes.ts';
import { alertAnchor } from '../../message/data.ts';
import type { AlertCommand } from '../../message/model.ts';
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
import type { Anchor, Resend } from '../model/records.ts';
import { FIRST_OUTGOING_PROGRESS, FIRST_PROGRESS, hasSync } from '../state/datastore-progress.ts';
import { kindOfAlert, traitsOf } from '../state/sync-kind.ts';
import type { SyncRequest } from './request.ts';
import { resumeDatastore } from './resume.ts';

/** Begins the sync that the client asks for, or the one that is safe. */
export function beginDatastore(
  step: StepContext,
  request: SyncRequest,
): { code: StatusCode; datastore: DatastoreState } {
  const resumed = request.code === Alert.resume ? resumeDatastore(step, request) : undefined;
  if (resumed !== undefined)
    return accept(step, Status.ok, { ...resumed, ...saidIn(step, request, resumed) });
  const { name, item, filter } = request;
  const anchor = step.anchors.of(name);
  const { last } = alertAnchor(item) ?? {};
  const { kind, forced, since } = agreeOn(step, request, last);
  const { mapping, resend } = mappingFor(kind, anchor);
  const blank = {
    anchors: {
      ...(last !== undefined && { clientLast: last }),
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
  };
  if (forced)
    step.events.tell({ event: 'forced-slow-sync', datastore: name, first: anchor?.last === undefined });
  return accept(step, forced ? Status.refreshRequired : Status.ok, datastore);
}

/** What the Alert says of the datastore itself; it also holds for one that is resumed. */
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

/** Puts the datastore into the session. From now on the anchor names this session, and no earlier one may go on. */
function accept(step: StepContext, code: StatusCode, datastore: DatastoreState) {
  const { name } = datastore;
  const { datastores, sessionId: session } = step.session;
  const at = datastores.findIndex((other) => other.name === name);
  const { before } = datastores[at] ?? {};
  if (before !== undefined) datastore.before = before; // a second Alert for it
  if (at < 0) datastores.push(datastore);
  else datastores[at] = datastore;
  const anchor = step.anchors.of(name);
  if (anchor?.session !== session) {
    if (anchor?.session !== undefined) datastore.before = anchor.session;
    step.anchors.put(name, { ...(anchor ?? NO_ANCHOR), session });
  }
  return { code, datastore };
}

const NO_ANCHOR: Anchor = { sequence: 0, generation: 1, used: 0, resend: [], version: 0 };

/**
 * What is asked for, where the anchors fit; else the complete form of the same direction (Y18), for a 225 that cannot
 * be resumed a slow sync (S08).
 */
function agreeOn(
  step: StepContext,
  { name, code }: SyncRequest,
  last: string | undefined,
): { kind: SyncKind; forced: boolean; since: number | undefined } {
  const kind = kindOfAlert(code);
  if (kind === undefined) return { kind: 'slow', forced: true, since: undefined };
  const { isComplete, complete } = traitsOf({ kind });
  if (isComplete) return { kind, forced: false, since: undefined };
  const since = knownSince(step, name, last);
  return since === undefined ? { kind: complete, forced: true, since } : { kind, forced: false, since };
}

/** The mapping to work on: a complete comparison begins a new generation and believes none of the earlier ones. */
function mappingFor(
  kind: SyncKind,
  anchor: Anchor | undefined,
): { mapping: MappingGenerations; resend: Resend[] } {
  const settled = anchor?.generation ?? 1;
  const used = anchor?.used ?? 0;
  if (!traitsOf({ kind }).isComplete)
    return { mapping: { generation: settled, settled, earlier: [] }, resend: [...(anchor?.resend ?? [])] };
  const generation = used + 1;
  const earlier = between(settled - 1, used).slice(0, MAX_EARLIER);
  return { mapping: { generation, settled: anchor?.generation ?? generation, earlier }, resend: [] };
}

/** How many earlier generations give hints: each of them costs reads for every item that nothing else matches. */
const MAX_EARLIER = 3;

/** Generations after one up to another, newest first. */
const between = (settled: number, used: number): number[] =>
  Array.from({ length: Math.max(0, used - settled) }, (_, n) => used - n);

/**
 * The log position of the session that the client's Last names, or undefined: then only a complete comparison is
 * safe [C.8]. The pair before the last one counts too: its client never got our final answer (N12).
 */
function knownSince(step: StepContext, datastore: string, last: string | undefined): number | undefined {
  const { user } = step.session;
  const anchor = step.anchors.of(datastore);
  const head = step.anchors.headOf(datastore);
  if (anchor?.last === undefined || last === undefined) return undefined;
  // A complete sync began and never ended: what it did to the mapping must be compared, not believed.
  if (anchor.used !== anchor.generation) return undefined;
  const since =
    anchor.last === last
      ? anchor.sequence
      : anchor.previous?.last === last
        ? anchor.previous.sequence
        : undefined;
  if (since === undefined || (head?.sequence ?? 0) <= since) return since;
  // The log keeps half a year: a device that was away for longer cannot be told what changed.
  const first = since + 1;
  const kept = step.facts.need({ read: 'commits', user, datastore, from: first, to: first });
  return kept === undefined || kept.length === 0 ? undefined : since;
}

/**
 * Before anything is mapped in a complete sync, its generation of the mapping begins beside the settled one: with its
 * first Sync, or a Map that comes earlier. The number is never used again, even if this sync fails.
 */
export function reserveGeneration(sync: DatastoreSync): void {
  const { datastore } = sync;
  if (!traitsOf(datastore).isComplete || datastore.mapping.reserved === true) return;
  const { mapping } = datastore;
  const anchor = sync.anchor ?? NO_ANCHOR;
  const generation = Math.max(mapping.generation, anchor.used + 1);
  Object.assign(mapping, { generation, reserved: true });
  sync.putAnchor({ ...anchor, used: generation });
}

/** Our Alert for each accepted datastore (P25, P28): the codes and names in the client's words, both anchors. */
export function serverAlert(sync: DatastoreSync, maxObjSize: number): AlertCommand {
  const { step, datastore } = sync;
  const { version } = step.session;
  const last = sync.anchor?.next;
  return {
    name: 'Alert',
    cmdId: '',
    code: traitsOf(datastore).alert,
    items: [
      {
        target: { uri: datastore.uris.client },
        source: { uri: datastore.uris.server },
        meta: {
          anchor: { ...(last !== undefined && { last }), next: datastore.anchors.serverNext },
          ...(version !== '1.0' && { maxObjSize }), // L02
        },
      },
    ],
  };
}

/**
 * The client answered our Alert by 508: this datastore is compared completely, by the Sync of this very message (N10).
 * When its Sync came before, without separate initialisation, it is too late for that: the next session compares.
 */
export function switchToSlow(sync: DatastoreSync): void {
  const { step, datastore } = sync;
  const { isComplete, complete } = traitsOf(datastore);
  if (isComplete) return;
  step.events.tell({ event: 'forced-slow-sync', datastore: datastore.name, byClient: true });
  if (hasSync(datastore)) return compareNextTime(sync);
  // Nothing of a session that this one resumes holds in the comparison.
  delete datastore.resume;
  delete datastore.index;
  const { mapping, resend } = mappingFor(complete, sync.anchor);
  Object.assign(datastore, { kind: complete, mapping });
  Object.assign(datastore.outgoing, { cursor: { ...FIRST_CURSOR }, resend });
}

/** No Last fits from now on: the mapping stays, and this session does not move the anchors. */
function compareNextTime(sync: DatastoreSync): void {
  const { datastore } = sync;
  datastore.anchors.stay = true;
  const { last: _, previous: __, ...anchor } = sync.anchor ?? NO_ANCHOR;
  sync.putAnchor(anchor);
}

/** ISO 8601 basic UTC of epoch milliseconds, the usual form of an anchor (N07). */
const timestamp = (now: number): string => new Date(now).toISOString().replace(/[-:]|\.\d{3}/g, '');
