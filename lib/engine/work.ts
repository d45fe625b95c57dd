/** What one step works on: the request, the facts, the session as it becomes, and what it decided so far. */

import { Status, type StatusCode } from '../message/codes.ts';
import type { Command, Fault, Message, MessageItem, Wire } from '../message/model.ts';
import type { ChangeSet } from './changes/change-set.ts';
import type { PeerContext } from './changes/peer-context.ts';
import { viewOfItems } from './device/formats.ts';
import { optionsOf } from './device/rules.ts';
import type { Facts } from './io/facts.ts';
import type { Put } from './io/writes.ts';
import type { DatastoreState } from './model/datastore-state.ts';
import { datastoreNamed, type Policy } from './model/datastores.ts';
import type { Peer } from './model/ids.ts';
import type { Anchor, Device, Head } from './model/records.ts';
import type { SessionState } from './model/session-state.ts';
import { indexEntries, indexParts, MatchIndex } from './receive/match-index.ts';
import { type Answerable, statusFor } from './reply/status-for.ts';
import { traitsOf } from './state/sync-kind.ts';

/** A message as the shell hands it over. */
export interface Request {
  readonly message: Message;
  /** The encoding of the answer. */
  readonly wire: Wire;
  /** The message as it came, to be kept when there is no time for it. */
  readonly arrived: Arrived;
  /** What `x-syncml-hmac` says, and B64(MD5(body)) (U28). */
  readonly mac?: { readonly user: string; readonly mac: string; readonly body: string } | undefined;
  /** Hash of the message's bytes. */
  readonly digest: string;
  readonly userAgent?: string;
  /** From the RespURI that the client came to. */
  readonly token?: { readonly user: string; readonly secret: string };
  /** Absolute URL of this server, for the RespURI. */
  readonly endpoint: string;
}

/** Of the keys of rows that belong to one message. */
export const rowTag = (request: Request): string => request.digest.slice(0, 8);

export interface Arrived {
  readonly bytes: Uint8Array;
  readonly wire: Wire;
  /** As the transport names it. */
  readonly charset?: string;
}

/** What a deterministic step cannot make itself. `nonce` 16 octets, `secret` a URL-safe word, `now` epoch ms. */
export interface Fresh {
  readonly now: number;
  readonly nonce: Uint8Array;
  readonly secret: string;
  /** The time for this answer is nearly over: what need not be said now waits for the next message. */
  readonly hurry?: boolean;
}

export interface EngineEvent {
  readonly event:
    | 'conflict'
    | 'forced-slow-sync'
    | 'auth-failed'
    | 'type-not-accepted'
    | 'too-large'
    | 'item-refused'
    | 'client-error'
    | 'no-memory'
    | 'session-complete'
    | 'session-truncated'
    | 'busy';
  /** Events of one kind that would be told item by item are counted. */
  items?: number;
  readonly [field: string]: string | number | boolean | undefined;
}

export interface Work {
  /** The message whose commands are being carried out; in the end the one that is answered. */
  request: Request;
  readonly facts: Facts;
  readonly fresh: Fresh;
  readonly state: SessionState;
  readonly peer: Peer;
  readonly changes: ChangeSet;
  device: Device | undefined;
  /** Answers to this message in order; the CmdID is given when the reply is put together. */
  readonly out: Command[];
  /** Writes beside the items: anchors, device, chunk rows. */
  readonly puts: Put[];
  readonly indexes: Map<string, MatchIndex>;
  /** Windows of the log that this message looked into. */
  readonly windows: Set<string>;
  readonly events: EngineEvent[];
  /** U27: the nonce of the client's challenge. */
  challenge?: Uint8Array;
  /** Something besides Statuses and Alert 222 arrived (P37). */
  substance: boolean;
  /** Commands and items of this message that were refused. */
  refusals: number;
  /** Atomics of this message so far. */
  atomics: number;
  /** The client suspends the session with this message (S04). */
  suspended: boolean;
}

export type Refs = { target?: string; source?: string };

/** The addresses that a Status copies from an item (P17). */
export const itemRefs = (item: MessageItem): Refs => ({
  ...(item.target && { target: item.target.uri }),
  ...(item.source && { source: item.source.uri }),
});

/** Answers a command of this message; nothing when it asked for no response. */
export function answer(
  work: Work,
  command: Answerable,
  code: StatusCode,
  refs: Refs & { items?: readonly MessageItem[] } = {},
): void {
  if (code >= 400 && code !== Status.serverWins) noteRefusal(work, command.name);
  if (isSilent(work, command, code)) return;
  const status = statusFor(work.request.message, command, code);
  if (status === undefined) return;
  work.out.push({
    ...status,
    ...(refs.target !== undefined && { targetRefs: [refs.target] }),
    ...(refs.source !== undefined && { sourceRefs: [refs.source] }),
    ...(refs.items && { items: refs.items }),
  });
}

/** Commands that bring what the client has: one that is refused leaves its list with a gap (Y20). */
const LISTS: readonly string[] = ['Sync', 'Add', 'Replace', 'Copy', 'Move', 'Atomic', 'Sequence'];

