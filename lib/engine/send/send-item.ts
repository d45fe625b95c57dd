/** Sends one item to the client: as a Delete, in one piece, in chunks, or not now [SP11 5.2]. */
import type { Command } from '../../message/model.ts';
import type { DatastoreSync } from '../context/datastore-sync.ts';
import { noteDates } from '../context/date-lists.ts';
import { wireGuid } from '../context/temporary-guid.ts';
import type { Item } from '../model/records.ts';
import { traitsOf } from '../state/sync-kind.ts';
import type { SendDecision } from './candidates.ts';
import { isLarge, keepBack, type RefusedToSend, startLarge, writtenText } from './large-object.ts';
import { hasMemory, takeMemory } from './memory.ts';
import { itemCommand, type Outgoing, type Sending, sentAs } from './outgoing.ts';

type ToSend = Exclude<SendDecision, { op: 'skip' }>;
type ToAdd = Extract<ToSend, { op: 'add' }>;
type ToHolder = Exclude<ToSend, { op: 'add' }>;

/**
 * `full`: the item is sent, and nothing more fits this message. `later`: it was not sent and waits for the next
 * message.
 */
export type Done = true | 'full' | 'later';

export function sendItem(sending: Sending, decision: ToSend): Done {
  if (decision.op === 'delete') return sendToEach(sending, decision);
  const why = whyNotNow(sending.sync, decision);
  if (why !== undefined) {
    const { op, item } = decision;
    keepBack(sending.sync, { item, op, why });
    return true;
  }
  return decision.op === 'add' ? sendNew(sending, decision) : sendToEach(sending, decision);
}

function sendNew(sending: Sending, { item, again }: ToAdd): Done {
  const done = sendContent(sending, { item, op: 'add', luid: undefined, again });
  if (done !== 'later') takeMemory(sending.sync, item.content?.size ?? 0);
  return done;
}

/**
 * Sends the change to every copy that the client has of the item. If they do not all fit this message, the cursor keeps
 * which of them were told.
 */
function sendToEach(sending: Sending, { op, item, luids, again }: ToHolder): Done {
  const { sync } = sending;
  const { cursor } = sync.datastore.outgoing;
  const isAnew =
    op === 'replace' &&
    traitsOf(sync.datastore).isComplete &&
    sync.step.device.options.noReplaceInSlowSync === true;
  for (const [n, luid] of luids.entries()) {
    const isLast = n === luids.length - 1;
    const done =
      op === 'delete' || (isAnew && !isLast)
        ? sendDelete(sending, { item, luid })
        : isAnew
          ? sendAnew(sending, { item, luid })
          : sendContent(sending, { item, op: 'replace', luid, again });
    if (done === 'later' || (isLast && done === 'full')) return done;
    if (isLast) return true;
    const before = cursor.told?.guid === item.guid ? cursor.told.luids : [];
    cursor.told = { guid: item.guid, luids: [...before, luid] };
    if (done === 'full') return 'later';
  }
  return true;
}

function sendDelete({ offer }: Sending, { item, luid }: Omit<Outgoing, 'op'>): Done {
  const command: Command = { name: 'Delete', cmdId: '', items: [{ target: { uri: luid ?? '' } }] };
  return offer(command, sentAs({ item, op: 'delete', luid })) ? true : 'later';
}

/**
 * E16: deletes the device's copy and adds a new one. If the Add has to wait, the item has no LUID when its turn comes.
 */
function sendAnew(sending: Sending, { item, luid }: Omit<Outgoing, 'op'>): Done {
  if (sendDelete(sending, { item, luid }) === 'later') return 'later';
  return sendContent(sending, { item, op: 'add', luid: undefined });
}

function sendContent(sending: Sending, outgoing: Outgoing): Done {
  const { sync, reply, offer } = sending;
  const { item, op, luid } = outgoing;
  const { content } = item;
  const text = content && writtenText(sync, item, content);
  if (content === undefined || text === undefined) {
    // A part row is gone.
    sync.datastore.outgoing.failed.push({ guid: item.guid, why: 'error' });
    return true;
  }
  const { type, data } = text;
  // L13: another format may take more bytes than the stored one, such as quoted-printable, or the XML of Outlook.
  if (isTooLarge(sync, Buffer.byteLength(data))) {
    keepBack(sync, { item, op, why: 'too-large' });
    return true;
  }
  noteDates(sync, item);
  // Without Size and position the client would take the data for the rest of an object that was given up (S15).
  const isBegun = sync.datastore.outgoing.begun === item.guid;
  const command = itemCommand(op, {
    type,
    name: luid ?? wireGuid(sync, item.guid),
    data,
    ...(isBegun && { size: Buffer.byteLength(data), position: 0 }),
  });
  if (offer(command, sentAs(outgoing))) {
    noteSent(sync, item);
    if (!content.isWhole) sending.texts.noteSent(content.size, Buffer.byteLength(data));
    return true;
  }
  return isLarge(sync, reply, command) ? startLarge(sending, outgoing, text) : 'later';
}

/**
 * Notes what was sent last. The first item of a resume is told again in the next session if it was the last one of the
 * earlier session and is another by now: clients of libsynthesis look at its name only (E67).
 */
function noteSent({ datastore: { outgoing, resume } }: DatastoreSync, { guid, rev }: Item): void {
  const before = outgoing.last === undefined ? resume?.last : undefined;
  if (before?.guid === guid && before.rev !== rev) outgoing.failed.push({ guid, why: 'error' });
  outgoing.last = { guid, rev };
}

/** Why the client cannot take the item now (C35, L13, C38); undefined when it can. */
export function whyNotNow(sync: DatastoreSync, { op, item }: ToSend): RefusedToSend | undefined {
  const { datastore, device } = sync;
  if (item.content === undefined) return undefined;
  if (op === 'add' && datastore.outgoing.deviceFull === true) return 'client-error';
  if (op === 'add' && !hasMemory(datastore, item.content.size)) return 'no-memory';
  if (device.formatFor(item.content.type) === undefined) return 'type-not-accepted';
  return isTooLarge(sync, item.content.size) ? 'too-large' : undefined;
}

const isTooLarge = ({ device }: DatastoreSync, size: number): boolean =>
  device.maxObjSize !== undefined && size > device.maxObjSize;
