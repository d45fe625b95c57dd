/**
 * Item changes -> transactions: complete item changes, and one commit for each datastore that they change. Each transaction is
 * consistent in itself. A resend completes what a crash between two of them left undone.
 */

import type { Content } from '../../pim/content.ts';
import { once } from '../io/once.ts';
import type { Put } from '../io/writes.ts';
import { matchKeysOf } from '../model/blocking-keys.ts';
import { commitId, type Guid } from '../model/ids.ts';
import { BODY_IN_ROW, BODY_PART, TRANSACTION_BYTES, TRANSACTION_ROWS } from '../model/limits.ts';
import { luidHash, type MappingPair, mappingPart } from '../model/mapping-pairs.ts';
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
  const transactions = split(inOrder(changes.all.filter(hasWrites))).map((together) => {
    const puts: Put[] = [];
    for (const datastore of new Set(together.map((change) => change.datastore))) {
      const own = together.filter((change) => change.datastore === datastore);
      const changed = own.filter((change) => change.changed);
      if (changed.length > 0) puts.push(...logPuts(changes, log, changed));
      for (const { item } of own) puts.push(...itemPuts(changes, datastore, item.guid));
      puts.push(...pairsPuts(changes, own));
    }
    return puts;
  });
  return { transactions, ...log };
}

/**
 * The changes that only map a LUID come last, by the parts of the mapping, so that a transaction writes rows of few parts.
 * Their order does not matter.
 */
function inOrder(changes: readonly ItemChange[]): ItemChange[] {
  const partOf = (change: ItemChange): string => {
    const { changed, group, versions, reviews } = change;
    const isPlain = !changed && group === undefined && versions.length + reviews.length === 0;
    const [row, ...more] = rowsOfPairs(change);
    return isPlain && more.length === 0 ? (row ?? '') : '';
  };
  return changes
    .map((change) => ({ change, part: partOf(change) }))
    .sort((a, b) => (a.part < b.part ? -1 : a.part > b.part ? 1 : 0))
    .map(({ change }) => change);
}

/** The rows of pairs in which the LUIDs of a change are mapped. Changes of one transaction share them. */
const rowsOfPairs = ({ datastore, mappings }: ItemChange): string[] =>
  mappings.flatMap(({ generation, luid, isPacked }) =>
    isPacked ? [rowOfPairs(datastore, generation, mappingPart(luidHash(luid)))] : [],
  );

const rowOfPairs = (datastore: string, generation: number, part: number): string =>
  `${datastore} ${generation} ${String(part).padStart(2, '0')}`;

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
  const commit = commitOf(changes, datastore, head, changed);
  const own = [...(commits.get(datastore) ?? []), commit];
  const next = headAfter(head, commit, briefOf(changed));
  const { facts, user } = changes;
  const moved = broughtForward({ facts, user, datastore, before, after: next, commits: own });
  // Without a row the index was given up: its items will be counted anew, when it is made.
  const live = moved !== undefined && moved.row === undefined ? { live: 0 } : {};
  const after = moved === undefined ? next : { ...next, index: moved.index, ...live };
  commits.set(datastore, own);
  heads.set(datastore, { ...after, version: after.version + 1 });
  return [
    { put: 'commit', datastore, commit: moved?.row === undefined ? commit : withoutKeys(commit) },
    { put: 'head', datastore, head: after },
    ...(moved?.row === undefined ? [] : [moved.row]),
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
function commitOf(changes: ChangeSet, datastore: string, head: Head, changed: readonly ItemChange[]): Commit {
  const { peer: origin, session, now: at, seed } = changes;
  const sequence = head.sequence + 1;
  for (const { item } of changed) changes.putSequence(datastore, item.guid, sequence);
  const id = commitId(seed, datastore, sequence);
  const prev = head.id !== undefined && { prev: head.id };
  return { sequence, id, ...prev, origin, session, at, changes: changed.map(loggedChange) };
}

/** A change as its commit names it. */
function loggedChange({ item, before }: ItemChange): Change {
  const op = item.content === undefined ? 'delete' : before?.content === undefined ? 'add' : 'replace';
  const news = item.differs && { differs: item.differs };
  const keys = item.content && { keys: matchKeysOf(item.content) };
  return { guid: item.guid, op, rev: item.rev, prevRev: before?.rev ?? 0, ...news, ...keys };
}

type RowOfPairs = Extract<Put, { put: 'pairs' }> & { readonly pairs: MappingPair[] };

/** The rows of pairs of the LUIDs that these changes of one datastore map. */
function pairsPuts({ peer, seed }: ChangeSet, own: readonly ItemChange[]): Put[] {
  const rows = new Map<string, RowOfPairs>();
  for (const { datastore, item, mappings } of own)
    for (const { generation, luid, isPacked } of mappings) {
      if (!isPacked) continue;
      const hash = luidHash(luid);
      const part = mappingPart(hash);
      const name = rowOfPairs(datastore, generation, part);
      const begun = (): RowOfPairs => {
        const id = commitId(seed, `${name} ${item.guid}`, 0).slice(0, 6);
        return { put: 'pairs', datastore, peer, generation, part, id, number: 0, pairs: [] };
      };
      once(rows, name, begun).pairs.push({ hash, guid: item.guid });
    }
  return [...rows.values()];
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
  for (const { generation, luid, isPacked } of change.mappings)
    if (!isPacked) puts.push({ put: 'mapping', datastore, peer, generation, luid, guid });
  return puts;
}

interface Weight {
  readonly rows: number;
  readonly bytes: number;
}

/** Part rows that the text of a version takes at most. */
const partRows = (content: Content): number =>
  content.isWhole && content.size > BODY_IN_ROW ? Math.ceil(content.size / BODY_PART) : 0;

/** Rows and bytes that an item change takes at most. The part rows of the item are written before the transaction. */
function weigh({ item, versions, mappings, reviews }: ItemChange): Weight {
  let rows = 1 + mappings.length + reviews.length;
  let bytes = 500 * (1 + reviews.length) + Math.min(item.content?.size ?? 0, BODY_IN_ROW);
  for (const { content } of versions) {
    rows += 1 + partRows(content) + content.parts;
    // Part rows that get an expiry count with their bytes, too.
    bytes += 500 + content.size;
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

/** What these changes take in a transaction that writes some rows of pairs anyway. */
function weighBeside(changes: readonly ItemChange[], pairs: ReadonlySet<string>): Weight {
  const { rows, bytes } = weighAll(changes);
  const own = changes.flatMap(rowsOfPairs);
  const added = new Set(own.filter((row) => !pairs.has(row)));
  return { rows: rows - own.length + added.size, bytes };
}

/** The changes, in their order, in as few transactions as possible. */
function split(changes: readonly ItemChange[]): ItemChange[][] {
  const transactions: ItemChange[][] = [];
  let current: ItemChange[] = [];
  let weight = NOTHING;
  let pairs = new Set<string>();
  for (const bundle of bundles(changes)) {
    let added = weighBeside(bundle, pairs);
    if (current.length > 0 && !fits(sum(weight, added))) {
      transactions.push(current);
      [current, weight, pairs] = [[], NOTHING, new Set()];
      added = weighBeside(bundle, pairs);
    }
    weight = sum(weight, added);
    current.push(...bundle);
    for (const row of bundle.flatMap(rowsOfPairs)) pairs.add(row);
  }
  if (current.length > 0) transactions.push(current);
  return transactions;
}
