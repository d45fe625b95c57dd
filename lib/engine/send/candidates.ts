/**
 * What may have to go to the client in package #4, as one sequence that a small cursor walks through over many
 * messages: items to send again, the unmatched rest of the inventory (slow and refresh syncs), then the commit log
 * from the client's position to the snapshot (Y14, Y17, P39). Work follows changes, not the size of the datastore.
 */

import type { PlannedTransactions } from '../changes/transactions.ts';
import type { DatastoreSync } from '../context/datastore-sync.ts';
import { isVisible } from '../context/visible.ts';
import { mentions } from '../device/mentions.ts';
import type { Cursor, DatastoreState } from '../model/datastore-state.ts';
import type { Guid } from '../model/ids.ts';
import { type Commit, type Item, isNewsTo, luidOf, type Resend } from '../model/records.ts';
import { traitsOf } from '../state/sync-kind.ts';

/** Commits that one read brings. */
const WINDOW = 50;

export interface Candidate {
  readonly guid: Guid;
  readonly list: Cursor['list'];
  /** The commit that names it, in the log. */
  readonly sequence?: number;
  readonly why?: Resend['why'];
}

/** `pending`: a read is due; `later`: this message has looked far enough. */
export type Found = Candidate | 'pending' | 'later';

/** Where the log begins to be news for this client. */
function logFrom(datastore: DatastoreState): number {
  const { index, anchors } = datastore;
  return (traitsOf(datastore).isComplete ? index?.sequence : undefined) ?? anchors.since;
}

/** The candidate at the cursor, which moves to it; undefined at the end. */
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

/** The place behind the candidate that `candidateAt` gave. */
export function advance(cursor: Cursor): void {
  if (cursor.list === 'log') cursor.sub += 1;
  else cursor.at += 1;
}

/** Lists the whole datastore: to compare it, or because the client's filter is another one (F14). */
export function walksInventory(datastore: DatastoreState): boolean {
  const { isComplete, serverSends } = traitsOf(datastore);
  return (isComplete && serverSends) || datastore.outgoing.walks === true;
}

function inInventory(sync: DatastoreSync, cursor: Cursor): Found | undefined {
  const { datastore } = sync;
  if (!walksInventory(datastore)) return undefined;
  const index = sync.openIndex();
  if (index === undefined) {
    // Where the list ends the log goes on: read beside the index it costs no round of its own.
    if ((datastore.outgoing.snapshot ?? 0) > logFrom(datastore)) windowAt(sync, logFrom(datastore) + 1);
    return 'pending';
  }
  const went = guidsOf(datastore.outgoing.resend);
  const isDone = (at: number): boolean => index.isMatched(at) || went.has(index.guidAt(at) ?? '');
  while (cursor.at < index.entries.length && isDone(cursor.at)) cursor.at += 1;
  const guid = index.guidAt(cursor.at);
  return guid === undefined ? undefined : { guid, list: 'inventory' };
}

const resendGuids = new WeakMap<readonly Resend[], ReadonlySet<string>>();

/** Those that go again went first; the list does not change in a step. */
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

/** A resume goes on inside this commit, and the item went with those that go again. */
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
  // The further this message has looked, the more is read at once: few rounds for a long stretch without news.
  for (let n = 1; n < step.log.count; n += 1)
    if (from + n * WINDOW <= (datastore.outgoing.snapshot ?? 0)) windowAt(sync, from + n * WINDOW);
  return 'pending';
}

/** Not cut at the snapshot, which moves with the decisions of a run: the same read answers every run. */
function windowAt(sync: DatastoreSync, from: number): readonly Commit[] | undefined {
  const { step, datastore } = sync;
  const { user } = step.session;
  const to = from + WINDOW - 1;
  return step.facts.need({ read: 'commits', user, datastore: datastore.name, from, to });
}

export type SendDecision =
  | { readonly op: 'add' | 'replace' | 'delete'; readonly item: Item; readonly luid?: string }
  | { readonly op: 'skip' };

const SKIP: SendDecision = { op: 'skip' };

/** What the client must be told of a candidate, from what the item is now and whether the client holds it. */
export function decisionFor(sync: DatastoreSync, candidate: Candidate): SendDecision {
  const { step, datastore } = sync;
  const item = step.changes.itemAt(datastore.name, candidate.guid);
  if (item === undefined) return SKIP;
  const later = item.sequence > (datastore.outgoing.snapshot ?? 0); // the next session tells it (Y17)
  const behind = datastore.resume?.behind;
  const from = behind?.list === 'log' ? behind.at - (behind.sub > 0 ? 0 : 1) : logFrom(datastore);
  const news = item.sequence > from && isNewsTo(item, step.peer); // the log tells it
  if (later) return SKIP;
  if (candidate.list === 'log' ? item.sequence !== candidate.sequence : news) return SKIP;
  const luid = luidOf(item, step.peer, datastore.mapping);
  const gone = item.content !== undefined && !isVisible(sync, item);
  if (gone) return luid === undefined ? SKIP : { op: 'delete', item, luid }; // F08, F11
  if (item.content === undefined) return luid === undefined ? SKIP : { op: 'delete', item, luid };
  if (luid === undefined) return { op: 'add', item };
  // Looked at for the view alone, or mapped since: it has not changed, and it is the same to the client as it was.
  const isOwn = isIn(datastore.own.run, item.sequence);
  const isNew = !isOwn && (mentions(item, sync.device.newlyListed) || sync.device.hasNewForm);
  const walked = candidate.list === 'inventory' && !traitsOf(datastore).isComplete;
  // In a comparison it was mapped, but the client did not name it.
  const known = (walked || candidate.why === 'map') && !isNew;
  return known ? SKIP : { op: 'replace', item, luid };
}
