/**
 * The rules of the Store port that both adapters share: what a batch may hold, when a row counts as absent, what is
 * left of a range. A batch is checked before anything is sent, so that a wrong one fails in the same way everywhere.
 *
 * Must not know: any adapter.
 */

import { attributesBytes, keyBytes, rowBytes } from '../rows/row-size.ts';
import { ATTRIBUTE } from '../rows/schema.ts';
import {
  type Attribute,
  type Key,
  MAX_ROW_BYTES,
  MAX_TRANSACTION_BYTES,
  MAX_TRANSACTION_WRITES,
  type Range,
  type Row,
  StoreError,
  type Write,
} from './port.ts';

/** DynamoDB's limits for the two parts of a key, in bytes of UTF-8. */
const MAX_PK_BYTES = 2048;
const MAX_SK_BYTES = 1024;

const RESERVED_NAMES: ReadonlySet<string> = new Set(Object.values(ATTRIBUTE));

/** The error for a fault of the caller: nothing was written, and to repeat the call does not help. */
const refusedBatch = (message: string): StoreError =>
  new StoreError(message, { retryable: false, notCommitted: true });

/** The key as one string, for sets and maps. */
export const keyText = (key: Key): string => JSON.stringify([key.table, key.pk, key.sk]);

export const writtenKey = (write: Write): Key => (write.op === 'put' ? write.row : write.key);

/** `expires` is in epoch seconds, `now` in epoch milliseconds. */
export const isExpired = (expires: number | undefined, now: number): boolean =>
  expires !== undefined && expires * 1000 < now;

/** The same keys, each once. */
export const distinctKeys = (keys: readonly Key[]): Key[] => [
  ...new Map(keys.map((key) => [keyText(key), key])).values(),
];

/** Throws a StoreError for a batch that DynamoDB would refuse. */
export function checkBatch(writes: readonly Write[]): void {
  if (writes.length > MAX_TRANSACTION_WRITES) {
    throw refusedBatch(`a transaction of ${writes.length} writes, at most ${MAX_TRANSACTION_WRITES}`);
  }
  const rows = new Set<string>();
  let bytes = 0;
  for (const write of writes) {
    checkKey(writtenKey(write));
    bytes += checkedBytes(write);
    rows.add(keyText(writtenKey(write)));
  }
  if (rows.size < writes.length) throw refusedBatch('two writes of a transaction name the same row');
  if (bytes > MAX_TRANSACTION_BYTES) {
    throw refusedBatch(`a transaction of ${bytes} bytes, at most ${MAX_TRANSACTION_BYTES}`);
  }
}

export function checkKey(key: Key): void {
  const pk = Buffer.byteLength(key.pk);
  const sk = Buffer.byteLength(key.sk);
  if (pk === 0 || pk > MAX_PK_BYTES || sk === 0 || sk > MAX_SK_BYTES) {
    throw refusedBatch(`a key of ${pk} and ${sk} bytes in ${key.table}`);
  }
}

function checkedBytes(write: Write): number {
  if (write.op === 'delete' || write.op === 'check') return keyBytes(write.key);
  const table = writtenKey(write).table;
  const attributes = write.op === 'put' ? write.row.attributes : write.attributes;
  for (const [name, value] of Object.entries(attributes)) {
    if (RESERVED_NAMES.has(name)) throw refusedBatch(`the attribute name '${name}' of ${table} is taken`);
    checkMember(name, value, table);
  }
  const bytes = write.op === 'put' ? rowBytes(write.row) : keyBytes(write.key) + attributesBytes(attributes);
  checkRowBytes(bytes, table);
  return bytes;
}

export function checkRowBytes(bytes: number, table: Row['table']): void {
  if (bytes > MAX_ROW_BYTES)
    throw refusedBatch(`a row of ${bytes} bytes in ${table}, at most ${MAX_ROW_BYTES}`);
}

/**
 * Throws for values that cannot be stored: DynamoDB refuses empty names at any depth, its client refuses integers that
 * a double cannot hold, and JSON would store NaN as null.
 */
function checkMember(name: string, value: Attribute | undefined, table: Row['table']): void {
  if (name === '') throw refusedBatch(`an empty attribute name in ${table}`);
  if (typeof value === 'number' && !(Math.abs(value) <= Number.MAX_SAFE_INTEGER)) {
    throw refusedBatch(`a number in ${table} that cannot be stored`);
  }
  if (typeof value === 'object' && value !== null) {
    for (const [inner, member] of Object.entries(value)) checkMember(inner, member, table);
  }
}

const compare = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b));

/** What is left of a range behind `after`. */
export interface Rest {
  readonly from: string;
  readonly to: string;
  readonly after?: string;
}

/** The sort keys that a query still has to look at; undefined when there can be none. */
export function restOf(range: Range): Rest | undefined {
  if (range.limit !== undefined && !(range.limit >= 1)) throw refusedBatch('a query limit below 1');
  // No stored sort key is empty, and DynamoDB refuses an empty bound.
  const from = range.from === '' ? '\u0000' : range.from;
  const { to, after } = range;
  if (compare(from, to) > 0) return undefined;
  if (after === undefined) return { from, to };
  const [start, end, sign] = range.descending === true ? [to, from, -1] : [from, to, 1];
  if (compare(after, end) * sign >= 0) return undefined;
  return compare(after, start) * sign < 0 ? { from, to } : { from, to, after };
}
