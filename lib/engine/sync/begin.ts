/** Agreeing on the sync of one datastore: which type, from where in the log, on which mapping [SP11 2.2, C.8]. */

import type { RecordFilter } from '../../filter/ast.ts';
import { Alert, Status, type StatusCode } from '../../message/codes.ts';
import { alertAnchor } from '../../message/data.ts';
import type { AlertCommand, MessageItem } from '../../message/model.ts';
import type { Anchor } from '../model/records.ts';
import type { DatastoreState, SyncKind } from '../model/session-state.ts';
import { kindOfAlert, traitsOf } from '../state/sync-kind.ts';
import { anchorOf, headOf, putAnchor, type Work } from '../work.ts';
import { resumeDatastore } from './resume.ts';

/** Begins the sync that the client asks for, or the one that is safe. */
export function beginDatastore(
  work: Work,
  name: string,
  requested: number,
  item: MessageItem,
  serverUri: string,
  filter: RecordFilter | undefined,
): { code: StatusCode; datastore: DatastoreState } {
  const resumed = requested === Alert.resume ? resumeDatastore(work, name, item, filter) : undefined;
  const named = namedIn(item, name, serverUri);
  if (resumed !== undefined)
    return accept(work, Status.ok, { ...resumed, ...named, serverNext: timestamp(work.fresh.now) });
  const anchor = anchorOf(work, name);
  const { last } = alertAnchor(item) ?? {};
  const agreed = agreeOn(work, name, requested, last);
  const datastore: DatastoreState = {
    ...named,
    name,
    ...(agreed.forced && { refusedIn: work.request.message.header.msgId ?? 0 }),
    ...(last !== undefined && { clientLast: last }),
    serverNext: timestamp(work.fresh.now),
    ...mappingFor(agreed.kind, anchor),
    kind: agreed.kind,
    since: agreed.since ?? anchor?.sequence ?? 0,
    ...(filter && { filter }),
    overtaken: {},
    cursor: { list: 'resend', at: 0, sub: 0 },
    failed: [],
  };
  if (agreed.forced)
    work.events.push({ event: 'forced-slow-sync', datastore: name, first: anchor?.last === undefined });
  return accept(work, agreed.forced ? Status.refreshRequired : Status.ok, datastore);
}

/** What this Alert says of the datastore, whatever session it goes on with. */
function namedIn(item: MessageItem, name: string, serverUri: string) {
  const { next } = alertAnchor(item) ?? {};
  return {
    serverUri,
    clientUri: item.source?.uri ?? name,
    ...(next !== undefined && { clientNext: next }),
    ...(item.meta?.maxObjSize !== undefined && { maxObjSize: item.meta.maxObjSize }),
  };
}

/** The datastore belongs to this session from now on: an earlier one of the device may not go on with it. */
function accept(work: Work, code: StatusCode, datastore: DatastoreState) {
  const { name } = datastore;
  const { datastores, sessionId: session } = work.state;
  const at = datastores.findIndex((other) => other.name === name);
  const { before } = datastores[at] ?? {};
  if (before !== undefined) datastore.before = before; // a second Alert for it
  if (at < 0) datastores.push(datastore);
  else datastores[at] = datastore;
  const anchor = anchorOf(work, name);
  if (anchor?.session !== session) {
    if (anchor?.session !== undefined) datastore.before = anchor.session;
    putAnchor(work, name, { ...(anchor ?? NO_ANCHOR), session });
  }
  return { code, datastore };
}

const NO_ANCHOR: Anchor = { sequence: 0, generation: 1, used: 0, resend: [], version: 0 };

/** 508 answers with the complete form of the same direction (Y18); an unresumable 225 with a slow sync (S08). */
function agreeOn(
  work: Work,
  name: string,
  requested: number,
  last: string | undefined,
): { kind: SyncKind; forced: boolean; since: number | undefined } {
  const kind = kindOfAlert(requested);
  if (kind === undefined) return { kind: 'slow', forced: true, since: undefined };
  const { isComplete, complete } = traitsOf({ kind });
  if (isComplete) return { kind, forced: false, since: undefined };
  const since = knownSince(work, name, last);
  return since === undefined ? { kind: complete, forced: true, since } : { kind, forced: false, since };
}

