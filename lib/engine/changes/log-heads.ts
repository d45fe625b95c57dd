/**
 * How the head of a datastore's log moves with a commit, and how the match index is brought forward beside it: when the
 * entries in the newest commits have become many, the commit that comes now is written with a row that holds them all.
 */
import { BLOCKING_EDITION } from '../../pim/match/blocking.ts';
import type { Facts } from '../io/facts.ts';
import type { Put } from '../io/writes.ts';
import { commitId, type Guid, shardOf } from '../model/ids.ts';
import { INDEX_TAIL_BYTES, INDEX_TAIL_SECONDS } from '../model/limits.ts';
import { entryBytes, type MatchEntry } from '../model/match-entries.ts';
import {
  type Change,
  type Commit,
  type Head,
  type IndexState,
  WALK_BEGIN,
  type WalkPlace,
} from '../model/records.ts';
import { type LogPlace, newestIn } from '../model/standing.ts';

/** A log without commits: there is nothing that the index lacks. */
export const emptyHead = (seed: string): Head => ({
  sequence: 0,
  live: 0,
  index: emptyIndex(commitId(seed, 'index', 0), undefined),
  version: 0,
});

/** An index without rows, which counts the entries of the commits from this place of the log on. */
export const emptyIndex = (epoch: string, place: LogPlace | undefined): IndexState => ({
  ...{ epoch, edition: BLOCKING_EDITION, rows: 0, entries: 0 },
  ...newestIn(place),
  tail: 0,
});

/** The head after a commit. `brief`: items that the commit names as deleted, and that were not there before it. */
export function headAfter(head: Head, commit: Commit, brief: ReadonlySet<Guid> = new Set()): Head {
  const { sequence, id, at, changes } = commit;
  const { index } = head;
  const counted = changes.filter(({ guid }) => !brief.has(guid));
  const live = head.live === undefined ? undefined : head.live + countedChange(counted, index?.walk);
  return {
    sequence,
    ...(id !== undefined && { id }),
    ...(live !== undefined && { live }),
    ...(index && { index: withTail(index, changes, at) }),
    ...(head.stamps && { stamps: head.stamps }),
    version: head.version,
  };
}

/** By how much the number of live items grows. Items behind the place of a walk are not counted yet. */
function countedChange(changes: readonly Change[], walk: WalkPlace | undefined): number {
  let sum = 0;
  for (const { op, guid } of changes) {
    if (op === 'replace' || (walk !== undefined && !isBefore(guid, walk))) continue;
    sum += op === 'add' ? 1 : -1;
  }
  return sum;
}

const isBefore = (guid: Guid, { shard, after }: WalkPlace): boolean =>
  shardOf(guid) < shard || (shardOf(guid) === shard && guid <= after);

const withTail = (index: IndexState, changes: readonly Change[], at: number): IndexState => ({
  ...index,
  tail: index.tail + bytesOf(changes),
  tailSince: index.tailSince ?? at,
});

const bytesOf = (entries: readonly MatchEntry[]): number =>
  entries.reduce((sum, entry) => sum + entryBytes(entry), 0);

/** A log, and what a step adds to it. */
interface Growing {
  readonly facts: Facts;
  readonly user: string;
  readonly datastore: string;
  /** The head before the step. */
  readonly before: Head;
  /** The commits of the step so far, and the head after them. */
  readonly commits: readonly Commit[];
  readonly after: Head;
}

/** The index after a step, and the row that is written with the newest commit. */
export interface BroughtForward {
  readonly index: IndexState;
  readonly row?: Extract<Put, { put: 'index' }>;
}

/**
 * The index as the newest commit brings it forward. Undefined where that is not due yet. Where some commits have expired,
 * the index is one that is not made yet: the next message that needs it makes it.
 */
export function broughtForward(log: Growing): BroughtForward | undefined {
  const { facts, user, datastore, before, after, commits } = log;
  const { index } = after;
  const now = commits.at(-1)?.at ?? 0;
  if (index === undefined || !isDue(index, now)) return undefined;
  const from = index.sequence + 1;
  const range = { user, datastore, from, to: before.sequence };
  const stored = from > before.sequence ? [] : facts.need({ read: 'commits', ...range });
  const tail = stored && [...stored, ...commits.filter(({ sequence }) => sequence >= from)];
  if (tail === undefined) return undefined;
  if (!isTail(tail, index, after)) return { index: notMade(log, index) };
  const entries = tail.flatMap(({ changes }) => changes);
  const id = after.id ?? '';
  const { tailSince: _, id: __, ...rest } = index;
  const moved: IndexState = {
    ...rest,
    rows: index.rows + 1,
    entries: index.entries + entries.length,
    ...newestIn(after),
    newest: id,
    tail: 0,
  };
  const { epoch, rows: row, newest: prev } = index;
  const named = { epoch, row, id, ...(prev !== undefined && { prev }) };
  return { index: moved, row: { put: 'index', datastore, ...named, entries } };
}

/** An index of which nothing is made yet. The message that makes it deletes the rows of the earlier one. */
const notMade = ({ after }: Growing, { epoch, rows }: IndexState): IndexState => ({
  ...emptyIndex(`${epoch}+`, after),
  walk: WALK_BEGIN,
  ...(rows > 0 && { old: { epoch, rows } }),
});

/**
 * Asks for the commits that the row will hold, if one will be due with so many bytes of entries more. They are then read
 * in the same round as the items.
 */
export function askTail(facts: Facts, at: { user: string; datastore: string }, bytes: number): void {
  const head = facts.need({ read: 'head', ...at });
  const { index } = head ?? {};
  if (head === undefined || index === undefined || index.sequence === head.sequence) return;
  if (index.tail + bytes > INDEX_TAIL_BYTES)
    facts.need({ read: 'commits', ...at, from: index.sequence + 1, to: head.sequence });
}

/** A commit whose entries are in a row that is written with it: it need not hold the keys, too. */
export const withoutKeys = (commit: Commit): Commit => ({
  ...commit,
  changes: commit.changes.map(({ keys: _, ...change }) => change),
});

const isDue = ({ tail, tailSince }: IndexState, now: number): boolean =>
  tail > INDEX_TAIL_BYTES || (tailSince !== undefined && now - tailSince > INDEX_TAIL_SECONDS * 1000);

/**
 * Are these all commits after those that the rows of the index hold, up to the head, with all keys? If not, some have
 * expired, are of before the index, or belong to another log.
 */
export const isTail = (commits: readonly Commit[], index: IndexState, head: Head): boolean =>
  commits.length === head.sequence - index.sequence &&
  commits.every((commit, n) => commit.sequence === index.sequence + 1 + n && commit.changes.every(hasKeys)) &&
  leads(commits, index.id, head.id);

/** Does each commit name the one before it, from the commit with the first id to that with the last? */
function leads(commits: readonly Commit[], from: string | undefined, to: string | undefined): boolean {
  let id = from;
  for (const commit of commits) {
    if (!isSame(commit.prev, id)) return false;
    id = commit.id;
  }
  return isSame(id, to);
}

/** Commits of before have no id. */
const isSame = (id: string | undefined, other: string | undefined): boolean =>
  id === undefined || other === undefined || id === other;

const hasKeys = ({ op, keys }: Change): boolean => op === 'delete' || keys !== undefined;
