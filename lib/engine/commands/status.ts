/** Status: the client answers commands of the server (C38-C43, L18, N10, P31). */

import { isSuccess, Status, type StatusCode } from '../../message/codes.ts';
import type { StatusCommand } from '../../message/model.ts';
import { dropLuid, heldLuid } from '../changes/mapping.ts';
import { type DatastoreSync, syncOf } from '../context/datastore-sync.ts';
import type { StepContext } from '../context/step-context.ts';
import type { OutgoingState } from '../model/datastore-state.ts';
import type { Guid } from '../model/ids.ts';
import type { Sent } from '../model/session-state.ts';
import { confirmChunk, endObject } from '../state/outbound.ts';
import { switchToSlow } from '../sync/begin.ts';

/** Codes above 2xx that also mean that the command was carried out (X10, C38). */
const DONE: readonly number[] = [Status.serverWins, Status.alreadyExists];
const isDone = (code: StatusCode): boolean => isSuccess(code) || DONE.includes(code);

export function handleStatus(step: StepContext, status: StatusCommand): void {
  if (status.cmdRef === '0') return challenged(step, status);
  const key = `${status.msgRef.trim()}.${status.cmdRef.trim()}`;
  const sent = step.session.sent[key];
  const datastore = sent && step.session.datastores[sent.d];
  if (sent === undefined || datastore === undefined) return; // C43
  const sync = syncOf(step, datastore);
  step.progress.noteSubstance();
  const answered = { key, sent, code: status.code };
  if (sent.op === 'add' || sent.op === 'replace') objectAnswered(datastore.outgoing, sent);
  switch (sent.op) {
    case 'alert':
      delete step.session.sent[key];
      if (status.code === Status.refreshRequired) switchToSlow(sync);
      return;
    case 'chunk':
      return chunkAnswered(sync, answered);
    case 'add':
      if (isDone(status.code)) sent.ok = true;
      else refused(sync, answered);
      return;
    case 'replace':
      if (isDone(status.code)) delete step.session.sent[key];
      else refused(sync, answered);
      return;
    case 'delete':
      return deleteAnswered(sync, answered);
  }
}

/** A command of the server with the client's Status for it. */
interface Answered {
  readonly key: string;
  readonly sent: Sent;
  readonly code: StatusCode;
}

/** U27: notes that the client wants the server's credentials. They can only be sent as an MD5 digest. */
function challenged(step: StepContext, { code, chal }: StatusCommand): void {
  const asked = code === Status.invalidCredentials || code === Status.missingCredentials;
  if (asked && chal?.type === 'syncml:auth-md5')
    step.progress.noteChallenge(chal.nextNonce ?? new Uint8Array());
}

/**
 * Notes that the item is sent again next time (C42), by Add if the client no longer has it (C39). If it has the item under
 * another LUID, only this one is dropped.
 */
function refused(sync: DatastoreSync, { key, sent, code }: Answered): void {
  const { step, datastore } = sync;
  delete step.session.sent[key];
  if (sent.guid === undefined) return;
  step.events.tell({ event: 'client-error', datastore: datastore.name, op: sent.op, code });
  if (code === Status.deviceFull) datastore.outgoing.deviceFull = true;
  noteNotTaken(sync, sent, code);
}

/** The client did not take an item. */
function noteNotTaken(sync: DatastoreSync, sent: Pick<Sent, 'op' | 'guid' | 'luid'>, code: StatusCode): void {
  const isLost = sent.op === 'replace' && (code === Status.notFound || code === Status.gone);
  if (isLost) dropSent(sync, sent);
  if (sent.guid === undefined || (isLost && isHeld(sync, sent.guid))) return;
  sync.datastore.outgoing.failed.push({ guid: sent.guid, why: 'error' });
}

/** The client does not have the item under the LUID that it was sent under. */
function dropSent({ step, name, peer }: DatastoreSync, { guid, luid }: Pick<Sent, 'guid' | 'luid'>): void {
  const item = guid && step.changes.itemAt(name, guid);
  const held = luid ?? (item && heldLuid(peer, item));
  if (guid !== undefined && held !== undefined) dropLuid(peer, guid, held);
}

function isHeld({ step, name, peer }: DatastoreSync, guid: Guid): boolean {
  const item = step.changes.itemAt(name, guid);
  return item !== undefined && heldLuid(peer, item) !== undefined;
}

/** C40: "not found" counts as deleted. Without such a Status the mapping stays (M11). */
function deleteAnswered(sync: DatastoreSync, answered: Answered): void {
  const { step } = sync;
  const { key, sent, code } = answered;
  if (!isDone(code) && code !== Status.notFound && code !== Status.gone) return refused(sync, answered);
  delete step.session.sent[key];
  // The item may have come back on the server. The client has deleted its copy, so it gets a new one.
  // If a Map named another LUID after the Delete was sent, the client has that copy.
  dropSent(sync, sent);
}

/** The client has answered the last chunk of an object. An Add that it ignored gets no Map, and goes again. */
function objectAnswered(outgoing: OutgoingState, { guid, op }: Sent): void {
  const ended = endObject(outgoing, guid);
  if (ended?.unsure === true && op === 'replace') outgoing.failed.push({ guid: ended.guid, why: 'error' });
}

/** L18: notes that the client has the chunk, or that it does not want the object. */
function chunkAnswered(sync: DatastoreSync, { key, sent, code }: Answered): void {
  const { step, datastore } = sync;
  delete step.session.sent[key];
  const { object } = datastore.outgoing;
  if (object === undefined || object.guid !== sent.guid) return;
  if (object.whole === true && code !== Status.chunkAccepted && isDone(code)) {
    // The client has all of it, and gives the answer that it gave in the earlier session (S14, S17).
    const { op, guid, luid } = object;
    delete datastore.outgoing.object;
    if (op === 'add') step.session.sent[key] = { d: sent.d, op, guid, ...(luid && { luid }), ok: true };
    return;
  }
  delete object.whole;
  // In a resume the client repeats its answer to its last item, and does not look at what has the same name (E67).
  const isRepeated =
    datastore.resume !== undefined && object.confirmed === 0 && code !== Status.chunkAccepted;
  if (isSuccess(code) && !isRepeated) return confirmChunk(datastore.outgoing);
  noteNotTaken(sync, object, code);
  delete datastore.outgoing.object;
  step.events.tell({ event: 'client-error', datastore: datastore.name, op: 'chunk', code });
}
