/**
 * Reads the rows of a match index. They never change, so a process keeps those that it read last, and reads only the rows
 * that came since then, eventually consistent. If one of them is not there yet, they are read again consistently. Each row
 * names the one before it, so that rows of two indexes are never taken for one.
 */
import { PackedEntries } from '../../engine/model/match-entries.ts';
import type { Range, Row, Store } from '../port/port.ts';
import { type InDatastore, indexRange } from '../rows/keys.ts';
import { indexIdsIn } from '../rows/shapes.ts';

/** Which rows: those from 0 to `rows - 1` of an epoch. `newest`: the id of the last one; absent in an index of before. */
interface Wanted {
  readonly epoch: string;
  readonly rows: number;
  readonly newest?: string;
}

interface Kept {
  readonly packs: readonly PackedEntries[];
  /** The ids of the rows. */
  readonly ids: readonly (string | undefined)[];
  readonly bytes: number;
}

const NOTHING: Kept = { packs: [], ids: [], bytes: 0 };

/** The most bytes that are kept of all indexes. The one that was used least recently goes first. */
const KEPT_BYTES = 16_000_000;

const caches = new WeakMap<Store, Map<string, Kept>>();

/** The entries, row by row; undefined when a row is gone or of an unknown format. */
export async function indexRows(
  store: Store,
  at: InDatastore,
  wanted: Wanted,
): Promise<readonly PackedEntries[] | undefined> {
  const cache = caches.get(store) ?? new Map<string, Kept>();
  caches.set(store, cache);
  const name = JSON.stringify([at.user, at.datastore, wanted.epoch]);
  const kept = cache.get(name) ?? NOTHING;
  // Where the table was restored, other rows may have the keys of those that are kept.
  const known =
    (await grown(store, at, wanted, kept)) ??
    (kept === NOTHING ? undefined : await grown(store, at, wanted, NOTHING));
  if (known === undefined) return undefined;
  keep(cache, name, known);
  return known.packs.slice(0, wanted.rows);
}

/** The kept rows with those that are missing; undefined if a row is gone, or they do not belong together. */
async function grown(
  store: Store,
  at: InDatastore,
  { epoch, rows, newest }: Wanted,
  kept: Kept,
): Promise<Kept | undefined> {
  if (kept.packs.length >= rows) return isSame(kept.ids[rows - 1], newest) ? kept : undefined;
  const range = indexRange(at, epoch, kept.packs.length);
  const missing = rows - kept.packs.length;
  const found =
    (await rowsOf(store, range, missing)) ?? (await rowsOf(store, { ...range, eventual: false }, missing));
  if (found === undefined) return undefined;
  const [packs, ids] = [[...kept.packs], [...kept.ids]];
  let { bytes } = kept;
  for (const row of found) {
    const pack = row.blob && PackedEntries.of(row.blob);
    const { id, prev } = indexIdsIn(row);
    if (row.blob === undefined || pack === undefined || !isSame(prev, ids.at(-1))) return undefined;
    packs.push(pack);
    ids.push(id);
    bytes += row.blob.byteLength;
  }
  return isSame(ids.at(-1), newest) ? { packs, ids, bytes } : undefined;
}

/** Rows of an index of before have no id. */
const isSame = (id: string | undefined, other: string | undefined): boolean =>
  id === undefined || other === undefined || id === other;

type Reading = Omit<Range, 'eventual'> & { readonly eventual?: boolean };

/** The first `count` rows of the range; undefined when there are fewer, or one between them is gone. */
async function rowsOf(
  store: Store,
  { eventual, ...range }: Reading,
  count: number,
): Promise<Row[] | undefined> {
  const rows: Row[] = [];
  let after: string | undefined;
  do {
    const page = await store.query({
      ...range,
      ...(eventual === true && { eventual }),
      ...(after !== undefined && { after }),
    });
    rows.push(...page.rows);
    after = page.next;
  } while (after !== undefined && rows.length < count);
  const first = Number(range.from.slice(-6));
  const isWhole = rows.length >= count && rows.every((row, n) => Number(row.sk.slice(-6)) === first + n);
  return isWhole ? rows.slice(0, count) : undefined;
}

function keep(cache: Map<string, Kept>, name: string, kept: Kept): void {
  cache.delete(name);
  cache.set(name, kept);
  let sum = 0;
  for (const { bytes } of cache.values()) sum += bytes;
  for (const [oldest, { bytes }] of cache) {
    if (sum <= KEPT_BYTES || oldest === name) return;
    cache.delete(oldest);
    sum -= bytes;
  }
}
