/**
 * Reads of a step -> keys and ranges, fetched at once -> domain records. `PLANS` has an entry for each kind of Read.
 */
import { type Read, type ReadKind, readKey } from '../../engine/io/facts.ts';
import type { ItemPage } from '../../engine/io/reads.ts';
import { type Guid, peerOfDevice } from '../../engine/model/ids.ts';
import { type MappedItems, mappedItems, unpackPairs } from '../../engine/model/mapping-pairs.ts';
import type { Head, Item } from '../../engine/model/records.ts';
import { SESSION_SHAPE, type SessionState, type StoredSession } from '../../engine/model/session-state.ts';
import type { Key, Range, Row, Store } from '../port/port.ts';
import { keyText } from '../port/rules.ts';
import * as keys from '../rows/keys.ts';
import { unpackBytes, unpackJson } from '../rows/pack.ts';
import * as shapes from '../rows/shapes.ts';
import { indexRows } from './index-rows.ts';

/** How one read is answered: from rows by key, or from the rows of ranges. */
interface Plan {
  readonly keys?: readonly Key[];
  readonly ranges?: readonly Range[];
  /** `found` in the order of `keys`, absent ones undefined; `ranged` all rows of the ranges. */
  readonly answer: (found: readonly (Row | undefined)[], ranged: readonly Row[]) => unknown;
}

const one =
  <T>(parse: (row: Row) => T) =>
  ([row]: readonly (Row | undefined)[]): T | undefined =>
    row && parse(row);

type ReadOf<K extends ReadKind> = Extract<Read, { readonly read: K }>;
type SessionRead = ReadOf<'session' | 'chunks'>;

const sessionOf = ({ user, device, sessionId }: SessionRead): keys.InSession => ({
  user,
  peer: peerOfDevice(device),
  sessionId,
});

/** Reads that are answered in their own way. */
type OwnRead = ReadOf<'head' | 'items' | 'index' | 'pairs'>;
type PlannedKind = Exclude<ReadKind, OwnRead['read']>;

const PLANS: { readonly [K in PlannedKind]: (read: ReadOf<K>) => Plan } = {
  account: ({ login }) => ({ keys: [keys.accountKey(login)], answer: one(shapes.accountFromRow) }),
  device: ({ user, device }) => ({
    keys: [keys.deviceKey(user, peerOfDevice(device))],
    answer: one(shapes.deviceFromRow),
  }),
  anchor: (read) => ({ keys: [keys.anchorKey(read, read.peer)], answer: one(shapes.anchorFromRow) }),
  item: (read) => ({
    keys: [keys.itemKey(read, read.guid)],
    answer: one((row) => shapes.itemFromRow(read.guid, row)),
  }),
  mapping: (read) => ({
    keys: [keys.mappingKey(read, read.peer, read.generation, read.luid)],
    answer: one(shapes.mappingFromRow),
  }),
  version: (read) => ({
    keys: [keys.versionKey(read, read.guid, read.rev)],
    answer: one(shapes.versionFromRow),
  }),
  versions: (read) => ({
    ranges: [keys.versionRange(read, read.guid)],
    answer: (_, rows) => rows.flatMap((row) => shapes.versionFromRow(row) ?? []),
  }),
  body: (read) => ({
    keys: numbered(read.parts, (n) => keys.partKey(read, read.guid, read.hash, n)),
    answer: (rows) => joinedBytes(rows)?.toString('utf8'),
  }),
  commits: (read) => ({
    ranges: [keys.commitRange(read, read.from, read.to)],
    answer: (_, rows) => rows.map((row) => shapes.commitFromRow(Number(row.sk.slice(2)), row)),
  }),
  inventory: (read) => ({ ranges: keys.inventoryRanges(read), answer: (_, rows) => inventoryOf(rows) }),
  session: (read) => ({ keys: [keys.sessionKey(sessionOf(read))], answer: one(storedSession) }),
  chunks: (read) => ({
    keys: numbered(read.rows, (n) => keys.chunkKey(sessionOf(read), read.from + n, read.tag)),
    answer: joinedBytes,
  }),
};

type PlannedRead = Extract<Read, { readonly read: PlannedKind }>;

const planOf = (read: PlannedRead): Plan => (PLANS[read.read] as (read: PlannedRead) => Plan)(read);

const isOwn = (read: Read): read is OwnRead => read.read in OWN_READS;

const numbered = (count: number, keyOf: (n: number) => Key): Key[] =>
  Array.from({ length: count }, (_, n) => keyOf(n));

/** The bytes of all rows, joined; undefined when one of the rows is gone. */
function joinedBytes(rows: readonly (Row | undefined)[]): Buffer | undefined {
  const blobs = rows.map((row) => row?.blob);
  return blobs.includes(undefined)
    ? undefined
    : Buffer.concat(blobs.map((blob) => unpackBytes(blob as Uint8Array)));
}

