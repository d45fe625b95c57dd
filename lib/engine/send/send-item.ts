/** Sends one item to the client: as a Delete, in one piece, in chunks, or not now [SP11 5.2]. */
import type { Command } from '../../message/model.ts';
import type { DatastoreSync } from '../context/datastore-sync.ts';
import { noteDates } from '../context/date-lists.ts';
import { wireGuid } from '../context/temporary-guid.ts';
import type { Luid } from '../model/ids.ts';
import type { Item } from '../model/records.ts';
import { traitsOf } from '../state/sync-kind.ts';
import type { SendDecision, ToHolder } from './candidates.ts';
import {
  isLarge,
  keepBack,
  mayNeverFit,
  type RefusedToSend,
  startLarge,
  writtenText,
} from './large-object.ts';
import { hasMemory, takeMemory } from './memory.ts';
import { itemCommand, type Outgoing, type Sending, sentAs, type Text } from './outgoing.ts';

type ToSend = Exclude<SendDecision, { op: 'skip' }>;
type WithText = Exclude<ToSend, { op: 'delete' }>;

/**
 * `full`: the item is sent, and nothing more fits this message. `later`: it was not sent and waits for the next
 * message.
 */
export type Done = true | 'full' | 'later';
/** `kept back`: the client cannot take the item, and nothing of it was sent. */
type Outcome = Done | 'kept back';

/** Whether the client can take an item is known before it is sent anything of it: its only copy may be deleted first. */
export function sendItem(sending: Sending, decision: ToSend): Done {
  if (decision.op === 'delete')
    return sendToEach(sending, decision, (luid) => sendDelete(sending, decision.item, luid));
  const text = textToSend(sending, decision);
  if (text === undefined) return true;
  const { item, op, again } = decision;
  if (op === 'add') return sendNew(sending, { item, op, luid: undefined, again, text });
  if (!isSentAnew(sending, decision))
    return sendToEach(sending, decision, (luid) => sendContent(sending, { item, op, luid, again, text }));
  return sendToEach(sending, decision, (luid, isLast) =>
    isLast ? sendAnew(sending, { item, luid, text }) : sendDelete(sending, item, luid),
  );
}

/** The text that the client gets; undefined if it cannot get the item now, which is noted. */
function textToSend(sending: Sending, decision: WithText): Text | undefined {
  const { sync } = sending;
  const { item, op } = decision;
  const known = whyNotNow(sync, decision);
  const text = known === undefined && item.content ? writtenText(sync, item, item.content) : undefined;
  const why = known ?? (text && whyNotAsWritten(sending, decision, text));
  if (why !== undefined) {
    keepBack(sync, { item, op, why });
    return undefined;
  }
  // A part row is gone.
  if (text === undefined) sync.datastore.outgoing.failed.push({ guid: item.guid, why: 'error' });
  return text;
}

function sendNew(sending: Sending, outgoing: Outgoing): Done {
  const done = sendContent(sending, outgoing);
  if (done === 'kept back') return true;
  if (done !== 'later') takeMemory(sending.sync, Buffer.byteLength(outgoing.text.data));
  return done;
}

/**
 * Tells each copy that the client has of the item. If they do not all fit this message, the cursor keeps which of them
 * were told.
 */
function sendToEach(
  { sync }: Sending,
  { item, luids }: ToHolder,
  tell: (luid: Luid, isLast: boolean) => Outcome,
): Done {
  const { cursor } = sync.datastore.outgoing;
  for (const [n, luid] of luids.entries()) {
    const isLast = n === luids.length - 1;
    const done = tell(luid, isLast);
    if (done === 'kept back') return true;
    if (done === 'later' || (isLast && done === 'full')) return done;
    if (isLast) return true;
    const before = cursor.told?.guid === item.guid ? cursor.told.luids : [];
    cursor.told = { guid: item.guid, luids: [...before, luid] };
    if (done === 'full') return 'later';
  }
  return true;
}

