/**
 * One item of an Add or Replace: whole, or a chunk of a large object [SP11 5.1, 2.10]. `receiveItem` gives the Status,
 * `storeItem` reads the content, `takeContent` gives it to apply.ts, or to slow-sync.ts in a sync that compares all
 * items.
 */

import { Status, type StatusCode } from '../../message/codes.ts';
import { itemData } from '../../message/data.ts';
import type { ItemCommand, MessageItem } from '../../message/model.ts';
import { plainType } from '../../pim/formats/content-types.ts';
import { type ReadItem, readItem, type WriterOfItem } from '../../pim/read-item.ts';
import { paidBy, unlessOver, WorkBudget } from '../../pim/work/budget.ts';
import { itemByLuid, noteBlanks } from '../changes/mapping.ts';
import type { PeerContext } from '../changes/peer-context.ts';
import { hasRoomFor } from '../changes/transactions.ts';
import { itemRefs } from '../context/answers.ts';
import type { DatastoreSync } from '../context/datastore-sync.ts';
import { noteDates } from '../context/date-lists.ts';
import { isVisible } from '../context/visible.ts';
import type { DatastoreState } from '../model/datastore-state.ts';
import { datastoreNamed, takesType } from '../model/datastores.ts';
import { luid as asLuid, type Guid } from '../model/ids.ts';
import { ITEM_WORK, MAX_LUID, MAX_OBJ_SIZE } from '../model/limits.ts';
import { traitsOf } from '../state/sync-kind.ts';
import { applyContent, sameContent } from './apply.ts';
import { noteEnded, receiveChunk } from './large-object.ts';
import { applyOrLink } from './linking.ts';
import type { Applied, ReceivedItem } from './received.ts';
import { noteSentProperties, noteSentType } from './sent-forms.ts';
import { applySlow, linkUnread } from './slow-sync.ts';

/** Takes one item of the client and answers it; a chunk is kept until its object is complete. */
export function receiveItem(sync: DatastoreSync, command: ItemCommand, item: MessageItem): void {
  const { step, datastore } = sync;
  const name = command.name === 'Replace' ? 'Replace' : 'Add'; // a Copy may bring the content along
  const refs = itemRefs(item);
  const luid = item.source?.uri ?? item.target?.uri;
  if (luid === undefined || luid === '') {
    datastore.incoming.hasGaps = true;
    return step.answers.status(command, Status.incomplete, refs);
  }
  if (Buffer.byteLength(luid) > MAX_LUID) {
    datastore.incoming.hasGaps = true;
    return step.answers.status(command, Status.uriTooLong);
  }
  if (!traitsOf(datastore).clientSends) return step.answers.status(command, Status.commandNotAllowed, refs);
  if (item.meta?.fieldLevel === true) {
    // C36: the item holds only some fields. To take it as the content would lose the others.
    refuseContent(sync, luid);
    return step.answers.status(command, Status.notSupported, refs);
  }
  const chunk = receiveChunk(sync, { command: name, luid: asLuid(luid), item });
  if (chunk.kind === 'status') {
    if (chunk.code >= 400) refuseContent(sync, luid);
    return step.answers.status(command, chunk.code, refs);
  }
  const complete = chunk.kind === 'object' ? chunk.item : item;
  const { code, items } = storeItem(sync, { name, luid: asLuid(luid), arrived: item }, complete);
  if (chunk.kind === 'object') noteEnded(sync, asLuid(luid), item, code);
  if (code >= 400 && code !== Status.serverWins) refuseContent(sync, luid);
  step.answers.status(command, code, { ...refs, ...(items && { items }) });
}

/** Notes that the client has an item whose content was not taken: its list has a gap. */
export function refuseContent(sync: DatastoreSync, luid: string): void {
  const { datastore } = sync;
  datastore.incoming.hasGaps = true;
  if (traitsOf(datastore).isCompared) linkUnread(sync.peer, luid);
}

