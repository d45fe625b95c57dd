/** Package #4: filling messages with what the client must be told [SP11 5.2, 2.9]. */

import type { Command, Sync } from '../../message/model.ts';
import type { PlannedTransactions } from '../changes/transactions.ts';
import { formatFor, isAnother, writtenFor } from '../device/formats.ts';
import { newlyListed } from '../device/listed.ts';
import { optionsOf } from '../device/rules.ts';
import { wireGuid } from '../device/temporary-guid.ts';
import { maxObjSize, viewOf } from '../device/visible.ts';
import { Pending } from '../io/facts.ts';
import type { DatastoreState } from '../model/datastore-state.ts';
import { luid as asLuid, type Luid } from '../model/ids.ts';
import { MAX_OUTSTANDING, MAX_READ_AHEADS, READ_AHEAD_BYTES } from '../model/limits.ts';
import type { Item } from '../model/records.ts';
import type { Sent } from '../model/session-state.ts';
import type { Reply } from '../reply/reply.ts';
import { getsChanges, isBegun, note } from '../state/datastore-progress.ts';
import { traitsOf } from '../state/sync-kind.ts';
import { anchorOf, headOf, indexOf, type Work } from '../work.ts';
import {
  advance,
  type Candidate,
  candidateAt,
  decisionFor,
  type SendDecision,
  walksInventory,
} from './candidates.ts';
import { continueLarge, isLarge, keepBack, type RefusedToSend, startLarge } from './large-object.ts';
import { hasMemory, takeMemory } from './memory.ts';
import { dataOf, itemCommand, type Offer } from './outgoing.ts';

const sendingDatastores = (work: Work): DatastoreState[] => work.state.datastores.filter(getsChanges);

/** Fixes what this session tells: everything up to here, nothing later (Y17). */
export function takeSnapshot(work: Work, planned: PlannedTransactions): void {
  for (const datastore of sendingDatastores(work)) {
    if (datastore.outgoing.snapshot !== undefined) continue;
    noteView(work, datastore);
    const head = headOf(work, datastore.name);
    datastore.outgoing.snapshot = planned.heads.get(datastore.name)?.sequence ?? head?.sequence ?? 0;
    if (walksInventory(datastore)) indexOf(work, datastore);
  }
}

/**
 * Another view than last time lets items in and out that nobody changed, and a longer list of properties wants items
 * again: the whole datastore is looked at (F14).
 */
function noteView(work: Work, datastore: DatastoreState): void {
  const view = viewOf(work, datastore);
  const seen = datastore.outgoing.view ?? anchorOf(work, datastore.name)?.view;
  if (view !== seen || newlyListed(work, datastore).size > 0 || isAnother(work, datastore)) {
    datastore.outgoing.walks = true;
    delete datastore.resume?.behind;
  }
  datastore.outgoing.view = view;
}

/** Adds as much of package #4 as fits; true when all of it is sent. */
export function fill(work: Work, planned: PlannedTransactions, reply: Reply): boolean {
  if (work.fresh.hurry === true) return false;
  // A run that lacks facts of the client's items is thrown away: what it does not link, the next one may.
  const further = work.facts.missing.size > 0 ? 3 : 1;
  const ahead = Math.max(20, Math.ceil(reply.room / READ_AHEAD_BYTES)) * further;
  const datastores = sendingDatastores(work);
  if (Object.keys(work.state.sent).length > MAX_OUTSTANDING) {
    for (const datastore of datastores)
      if (datastore.outgoing.cursor.list !== 'end') datastore.anchors.stay = true;
    return true;
  }
  for (const datastore of datastores) readAhead(work, planned, datastore, ahead);
  if (work.facts.missing.size > 0) throw new Pending();
  return datastores.every((datastore) => fillDatastore(work, planned, reply, datastore, ahead));
}

/** Asks for the next items at once; they are decided on when they are known. `all`: there are no more. */
function readAhead(
  work: Work,
  planned: PlannedTransactions,
  datastore: DatastoreState,
  count: number,
): { found: Candidate[]; all: boolean } {
  const cursor = { ...datastore.outgoing.cursor };
  const found: Candidate[] = [];
  while (found.length < count) {
    const candidate = candidateAt(work, planned, datastore, cursor);
    if (candidate === undefined) return { found, all: true };
    if (candidate === 'pending' || candidate === 'later') break;
    work.changes.itemAt(datastore.name, candidate.guid);
    found.push(candidate);
    advance(cursor);
  }
  return { found, all: false };
}

function fillDatastore(
  work: Work,
  planned: PlannedTransactions,
  reply: Reply,
  datastore: DatastoreState,
  ahead: number,
): boolean {
  if (datastore.outgoing.cursor.list === 'end' && isBegun(datastore)) return true;
  const sync = openSync(work, planned, datastore, ahead);
  const open = reply.open(sync);
  if (open === undefined) return false;
  note(datastore, 'opened');
  const d = work.state.datastores.indexOf(datastore);
  const offer = (command: Command, sent: Omit<Sent, 'd'>) => reply.offerInside(open, command, { d, ...sent });
  if (work.state.outbound?.d === d && !continueLarge(work, datastore, reply, offer)) return false;
  // A message looks at a bounded number of items, sent or not; the cursor goes on in the next one.
  for (let looked = 0; looked < MAX_READ_AHEADS * ahead; looked += 1) {
    const candidate = candidateAt(work, planned, datastore, datastore.outgoing.cursor);
    if (candidate === 'pending') throw new Pending();
    if (candidate === 'later') return false;
    if (candidate === undefined) return true;
    work.changes.itemAt(datastore.name, candidate.guid);
    if (work.facts.missing.size > 0) {
      readAhead(work, planned, datastore, ahead);
      throw new Pending();
    }
    const decision = decisionFor(work, datastore, candidate);
    if (work.facts.missing.size > 0) throw new Pending();
    const done = decision.op === 'skip' || sendItem(work, datastore, reply, decision, offer);
    if (done !== 'later') advance(datastore.outgoing.cursor);
    if (done === 'later' || done === 'full') return false;
  }
  return false;
}

