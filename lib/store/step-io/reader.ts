/** What a step asks for -> keys and ranges, all fetched at once -> domain records. */
import { type Read, readKey } from '../../engine/io/facts.ts';
import { type Guid, peerOfDevice } from '../../engine/model/ids.ts';
import type { IndexEntry, Item } from '../../engine/model/records.ts';
import { SESSION_SHAPE, type SessionState, type StoredSession } from '../../engine/model/session-state.ts';
import type { Key, Range, Row, Store } from '../port/port.ts';
import * as keys from '../rows/keys.ts';
import { unpackBytes, unpackJson } from '../rows/pack.ts';
import * as shapes from '../rows/shapes.ts';

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

function planOf(read: Read): Plan {
  switch (read.read) {
    case 'account':
      return { keys: [keys.accountKey(read.login)], answer: one(shapes.accountFromRow) };
    case 'device':
      return {
        keys: [keys.deviceKey(read.user, peerOfDevice(read.device))],
        answer: one(shapes.deviceFromRow),
      };
    case 'anchor':
      return { keys: [keys.anchorKey(read, read.peer)], answer: one(shapes.anchorFromRow) };
    case 'head':
      return { keys: [keys.headKey(read)], answer: one(shapes.headFromRow) };
    case 'item':
      return {
        keys: [keys.itemKey(read, read.guid)],
        answer: one((row) => shapes.itemFromRow(read.guid, row)),
      };
    case 'mapping':
      return {
        keys: [keys.mappingKey(read, read.peer, read.generation, read.luid)],
        answer: one(shapes.mappingFromRow),
      };
    case 'version':
      return { keys: [keys.versionKey(read, read.guid, read.rev)], answer: one(shapes.versionFromRow) };
    case 'versions':
      return {
        ranges: [keys.versionRange(read, read.guid)],
        answer: (_, rows) => rows.flatMap((row) => shapes.versionFromRow(row) ?? []),
      };
    case 'body': {
      const { guid, hash, parts } = read;
      return {
        keys: Array.from({ length: parts }, (_, n) => keys.partKey(read, guid, hash, n)),
        answer: (rows) => joinedBytes(rows)?.toString('utf8'),
      };
    }
    case 'commits':
      return {
        ranges: [keys.commitRange(read, read.from, read.to)],
        answer: (_, rows) => rows.map((row) => shapes.commitFromRow(Number(row.sk.slice(2)), row)),
      };
    case 'inventory':
      return { ranges: keys.inventoryRanges(read), answer: (_, rows) => inventoryOf(rows) };
    default:
      return sessionPlan(read);
  }
}

function sessionPlan(read: Extract<Read, { read: 'session' | 'index' | 'chunks' }>): Plan {
  const at = { user: read.user, peer: peerOfDevice(read.device), sessionId: read.sessionId };
  switch (read.read) {
    case 'session':
      return { keys: [keys.sessionKey(at)], answer: one(sessionOf) };
    case 'index':
      return {
        keys: Array.from({ length: read.parts }, (_, n) => keys.indexKey(at, read.datastore, read.tag, n)),
        answer: (rows) => rows.flatMap((row) => (unpackJson(row?.blob) ?? []) as IndexEntry[]),
      };
    case 'chunks':
      return {
        keys: Array.from({ length: read.rows }, (_, n) => keys.chunkKey(at, read.from + n, read.tag)),
        answer: joinedBytes,
      };
  }
}

/** Undefined when a row of the series is gone: a part alone is nothing. */
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

/** A session of another shape cannot be read: its client begins again, and the new session takes the place of its row. */
function sessionOf({ attributes, blob, version }: Row): StoredSession {
  return attributes.f === SESSION_SHAPE ? { state: unpackJson(blob) as SessionState, version } : { version };
}

const nameOf = (key: Key): string => JSON.stringify([key.table, key.pk, key.sk]);

/** Answers all reads with one batch of keys and the ranges, in parallel: one sequential store call (and paging). */
export async function answerReads(
  store: Store,
  reads: readonly Read[],
  known: Map<string, unknown>,
): Promise<void> {
  const plans = reads.map((read) => ({ read, plan: planOf(read) }));
  const wanted = new Map<string, Key>();
  for (const { plan } of plans) for (const key of plan.keys ?? []) wanted.set(nameOf(key), key);
  const [rows, ranged] = await Promise.all([
    wanted.size === 0 ? [] : store.get([...wanted.values()]),
    Promise.all(
      plans.map(({ plan }) => Promise.all((plan.ranges ?? []).map((range) => queryAll(store, range)))),
    ),
  ]);
  const byName = new Map(rows.map((row) => [nameOf(row), row]));
  plans.forEach(({ read, plan }, n) => {
    const found = (plan.keys ?? []).map((key) => byName.get(nameOf(key)));
    const answer = plan.answer(found, (ranged[n] ?? []).flat());
    known.set(readKey(read), answer);
    if (read.read === 'inventory') for (const item of answer as readonly Item[]) keepItem(read, item, known);
  });
}

/** Each item of an inventory is read: nobody has to ask for it again. */
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

/** The stored reply of a session, and the MsgID that it answers. */
export async function readReply(
  store: Store,
  at: keys.InSession,
): Promise<{ msgId: number; type: string; bytes: Uint8Array } | undefined> {
  const [row] = await store.get([keys.replyKey(at)]);
  if (row?.blob === undefined) return undefined;
  return {
    msgId: Number(row.attributes.msg),
    type: String(row.attributes.type),
    bytes: unpackBytes(row.blob),
  };
}