/** The mapping to work on: a complete comparison begins a new generation and believes none of the earlier ones. */
function mappingFor(
  kind: SyncKind,
  anchor: Anchor | undefined,
): Pick<DatastoreState, 'generation' | 'settled' | 'earlier' | 'resend'> {
  const settled = anchor?.generation ?? 1;
  const used = anchor?.used ?? 0;
  if (!traitsOf({ kind }).isComplete)
    return {
      generation: settled,
      settled,
      earlier: [],
      resend: [...(anchor?.resend ?? [])],
    };
  const generation = used + 1;
  return {
    generation,
    settled: anchor?.generation ?? generation,
    earlier: between(settled - 1, used).slice(0, MAX_EARLIER),
    resend: [],
  };
}

/** How many earlier generations give hints: each costs reads for every item that nothing else matches. */
const MAX_EARLIER = 3;

/** Generations after one up to another, newest first. */
const between = (settled: number, used: number): number[] =>
  Array.from({ length: Math.max(0, used - settled) }, (_, n) => used - n);

/**
 * The log position of the session that the client's Last names, or undefined: then only a complete comparison is
 * safe [C.8]. The pair before the last one counts too: its client never got our final answer (N12).
 */
function knownSince(work: Work, datastore: string, last: string | undefined): number | undefined {
  const { user } = work.state;
  const anchor = anchorOf(work, datastore);
  const head = headOf(work, datastore);
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
  const kept = work.facts.need({ read: 'commits', user, datastore, from: first, to: first });
  return kept === undefined || kept.length === 0 ? undefined : since;
}

/**
 * Before anything is mapped in a complete sync, its generation of the mapping begins beside the settled one: with its first
 * Sync, or a Map that comes earlier. The number is never used again, even if this sync fails.
 */
export function reserveGeneration(work: Work, datastore: DatastoreState): void {
  if (!traitsOf(datastore).isComplete || datastore.reserved === true) return;
  const { name } = datastore;
  const anchor = anchorOf(work, name) ?? NO_ANCHOR;
  const generation = Math.max(datastore.generation, anchor.used + 1);
  datastore.generation = generation;
  datastore.reserved = true;
  putAnchor(work, name, { ...anchor, used: generation });
}

/** Our Alert for each accepted datastore (P25, P28): the codes and names in the client's words, both anchors. */
export function serverAlert(work: Work, datastore: DatastoreState, maxObjSize: number): AlertCommand {
  const { version } = work.state;
  const last = anchorOf(work, datastore.name)?.next;
  return {
    name: 'Alert',
    cmdId: '',
    code: traitsOf(datastore).alert,
    items: [
      {
        target: { uri: datastore.clientUri },
        source: { uri: datastore.serverUri },
        meta: {
          anchor: { ...(last !== undefined && { last }), next: datastore.serverNext },
          ...(version !== '1.0' && { maxObjSize }), // L02
        },
      },
    ],
  };
}

/**
 * The client answered our Alert by 508: this datastore is compared completely, by the Sync of this very message (N10). When
 * its Sync came before, without separate initialisation, it is too late for that: the next session compares.
 */
export function switchToSlow(work: Work, datastore: DatastoreState): void {
  const { isComplete, complete } = traitsOf(datastore);
  if (isComplete) return;
  work.events.push({ event: 'forced-slow-sync', datastore: datastore.name, byClient: true });
  if (datastore.syncSeen === true) return compareNextTime(work, datastore);
  for (const member of ['behind', 'told', 'received', 'matched', 'index'] as const) delete datastore[member];
  const cursor = { list: 'resend', at: 0, sub: 0 } as const;
  const mapping = mappingFor(complete, anchorOf(work, datastore.name));
  Object.assign(datastore, { kind: complete, cursor, ...mapping });
}

/** No Last fits from now on: the mapping stays, and this session does not move the anchors. */
function compareNextTime(work: Work, datastore: DatastoreState): void {
  datastore.truncated = true;
  const { last: _, previous: __, ...anchor } = anchorOf(work, datastore.name) ?? NO_ANCHOR;
  putAnchor(work, datastore.name, anchor);
}

/** ISO 8601 basic UTC of epoch milliseconds, the usual form of an anchor (N07). */
const timestamp = (now: number): string => new Date(now).toISOString().replace(/[-:]|\.\d{3}/g, '');