/** Reads the content of a whole item, and has it applied. Gives the Status. */
function storeItem(
  sync: DatastoreSync,
  { name, luid, arrived }: Pick<ReceivedItem, 'name' | 'luid'> & { readonly arrived: MessageItem },
  item: MessageItem,
): { code: StatusCode; items?: readonly MessageItem[] } {
  const { step, datastore } = sync;
  const offered = datastoreNamed(datastore.name);
  const type = typeOf(sync, item.meta?.type);
  const data = itemData(item);
  if (data === undefined) return { code: Status.incomplete };
  if (offered === undefined || !takesType(offered, type)) {
    step.events.tell({
      event: 'item-refused',
      datastore: datastore.name,
      type: isMediaType(type) ? type : 'malformed', // it goes into the log
      code: Status.unsupportedType,
    });
    return { code: Status.unsupportedType, items: [{ data: type }] }; // C25
  }
  noteSentType(sync, type, data);
  if (Buffer.byteLength(data) > MAX_OBJ_SIZE) return { code: Status.tooLarge }; // L16
  const work = new WorkBudget(ITEM_WORK, step.work);
  const read = readWithin(work, arrived, { type, data, by: step.device.options });
  if (read === undefined) return { code: work.isShort ? Status.commandFailed : Status.tooLarge };
  const { content } = read;
  noteSentProperties(sync, read);
  const applied = takeContent(sync, { name, luid, content }, { work });
  noteApplied(sync, applied);
  noteHidden(sync, luid);
  if (applied.code !== Status.conflictMerged) return { code: applied.code };
  const guid = itemByLuid(sync.peer, luid)?.guid ?? '';
  return { code: applied.code, items: [{ source: { uri: luid }, target: { uri: guid } }] }; // X02
}

interface Unread {
  readonly type: string;
  readonly data: string | Uint8Array;
  readonly by: WriterOfItem;
}

/** An item that was read, and the work that it took. `read` is undefined if it was given up: the work is too much. */
interface Reading {
  readonly read: ReadItem | undefined;
  readonly units: number;
}
const readBefore = new WeakMap<MessageItem, Unread & Reading>();

/** Reads an item within the budget; undefined where the work is too much. Each run of a step pays the same for it. */
function readWithin(work: WorkBudget, arrived: MessageItem, unread: Unread): ReadItem | undefined {
  const { read, units } = readOnce(arrived, unread, work);
  const isPaid = read !== undefined && units <= work.left;
  // A reading that a short budget stopped has no known price. It counts as all that was left: the message takes no more.
  work.take(isPaid || !work.isShort ? units : work.left);
  return isPaid ? read : undefined;
}

/**
 * Each item is parsed once, although a step is run several times on the same message. `arrived` is the item in the
 * message: of a large object the last chunk, because its data are joined anew in each run.
 */
function readOnce(arrived: MessageItem, { type, data, by }: Unread, { left, isShort }: WorkBudget): Reading {
  const before = readBefore.get(arrived);
  if (before?.type === type && isSameWriter(before.by, by) && isSameData(before.data, data)) return before;
  const own = new WorkBudget(left);
  const read = unlessOver(
    () => paidBy(own, () => readItem(type, data, by)),
    () => undefined,
  );
  const made = { type, data, by, read, units: left - own.left };
  if (read !== undefined || !isShort) readBefore.set(arrived, made);
  return made;
}

const isSameWriter = (one: WriterOfItem, other: WriterOfItem): boolean =>
  one.charset === other.charset && one.prefixedCategories === other.prefixedCategories;

const isSameData = (one: string | Uint8Array, other: string | Uint8Array): boolean =>
  typeof one === 'string' || typeof other === 'string' ? one === other : Buffer.compare(one, other) === 0;

const isMediaType = (text: string): boolean => /^[\w.+-]{1,40}\/[\w.+-]{1,60}$/.test(text);

/**
 * Can this message change the item once more, and read its text for that? If not, the client gets an error and tells the
 * change again next time.
 */
