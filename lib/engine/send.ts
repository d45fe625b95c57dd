/** Package #4: filling messages with what the client must be told [SP11 5.2, 2.9]. */
import type { Command, Sync } from '../message/model.ts';
import { advance, type Candidate, candidateAt, type Decision, decide, walksInventory } from './candidates.ts';
import { localName, plainType } from './datastores.ts';
import { Pending } from './facts.ts';
import { luid as asLuid } from './ids.ts';
import { continueLarge, isLarge, startLarge } from './large-out.ts';
import { itemAt } from './ledger.ts';
import { READ_AHEAD_BYTES } from './limits.ts';
import { itemCommand, type Offer } from './outgoing.ts';
import type { Reply } from './reply.ts';
import type { Sealed } from './seal.ts';
import { type DatastoreState, isComplete, isOneWayFromClient, type Sent } from './state.ts';
import { indexOf, type Work } from './work.ts';

export const sendingDatastores = (work: Work): DatastoreState[] =>
  work.state.datastores.filter((datastore) => !isOneWayFromClient(datastore) && datastore.syncSeen === true);

/** Fixes what this session tells: everything up to here, nothing later (Y17). */
export function takeSnapshot(work: Work, sealed: Sealed): void {
  const { user } = work.state;
  for (const datastore of sendingDatastores(work)) {
    if (datastore.snapshot !== undefined) continue;
    const head = work.facts.need({ read: 'head', user, datastore: datastore.name });
    datastore.snapshot = sealed.heads.get(datastore.name)?.sequence ?? head?.sequence ?? 0;
    if (walksInventory(datastore)) indexOf(work, datastore);
  }
}

/** Adds as much of package #4 as fits; true when all of it is sent. */
export function fill(work: Work, sealed: Sealed, reply: Reply): boolean {
  const ahead = Math.max(20, Math.ceil(reply.room / READ_AHEAD_BYTES));
  const datastores = sendingDatastores(work);
  for (const datastore of datastores) readAhead(work, sealed, datastore, ahead);
  if (work.facts.missing.size > 0) throw new Pending();
  return datastores.every((datastore) => fillDatastore(work, sealed, reply, datastore, ahead));
}

/** Asks for the next items at once; they are decided on when they are known. */
function readAhead(work: Work, sealed: Sealed, datastore: DatastoreState, count: number): Candidate[] {
  const cursor = { ...datastore.cursor };
  const found: Candidate[] = [];
  while (found.length < count) {
    const candidate = candidateAt(work, sealed, datastore, cursor);
    if (candidate === undefined || candidate === 'pending') break;
    itemAt(work.ledger, datastore.name, candidate.guid);
    found.push(candidate);
    advance(cursor);
  }
  return found;
}

function fillDatastore(
  work: Work,
  sealed: Sealed,
  reply: Reply,
  datastore: DatastoreState,
  ahead: number,
): boolean {
  if (datastore.cursor.list === 'end' && datastore.syncSent === true) return true;
  const sync = openSync(work, sealed, datastore, ahead);
  const open = reply.open(sync);
  if (open === undefined) return false;
  datastore.syncSent = true;
  const d = work.state.datastores.indexOf(datastore);
  const offer = (command: Command, sent: Omit<Sent, 'd'>) => reply.offerInside(open, command, { d, ...sent });
  if (work.state.outbound?.d === d && !continueLarge(work, datastore, reply, offer)) return false;
  for (;;) {
    const candidate = candidateAt(work, sealed, datastore, datastore.cursor);
    if (candidate === 'pending') throw new Pending();
    if (candidate === undefined) return true;
    itemAt(work.ledger, datastore.name, candidate.guid);
    if (work.facts.missing.size > 0) {
      readAhead(work, sealed, datastore, ahead);
      throw new Pending();
    }
    const decision = decide(work, datastore, candidate);
    if (work.facts.missing.size > 0) throw new Pending();
    const done = decision.op === 'skip' || sendItem(work, datastore, reply, decision, offer);
    if (done !== 'later') advance(datastore.cursor);
    if (done === 'later' || done === 'full') return false;
  }
}

