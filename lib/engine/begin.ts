/** Agreeing on the sync of one datastore: which type, from where in the log, on which mapping [SP11 2.2, C.8]. */
import { Alert, alertCode, Status, type StatusCode } from '../message/codes.ts';
import { alertAnchor } from '../message/data.ts';
import type { Alert as AlertCommand, Item } from '../message/model.ts';
import type { Anchor } from './records.ts';
import { type DatastoreState, isComplete, type SyncCode } from './state.ts';
import type { RecordFilter } from './visible.ts';
import { anchorOf, headOf, putAnchor, type Work } from './work.ts';

/** Sync types by alert code; the server-alerted ones (206-210) run as their base type (A09). */
export function syncCode(code: number): SyncCode | undefined {
  if (code >= Alert.twoWay && code <= Alert.refreshFromServer) return code as SyncCode;
  if (code === Alert.twoWayByServer) return 200;
  if (code >= Alert.oneWayFromClientByServer && code <= Alert.refreshFromServerByServer)
    return (code - 5) as SyncCode;
  return undefined;
}

/** Begins the sync that the client asks for, or the one that is safe. */
export function beginDatastore(
  work: Work,
  name: string,
  requested: number,
  item: Item,
  serverUri: string,
  filter: RecordFilter | undefined,
): { code: StatusCode; datastore: DatastoreState } {
  const anchor = anchorOf(work, name);
  const { last, next } = alertAnchor(item) ?? {};
  const agreed = agreeOn(work, name, requested, last);
  const datastore: DatastoreState = {
    name,
    serverUri,
    clientUri: item.source?.uri ?? name,
    ...(agreed.forced && { refusedIn: work.request.message.header.msgId ?? 0 }),
    ...(next !== undefined && { clientNext: next }),
    ...(item.meta?.maxObjSize !== undefined && { maxObjSize: item.meta.maxObjSize }),
    serverNext: timestamp(work.fresh.now),
    ...mappingFor(agreed.code, anchor),
    code: agreed.code,
    since: agreed.since ?? anchor?.sequence ?? 0,
    ...(filter && { filter }),
    overtaken: {},
    cursor: { list: 'resend', at: 0, sub: 0 },
    failed: [],
  };
  if (agreed.forced)
    work.events.push({ event: 'forced-slow-sync', datastore: name, first: anchor?.last === undefined });
  const others = work.state.datastores.filter((other) => other.name !== name);
  work.state.datastores = [...others, datastore];
  return { code: agreed.forced ? Status.refreshRequired : Status.ok, datastore };
}

/** 508 answers with the complete form of the same direction (Y18); an unresumable 225 with a slow sync (S08). */
function agreeOn(
  work: Work,
  name: string,
  requested: number,
  last: string | undefined,
): { code: SyncCode; forced: boolean; since: number | undefined } {
  const wanted = syncCode(requested);
  if (wanted === undefined) return { code: 201, forced: true, since: undefined };
  if (isComplete(wanted)) return { code: wanted, forced: false, since: undefined };
  const since = knownSince(work, name, last);
  if (since !== undefined) return { code: wanted, forced: false, since };
  return { code: (wanted + 1) as SyncCode, forced: true, since };
}

/** The mapping to work on: a complete comparison begins a new generation and believes none of the earlier ones. */
function mappingFor(
  code: SyncCode,
  anchor: Anchor | undefined,
): Pick<DatastoreState, 'generation' | 'settled' | 'earlier' | 'resend'> {
  const settled = anchor?.generation ?? 1;
  const used = anchor?.used ?? 0;
  if (!isComplete(code))
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
 * The first Sync of a complete comparison: its generation of the mapping begins, beside the settled one. The number is
 * never used again, even if this sync fails.
 */
export function reserveGeneration(work: Work, datastore: DatastoreState): void {
  if (!isComplete(datastore.code) || datastore.syncSeen === true) return;
  const { name } = datastore;
  const anchor = anchorOf(work, name);
  const generation = Math.max(datastore.generation, (anchor?.used ?? 0) + 1);
  datastore.generation = generation;
  const reserved =
    anchor === undefined
      ? { sequence: 0, generation, used: generation, resend: [], version: 0 }
      : { ...anchor, used: generation };
  putAnchor(work, name, reserved);
}

/** Our Alert for each accepted datastore (P25, P28): the codes and names in the client's words, both anchors. */
export function serverAlert(work: Work, datastore: DatastoreState, maxObjSize: number): AlertCommand {
  const { version } = work.state;
  const last = anchorOf(work, datastore.name)?.next;
  return {
    name: 'Alert',
    cmdId: '',
    code: alertCode(datastore.code),
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

/** The client answered our Alert by 508: this datastore is compared completely, in this very message (N10). */
export function switchToSlow(work: Work, datastore: DatastoreState): void {
  if (isComplete(datastore.code)) return;
  const anchor = anchorOf(work, datastore.name);
  const code = (datastore.code + 1) as SyncCode;
  Object.assign(datastore, { code, ...mappingFor(code, anchor) });
  work.events.push({ event: 'forced-slow-sync', datastore: datastore.name, byClient: true });
}

/** ISO 8601 basic UTC of epoch milliseconds, the usual form of an anchor (N07). */
const timestamp = (now: number): string => new Date(now).toISOString().replace(/[-:]|\.\d{3}/g, '');
