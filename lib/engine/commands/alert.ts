/** Alert: begins the sync of a datastore, asks for the next message, suspends [SP11 4.1, B.7, C.8]. */
import { Alert, alertCode, Status, type StatusCode } from '../../message/codes.ts';
import { alertAnchor } from '../../message/data.ts';
import type { Alert as AlertCommand, Item } from '../../message/model.ts';
import { datastoreOf } from '../datastores.ts';
import { nextPhase } from '../phases.ts';
import { type DatastoreState, isComplete, type SyncCode } from '../state.ts';
import { answer, putAnchor, type Work } from '../work.ts';

/** Sync types by alert code; the server-alerted ones (206-210) run as their base type (A09). */
function syncCode(code: number): SyncCode | undefined {
  if (code >= Alert.twoWay && code <= Alert.refreshFromServer) return code as SyncCode;
  if (code === Alert.twoWayByServer) return 200;
  if (code >= Alert.oneWayFromClientByServer && code <= Alert.refreshFromServerByServer)
    return (code - 5) as SyncCode;
  return undefined;
}

export function handleAlert(work: Work, alert: AlertCommand): void {
  const { code } = alert;
  if (code === undefined) return answer(work, alert, Status.incomplete);
  if (syncCode(code) !== undefined || code === Alert.resume) {
    for (const item of alert.items) handleSyncAlert(work, alert, item);
    if (alert.items.length === 0) answer(work, alert, Status.incomplete);
    work.substance = true;
    return;
  }
  switch (code) {
    case Alert.nextMessage:
      // Asking for more accepts the chunk that went before, also without its Status.
      if (work.state.outbound !== undefined) work.state.outbound.accepted = true;
      return answer(work, alert, Status.ok);
    case Alert.noEndOfData:
      // L17: the client lost the beginning; it gets the whole object again.
      if (work.state.outbound !== undefined)
        Object.assign(work.state.outbound, { offset: 0, accepted: true });
      return answer(work, alert, Status.ok);
    case Alert.resultAlert:
    case Alert.display:
      return answer(work, alert, Status.ok);
    case Alert.suspend:
      work.state.phase = nextPhase(work.state.phase, 'stopped');
      return answer(work, alert, Status.ok); // S04: the anchors stay as they were (N13)
    default:
      return answer(work, alert, Status.notSupported); // C20
  }
}

function handleSyncAlert(work: Work, alert: AlertCommand, item: Item): void {
  const refs = { target: item.target?.uri ?? '', source: item.source?.uri ?? '' };
  // E26: an empty Target means the client's own name of the database.
  const serverUri = refs.target === '' ? refs.source : refs.target;
  const known = datastoreOf(serverUri);
  if (known === undefined) return answer(work, alert, Status.notFound, refs); // H21
  if (work.state.phase !== 'init') return answer(work, alert, Status.forbidden, refs); // P35
  if (alert.code === Alert.resume && work.state.version !== '1.2')
    return answer(work, alert, Status.notSupported, refs); // S09
  const begun = beginDatastore(work, known.name, alert.code ?? Alert.twoWay, item, serverUri);
  const next = begun.datastore.clientNext;
  answer(work, alert, begun.code, {
    ...refs,
    ...(next !== undefined && { items: [{ data: { anchor: { next } } }] }), // P26
  });
}