/** The Sync of one datastore, with NumberOfChanges when that is asked for and can be told exactly (D21, E55). */
function openSync(work: Work, sealed: Sealed, datastore: DatastoreState, ahead: number): Sync {
  const { clientUri, serverUri } = datastore;
  const wanted = work.device?.devInf?.supportNumberOfChanges === true && work.state.version !== '1.0';
  const count =
    wanted && datastore.syncSent !== true ? countChanges(work, sealed, datastore, ahead) : undefined;
  return {
    name: 'Sync',
    cmdId: '',
    target: { uri: clientUri },
    source: { uri: serverUri },
    ...(count !== undefined && { numberOfChanges: count }),
    commands: [],
  };
}

/** Exact while the changes are few enough to have been read, or are the plain rest of an inventory. */
function countChanges(
  work: Work,
  sealed: Sealed,
  datastore: DatastoreState,
  ahead: number,
): number | undefined {
  const found = readAhead(work, sealed, datastore, ahead);
  if (work.facts.missing.size > 0) return undefined;
  const told = found.filter((candidate) => {
    const decision = decide(work, datastore, candidate);
    return decision.op !== 'skip' && refusal(work, datastore, decision) === undefined;
  });
  if (found.length < ahead) return told.length;
  const { index, snapshot, ownRun } = datastore;
  if (datastore.filter !== undefined || !isComplete(datastore.code)) return undefined;
  const quiet = index !== undefined && (snapshot === index.sequence || ownRun?.from === index.sequence + 1);
  if (!quiet || datastore.resend.length > 0 || told.length !== found.length) return undefined;
  const matches = indexOf(work, datastore);
  return matches?.entries.reduce((n, _, at) => (matches.isMatched(at) ? n : n + 1), 0);
}

/** `full`: sent, and nothing more fits this message; `later`: not sent, it waits for the next message. */
function sendItem(
  work: Work,
  datastore: DatastoreState,
  reply: Reply,
  decision: Exclude<Decision, { op: 'skip' }>,
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
    datastore.failed.push({ guid: item.guid, why: 'error' });
    work.events.push({ event: why, datastore: datastore.name, guid: item.guid });
    return true;
  }
  if (item.content?.body === undefined) return startLarge(work, datastore, reply, item, op, luid, offer);
  const command = itemCommand(op, item, luid, item.content.body);
  if (offer(command, sent)) return true;
  return isLarge(work, reply, command) ? startLarge(work, datastore, reply, item, op, luid, offer) : 'later';
}

/** Why this client cannot take the item now (C35, L13, L14, C38); it stays due for it. */
function refusal(
  work: Work,
  datastore: DatastoreState,
  { op, item }: Exclude<Decision, { op: 'skip' }>,
): 'type-not-accepted' | 'too-large' | 'client-error' | undefined {
  if (item.content === undefined) return undefined;
  if (op === 'add' && datastore.deviceFull === true) return 'client-error';
  if (!accepts(work, datastore, item.content.type)) return 'type-not-accepted';
  const maxObjSize = datastore.maxObjSize ?? work.state.maxObjSize;
  return maxObjSize !== undefined && item.content.size > maxObjSize ? 'too-large' : undefined;
}

/** Does the device information list the type for this datastore? A device that lists nothing takes all (D06). */
function accepts(work: Work, datastore: DatastoreState, type: string): boolean {
  const own = work.device?.devInf?.dataStores.find(
    (candidate) => localName(candidate.sourceRef) === localName(datastore.clientUri),
  );
  if (own === undefined) return true;
  const types = [...(own.rxPref ? [own.rxPref] : []), ...own.rx];
  return types.length === 0 || types.some((offered) => plainType(offered.type) === plainType(type));
}
