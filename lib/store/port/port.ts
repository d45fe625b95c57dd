/**
 * The Store port: rows in partitions, conditions, one atomic batch. Shaped after DynamoDB so that both adapters
 * (dynamodb/store.ts, sqlite/store.ts) stay thin; `test/store/contract.ts` holds them to the same behaviour.
 *
 * Must not know: what a row means.
 */
import type { TableName } from '../rows/schema.ts';

export type Scalar = string | number | boolean | null;
/** What an attribute may hold. `undefined` members are not stored. */
export type Attribute = Scalar | readonly Attribute[] | { readonly [name: string]: Attribute };

export interface Key {
  readonly table: TableName;
  readonly pk: string;
  readonly sk: string;
}

export interface Row extends Key {
  /** Raised by every write; 1 at first. Conditions compare it. */
  readonly version: number;
  /** Epoch seconds after which the row counts as absent, everywhere, at once. */
  readonly expires?: number;
  readonly attributes: { readonly [name: string]: Attribute };
  /** One binary attribute beside the others (a compressed body, a stored reply). */
  readonly blob?: Uint8Array;
}

/**
 * - `absent`: there is no such row, or it expired. So two writers cannot both create the row.
 * - `version`: the row has the version that was read. So no write in between is undone.
 * - `exists`: there is such a row, of any version.
 * - `any`: no condition, for writes that may be repeated with the same result.
 */
export type Condition = 'absent' | 'exists' | 'any' | { readonly version: number };

export type Write =
  /** Create or replace the whole row. */
  | { readonly op: 'put'; readonly row: Row; readonly condition: Condition }
  /**
   * Set these attributes (and `expires` if given) of a row that must exist, leave the others, raise its version by one.
   */
  | {
      readonly op: 'set';
      readonly key: Key;
      readonly attributes: { readonly [name: string]: Attribute };
      readonly expires?: number;
      readonly condition: Exclude<Condition, 'absent'>;
    }
  | { readonly op: 'delete'; readonly key: Key; readonly condition: Exclude<Condition, 'absent'> }
  | { readonly op: 'check'; readonly key: Key; readonly condition: Exclude<Condition, 'any'> };

/** Rows of one partition whose sort key lies in [from, to], both ends included, in sort-key order (UTF-8 bytes). */
export interface Range {
  readonly table: TableName;
  readonly pk: string;
  readonly from: string;
  readonly to: string;
  readonly descending?: boolean;
  readonly limit?: number;
  /** `next` of the previous page: the page begins after this sort key. */
  readonly after?: string;
  /**
   * The page may lack the newest rows, at half the price. Only for rows that never change, where the caller knows which
   * of them there must be.
   */
  readonly eventual?: true;
}

export interface Page {
  readonly rows: readonly Row[];
  /** Present when more rows may follow. A page may be empty and still have a next (expired rows, size limit). */
  readonly next?: string;
}

/** Most writes in one transaction [DynamoDB]. A larger batch is a fault of the caller and throws a StoreError. */
export const MAX_TRANSACTION_WRITES = 100;
/** Most bytes of all rows in one transaction (DynamoDB takes 4 MB; this leaves room for names and keys). */
export const MAX_TRANSACTION_BYTES = 3_500_000;
/** Most bytes in one row (DynamoDB takes 400 KB). */
export const MAX_ROW_BYTES = 390_000;

export interface Store {
  /** Consistent read of any number of keys, in any order. Absent and expired rows are left out. */
  get(keys: readonly Key[]): Promise<Row[]>;
  /** One page of one partition, consistent unless the range says `eventual`. */
  query(range: Range): Promise<Page>;
  /**
   * Carries out all writes or none. `conflict` when a condition failed or another transaction touched the same rows.
   * Throws a StoreError, retryable or not, for all other failures. Then the writes may have been committed, unless the
   * error has `notCommitted`. Two writes of a batch may not name the same row.
   */
  transact(writes: readonly Write[]): Promise<'committed' | 'conflict'>;
  close(): Promise<void>;
}

/** A failure of the datastore itself, translated from the adapter's own errors. `message` is safe to log. */
export class StoreError extends Error {
  readonly retryable: boolean;
  readonly notCommitted: boolean;
  /** Seconds after which the call may be tried again. Set where a person has to mend the cause first. */
  readonly retryAfter: number | undefined;
  constructor(
    message: string,
    options: { retryable: boolean; notCommitted: boolean; cause?: unknown; retryAfter?: number },
  ) {
    super(message, { cause: options.cause });
    this.name = 'StoreError';
    this.retryable = options.retryable;
    this.notCommitted = options.notCommitted;
    this.retryAfter = options.retryAfter;
  }
}

/** One change of a row as a stream reports it, at least once, in order per partition key. */
export interface StreamRecord {
  readonly eventId: string;
  readonly event: 'INSERT' | 'MODIFY' | 'REMOVE';
  readonly key: Key;
  readonly row?: Row;
}
