/**
 * Item changes -> transactions. A transaction holds complete item changes and, for each datastore that they change, one
 * commit. Each transaction is consistent in itself. After a crash between two of them the first part of the message is
 * applied, and the client's resend completes it.
 */

import type { Content } from '../../pim/content.ts';
import type { Put } from '../io/writes.ts';
import { matchKeysOf } from '../model/blocking-keys.ts';
import { commitId, type Guid } from '../model/ids.ts';
import { BODY_PART, TRANSACTION_BYTES, TRANSACTION_ROWS } from '../model/limits.ts';
import type { Change, Commit, Head } from '../model/records.ts';
import type { ChangeSet } from './change-set.ts';
import { hasWrites, type ItemChange, peersChanged } from './item-change.ts';
import { broughtForward, emptyHead, headAfter, withoutKeys } from './log-heads.ts';

export interface PlannedTransactions {
  readonly transactions: readonly (readonly Put[])[];
  /** The head of the log after them, for each datastore that changed. */
  readonly heads: ReadonlyMap<string, Head>;
  readonly commits: ReadonlyMap<string, readonly Commit[]>;
}

/**
 * The transactions of all item changes. Each commit gets the next sequence of its datastore, and its items get it too.
 */
export function planTransactions(changes: ChangeSet): PlannedTransactions {
  const log = { heads: new Map<string, Head>(), commits: new Map<string, Commit[]>() };
  const transactions = split(changes.all.filter(hasWrites)).map((together) => {
    const puts: Put[] = [];
    for (const datastore of new Set(together.map((change) => change.datastore))) {
      const own = together.filter((change) => change.datastore === datastore);
      const changed = own.filter((change) => change.changed);
      if (changed.length > 0) puts.push(...logPuts(changes, log, changed));
      for (const { item } of own) puts.push(...itemPuts(changes, datastore, item.guid));
    }
    return puts;
  });
  return { transactions, ...log };
}

/** What the transactions so far add to the logs. */
interface GrowingLogs {
  readonly heads: Map<string, Head>;
  readonly commits: Map<string, Commit[]>;
}

/** The commit of these changes of one datastore, the head of the log, and the row of the match index that is due. */
function logPuts(changes: ChangeSet, { heads, commits }: GrowingLogs, changed: readonly ItemChange[]): Put[] {
  const datastore = changed[0]?.datastore ?? '';
  const before = changes.headOf(datastore) ?? emptyHead(changes.seed);
  const head = heads.get(datastore) ?? before;
  const commit = commitOf(changes, datastore, head.sequence + 1, changed);
  const own = [...(commits.get(datastore) ?? []), commit];
  const next = headAfter(head, commit, briefOf(changed));
  const { facts, user } = changes;
  const moved = broughtForward({ facts, user, datastore, before, after: next, commits: own });
  const after = moved === undefined ? next : { ...next, index: moved.index };
  commits.set(datastore, own);
  heads.set(datastore, { ...after, version: after.version + 1 });
  return [
    { put: 'commit', datastore, commit: moved === undefined ? commit : withoutKeys(commit) },
    { put: 'head', datastore, head: after },
    ...(moved === undefined ? [] : [moved.row]),
  ];
}

/** Items that were added and deleted by this step: no commit counts them as live. */
const briefOf = (changed: readonly ItemChange[]): ReadonlySet<Guid> =>
  new Set(
    changed.flatMap(({ item, before }) =>
      item.content === undefined && before?.content === undefined ? [item.guid] : [],
    ),
  );

/** The commit of one datastore in a transaction. Its items get its sequence. */
function commitOf(
  changes: ChangeSet,
  datastore: string,
  sequence: number,
  changed: readonly ItemChange[],
): Commit {
  const { peer: origin, session, now: at, seed } = changes;
  for (const { item } of changed) changes.putSequence(datastore, item.guid, sequence);
  const id = commitId(seed, datastore, sequence);
  return { sequence, id, origin, session, at, changes: changed.map(loggedChange) };
}

