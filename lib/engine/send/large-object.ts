/** Sends large objects to the client, one at a time [SP11 2.10, L12-L14, L17-L20]. */

import type { Command } from '../../message/model.ts';
import type { Content } from '../../pim/content.ts';
import { digest } from '../../pim/digest.ts';
import type { DatastoreSync } from '../context/datastore-sync.ts';
import { wireGuid } from '../context/temporary-guid.ts';
import { isVisible } from '../context/visible.ts';
import { Pending } from '../io/facts.ts';
import type { Outbound } from '../model/datastore-state.ts';
import { MIN_CHUNK } from '../model/limits.ts';
import { luidsOf } from '../model/luids.ts';
import { type Item, isNewsTo } from '../model/records.ts';
import type { Reply } from '../reply/reply.ts';
import { isAllSent, isUnanswered } from '../state/outbound.ts';
import { dataOf, itemCommand, type Outgoing, type Sending, type Text } from './outgoing.ts';

/** Is the command too large for one message, so that it needs chunks (L12)? 200 bytes are for the Sync around it. */
export function isLarge({ device }: DatastoreSync, reply: Reply, command: Command): boolean {
  if (reply.size(command) > reply.emptyRoom - 200) return true;
  // It does not fit as the first change of a message with little else in it: a later message would have no more room.
  return !reply.hasChanges && (device.takesChunks || reply.room > reply.emptyRoom - LITTLE_ELSE);
}

/** Bytes of what stands in a message with little else in it than a change. */
const LITTLE_ELSE = 800;

/** May no message have room for the command, to a client that takes no chunks (L14)? */
export const mayNeverFit = ({ device }: DatastoreSync, reply: Reply, command: Command): boolean =>
  !device.takesChunks && reply.size(command) > reply.emptyRoom - LITTLE_ELSE;

export type RefusedToSend = 'type-not-accepted' | 'too-large' | 'client-error' | 'no-memory';

interface KeptBack extends Pick<Outgoing, 'item' | 'op'> {
  readonly why: RefusedToSend;
}

/**
 * Notes that the client cannot take the item. A new item is not remembered: it is found again when the whole datastore
 * is looked at, because the sync set is chosen by something else, or because the client was full. An item that the
 * client has is sent in the next session.
 */
export function keepBack({ step, datastore }: DatastoreSync, { item, op, why }: KeptBack): void {
  const { outgoing, name } = datastore;
  if (op === 'add' && (why === 'client-error' || why === 'no-memory')) outgoing.keptBack = true;
  if (op === 'replace') outgoing.failed.push({ guid: item.guid, why: 'error' });
  step.events.countItem(why, name);
}

export function startLarge(sending: Sending, outgoing: Outgoing): 'full' | 'later' | 'kept back' {
  const { sync, reply } = sending;
  const { item, op, luid, again, text } = outgoing;
  if (!sync.device.takesChunks) {
    keepBack(sync, { item, op, why: 'too-large' });
    return 'kept back';
  }
  if (reply.room < MIN_CHUNK) return 'later';
  const object: Outbound = {
    ...{ guid: item.guid, rev: item.rev, op, ...(luid !== undefined && { luid }) },
    ...{ size: Buffer.byteLength(text.data), digest: digest(text.data), confirmed: 0, sent: 0 },
    ...(again === true && { resumed: true, whole: true }),
  };
  sync.datastore.outgoing.object = object;
  sendChunk(sending, object, text);
  return 'full';
}

/** Forgets an object that a resume took over and that the client shall not have any more as it was. */
export function dropObsolete(sync: DatastoreSync): void {
  const { step, datastore } = sync;
  const { object } = datastore.outgoing;
  if (object?.resumed !== true) return;
  const item = step.changes.itemAt(datastore.name, object.guid);
  const isObsolete = item !== undefined && !isStillDue(sync, object, item);
  if (step.facts.missing.size > 0) throw new Pending();
  if (isObsolete) giveUp(sync, object);
}

/**
 * Does the client still need the object? It gets it as it was when the sending began, also if others changed the item
 * since: it appends to what it holds. If its own change came after, that stands.
 */
function isStillDue(sync: DatastoreSync, { op, rev }: Outbound, item: Item): boolean {
  const { step, datastore } = sync;
  if (item.content === undefined || !isVisible(sync, item)) return false;
  // The client named it meanwhile, or deleted what was to be replaced.
  const isHeld = luidsOf(item, step.peer, datastore.mapping).length > 0;
  if (isHeld === (op === 'add')) return false;
  return item.rev === rev || isNewsTo(item, step.peer);
}

function giveUp({ datastore: { outgoing } }: DatastoreSync, { guid }: Outbound): void {
  delete outgoing.object;
  outgoing.begun = guid;
}

/**
 * Sends the next chunk of the open object. `ended`: that was the last one; nothing goes behind it in its message, so that
 * the client still knows it as its last item when the answer gets lost. False when the message ends inside of the object.
 */
