/** Large objects to the client, one open at a time [SP11 2.10, L12-L14, L17-L20]. */
import type { Command } from '../../message/model.ts';
import type { Content } from '../../pim/content.ts';
import { writtenFor } from '../device/formats.ts';
import { wireGuid } from '../device/temporary-guid.ts';
import { takesChunks } from '../device/visible.ts';
import { Pending } from '../io/facts.ts';
import type { DatastoreState } from '../model/datastore-state.ts';
import type { Luid } from '../model/ids.ts';
import { MIN_CHUNK } from '../model/limits.ts';
import type { Item } from '../model/records.ts';
import type { Outbound } from '../model/session-state.ts';
import type { Reply } from '../reply/reply.ts';
import type { Work } from '../work.ts';
import { dataOf, itemCommand, type Offer } from './outgoing.ts';

/** Too large for a message of its own, so it goes in chunks (L12); 200 bytes are for the Sync around it. */
export function isLarge(work: Work, reply: Reply, command: Command): boolean {
  if (reply.size(command) > reply.emptyRoom - 200) return true;
  // The first change of a message that holds hardly anything else: it would fit no later one either.
  return !reply.hasChanges && (takesChunks(work) || reply.room > reply.emptyRoom - 800);
}

export type RefusedToSend = 'type-not-accepted' | 'too-large' | 'client-error' | 'no-memory';

/**
 * The client cannot take the item. What it never had is looked for in the whole datastore when its view is another one
 * (visible.ts), or its memory was full; of what it has the newest content stays due.
 */
export function keepBack(
  work: Work,
  datastore: DatastoreState,
  item: Item,
  op: 'add' | 'replace',
  why: RefusedToSend,
): void {
  if (op === 'add' && (why === 'client-error' || why === 'no-memory')) datastore.outgoing.keptBack = true;
  if (op === 'replace') datastore.outgoing.failed.push({ guid: item.guid, why: 'error' });
  const told = work.events.find((event) => event.event === why && event.datastore === datastore.name);
  if (told?.items !== undefined) told.items += 1;
  else work.events.push({ event: why, datastore: datastore.name, items: 1 });
}

export function startLarge(
  work: Work,
  datastore: DatastoreState,
  reply: Reply,
  item: Item,
  op: 'add' | 'replace',
  luid: Luid | undefined,
  offer: Offer,
): true | 'full' | 'later' {
  if (!takesChunks(work)) {
    keepBack(work, datastore, item, op, 'too-large');
    return true;
  }
  if (reply.room < MIN_CHUNK) return 'later';
  const outbound: Outbound = {
    d: work.state.datastores.indexOf(datastore),
    guid: item.guid,
    rev: item.rev,
    op,
    ...(luid !== undefined && { luid }),
    offset: 0,
  };
  work.state.outbound = outbound;
  sendChunk(work, datastore, reply, item, outbound, offer);
  return 'full';
}

/** The next chunk of the open object; false when the message ends with it. */
export function continueLarge(work: Work, datastore: DatastoreState, reply: Reply, offer: Offer): boolean {
  const { outbound } = work.state;
  if (outbound === undefined) return true;
  if (outbound.accepted !== true) return false; // the client has not answered the last chunk yet
  const item = work.changes.itemAt(datastore.name, outbound.guid);
  if (item === undefined) throw new Pending();
  if (item.rev !== outbound.rev && item.sequence <= (datastore.outgoing.snapshot ?? 0)) {
    // Changed before this session resumed it: the log tells what it is now, or that it is gone.
    delete work.state.outbound;
    return true;
  }
  return sendChunk(work, datastore, reply, item, outbound, offer);
}

/** The content at the rev that was begun: it may have been replaced meanwhile, then it lies in a version row. */
function contentAtRev(work: Work, datastore: DatastoreState, item: Item, rev: number): Content | undefined {
  if (item.rev === rev) return item.content;
  const { user } = work.state;
  const { guid } = item;
  return work.facts.must({ read: 'version', user, datastore: datastore.name, guid, rev })?.content;
}

function sendChunk(
  work: Work,
  datastore: DatastoreState,
  reply: Reply,
  item: Item,
  outbound: Outbound,
  offer: Offer,
): boolean {
  const begun = contentAtRev(work, datastore, item, outbound.rev);
  const content = begun && work.changes.wholeOf(datastore.name, item.guid, begun);
  if (work.facts.missing.size > 0) throw new Pending();
  if (content === undefined) {
    // The version is gone: the client drops the open object when the next one begins.
    delete work.state.outbound;
    datastore.outgoing.failed.push({ guid: item.guid, why: 'error' });
    return true;
  }
  const written = writtenFor(work, datastore, content);
  const bytes = Buffer.from(dataOf(written), 'utf8');
  const { offset, op, luid, guid } = outbound;
  const piece = (end: number): Command => {
    const last = end >= bytes.length;
    const name = luid ?? wireGuid(work, datastore, guid);
    const command = itemCommand(op, written.type, name, bytes.subarray(offset, end).toString('utf8'));
    const meta = { ...command.meta, ...(offset === 0 && { size: bytes.length }) };
    const items = command.items.map((one) => ({ ...one, ...(!last && { moreData: true }) }));
    return { ...command, meta, items };
  };
  const end = endOfChunk(bytes, offset, reply.room, (to) => reply.size(piece(to)) <= reply.room);
  const last = end >= bytes.length;
  const sent = { guid, ...(luid !== undefined && { luid }) };
  if (end === offset || !offer(piece(end), { op: last ? op : 'chunk', ...sent })) return false;
  if (last) delete work.state.outbound;
  else {
    outbound.offset = end;
    delete outbound.accepted;
  }
  return last;
}

/** Greatest end that fits, not inside a UTF-8 sequence, and not beside white space, which clients trim (L20). */
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
