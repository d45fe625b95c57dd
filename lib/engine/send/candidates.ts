/**
 * Candidates for package #4, as one sequence that a cursor walks through over many messages: items to send again, then
 * the unmatched rest of the inventory (slow and refresh syncs), then the commit log from the client's position to the
 * snapshot (Y14, Y17, P39). The effort depends on the number of changes, not on the size of the datastore.
 */

import type { PlannedTransactions } from '../changes/transactions.ts';
import type { DatastoreSync } from '../context/datastore-sync.ts';
import { hasDatesDue } from '../context/date-lists.ts';
import { hasNewlyListed, isVisible } from '../context/visible.ts';
import type { Cursor, DatastoreState } from '../model/datastore-state.ts';
import { type Guid, type Luid, shardOf } from '../model/ids.ts';
import { luidsOf } from '../model/luids.ts';
import { type Commit, type Item, isNewsTo, type Resend, type WalkPlace } from '../model/records.ts';
import { traitsOf } from '../state/sync-kind.ts';

/** Number of commits in one read. */
const WINDOW = 50;

export interface Candidate {
  readonly guid: Guid;
  readonly list: Cursor['list'];
  /** For a candidate of the log: the commit that names the item. */
  readonly sequence?: number;
  readonly why?: Resend['why'];
}

/** `pending`: a read is missing. `later`: the limit of reads for this message is reached. */
export type Found = Candidate | 'pending' | 'later';

/** The log position after which commits are news for this client. */
function logFrom(datastore: DatastoreState): number {
  const { began, anchors } = datastore;
  return (traitsOf(datastore).isComplete ? began : undefined) ?? anchors.since;
}

/** Moves the cursor to the next candidate and returns it; undefined at the end of the lists. */
export function candidateAt(
  sync: DatastoreSync,
  planned: PlannedTransactions,
  cursor: Cursor,
): Found | undefined {
  const { datastore } = sync;
  for (;;) {
    switch (cursor.list) {
      case 'resend': {
        const entry = datastore.outgoing.resend[cursor.at];
        if (entry !== undefined) return { guid: entry.guid, why: entry.why, list: 'resend' };
        Object.assign(cursor, datastore.resume?.behind ?? { list: 'inventory', at: 0, sub: 0 });
        break;
      }
      case 'inventory': {
        const found = inInventory(sync, cursor);
        if (found !== undefined) return found;
        Object.assign(cursor, { list: 'log', at: logFrom(datastore) + 1, sub: 0 });
        delete cursor.after;
        break;
      }
      case 'log': {
        const found = inLog(sync, planned, cursor);
        if (found !== undefined) return found;
        Object.assign(cursor, { list: 'end', at: 0, sub: 0 });
        break;
      }
      case 'end':
        return undefined;
    }
  }
}

/** Moves the cursor past the candidate that `candidateAt` returned. */
export function advance(cursor: Cursor, { guid }: Candidate): void {
  delete cursor.told;
  if (cursor.list === 'log') cursor.sub += 1;
  else if (cursor.list === 'inventory') moveBehind(cursor, guid);
  else cursor.at += 1;
}

/** Where a cursor stands in the inventory. */
export const placeOf = ({ at, after = '' }: Cursor): WalkPlace => ({ shard: at, after });
const moveTo = (cursor: Cursor, { shard, after }: WalkPlace): void => {
  Object.assign(cursor, { at: shard, after });
};
const moveBehind = (cursor: Cursor, guid: Guid): void =>
  moveTo(cursor, { shard: shardOf(guid), after: guid });

/** Is the whole datastore looked at? In a complete sync, and when the sync set is chosen by something else (F14). */
export function walksInventory(datastore: DatastoreState): boolean {
  const { isComplete, serverSends } = traitsOf(datastore);
  return (isComplete && serverSends) || datastore.outgoing.walks === true;
}

function inInventory(sync: DatastoreSync, cursor: Cursor): Found | undefined {
  const { datastore } = sync;
  if (!walksInventory(datastore)) return undefined;
  for (;;) {
    const item = sync.itemBehind(placeOf(cursor));
    // The log follows the inventory. Its first window is asked for in the same round as the items.
    if (item === 'pending' && (datastore.outgoing.snapshot ?? 0) > logFrom(datastore))
      windowAt(sync, logFrom(datastore) + 1);
    if (item === 'later') moveTo(cursor, sync.walkReached);
    if (item === undefined || item === 'pending' || item === 'later') return item;
    if (!isSettled(sync, item)) return { guid: item.guid, list: 'inventory' };
    moveBehind(cursor, item.guid);
  }
}

/**
 * Is the item no candidate? It is none if it is deleted (the log says so), was sent with the items to send again, or was
 * compared with an item of the client.
 */
function isSettled({ step, datastore }: DatastoreSync, item: Item): boolean {
  if (item.content === undefined || guidsOf(datastore.outgoing.resend).has(item.guid)) return true;
  return traitsOf(datastore).isCompared && luidsOf(item, step.peer, datastore.mapping).length > 0;
}

const resendGuids = new WeakMap<readonly Resend[], ReadonlySet<string>>();

/** The GUIDs of the items to send again, which were sent first. The list does not change in a step. */
function guidsOf(resend: readonly Resend[]): ReadonlySet<string> {
  const known = resendGuids.get(resend) ?? new Set(resend.map(({ guid }) => guid));
  resendGuids.set(resend, known);
  return known;
}