/** A change as its commit names it. */
function loggedChange({ item, before }: ItemChange): Change {
  const op = item.content === undefined ? 'delete' : before?.content === undefined ? 'add' : 'replace';
  const news = item.differs && { differs: item.differs };
  const keys = item.content && { keys: matchKeysOf(item.content) };
  return { guid: item.guid, op, rev: item.rev, prevRev: before?.rev ?? 0, ...news, ...keys };
}

/** All that is written of one item. */
function itemPuts(changes: ChangeSet, datastore: string, guid: Guid): Put[] {
  const change = changes.changeAt(datastore, guid);
  if (change === undefined) return [];
  const { peer } = changes;
  const { item } = change;
  const puts: Put[] = change.versions.map((version) => {
    const live = version.content.hash === item.content?.hash;
    return { put: 'version', datastore, version, ...(live && { live }) };
  });
  if (change.changed) puts.push({ put: 'item', datastore, item });
  else if (peersChanged(change)) {
    const { luids, sent, version } = item;
    puts.push({ put: 'luids', datastore, guid, luids, version, ...(sent && { sent }) });
  }
  for (const review of change.reviews) puts.push({ put: 'review', datastore, review });
  for (const { generation, luid } of change.mappings)
    puts.push({ put: 'mapping', datastore, peer, generation, luid, guid });
  return puts;
}

interface Weight {
  readonly rows: number;
  readonly bytes: number;
}

const partRows = (content: Content | undefined): number =>
  content?.isWhole && content.size > BODY_PART ? Math.ceil(content.size / BODY_PART) + 1 : 0;

/** Rows and bytes that an item change takes at most. */
function weigh({ item, versions, mappings, reviews }: ItemChange): Weight {
  let rows = 1 + mappings.length + reviews.length + partRows(item.content);
  let bytes = 500 * (1 + reviews.length) + (item.content?.size ?? 0);
  for (const { content } of versions) {
    rows += 1 + partRows(content) + content.parts;
    bytes += 500 + (content.isWhole ? content.size : 0);
  }
  return { rows, bytes };
}

const sum = (one: Weight, other: Weight): Weight => ({
  rows: one.rows + other.rows,
  bytes: one.bytes + other.bytes,
});

const NOTHING: Weight = { rows: 0, bytes: 0 };

const weighAll = (changes: readonly ItemChange[]): Weight => changes.map(weigh).reduce(sum, NOTHING);

const fits = ({ rows, bytes }: Weight): boolean => rows <= TRANSACTION_ROWS && bytes <= TRANSACTION_BYTES;

export const fitsOneTransaction = (changes: readonly ItemChange[]): boolean => fits(weighAll(changes));

/** Rows that one more change of an item may add; in a conflict the rows of its duplicate too. */
const CHANGE_ROWS = 8;

/** Can this message change the item once more, by so many bytes? Tied changes must fit one transaction. */
export function hasRoomFor(changes: ChangeSet, datastore: string, guid: Guid, bytes: number): boolean {
  const change = changes.changeAt(datastore, guid);
  if (change === undefined || (change.group === undefined && change.versions.length < CHANGE_ROWS))
    return true;
  return fits(sum(weighAll(changes.tiedTo(datastore, guid)), { rows: CHANGE_ROWS, bytes }));
}

/** The changes in bundles that must be written together, in the order of their first changes. */
function bundles(changes: readonly ItemChange[]): ItemChange[][] {
  const found = new Map<string, ItemChange[]>();
  for (const change of changes) {
    const name = `${change.datastore}/${change.group ?? change.item.guid}`;
    const bundle = found.get(name);
    if (bundle === undefined) found.set(name, [change]);
    else bundle.push(change);
  }
  return [...found.values()];
}

/** The changes, in their order, in as few transactions as possible. */
function split(changes: readonly ItemChange[]): ItemChange[][] {
  const transactions: ItemChange[][] = [];
  let current: ItemChange[] = [];
  let weight = NOTHING;
  for (const bundle of bundles(changes)) {
    const added = weighAll(bundle);
    if (current.length > 0 && !fits(sum(weight, added))) {
      transactions.push(current);
      current = [];
      weight = NOTHING;
    }
    current.push(...bundle);
    weight = sum(weight, added);
  }
  if (current.length > 0) transactions.push(current);
  return transactions;
}