function beginDatastore(
  work: Work,
  name: string,
  requested: number,
  item: Item,
  serverUri: string,
): { code: StatusCode; datastore: DatastoreState } {
  const { user } = work.state;
  const anchor = work.facts.must({ read: 'anchor', user, peer: work.peer, datastore: name });
  const { last, next } = alertAnchor(item) ?? {};
  const wanted = syncCode(requested);
  const since = wanted === undefined ? undefined : knownSince(work, name, last);
  const forced = wanted === undefined || (!isComplete(wanted) && since === undefined);
  // 508 answers with the complete form of the same direction (Y18); an unresumable 225 with a slow sync (S08).
  const code = !forced ? wanted : wanted === undefined ? 201 : ((wanted + 1) as SyncCode);
  const complete = isComplete(code);
  const generation = complete ? (anchor?.used ?? 0) + 1 : (anchor?.generation ?? 1);
  const datastore: DatastoreState = {
    name,
    serverUri,
    clientUri: item.source?.uri ?? name,
    code,
    ...(forced && { refusedIn: work.request.message.header.msgId ?? 0 }),
    ...(last !== undefined && { clientLast: last }),
    ...(next !== undefined && { clientNext: next }),
    ...(item.meta?.maxObjSize !== undefined && { maxObjSize: item.meta.maxObjSize }),
    serverNext: timestamp(work.fresh.now),
    since: complete ? (anchor?.sequence ?? 0) : (since ?? 0),
    generation,
    settled: anchor?.generation ?? generation,
    abandoned: complete ? [] : between(anchor?.generation ?? 1, anchor?.used ?? 1),
    earlier: complete ? between((anchor?.generation ?? 1) - 1, anchor?.used ?? 0) : [],
    overtaken: {},
    cursor: { list: 'resend', at: 0, sub: 0 },
    resend: complete ? [] : [...(anchor?.resend ?? [])],
    failed: [],
  };
  if (complete) reserveGeneration(work, datastore);
  if (forced)
    work.events.push({ event: 'forced-slow-sync', datastore: name, first: anchor?.last === undefined });
  const others = work.state.datastores.filter((other) => other.name !== name);
  work.state.datastores = [...others, datastore];
  return { code: forced ? Status.refreshRequired : Status.ok, datastore };
}

/** Generations after one up to another, newest first. */
const between = (settled: number, used: number): number[] =>
  Array.from({ length: Math.max(0, used - settled) }, (_, n) => used - n);

/**
 * The log position of the session that the client's Last names, or undefined: then only a complete comparison is
 * safe [C.8]. The pair before the last one counts too: its client never got our final answer (N12).
 */
function knownSince(work: Work, datastore: string, last: string | undefined): number | undefined {
  const { user } = work.state;
  const anchor = work.facts.need({ read: 'anchor', user, peer: work.peer, datastore });
  const head = work.facts.need({ read: 'head', user, datastore });
  if (anchor?.last === undefined || last === undefined) return undefined;
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

/** A new generation of the mapping beside the settled one; its number is never used again, even if this sync fails. */
function reserveGeneration(work: Work, datastore: DatastoreState): void {
  const { user } = work.state;
  const { name, generation } = datastore;
  const anchor = work.facts.need({ read: 'anchor', user, peer: work.peer, datastore: name });
  const reserved =
    anchor === undefined
      ? { sequence: 0, generation, used: generation, resend: [], version: 0 }
      : { ...anchor, used: generation };
  putAnchor(work, name, reserved);
}

/** Our Alert for each accepted datastore (P25, P28): the codes and names in the client's words, both anchors. */
export function serverAlert(work: Work, datastore: DatastoreState, maxObjSize: number): AlertCommand {
  const { user, version } = work.state;
  const anchor = work.facts.need({ read: 'anchor', user, peer: work.peer, datastore: datastore.name });
  const last = anchor?.next;
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
  const { user } = work.state;
  const anchor = work.facts.need({ read: 'anchor', user, peer: work.peer, datastore: datastore.name });
  datastore.code = (datastore.code + 1) as SyncCode;
  datastore.generation = (anchor?.used ?? 0) + 1;
  datastore.resend = [];
  datastore.abandoned = [];
  datastore.earlier = between((anchor?.generation ?? 1) - 1, anchor?.used ?? 0);
  reserveGeneration(work, datastore);
  work.events.push({ event: 'forced-slow-sync', datastore: datastore.name, byClient: true });
}

/** ISO 8601 basic UTC of epoch milliseconds, the usual form of an anchor (N07). */
const timestamp = (now: number): string => new Date(now).toISOString().replace(/[-:]|\.\d{3}/g, '');
