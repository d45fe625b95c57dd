/**
 * The Store port on maps, for tests that need many stores for a short time. Held to the contract of the port like
 * the others, without streams. What it gives out is frozen, so that nobody changes what is stored without a write.
 */
import {
  type Attribute,
  type Condition,
  type Key,
  type Page,
  type Range,
  type Row,
  type Store,
  StoreError,
  type Write,
} from '../../lib/store/port/port.ts';
import {
  checkBatch,
  checkKey,
  checkRowBytes,
  distinctKeys,
  isExpired,
  restOf,
  writtenKey,
} from '../../lib/store/port/rules.ts';
import { rowBytes } from '../../lib/store/rows/row-size.ts';

/** DynamoDB ends a page here. */
const PAGE_BYTES = 1_000_000;

interface Stored {
  readonly row: Row;
  readonly bytes: number;
}
/** Rows by sort key, and the sort keys in order. */
interface Partition {
  readonly rows: Map<string, Stored>;
  readonly order: string[];
}
type Partitions = Map<string, Partition>;

/** `now` gives epoch milliseconds. */
export function memoryStore({ now = Date.now }: { readonly now?: () => number } = {}): Store {
  const partitions: Partitions = new Map();
  let isOpen = true;
  const opened = (): Partitions => {
    if (isOpen) return partitions;
    throw new StoreError('the store is closed', { retryable: false, notCommitted: true });
  };
  return {
    get: async (keys) => readRows(opened(), keys, now()),
    query: async (range) => readPage(opened(), range, now()),
    transact: async (writes) => transact(opened(), writes, now()),
    close: async () => {
      isOpen = false;
    },
  };
}

const partitionText = ({ table, pk }: Pick<Key, 'table' | 'pk'>): string => `${table} ${pk}`;
const storedAt = (partitions: Partitions, key: Key): Stored | undefined =>
  partitions.get(partitionText(key))?.rows.get(key.sk);

function readRows(partitions: Partitions, keys: readonly Key[], now: number): Row[] {
  keys.forEach(checkKey);
  const found = distinctKeys(keys).map((key) => storedAt(partitions, key)?.row);
  return found.filter((row) => row !== undefined && !isExpired(row.expires, now)) as Row[];
}

function readPage(partitions: Partitions, range: Range, now: number): Page {
  const rest = restOf(range);
  const partition = partitions.get(partitionText(range));
  if (rest === undefined || partition === undefined) return { rows: [] };
  const { from, to, after } = rest;
  const start = placeOf(partition.order, from);
  const end = placeOf(partition.order, to);
  const within = partition.order.slice(start, partition.order[end] === to ? end + 1 : end);
  if (range.descending === true) within.reverse();
  const first = after === undefined ? 0 : within.findIndex((sk) => isBehind(sk, after, range));
  const rows: Row[] = [];
  let [examined, size] = [0, 0];
  for (const sk of first < 0 ? [] : within.slice(first)) {
    const { row, bytes } = partition.rows.get(sk) as Stored;
    if (!isExpired(row.expires, now)) rows.push(row);
    examined += 1;
    size += bytes;
    // The limit counts rows examined, like DynamoDB's.
    if (size >= PAGE_BYTES || examined === range.limit) return { rows, next: sk };
  }
  return { rows };
}

const isBehind = (sk: string, after: string, { descending }: Range): boolean =>
  descending === true ? compare(sk, after) < 0 : compare(sk, after) > 0;

function transact(partitions: Partitions, writes: readonly Write[], now: number): 'committed' | 'conflict' {
  checkBatch(writes);
  const live = writes.map((write) => {
    const row = storedAt(partitions, writtenKey(write))?.row;
    return row === undefined || isExpired(row.expires, now) ? undefined : row;
  });
  if (!writes.every((write, n) => holds(write, live[n]))) return 'conflict';
  const rows = writes.map((write, n) => rowAfter(write, live[n]));
  writes.forEach((write, n) => {
    const row = rows[n];
    if (row !== undefined) put(partitions, row);
    else if (write.op === 'delete') remove(partitions, write.key);
  });
  return 'committed';
}

function holds({ op, condition }: { op: Write['op']; condition: Condition }, live: Row | undefined): boolean {
  if (condition === 'any') return op !== 'set' || live !== undefined;
  if (condition === 'absent') return live === undefined;
  if (condition === 'exists') return live !== undefined;
  return live?.version === condition.version;
}

/** Undefined where nothing is put. */
function rowAfter(write: Write, before: Row | undefined): Row | undefined {
  if (write.op === 'put') return write.row;
  if (write.op !== 'set' || before === undefined) return undefined;
  const row: Row = {
    ...before,
    version: before.version + 1,
    attributes: { ...before.attributes, ...(copied(write.attributes) as Row['attributes']) },
    ...(write.expires === undefined ? {} : { expires: write.expires }),
  };
  checkRowBytes(rowBytes(row), row.table);
  return row;
}

function put(partitions: Partitions, row: Row): void {
  const name = partitionText(row);
  const partition = partitions.get(name) ?? { rows: new Map(), order: [] };
  partitions.set(name, partition);
  const { table, pk, sk, version, expires, attributes, blob } = row;
  const own: Row = Object.freeze({
    ...{ table, pk, sk, version },
    ...(expires === undefined ? {} : { expires }),
    attributes: copied(attributes) as Row['attributes'],
    ...(blob === undefined ? {} : { blob: new Uint8Array(blob) }),
  });
  if (!partition.rows.has(sk)) partition.order.splice(placeOf(partition.order, sk), 0, sk);
  partition.rows.set(sk, { row: own, bytes: rowBytes(own) });
}

function remove(partitions: Partitions, key: Key): void {
  const partition = partitions.get(partitionText(key));
  if (partition?.rows.delete(key.sk) === true) partition.order.splice(placeOf(partition.order, key.sk), 1);
}

/** Frozen, without members that are undefined. */
function copied(value: Attribute): Attribute {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  if (Array.isArray(value)) return Object.freeze(value.map(copied));
  const copy: { [name: string]: Attribute } = {};
  for (const [name, member] of Object.entries(value)) if (member !== undefined) copy[name] = copied(member);
  return Object.freeze(copy);
}

/** Where the sort key stands in the order, or would. */
function placeOf(order: readonly string[], sk: string): number {
  let [low, high] = [0, order.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (compare(order[middle] as string, sk) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** By UTF-8 bytes: as UTF-16, but for surrogates, which stand for what comes last. */
function compare(a: string, b: string): number {
  let at = 0;
  while (at < a.length && a.charCodeAt(at) === b.charCodeAt(at)) at += 1;
  return rankAt(a, at) - rankAt(b, at);
}

function rankAt(text: string, at: number): number {
  if (at >= text.length) return -1;
  const unit = text.charCodeAt(at);
  return unit >= 0xd800 && unit < 0xe000 ? unit + 0x10000 : unit;
}
