/** Sends large objects to the client, one at a time [SP11 2.10, L12-L14, L17-L20]. */

import type { Command } from '../../message/model.ts';
import type { Content } from '../../pim/content.ts';
import type { DatastoreSync } from '../context/datastore-sync.ts';
import { wireGuid } from '../context/temporary-guid.ts';
import { Pending } from '../io/facts.ts';
import { MIN_CHUNK } from '../model/limits.ts';
import type { Item } from '../model/records.ts';
import type { Outbound } from '../model/session-state.ts';
import type { Reply } from '../reply/reply.ts';
import { dataOf, itemCommand, type Outgoing, type Sending } from './outgoing.ts';

/** Is the command too large for one message, so that it needs chunks (L12)? 200 bytes are for the Sync around it. */
export function isLarge({ device }: DatastoreSync, reply: Reply, command: Command): boolean {
  if (reply.size(command) > reply.emptyRoom - 200) return true;
  // It does not fit as the first change of a message with little else in it: a later message would have no more room.
  return !reply.hasChanges && (device.takesChunks || reply.room > reply.emptyRoom - 800);
}

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

export function startLarge(sending: Sending, { item, op, luid }: Outgoing): true | 'full' | 'later' {
  const { sync, reply } = sending;
  if (!sync.device.takesChunks) {
    keepBack(sync, { item, op, why: 'too-large' });
    return true;
  }
  if (reply.room < MIN_CHUNK) return 'later';
  const outbound: Outbound = {
    d: sync.position,
    guid: item.guid,
    rev: item.rev,
    op,
    ...(luid !== undefined && { luid }),
    offset: 0,
  };
  sync.step.session.outbound = outbound;
  sendChunk(sending, item, outbound);
  return 'full';
}

/** Sends the next chunk of the open object. False when the message ends with it. */
export function continueLarge(sending: Sending): boolean {
  const { step, datastore } = sending.sync;
  const { outbound } = step.session;
  if (outbound === undefined) return true;
  if (outbound.accepted !== true) return false; // the client has not answered the last chunk yet
  const item = step.changes.itemAt(datastore.name, outbound.guid);
  if (item === undefined) throw new Pending();
  if (item.rev !== outbound.rev && item.sequence <= (datastore.outgoing.snapshot ?? 0)) {
    // The item changed before this session resumed its sending. The log names it, so it is sent as it is now.
    delete step.session.outbound;
    return true;
  }
  return sendChunk(sending, item, outbound);
}

/** The content whose sending was begun. If it was replaced since, it lies in a version row. */
function contentAtRev(sync: DatastoreSync, item: Item, rev: number): Content | undefined {
  const { step, datastore } = sync;
  if (item.rev === rev) return item.content;
  const { user } = step.session;
  const { guid } = item;
  return step.facts.must({ read: 'version', user, datastore: datastore.name, guid, rev })?.content;
}

function sendChunk(sending: Sending, item: Item, outbound: Outbound): boolean {
  const { sync, reply, offer } = sending;
  const { step, datastore } = sync;
  const begun = contentAtRev(sync, item, outbound.rev);
  const content = begun && step.changes.wholeOf(datastore.name, item.guid, begun);
  if (step.facts.missing.size > 0) throw new Pending();
  if (content === undefined) {
    // The version row is gone. The client drops the open object when the next object begins.
    delete step.session.outbound;
    datastore.outgoing.failed.push({ guid: item.guid, why: 'error' });
    return true;
  }
  const written = sync.device.written(content);
  const { type } = written;
  const bytes = Buffer.from(dataOf(written), 'utf8');
  const name = outbound.luid ?? wireGuid(sync, outbound.guid);
  const piece = (end: number): Command => pieceOf(bytes, end, { type, name, outbound });
  const { offset } = outbound;
  const end = endOfChunk(bytes, offset, reply.room, (to) => reply.size(piece(to)) <= reply.room);
  const last = end >= bytes.length;
  const { guid, luid } = outbound;
  const sent = { op: last ? outbound.op : ('chunk' as const), guid, ...(luid !== undefined && { luid }) };
  if (end === offset || !offer(piece(end), sent)) return false;
  if (last) delete step.session.outbound;
  else {
    outbound.offset = end;
    delete outbound.accepted;
  }
  return last;
}

interface Piece {
  readonly type: string;
  readonly name: string;
  readonly outbound: Outbound;
}

/**
 * The bytes from the offset to `end` as a command. The first piece has the Size of the object, all but the last have
 * MoreData.
 */
function pieceOf(bytes: Buffer, end: number, { type, name, outbound }: Piece): Command {
  const { op, offset } = outbound;
  const data = bytes.subarray(offset, end).toString('utf8');
  const command = itemCommand(op, { type, name, data, ...(offset === 0 && { size: bytes.length }) });
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
