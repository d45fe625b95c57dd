/** The match index of a datastore as it lies in the store, beside the items that it has to cover. */
import { isTail } from '../../lib/engine/changes/log-heads.ts';
import { type Read, readKey } from '../../lib/engine/io/facts.ts';
import { MatchIndex } from '../../lib/engine/match/match-index.ts';
import { blockingKeysIn, matchKeysOf } from '../../lib/engine/model/blocking-keys.ts';
import { type MatchEntry, PackedEntries, packEntries } from '../../lib/engine/model/match-entries.ts';
import type { Commit, Head, Item } from '../../lib/engine/model/records.ts';
import type { Store } from '../../lib/store/port/port.ts';
import { type InDatastore, inventoryRanges } from '../../lib/store/rows/keys.ts';
import { itemFromRow } from '../../lib/store/rows/shapes.ts';
import { answerReads, queryAll } from '../../lib/store/step-io/reader.ts';
import { USER } from './server.ts';

export const CONTACTS: InDatastore = { user: USER, datastore: 'contacts' };

/** A read as a process answers it that keeps nothing of former reads. */
async function answer(store: Store, read: Read): Promise<unknown> {
  const known = new Map<string, unknown>();
  await answerReads({ ...store }, [read], known);
  return known.get(readKey(read));
}

export const headIn = async (store: Store, at = CONTACTS): Promise<Head | undefined> =>
  (await answer(store, { read: 'head', ...at })) as Head | undefined;

/** All items of a datastore, tombstones too. */
export async function itemsIn(store: Store, at = CONTACTS): Promise<Item[]> {
  const rows = await Promise.all(inventoryRanges(at).map((range) => queryAll(store, range)));
  return rows.flat().map((row) => itemFromRow(row.sk.slice(2) as Item['guid'], row));
}

/** The packed entries in the order of the log; undefined where the index is not complete. */
export async function packsIn(store: Store, at = CONTACTS): Promise<PackedEntries[] | undefined> {
  const head = await headIn(store, at);
  if (head?.index === undefined || head.index.walk !== undefined) return undefined;
  const { epoch, rows, sequence } = head.index;
  const kept = await answer(store, { read: 'index', ...at, epoch, rows });
  const commits = await answer(store, { read: 'commits', ...at, from: sequence + 1, to: head.sequence });
  if (kept === undefined || !isTail(commits as Commit[], head.index, head)) return undefined;
  const tail = packEntries((commits as Commit[]).flatMap(({ changes }) => changes));
  return [...(kept as PackedEntries[]), PackedEntries.of(tail) as PackedEntries];
}

/** An entry as a line, so that sets of entries are compared. */
export const entryLine = ({ guid, keys }: MatchEntry): string => `${guid} ${keys?.content} ${keys?.blocking}`;

/** The live items of packed entries: of each item the last entry counts. */
export function liveLines(packs: readonly PackedEntries[]): string[] {
  const entries = packs.flatMap((pack) => pack.entries());
  const last = new Map(entries.map((entry) => [entry.guid, entry]));
  const live = [...last.values()].filter(({ keys }) => keys !== undefined);
  return live.map(entryLine).sort();
}

/** The same lines, made of the items themselves. */
export const itemLines = (items: readonly Item[]): string[] =>
  items
    .flatMap(({ guid, content }) =>
      content === undefined ? [] : [entryLine({ guid, keys: matchKeysOf(content) })],
    )
    .sort();

/**
 * What is wrong with the index: each live item must be found by its keys, and no other item may count as live. Nothing is
 * said of an index that is not complete: it is made anew before it is used.
 */
export async function indexFaults(store: Store, at = CONTACTS): Promise<string[]> {
  const [head, packs, items] = await Promise.all([headIn(store, at), packsIn(store, at), itemsIn(store, at)]);
  if (packs === undefined) return [];
  const [expected, found] = [itemLines(items), liveLines(packs)];
  return [
    ...expected.filter((line) => !found.includes(line)).map((line) => `not in the index: ${line}`),
    ...found.filter((line) => !expected.includes(line)).map((line) => `only in the index: ${line}`),
    ...(head?.live === expected.length ? [] : [`${expected.length} items are live, not ${head?.live}`]),
    ...notFound(new MatchIndex(head?.index?.epoch ?? '', packs), items),
  ];
}

/** Items that a look-up by one of their keys does not find. */
function notFound(index: MatchIndex, items: readonly Item[]): string[] {
  return items.flatMap(({ guid, content }) => {
    if (content === undefined) return [];
    const keys = matchKeysOf(content);
    const holders = [
      index.holdersOfContent(keys.content),
      ...blockingKeysIn(keys.blocking).map((key) => index.holdersOf(key)),
    ];
    return holders.every(({ all }) => all.includes(guid)) ? [] : [`not found by its keys: ${guid}`];
  });
}