/** E16: does the client get a changed item as a Delete and an Add? */
const isSentAnew = ({ sync }: Sending, { op }: WithText): boolean =>
  op === 'replace' &&
  traitsOf(sync.datastore).isComplete &&
  sync.step.device.options.noReplaceInSlowSync === true;

function sendDelete({ offer }: Sending, item: Item, luid: Luid): Done {
  const command: Command = { name: 'Delete', cmdId: '', items: [{ target: { uri: luid } }] };
  return offer(command, sentAs({ item, op: 'delete', luid })) ? true : 'later';
}

/**
 * E16: deletes the device's copy and adds a new one. If the Add has to wait, the item has no LUID when its turn comes.
 */
function sendAnew(
  sending: Sending,
  { item, luid, text }: Pick<Outgoing, 'item' | 'text'> & { luid: Luid },
): Outcome {
  if (sendDelete(sending, item, luid) === 'later') return 'later';
  return sendContent(sending, { item, op: 'add', luid: undefined, text });
}

function sendContent(sending: Sending, outgoing: Outgoing): Outcome {
  const { sync, reply, offer } = sending;
  const { item, text } = outgoing;
  noteDates(sync, item);
  const command = commandFor(sync, outgoing);
  if (offer(command, sentAs(outgoing))) {
    noteSent(sync, item);
    if (item.content?.isWhole === false)
      sending.texts.noteSent(item.content.size, Buffer.byteLength(text.data));
    return true;
  }
  return isLarge(sync, reply, command) ? startLarge(sending, outgoing) : 'later';
}

function commandFor(sync: DatastoreSync, { item, op, luid, text: { type, data } }: Outgoing): Command {
  // Without Size and position the client would take the data for the rest of an object that was given up (S15).
  const isBegun = sync.datastore.outgoing.begun === item.guid;
  return itemCommand(op, {
    ...{ type, name: luid ?? wireGuid(sync, item.guid), data },
    ...(isBegun && { size: Buffer.byteLength(data), position: 0 }),
  });
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

/**
 * Why the client cannot take the item now (C35, C38), as far as that is known before it is written; undefined when there
 * is no reason. `size`: bytes of the item as it is written.
 */
export function whyNotNow(sync: DatastoreSync, { op, item }: ToSend, size = 0): RefusedToSend | undefined {
  const { datastore, device } = sync;
  if (item.content === undefined) return undefined;
  if (op === 'add' && datastore.outgoing.deviceFull === true) return 'client-error';
  if (op === 'add' && !hasMemory(datastore, size)) return 'no-memory';
  return device.formatFor(item.content.type) === undefined ? 'type-not-accepted' : undefined;
}

/**
 * Why the client cannot take this text (L13). What counts is its size, and not that of the stored item: another format
 * may take more bytes, such as quoted-printable, or the XML of Outlook; without a photo it takes less.
 */
function whyNotAsWritten(sending: Sending, decision: WithText, text: Text): RefusedToSend | undefined {
  const { sync, reply } = sending;
  const { item } = decision;
  const size = Buffer.byteLength(text.data);
  if (isTooLarge(sync, size)) return 'too-large';
  const isUnsafe =
    isSentAnew(sending, decision) &&
    mayNeverFit(sync, reply, commandFor(sync, { item, op: 'add', luid: undefined, text }));
  return isUnsafe ? 'too-large' : whyNotNow(sync, decision, size);
}

const isTooLarge = ({ device }: DatastoreSync, size: number): boolean =>
  device.maxObjSize !== undefined && size > device.maxObjSize;

/** No form of an item is longer than so many times the stored one, and so many bytes beside it. */
const MOST_GROWTH = 10;
const MOST_FRAME = 10_000;

/** Is an item too large for the client as it is written (L13)? Undefined where its text would have to be read for that. */
export function isTooLargeAsWritten(sync: DatastoreSync, item: Item): boolean | undefined {
  const { content } = item;
  if (content === undefined || !isTooLarge(sync, content.size * MOST_GROWTH + MOST_FRAME)) return false;
  const text = content.isWhole ? writtenText(sync, item, content) : undefined;
  return text && isTooLarge(sync, Buffer.byteLength(text.data));
}
