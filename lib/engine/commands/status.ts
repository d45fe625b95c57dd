/** The client's Statuses for our commands (C38-C43, L18, N10, P31). */
import { isSuccess, Status, type StatusCode } from '../../message/codes.ts';
import type { StatusCommand } from '../../message/model.ts';
import { heldLuid, setLuid } from '../changes/mapping.ts';
import type { DatastoreState } from '../model/datastore-state.ts';
import type { Sent } from '../model/session-state.ts';
import { switchToSlow } from '../sync/begin.ts';
import { peerContextOf, type Work } from '../work.ts';

/** Conflict outcomes and "already there" are done as well (X10, C38). */
const DONE: readonly number[] = [Status.serverWins, Status.alreadyExists];
const isDone = (code: StatusCode): boolean => isSuccess(code) || DONE.includes(code);

export function handleStatus(work: Work, status: StatusCommand): void {
  if (status.cmdRef === '0') return challenged(work, status);
  const key = `${status.msgRef.trim()}.${status.cmdRef.trim()}`;
  const sent = work.state.sent[key];
  const datastore = sent && work.state.datastores[sent.d];
  if (sent === undefined || datastore === undefined) return; // C43
  work.substance = true;
  const answered = { key, sent, code: status.code };
  switch (sent.op) {
    case 'alert':
      delete work.state.sent[key];
      if (status.code === Status.refreshRequired) switchToSlow(work, datastore);
      return;
    case 'chunk':
      delete work.state.sent[key];
      return chunkAnswered(work, datastore, status.code);
    case 'add':
      if (isDone(status.code)) sent.ok = true;
      else refused(work, datastore, answered);
      return;
    case 'replace':
      if (isDone(status.code)) delete work.state.sent[key];
      else refused(work, datastore, answered);
      return;
    case 'delete':
      return deleteAnswered(work, datastore, answered);
  }
}

/** A command of ours with the client's Status for it. */
interface Answered {
  readonly key: string;
  readonly sent: Sent;
  readonly code: StatusCode;
}

/** U27: the client wants to know who we are. Without a digest of a server password there is nothing to say. */
function challenged(work: Work, { code, chal }: StatusCommand): void {
  const asked = code === Status.invalidCredentials || code === Status.missingCredentials;
  if (asked && chal?.type === 'syncml:auth-md5') work.challenge = chal.nextNonce ?? new Uint8Array();
}

/** The item goes again next time (C42); one that the client no longer has as an Add (C39). */
function refused(work: Work, datastore: DatastoreState, { key, sent, code }: Answered): void {
  delete work.state.sent[key];
  if (sent.guid === undefined) return;
  datastore.outgoing.failed.push({ guid: sent.guid, why: 'error' });
  work.events.push({ event: 'client-error', datastore: datastore.name, op: sent.op, code });
  if (code === Status.deviceFull) datastore.outgoing.deviceFull = true;
  if (sent.op === 'replace' && (code === Status.notFound || code === Status.gone))
    setLuid(peerContextOf(work, datastore), sent.guid, undefined);
}

/** C40: not found is as good as deleted. Until then the mapping stays (M11). */
function deleteAnswered(work: Work, datastore: DatastoreState, answered: Answered): void {
  const { key, sent, code } = answered;
  if (!isDone(code) && code !== Status.notFound && code !== Status.gone)
    return refused(work, datastore, answered);
  delete work.state.sent[key];
  if (sent.guid === undefined) return;
  // Should the item have come back meanwhile: the client has deleted its copy, so it gets a new one.
  // A copy that its Map named before this Status came is another one.
  const item = work.changes.itemAt(datastore.name, sent.guid);
  const peer = peerContextOf(work, datastore);
  const held = item && heldLuid(peer, item);
  if (held !== undefined && (sent.luid ?? held) === held) setLuid(peer, sent.guid, undefined);
}

function chunkAnswered(work: Work, datastore: DatastoreState, code: StatusCode): void {
  const { outbound } = work.state;
  if (outbound === undefined) return;
  if (isSuccess(code)) {
    outbound.accepted = true; // L18
    return;
  }
  datastore.outgoing.failed.push({ guid: outbound.guid, why: 'error' });
  delete work.state.outbound;
  work.events.push({ event: 'client-error', datastore: datastore.name, op: 'chunk', code });
}