export function continueLarge(sending: Sending): boolean | 'ended' {
  const { sync } = sending;
  const { step, datastore } = sync;
  const { object } = datastore.outgoing;
  if (object === undefined) return true;
  if (isAllSent(object)) {
    // The client goes on without a Status for it.
    delete datastore.outgoing.object;
    return true;
  }
  if (isUnanswered(object)) return false;
  const item = step.changes.itemAt(datastore.name, object.guid);
  const begun = item && contentAtRev(sync, item, object.rev);
  const text = item && begun && writtenText(sync, item, begun);
  if (step.facts.missing.size > 0) throw new Pending();
  if (item === undefined || text === undefined || digest(text.data) !== object.digest) {
    // The text is gone, or the client gets another form of it now.
    giveUp(sync, object);
    datastore.outgoing.failed.push({ guid: object.guid, why: 'error' });
    return true;
  }
  sendChunk(sending, object, text);
  if (!isAllSent(object)) return false;
  noteChanged(sync, item, object);
  return 'ended';
}

/**
 * If others changed the item before this resume, the next session tells it. SyncEvolution takes an item for deleted by
 * its user that came and was changed in one session (E68).
 */
function noteChanged({ datastore: { outgoing } }: DatastoreSync, item: Item, { guid, rev }: Outbound): void {
  if (item.rev !== rev && item.sequence <= (outgoing.snapshot ?? 0))
    outgoing.failed.push({ guid, why: 'error' });
}

/** The content whose sending was begun. If it was replaced since, it lies in a version row. */
function contentAtRev(sync: DatastoreSync, item: Item, rev: number): Content | undefined {
  const { step, datastore } = sync;
  if (item.rev === rev) return item.content;
  const { user } = step.session;
  const { guid } = item;
  return step.facts.must({ read: 'version', user, datastore: datastore.name, guid, rev })?.content;
}

/** Undefined if a part row of it is not read, or gone. */
export function writtenText(sync: DatastoreSync, { guid }: Item, content: Content): Text | undefined {
  const whole = sync.step.changes.wholeOf(sync.name, guid, content);
  if (whole === undefined) return undefined;
  const written = sync.device.written(whole, guid);
  return { type: written.type, data: dataOf(written) };
}

function sendChunk({ sync, reply, offer }: Sending, object: Outbound, { type, data }: Text): void {
  const { guid, rev, luid, op, sent } = object;
  const { outgoing } = sync.datastore;
  const bytes = Buffer.from(data, 'utf8');
  const name = luid ?? wireGuid(sync, guid);
  const piece = (end: number): Command => pieceOf(bytes, end, { type, name, object });
  const end = endOfChunk(bytes, sent, reply.room, (to) => reply.size(piece(to)) <= reply.room);
  const command = { op: end < bytes.length ? ('chunk' as const) : op, guid, ...(luid && { luid }) };
  if (end === sent || !offer(piece(end), command)) return;
  if (sent === 0 && end < bytes.length && mayIgnoreChunks(sync)) object.unsure = true;
  object.sent = end;
  delete object.resumed;
  if (isAllSent(object)) outgoing.last = { guid, rev };
}

/**
 * May the client ignore an object in chunks? Clients of libsynthesis keep the Status of their last item. In a resume
 * they give it once more for an object that comes first and in chunks (E67).
 */
const mayIgnoreChunks = ({ datastore: { outgoing, resume } }: DatastoreSync): boolean =>
  resume?.last !== undefined && outgoing.last === undefined;

interface Piece {
  readonly type: string;
  readonly name: string;
  readonly object: Outbound;
}

/**
 * The bytes that follow, up to `end`, as a command. The first piece has the Size of the object, all but the last have
 * MoreData. The first one after a resume says where it belongs.
 */
function pieceOf(bytes: Buffer, end: number, { type, name, object }: Piece): Command {
  const { op, sent, resumed } = object;
  const data = bytes.subarray(sent, end).toString('utf8');
  const command = itemCommand(op, {
    ...{ type, name, data },
    ...(sent === 0 && { size: bytes.length }),
    ...(resumed === true && { position: sent }),
  });
  const items = command.items.map((one) => ({ ...one, ...(end < bytes.length && { moreData: true }) }));
  return { ...command, items };
}

/**
 * The end of the longest chunk that fits. No chunk is cut in a UTF-8 sequence, or beside blanks, which clients trim
 * (L20).
 */
function endOfChunk(bytes: Uint8Array, offset: number, room: number, fits: (end: number) => boolean): number {
  if (bytes.length - offset <= room && fits(bytes.length)) return bytes.length;
  let low = offset;
  let high = Math.min(bytes.length, offset + room);
  while (high - low > 16) {
    const middle = (low + high) >> 1;
    if (fits(middle)) low = middle;
    else high = middle;
  }
  for (let end = low; end > Math.max(offset, low - 200); end -= 1) if (isGoodEdge(bytes, end)) return end;
  for (let end = low; end > offset; end -= 1) if (isCharacterStart(bytes, end)) return end;
  return offset;
}

const isCharacterStart = (bytes: Uint8Array, at: number): boolean => ((bytes[at] ?? 0) & 0xc0) !== 0x80;
const isGoodEdge = (bytes: Uint8Array, at: number): boolean =>
  isCharacterStart(bytes, at) && (bytes[at] ?? 0) > 0x20 && (bytes[at - 1] ?? 0) > 0x20;
