/** One item of an Add or Replace: whole, or a chunk of a large object [SP11 5.1, 2.10]. */

import { Status, type StatusCode } from '../../message/codes.ts';
import { itemData } from '../../message/data.ts';
import type { ItemCommand, MessageItem } from '../../message/model.ts';
import { plainType } from '../../pim/formats/content-types.ts';
import { type ReadItem, readItem } from '../../pim/read-item.ts';
import { resolve } from '../changes/mapping.ts';
import type { PeerContext } from '../changes/peer-context.ts';
import { hasRoomFor } from '../changes/transactions.ts';
import { noteSpoken, noteWords } from '../device/formats.ts';
import { optionsOf } from '../device/rules.ts';
import { isVisible, ownDataStore } from '../device/visible.ts';
import type { DatastoreState } from '../model/datastore-state.ts';
import { datastoreNamed, takesType } from '../model/datastores.ts';
import { luid as asLuid, type Guid } from '../model/ids.ts';
import { MAX_LUID, MAX_OBJ_SIZE } from '../model/limits.ts';
import { traitsOf } from '../state/sync-kind.ts';
import { answer, indexOf, itemRefs, peerContextOf, type Work } from '../work.ts';
import { type Applied, applyContent, type ReceivedItem } from './apply.ts';
import { dropIncomplete, noteEnded, receiveChunk } from './large-object.ts';
import { applySlow, linkUnread } from './slow-sync.ts';

export function receiveItem(
  work: Work,
  datastore: DatastoreState,
  command: ItemCommand,
  item: MessageItem,
): void {
  const name = command.name === 'Replace' ? 'Replace' : 'Add'; // a Copy may bring the content along
  const refs = itemRefs(item);
  const luid = item.source?.uri ?? item.target?.uri;
  if (luid === undefined || luid === '') {
    datastore.incoming.hasGaps = true;
    return answer(work, command, Status.incomplete, refs);
  }
  if (Buffer.byteLength(luid) > MAX_LUID) {
    datastore.incoming.hasGaps = true;
    return answer(work, command, Status.uriTooLong);
  }
  if (!traitsOf(datastore).clientSends) return answer(work, command, Status.commandNotAllowed, refs);
  if (item.meta?.fieldLevel === true) {
    // C36: it names some fields only, the others would be lost.
    refuseContent(work, datastore, luid);
    return answer(work, command, Status.notSupported, refs);
  }
  const chunk = receiveChunk(work, datastore, name, asLuid(luid), item);
  if (chunk.kind === 'status') {
    if (chunk.code >= 400) refuseContent(work, datastore, luid);
    return answer(work, command, chunk.code, refs);
  }
  if (chunk.kind === 'whole') dropIncomplete(work);
  const complete = chunk.kind === 'object' ? chunk.item : item;
  const { code, items } = storeItem(work, datastore, { name, luid: asLuid(luid) }, complete);
  if (chunk.kind === 'object') noteEnded(work, datastore, asLuid(luid), item, code);
  if (code >= 400 && code !== Status.serverWins) refuseContent(work, datastore, luid);
  answer(work, command, code, { ...refs, ...(items && { items }) });
}

/** The client has an item here that we do not know in full. */
export function refuseContent(work: Work, datastore: DatastoreState, luid: string): void {
  datastore.incoming.hasGaps = true;
  const index = traitsOf(datastore).isCompared ? indexOf(work, datastore) : undefined;
  if (index !== undefined) linkUnread(peerContextOf(work, datastore), index, luid);
}

