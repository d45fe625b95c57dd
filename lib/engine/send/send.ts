/**
 * Package #4: `fill` puts into a reply what the client must be told, as much as there is room for [SP11 5.2, 2.9].
 * candidates.ts finds the items and decides what the client is told of each, send-item.ts makes the command.
 */

import type { Command, Sync } from '../../message/model.ts';
import type { PlannedTransactions } from '../changes/transactions.ts';
import { type DatastoreSync, syncsOf } from '../context/datastore-sync.ts';
import type { StepContext } from '../context/step-context.ts';
import { Pending } from '../io/facts.ts';
import {
  FIRST_PAGE_ITEMS,
  FIRST_READ_AHEAD,
  MAX_OBJ_SIZE,
  MAX_OUTSTANDING,
  MAX_READ_AHEADS,
  MESSAGE_TEXTS,
  READ_AHEAD_BYTES,
} from '../model/limits.ts';
import { WALK_BEGIN } from '../model/records.ts';
import type { Sent } from '../model/session-state.ts';
import type { Reply } from '../reply/reply.ts';
import { getsChanges, isBegun, note } from '../state/datastore-progress.ts';
import { traitsOf } from '../state/sync-kind.ts';
import { advance, type Candidate, candidateAt, decisionFor, placeOf, walksInventory } from './candidates.ts';
import { continueLarge, dropObsolete } from './large-object.ts';
import type { Sending } from './outgoing.ts';
import { isTooLargeAsWritten, sendItem, whyNotNow } from './send-item.ts';
import { TextBudget } from './text-budget.ts';
import { askText, mustWait, noteText, readTexts, textBytes } from './texts.ts';

const sendingSyncs = (step: StepContext): DatastoreSync[] =>
  syncsOf(step).filter(({ datastore }) => getsChanges(datastore));

/** Fixes the log position up to which this session tells the client of changes (Y17). */
export function takeSnapshot(step: StepContext, planned: PlannedTransactions): void {
  for (const sync of sendingSyncs(step)) {
    const { outgoing, name } = sync.datastore;
    if (outgoing.snapshot !== undefined) continue;
    noteSyncSet(sync);
    outgoing.snapshot = planned.heads.get(name)?.sequence ?? sync.head?.sequence ?? 0;
    // Asks for the first items in this run, so that the next run can go on from them.
    if (walksInventory(sync.datastore)) sync.itemBehind(WALK_BEGIN);
  }
}

/**
 * Decides whether the whole datastore is looked at (F14). It is when the sync set is chosen by something else than last
 * time, because then items enter or leave it that nobody changed; and when the device can hold more of its items, or
 * gets them in a new form; and when its lists of dates come to their end.
 */
function noteSyncSet({ datastore, device, anchor }: DatastoreSync): void {
  const { syncSet } = device;
  const before = datastore.outgoing.syncSet ?? anchor?.syncSet;
  const isOther = syncSet !== before || device.hasUnseen || device.hasNewForm;
  if (isOther || device.dateWindow.isDue) {
    datastore.outgoing.walks = true;
    delete datastore.resume?.behind;
  }
  datastore.outgoing.syncSet = syncSet;
}

/** Adds as much of package #4 as fits; true when all of it is sent. */
export function fill(step: StepContext, planned: PlannedTransactions, reply: Reply): boolean {
  if (step.environment.hurry === true) return false;
  const syncs = sendingSyncs(step);
  if (Object.keys(step.session.sent).length > MAX_OUTSTANDING) {
    for (const { datastore } of syncs)
      if (datastore.outgoing.cursor.list !== 'end') datastore.anchors.stay = true;
    return true;
  }
  const texts = new TextBudget();
  const lists = syncs.map((sync): Listing => {
    const { lastCount } = sync.datastore.outgoing;
    return { sync, planned, room: reply.room, texts, lastCount };
  });
  for (const list of lists) readAhead(list);
  if (step.facts.missing.size > 0) throw new Pending();
  return lists.every((list) => fillDatastore(list, reply));
}

/** A datastore whose changes are sent; `room`: bytes that the reply has left for them. */
interface Listing {
  readonly sync: DatastoreSync;
  readonly planned: PlannedTransactions;
  readonly room: number;
  readonly texts: TextBudget;
  /** How many items the last message looked at. */
  readonly lastCount: number | undefined;
}

/**
 * How many candidates are read at once: about as many as the last message looked at. A run with missing facts is thrown
 * away. It reads more items ahead, because the next run may link some of them.
 */
function aheadOf({ sync, room, lastCount = FIRST_READ_AHEAD }: Listing): number {
  const further = sync.step.facts.missing.size > 0 ? 3 : 1;
  return Math.max(20, Math.min(Math.ceil(room / READ_AHEAD_BYTES), 2 * lastCount) * further);
}

/**
 * Asks for the items of the next candidates at once, about as many as the message has room for. `all`: there are no
 * candidates after those found.
 */
function readAhead(list: Listing): { found: Candidate[]; all: boolean } {
  const { sync, planned } = list;
  const { step, datastore } = sync;
  const cursor = { ...datastore.outgoing.cursor };
  const found: Candidate[] = [];
  const ahead = aheadOf(list);
  let { room } = list;
  // At first some items are looked at in any case, so that the number of changes can be told; later as many as last time.
  const { lastCount: least = FIRST_PAGE_ITEMS } = list;
  while (found.length < ahead && (room > -list.room || found.length < least)) {
    const candidate = candidateAt(sync, planned, cursor);
    if (candidate === undefined) return { found, all: true };
    if (candidate === 'pending' || candidate === 'later') break;
    const item = step.changes.itemAt(datastore.name, candidate.guid);
    room -= item?.content?.size ?? 0;
    found.push(candidate);
    advance(cursor, candidate);
  }
  return { found, all: false };
}