function inLog(sync: DatastoreSync, planned: PlannedTransactions, cursor: Cursor): Found | undefined {
  const { step, datastore } = sync;
  const snapshot = datastore.outgoing.snapshot ?? 0;
  while (cursor.at <= snapshot) {
    const own = datastore.own.run;
    if (own !== undefined && isIn(own, cursor.at)) {
      Object.assign(cursor, { at: own.to + 1, sub: 0 });
      continue;
    }
    const commit = commitAt(sync, planned, cursor.at);
    if (commit === 'pending' || commit === 'later') return commit;
    const change = commit?.changes[cursor.sub];
    const isNews =
      commit !== undefined &&
      change !== undefined &&
      isNewsTo({ origin: commit.origin, ...change }, step.peer) &&
      commit.sequence > (datastore.own.overtaken[change.guid] ?? 0) &&
      !wentAgain(datastore, commit.sequence, change.guid);
    if (isNews) return { guid: change.guid, list: 'log', sequence: commit.sequence };
    if (change === undefined) Object.assign(cursor, { at: cursor.at + 1, sub: 0 });
    else cursor.sub += 1;
  }
  return undefined;
}

const isIn = (run: DatastoreState['own']['run'], sequence: number): boolean =>
  run !== undefined && sequence >= run.from && sequence <= run.to;

/** Was the item sent with the items to send again, in a resume that goes on inside this commit? */
const wentAgain = ({ resume, outgoing }: DatastoreState, sequence: number, guid: Guid): boolean =>
  resume?.behind?.list === 'log' &&
  resume.behind.at === sequence &&
  resume.behind.sub > 0 &&
  outgoing.resend.some((entry) => entry.guid === guid);

function commitAt(
  sync: DatastoreSync,
  planned: PlannedTransactions,
  sequence: number,
): Commit | 'pending' | 'later' | undefined {
  const { step, datastore } = sync;
  const own = planned.commits.get(datastore.name)?.find((commit) => commit.sequence === sequence);
  if (own !== undefined) return own;
  const start = logFrom(datastore) + 1;
  const from = start + Math.floor((sequence - start) / WINDOW) * WINDOW;
  if (!step.log.open(datastore.name, from)) return 'later';
  const commits = windowAt(sync, from);
  if (commits !== undefined) return commits.find((commit) => commit.sequence === sequence);
  // The more windows this message has opened, the more are asked for at once: a long log costs few rounds.
  for (let n = 1; n < step.log.count; n += 1)
    if (from + n * WINDOW <= (datastore.outgoing.snapshot ?? 0)) windowAt(sync, from + n * WINDOW);
  return 'pending';
}

/**
 * The commits of a window; undefined until they are read. The window never ends at the snapshot, which may differ by
 * run.
 */
function windowAt(sync: DatastoreSync, from: number): readonly Commit[] | undefined {
  const { step, datastore } = sync;
  const { user } = step.session;
  const to = from + WINDOW - 1;
  return step.facts.need({ read: 'commits', user, datastore: datastore.name, from, to });
}

/** An item that the client holds. */
export interface ToHolder {
  readonly item: Item;
  /** Under which the client holds the item, but for those that were told before: each is told. */
  readonly luids: readonly Luid[];
  /** An earlier session, which this one resumes, sent it, and the client did not answer. */
  readonly again: boolean;
}

export type SendDecision =
  | { readonly op: 'add'; readonly item: Item; readonly again: boolean }
  | ({ readonly op: 'replace' } & ToHolder)
  | ({ readonly op: 'delete' } & ToHolder)
  | { readonly op: 'skip' };

const SKIP: SendDecision = { op: 'skip' };

/**
 * What the client must be told of a candidate. It depends on the item as it is now, and on whether the client holds it.
 */
export function decisionFor(sync: DatastoreSync, candidate: Candidate): SendDecision {
  const { step, datastore } = sync;
  const item = step.changes.itemAt(datastore.name, candidate.guid);
  if (item === undefined) return SKIP;
  const later = item.sequence > (datastore.outgoing.snapshot ?? 0); // sent in the next session (Y17)
  const behind = datastore.resume?.behind;
  const from = behind?.list === 'log' ? behind.at - (behind.sub > 0 ? 0 : 1) : logFrom(datastore);
  const news = item.sequence > from && isNewsTo(item, step.peer); // sent when the cursor is in the log
  if (later) return SKIP;
  if (candidate.list === 'log' ? item.sequence !== candidate.sequence : news) return SKIP;
  const held = luidsOf(item, step.peer, datastore.mapping);
  const luids = untold(datastore.outgoing.cursor, item.guid, held);
  const again = datastore.resume !== undefined && candidate.list === 'resend';
  const gone = item.content === undefined || !isVisible(sync, item);
  if (gone) return luids.length === 0 ? SKIP : { op: 'delete', item, luids, again }; // F08, F11
  if (held.length === 0) return { op: 'add', item, again };
  if (luids.length === 0) return SKIP;
  // An item that did not change since the client got it is skipped, unless the client gets it in a new form.
  // `walked`: the item is a candidate only because the whole datastore is looked at. `map`: it waited for its Map,
  // which has come, because there is a LUID.
  const isOwn = isIn(datastore.own.run, item.sequence);
  const isNew = hasDatesDue(sync, item) || (!isOwn && (hasNewlyListed(sync, item) || sync.device.hasNewForm));
  const walked = candidate.list === 'inventory' && !traitsOf(datastore).isComplete;
  const known = (walked || candidate.why === 'map') && !isNew;
  // In a complete sync the client may have a LUID for the item without having named it: the item is sent.
  return known ? SKIP : { op: 'replace', item, luids, again };
}

const untold = ({ told }: Cursor, guid: Guid, luids: readonly Luid[]): readonly Luid[] =>
  told?.guid === guid ? luids.filter((luid) => !told.luids.includes(luid)) : luids;