function storeItem(
  work: Work,
  datastore: DatastoreState,
  { name, luid }: Pick<ReceivedItem, 'name' | 'luid'>,
  item: MessageItem,
): { code: StatusCode; items?: readonly MessageItem[] } {
  const known = datastoreNamed(datastore.name);
  const type = typeOf(work, datastore, item.meta?.type);
  const data = itemData(item);
  if (data === undefined) return { code: Status.incomplete };
  if (known === undefined || !takesType(known, type)) {
    work.events.push({
      event: 'item-refused',
      datastore: datastore.name,
      type: isMediaType(type) ? type : 'malformed', // it goes into the log
      code: Status.unsupportedType,
    });
    return { code: Status.unsupportedType, items: [{ data: type }] }; // C25
  }
  noteSpoken(work, datastore, type, data);
  const read = readOnce(item, type, data, optionsOf(work).charset);
  const { content } = read;
  noteWords(work, datastore, read);
  if (content.size > MAX_OBJ_SIZE) return { code: Status.tooLarge }; // L16
  const applied = takeContent(work, datastore, { name, luid, content });
  noteApplied(work, datastore, applied);
  noteHidden(work, datastore, luid);
  if (applied.code !== Status.conflictMerged) return { code: applied.code };
  const guid = resolve(peerContextOf(work, datastore), luid)?.guid ?? '';
  return { code: applied.code, items: [{ source: { uri: luid }, target: { uri: guid } }] }; // X02
}

interface Known extends ReadItem {
  readonly type: string;
  readonly charset: string | undefined;
}
const known = new WeakMap<MessageItem, Known>();

/** A step runs several times on the same message: each of its items is read once. */
function readOnce(item: MessageItem, type: string, data: string | Uint8Array, charset?: string): ReadItem {
  const before = known.get(item);
  if (before?.type === type && before.charset === charset) return before;
  const made = { type, charset, ...readItem(type, data, charset) };
  known.set(item, made);
  return made;
}

const isMediaType = (text: string): boolean => /^[\w.+-]{1,40}\/[\w.+-]{1,60}$/.test(text);

/** Can this message change the item once more? What does not fit, the client tells again next time. */
export function hasRoom(peer: PeerContext, luid: string, bytes: number): boolean {
  const item = resolve(peer, luid);
  return item === undefined || hasRoomFor(peer.changes, peer.datastore, item.guid, bytes);
}

/** The content as the datastore's sync type takes it. */
export function takeContent(work: Work, datastore: DatastoreState, received: ReceivedItem): Applied {
  const peer = peerContextOf(work, datastore);
  if (!hasRoom(peer, received.luid, received.content.size)) return { code: Status.commandFailed };
  const { isCompared, wins } = traitsOf(datastore);
  if (!isCompared) return applyContent(peer, received);
  const index = indexOf(work, datastore);
  if (index === undefined) return { code: Status.ok }; // the run is repeated with the inventory
  const mode = wins === 'client' ? 'client-is-right' : 'union';
  return applySlow(peer, { ...received, index, mode });
}

/** Meta/Type, else what the device says it sends, else the datastore's own (Q10, E62). */
function typeOf(work: Work, datastore: DatastoreState, named: string | undefined): string {
  if (named !== undefined && named !== '') return plainType(named);
  const sent = ownDataStore(work, datastore)?.txPref ?? datastoreNamed(datastore.name)?.types[0];
  return plainType(sent?.type ?? 'text/plain');
}

/** A conflict is told to whoever watches; an item that the log does not show to this device is sent to it again. */
export function noteApplied(work: Work, datastore: DatastoreState, applied: Applied): void {
  if (applied.code === Status.serverWins || (applied.code >= 207 && applied.code <= 209))
    work.events.push({ event: 'conflict', datastore: datastore.name, code: applied.code });
  if (applied.overtakes !== undefined && applied.overtakes.sequence > datastore.anchors.since)
    datastore.own.overtaken[applied.overtakes.guid] = applied.overtakes.sequence;
  if (applied.overtakes !== undefined) dropDue(datastore, applied.overtakes.guid);
  if (applied.send !== undefined) addDue(datastore, applied.send);
}

/** F15: what the client stored outside its own filter is taken from it again; here it stays (F10). */
function noteHidden(work: Work, datastore: DatastoreState, luid: string): void {
  if (datastore.client.filter === undefined) return;
  const item = resolve(peerContextOf(work, datastore), luid);
  if (item !== undefined && !isVisible(work, datastore, item)) addDue(datastore, item.guid);
}

function addDue(datastore: DatastoreState, guid: Guid): void {
  dropDue(datastore, guid);
  datastore.outgoing.resend.push({ guid, why: 'error' });
}

/** What the client's own change took the place of is no longer due for it. */
function dropDue(datastore: DatastoreState, guid: Guid): void {
  datastore.outgoing.resend = datastore.outgoing.resend.filter((entry) => entry.guid !== guid);
}