function fillDatastore(list: Listing, reply: Reply): boolean {
  const { sync, planned, texts } = list;
  const { datastore } = sync;
  const { cursor } = datastore.outgoing;
  const ahead = aheadOf(list);
  dropObsolete(sync);
  if (cursor.list === 'end' && isBegun(datastore) && datastore.outgoing.object === undefined) return true;
  const open = reply.open(openSync(list));
  if (open === undefined) return false;
  note(datastore, 'opened');
  const d = sync.position;
  const offer = (command: Command, sent: Omit<Sent, 'd'>) => reply.offerInside(open, command, { d, ...sent });
  const opened: Sending = { sync, reply, offer, texts };
  const isThrough = continueLarge(opened);
  if (!isThrough) return false;
  const sending = { ...opened, isClosed: isThrough === 'ended' };
  const walkedNow = () => (cursor.list === 'inventory' ? sync.walkedTo(placeOf(cursor)) : 0);
  // A message looks at a limited number of items, sent or not. The cursor goes on in the next message.
  for (let looked = 0; looked < MAX_READ_AHEADS * ahead; looked += 1) {
    const candidate = candidateAt(sync, planned, cursor);
    if (candidate === 'pending') throw new Pending();
    if (candidate === 'later') {
      datastore.outgoing.lastCount = Math.max(looked, walkedNow());
      return false;
    }
    if (candidate === undefined) return true;
    const done = sendCandidate(list, sending, candidate);
    if (done !== 'later') advance(cursor, candidate);
    datastore.outgoing.lastCount = Math.max(looked + 1, walkedNow());
    if (done === 'later' || done === 'full') return false;
  }
  return false;
}

function sendCandidate(list: Listing, sending: Sending, candidate: Candidate): true | 'full' | 'later' {
  const { step, datastore } = list.sync;
  const item = step.changes.itemAt(datastore.name, candidate.guid);
  if (step.facts.missing.size > 0) {
    readAhead(list);
    throw new Pending();
  }
  if (item === undefined) return true;
  if (mustWait(sending, item)) return 'later';
  const decision = decisionFor(list.sync, candidate);
  // The next session tells it: an item that came in this one is not changed once more.
  if (datastore.outgoing.failed.some(({ guid }) => guid === item.guid)) return true;
  if (sending.isClosed === true && decision.op !== 'skip') return 'later';
  const asked = askText(sending, decision);
  if (step.facts.missing.size > 0) {
    readTexts(sending, readAhead(list).found);
    throw new Pending();
  }
  noteText(sending, item);
  if (asked === 'later') return 'later';
  return decision.op === 'skip' || sendItem(sending, decision);
}

/** The Sync of one datastore, with NumberOfChanges if the client wants it and the number is exact (D21, E55). */
function openSync(list: Listing): Sync {
  const { step, datastore } = list.sync;
  const wanted =
    step.device.devInf?.supportNumberOfChanges === true &&
    step.session.version !== '1.0' &&
    datastore.client.memory === undefined;
  const count = wanted && !isBegun(datastore) ? countChanges(list) : undefined;
  return {
    name: 'Sync',
    cmdId: '',
    target: { uri: datastore.uris.client },
    source: { uri: datastore.uris.server },
    ...(count !== undefined && { numberOfChanges: count }),
    commands: [],
  };
}

/**
 * The number of changes; undefined unless they are all read ahead, or are just all items of the datastore.
 */
function countChanges(list: Listing): number | undefined {
  const { sync } = list;
  const { found, all } = readAhead(list);
  if (sync.step.facts.missing.size > 0 || textBytes(sync, found) > MESSAGE_TEXTS) return undefined;
  const told = found.map((candidate) => countCommands(sync, candidate));
  if (told.some((one) => one === undefined)) return undefined;
  if (all)
    return told.reduce<number>(
      (sum, one = 0) => sum + one,
      sync.datastore.outgoing.object === undefined ? 0 : 1,
    );
  if (told.some((one) => one !== 1) || !isEverything(sync)) return undefined;
  return sync.head?.live;
}

/** How many commands tell the client of a candidate; undefined where its text would have to be read to know it. */
function countCommands(sync: DatastoreSync, candidate: Candidate): number | undefined {
  const decision = decisionFor(sync, candidate);
  if (decision.op === 'skip' || whyNotNow(sync, decision) !== undefined) return 0;
  if (decision.op === 'delete') return decision.luids.length;
  const isTooLarge = isTooLargeAsWritten(sync, decision.item);
  if (isTooLarge === undefined) return undefined;
  if (isTooLarge) return 0;
  return decision.op === 'add' ? 1 : decision.luids.length;
}

/** Are all items of the datastore, and nothing else, the changes for the client? */
function isEverything({ datastore, device }: DatastoreSync): boolean {
  if ((device.maxObjSize ?? MAX_OBJ_SIZE) < MAX_OBJ_SIZE) return false; // some may be too large
  const { began, client, resume, outgoing, incoming } = datastore;
  const { isComplete } = traitsOf(datastore);
  if (client.filter !== undefined || resume?.behind !== undefined || !isComplete) return false;
  return incoming.named !== true && outgoing.snapshot === began && outgoing.resend.length === 0;
}