function noteRefusal(work: Work, name: string): void {
  work.refusals += 1;
  if (!LISTS.includes(name)) return;
  for (const datastore of work.state.datastores)
    if (traitsOf(datastore).isCompared) datastore.incoming.hasGaps = true;
}

const CHANGES: readonly string[] = ['Add', 'Replace', 'Delete', 'Copy'];

/** E03: a change that succeeded says nothing to a device that cannot take many Statuses. */
const isSilent = (work: Work, command: Answerable, code: StatusCode): boolean =>
  (code === Status.ok || code === Status.itemAdded) &&
  CHANGES.includes(command.name) &&
  optionsOf(work).omitItemStatuses === true;

/** C24: the Item says what is wrong with the command. */
export const answerFault = (work: Work, command: Answerable, { status, text }: Fault): void =>
  answer(work, command, status === 412 ? Status.incomplete : Status.badRequest, { items: [{ data: text }] });

/** A command that is not carried out, and all in it. */
export function refuseNested(work: Work, command: Command, code: StatusCode): void {
  if (command.name === 'Status') return;
  answer(work, command, code);
  if (!('commands' in command)) return;
  for (const child of command.commands) refuseNested(work, child, code);
}

/** How far the device has come in a datastore, as this step leaves it so far, and how far its log is. */
export function anchorOf(work: Work, datastore: string): Anchor | undefined {
  const own = work.puts.find((put) => put.put === 'anchor' && put.datastore === datastore);
  if (own?.put === 'anchor') return own.anchor;
  return work.facts.need({ read: 'anchor', user: work.state.user, peer: work.peer, datastore });
}
export const headOf = (work: Work, datastore: string): Head | undefined =>
  work.facts.need({ read: 'head', user: work.state.user, datastore });

/** The anchor row is written once in a step, the last word counts. */
export function putAnchor(work: Work, datastore: string, anchor: Anchor): void {
  const at = work.puts.findIndex((put) => put.put === 'anchor' && put.datastore === datastore);
  if (at >= 0) work.puts.splice(at, 1);
  work.puts.push({ put: 'anchor', datastore, peer: work.peer, anchor });
}

const policyOf = (work: Work, name: string): Policy =>
  work.state.policies?.[name] ?? datastoreNamed(name)?.policy ?? 'newest-wins';

/** Has anybody written besides this session since then? */
function isContested(work: Work, { name, own: { run } }: DatastoreState, since: number): boolean {
  const own = run !== undefined && run.from <= since + 1 ? run.to : since;
  return (headOf(work, name)?.sequence ?? 0) > Math.max(own, since);
}

/** What is known of the device in the datastore, as this step leaves it so far. */
export function peerContextOf(work: Work, datastore: DatastoreState): PeerContext {
  const { mapping, outgoing } = datastore;
  const since = Math.max(datastore.anchors.since, datastore.resume?.told ?? 0);
  return {
    changes: work.changes,
    contested: isContested(work, datastore, since),
    datastore: datastore.name,
    generation: mapping.generation,
    settled: mapping.settled,
    earlier: mapping.earlier,
    due: (guid) => outgoing.resend.some((entry) => entry.why === 'error' && entry.guid === guid),
    since,
    policy: policyOf(work, datastore.name),
    view: viewOfItems(work, datastore),
  };
}

/** The match index of a datastore; made from the inventory at first, then read back. Undefined while reads are due. */
export function indexOf(work: Work, datastore: DatastoreState): MatchIndex | undefined {
  const ready = work.indexes.get(datastore.name);
  if (ready !== undefined) return ready;
  const entries = datastore.index === undefined ? takeInventory(work, datastore) : readIndex(work, datastore);
  if (entries === undefined) return undefined;
  const index = new MatchIndex(entries, datastore.index?.matched);
  work.indexes.set(datastore.name, index);
  return index;
}

function readIndex(work: Work, datastore: DatastoreState) {
  const { user, device } = work.state;
  const { parts = 0, tag = '', session: sessionId = work.state.sessionId } = datastore.index ?? {};
  if (parts === 0) return [];
  return work.facts.need({ read: 'index', user, device, sessionId, datastore: datastore.name, tag, parts });
}

function takeInventory(work: Work, datastore: DatastoreState) {
  const { user } = work.state;
  const { name } = datastore;
  // The head first, in a round of its own: what is committed after it is found in the log, never missed.
  const head = work.facts.must({ read: 'head', user, datastore: name });
  const inventory = work.facts.need({ read: 'inventory', user, datastore: name });
  if (inventory === undefined) return undefined;
  const entries = indexEntries(inventory, work.peer);
  const parts = indexParts(entries);
  // Its rows may be written without the session that names them: those of another message stay as they are.
  const tag = rowTag(work.request);
  parts.forEach((part, at) => {
    work.puts.push({ put: 'index', datastore: name, tag, part: at, entries: part });
  });
  datastore.index = { tag, parts: parts.length, sequence: head?.sequence ?? 0 };
  return entries;
}
