/**
 * Reads the rows of a match index. They never change, so a process keeps those that it read last, and reads only the rows
 * that came since then, eventually consistent. If one of them is not there yet, they are read again consistently.
 */
import { PackedEntries } from '../../engine/model/match-entries.ts';
import type { Range, Row, Store } from '../port/port.ts';
import { type InDatastore, indexRange } from '../rows/keys.ts';

/** Which rows: those from 0 to `rows - 1` of an epoch. */
interface Wanted {
  readonly epoch: string;
  readonly rows: number;
}

interface Kept {
  readonly packs: readonly PackedEntries[];
  readonly bytes: number;
}

/** The most bytes that are kept of all indexes. The one that was used least recently goes first. */
const KEPT_BYTES = 16_000_000;

const caches = new WeakMap<Store, Map<string, Kept>>();

/** The entries, row by row; undefined when a row is gone or of an unknown format. */
export async function indexRows(
  store: Store,
  at: InDatastore,
  { epoch, rows }: Wanted,
): Promise<readonly PackedEntries[] | undefined> {
  const cache = caches.get(store) ?? new Map<string, Kept>();
  caches.set(store, cache);
  const name = JSON.stringify([at.user, at.datastore, epoch]);
  const kept = cache.get(name) ?? { packs: [], bytes: 0 };
  if (kept.packs.length >= rows) {
    keep(cache, name, kept);
    return kept.packs.slice(0, rows);
  }
  const range = indexRange(at, epoch, kept.packs.length);
  const missing = rows - kept.packs.length;
  const found =
    (await rowsOf(store, range, missing)) ?? (await rowsOf(store, { ...range, eventual: false }, missing));
  if (found === undefined) return undefined;
  const packs = [...kept.packs];
  let { bytes } = kept;
  for (const { blob } of found) {
    const pack = blob && PackedEntries.of(blob);
    if (blob === undefined || pack === undefined) return undefined;
    packs.push(pack);
    bytes += blob.byteLength;
  }
  keep(cache, name, { packs, bytes });
  return packs;
}

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