export function hasRoom(peer: PeerContext, luid: string, bytes: number): boolean {
  const item = itemByLuid(peer, luid);
  if (item === undefined) return true;
  const { changes, datastore } = peer;
  return hasRoomFor(changes, datastore, item.guid, bytes) && changes.hasRoomForText(datastore, item);
}

interface Taking {
  /** The work that is left for the item. */
  readonly work?: WorkBudget;
  readonly isCopy?: boolean;
}

/** Takes the content into the datastore, if this message can still do it. If not, the client tells the change again. */
export function takeContent(sync: DatastoreSync, received: ReceivedItem, taking: Taking = {}): Applied {
  const peer = { ...sync.peer, work: taking.work ?? new WorkBudget(ITEM_WORK, sync.step.work) };
  if (!hasRoom(peer, received.luid, received.content.size)) return FAILED;
  const applied = unlessOver(
    () => applyByKind(sync, peer, received, taking.isCopy === true),
    () => FAILED,
  );
  // What the device holds just as it is stored has no list.
  const item = itemByLuid(peer, received.luid);
  if (item !== undefined && !sameContent(item, received.content)) noteDates(sync, item);
  return applied;
}
const FAILED: Applied = { code: Status.commandFailed };

/** Applies the content as the kind of sync wants it: at once, or compared with all items of the server. */
function applyByKind(
  sync: DatastoreSync,
  peer: PeerContext,
  received: ReceivedItem,
  isCopy: boolean,
): Applied {
  const { datastore } = sync;
  const { isCompared, wins } = traitsOf(datastore);
  if (!isCompared) {
    noteBlanks(peer, received.luid, received.name === 'Add' ? received.content : undefined);
    return isCopy ? applyContent(peer, received) : applyOrLink(peer, received, () => sync.freeItems());
  }
  const free = sync.freeItems();
  if (free === undefined) return { code: Status.ok }; // the index is not read yet: this run is thrown away
  datastore.incoming.named = true;
  const mode = wins === 'client' ? 'client-is-right' : 'union';
  return applySlow(peer, { ...received, free, mode });
}

/**
 * The content type of an item: Meta/Type, else what the device says it sends, else the datastore's own (Q10, E62).
 */
function typeOf(sync: DatastoreSync, named: string | undefined): string {
  const { datastore } = sync;
  if (named !== undefined && named !== '') return plainType(named);
  const sent = sync.device.database?.txPref ?? datastoreNamed(datastore.name)?.types[0];
  return plainType(sent?.type ?? 'text/plain');
}

/**
 * What follows of a change for the rest of the sync: a conflict is logged, and package #4 sends again what the device
 * lacks.
 */
export function noteApplied(sync: DatastoreSync, applied: Applied): void {
  const { step, datastore } = sync;
  if (applied.code === Status.serverWins || (applied.code >= 207 && applied.code <= 209))
    step.events.tell({ event: 'conflict', datastore: datastore.name, code: applied.code });
  if (applied.overtakes !== undefined && applied.overtakes.sequence > datastore.anchors.since)
    datastore.own.overtaken[applied.overtakes.guid] = applied.overtakes.sequence;
  if (applied.overtakes !== undefined) dropResend(datastore, applied.overtakes.guid);
  if (applied.send !== undefined) sendAgain(datastore, applied.send);
}

/**
 * F15: the client sent an item that its own filter excludes. Package #4 deletes it on the client; here it stays (F10).
 */
function noteHidden(sync: DatastoreSync, luid: string): void {
  const { datastore } = sync;
  if (datastore.client.filter === undefined) return;
  const item = itemByLuid(sync.peer, luid);
  if (item !== undefined && !isVisible(sync, item)) sendAgain(datastore, item.guid);
}

function sendAgain(datastore: DatastoreState, guid: Guid): void {
  dropResend(datastore, guid);
  datastore.outgoing.resend.push({ guid, why: 'error' });
}

/** The item need not be sent again: the client itself has changed it. */
function dropResend(datastore: DatastoreState, guid: Guid): void {
  datastore.outgoing.resend = datastore.outgoing.resend.filter((entry) => entry.guid !== guid);
}