function inventoryOf(rows: readonly Row[]): Item[] {
  const items = rows.map((row) => shapes.itemFromRow(row.sk.slice(2) as Guid, row));
  return items.filter((item) => item.content !== undefined).sort((a, b) => (a.guid < b.guid ? -1 : 1));
}

/**
 * A session of another shape cannot be read: its client begins again, and the new session takes the place of its row.
 */
function storedSession({ attributes, blob, version }: Row): StoredSession {
  return attributes.f === SESSION_SHAPE ? { state: unpackJson(blob) as SessionState, version } : { version };
}

/** Answers all reads with one batch of keys and the ranges, in parallel: one sequential store call (and paging). */
export async function answerReads(
  store: Store,
  reads: readonly Read[],
  known: Map<string, unknown>,
): Promise<void> {
  const plans = reads.flatMap((read) => (isOwn(read) ? [] : [{ read, plan: planOf(read) }]));
  const wanted = new Map<string, Key>();
  for (const { plan } of plans) for (const key of plan.keys ?? []) wanted.set(keyText(key), key);
  const [rows, ranged] = await Promise.all([
    wanted.size === 0 ? [] : store.get([...wanted.values()]),
    Promise.all(
      plans.map(({ plan }) => Promise.all((plan.ranges ?? []).map((range) => queryAll(store, range)))),
    ),
    Promise.all(reads.map((read) => (isOwn(read) ? readOwn(store, read, known) : undefined))),
  ]);
  const byName = new Map(rows.map((row) => [keyText(row), row]));
  plans.forEach(({ read, plan }, n) => {
    const found = (plan.keys ?? []).map((key) => byName.get(keyText(key)));
    const answer = plan.answer(found, (ranged[n] ?? []).flat());
    known.set(readKey(read), answer);
    if (read.read === 'inventory') for (const item of answer as readonly Item[]) keepItem(read, item, known);
  });
}

const OWN_READS: {
  readonly [K in OwnRead['read']]: (
    store: Store,
    read: ReadOf<K>,
    known: Map<string, unknown>,
  ) => Promise<unknown>;
} = {
  head: readHead,
  items: readItems,
  index: (store, read) => indexRows(store, read, read),
  pairs: readPairs,
};

async function readOwn(store: Store, read: OwnRead, known: Map<string, unknown>): Promise<void> {
  const answer = OWN_READS[read.read] as (
    store: Store,
    read: OwnRead,
    known: Map<string, unknown>,
  ) => Promise<unknown>;
  known.set(readKey(read), await answer(store, read, known));
}

/** The row of the head stands behind the commits. So one query finds the head, or else the newest commit. */
async function readHead(store: Store, read: ReadOf<'head'>): Promise<Head | undefined> {
  const [row] = (await store.query({ ...keys.logRange(read), descending: true, limit: 1 })).rows;
  if (row === undefined) return undefined;
  if (row.sk === keys.headKey(read).sk) return shapes.headFromRow(row);
  const { sequence, id } = shapes.commitFromRow(Number(row.sk.slice(2)), row);
  return { sequence, ...(id !== undefined && { id }), version: 0 };
}

async function readItems(
  store: Store,
  read: ReadOf<'items'>,
  known: Map<string, unknown>,
): Promise<ItemPage> {
  const range = keys.shardRange(read, read.shard);
  const { rows, next } = await store.query({
    ...range,
    limit: read.limit,
    ...(read.after !== '' && { after: keys.itemKey(read, read.after as Guid).sk }),
  });
  const items = rows.map((row) => shapes.itemFromRow(row.sk.slice(2) as Guid, row));
  for (const item of items) keepItem(read, item, known);
  return { items, ...(next !== undefined && { next: next.slice(2) }) };
}

/** Rows of pairs never change. They are read eventually consistent if it is known how many there must be. */
async function readPairs(store: Store, read: ReadOf<'pairs'>): Promise<MappedItems> {
  const range = keys.pairsRange(read, read.peer, read);
  const { least } = read;
  const numbersOf = (rows: readonly Row[]) =>
    new Set(rows.map(({ sk }) => sk.slice(range.from.length, range.from.length + 6)));
  let rows = least === undefined ? undefined : await queryAll(store, { ...range, eventual: true });
  if (rows === undefined || numbersOf(rows).size < (least ?? 0)) rows = await queryAll(store, range);
  return mappedItems(rows.flatMap(({ blob }) => (blob === undefined ? [] : unpackPairs(blob))));
}

/** Makes the items of an inventory known, so that they are not read again one by one. */
function keepItem({ user, datastore }: keys.InDatastore, item: Item, known: Map<string, unknown>): void {
  const key = readKey({ read: 'item', user, datastore, guid: item.guid });
  if (!known.has(key)) known.set(key, item);
}

export async function queryAll(store: Store, range: Range): Promise<Row[]> {
  const rows: Row[] = [];
  let after: string | undefined;
  do {
    const page = await store.query(after === undefined ? range : { ...range, after });
    rows.push(...page.rows);
    after = page.next;
  } while (after !== undefined);
  return rows;
}