/** The Sync of one datastore, with NumberOfChanges when that is asked for and can be told exactly (D21, E55). */
function openSync(work: Work, planned: PlannedTransactions, datastore: DatastoreState, ahead: number): Sync {
  const { uris } = datastore;
  const wanted =
    work.device?.devInf?.supportNumberOfChanges === true &&
    work.state.version !== '1.0' &&
    datastore.client.memory === undefined;
  const count = wanted && !isBegun(datastore) ? countChanges(work, planned, datastore, ahead) : undefined;
  return {
    name: 'Sync',
    cmdId: '',
    target: { uri: uris.client },
    source: { uri: uris.server },
    ...(count !== undefined && { numberOfChanges: count }),
    commands: [],
  };
}

/** Exact while the changes are few enough to have been read, or are the plain rest of an inventory. */
function countChanges(
  work: Work,
  planned: PlannedTransactions,
  datastore: DatastoreState,
  ahead: number,
): number | undefined {
  const { found, all } = readAhead(work, planned, datastore, ahead);
  if (work.facts.missing.size > 0) return undefined;
  const told = found.filter((candidate) => {
    const decision = decisionFor(work, datastore, candidate);
    return decision.op !== 'skip' && refusal(work, datastore, decision) === undefined;
  });
  if (all) return told.length;
  const { index, client, resume, outgoing, own } = datastore;
  const { snapshot, resend } = outgoing;
  if (client.filter !== undefined || resume?.behind !== undefined || !traitsOf(datastore).isComplete)
    return undefined;
  const quiet =
    index !== undefined &&
    (snapshot === index.sequence || (own.run?.from === index.sequence + 1 && own.run.to === snapshot));
  if (!quiet || resend.length > 0 || told.length !== found.length) return undefined;
  const matches = indexOf(work, datastore);
  return matches?.entries.reduce((n, _, at) => (matches.isMatched(at) ? n : n + 1), 0);
}

/** `full`: sent, and nothing more fits this message; `later`: not sent, it waits for the next message. */
function sendItem(
  work: Work,
  datastore: DatastoreState,
  reply: Reply,
  decision: Exclude<SendDecision, { op: 'skip' }>,
  offer: Offer,
): true | 'full' | 'later' {
  const { op, item } = decision;
  const luid = decision.luid === undefined ? undefined : asLuid(decision.luid);
  const sent = { op, guid: item.guid, ...(luid !== undefined && { luid }) };
  if (op === 'delete') {
    const command: Command = { name: 'Delete', cmdId: '', items: [{ target: { uri: luid ?? '' } }] };
    return offer(command, sent) ? true : 'later';
  }
  const why = refusal(work, datastore, decision);
  if (why !== undefined) {
    keepBack(work, datastore, item, op, why);
    return true;
  }
  if (op === 'replace' && traitsOf(datastore).isComplete && optionsOf(work).noReplaceInSlowSync === true)
    return sendAnew(work, datastore, reply, item, luid, offer);
  const done = sendContent(work, datastore, reply, item, op, luid, offer);
  if (op === 'add' && done !== 'later') takeMemory(work, datastore, item.content?.size ?? 0);
  return done;
}

/** E16: the device loses its copy and gets a new one. When the Add has to wait, the item is without a LUID by then. */
function sendAnew(
  work: Work,
  datastore: DatastoreState,
  reply: Reply,
  item: Item,
  luid: Luid | undefined,
  offer: Offer,
): true | 'full' | 'later' {
  const remove: Command = { name: 'Delete', cmdId: '', items: [{ target: { uri: luid ?? '' } }] };
  if (!offer(remove, { op: 'delete', guid: item.guid, ...(luid !== undefined && { luid }) })) return 'later';
  return sendContent(work, datastore, reply, item, 'add', undefined, offer);
}

function sendContent(
  work: Work,
  datastore: DatastoreState,
  reply: Reply,
  item: Item,
  op: 'add' | 'replace',
  luid: Luid | undefined,
  offer: Offer,
): true | 'full' | 'later' {
  if (item.content?.isWhole !== true) return startLarge(work, datastore, reply, item, op, luid, offer);
  const sent = { op, guid: item.guid, ...(luid !== undefined && { luid }) };
  const name = luid ?? wireGuid(work, datastore, item.guid);
  const written = writtenFor(work, datastore, item.content);
  const data = dataOf(written);
  // A Size begins an object: without it the client would take this for the rest of what it holds a part of (S15).
  const size = datastore.outgoing.begun === item.guid ? Buffer.byteLength(data) : undefined;
  const command = itemCommand(op, written.type, name, data, size);
  if (offer(command, sent)) return true;
  return isLarge(work, reply, command) ? startLarge(work, datastore, reply, item, op, luid, offer) : 'later';
}

/** Why this client cannot take the item now (C35, L13, C38). */
function refusal(
  work: Work,
  datastore: DatastoreState,
  { op, item }: Exclude<SendDecision, { op: 'skip' }>,
): RefusedToSend | undefined {
  if (item.content === undefined) return undefined;
  if (op === 'add' && datastore.outgoing.deviceFull === true) return 'client-error';
  if (op === 'add' && !hasMemory(datastore, item.content.size)) return 'no-memory';
  if (formatFor(work, datastore, item.content.type) === undefined) return 'type-not-accepted';
  const largest = maxObjSize(work, datastore);
  return largest !== undefined && item.content.size > largest ? 'too-large' : undefined;
}
