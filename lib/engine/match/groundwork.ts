/**
 * Makes the match index of a datastore anew, in portions: of the items, where there is no index, where a part of it is
 * gone, or where its blocking keys are of a former edition; of its own entries, where most of them are of contents that
 * were replaced since.
 *
 * Each portion is written by itself, before the message is carried out, and moves the head of the log. So whoever comes
 * next goes on from there, and commits that are made meanwhile are in the log behind the index.
 */
import { BLOCKING_EDITION } from '../../pim/match/blocking.ts';
import { emptyIndex } from '../changes/log-heads.ts';
import type { ItemPage } from '../io/reads.ts';
import type { Put } from '../io/writes.ts';
import { matchKeysOf } from '../model/blocking-keys.ts';
import { commitId, SHARDS } from '../model/ids.ts';
import { INDEX_ROW_BYTES, INDEX_ROWS_TOGETHER, LOG_SECONDS } from '../model/limits.ts';
import { entryBytes, type MatchEntry } from '../model/match-entries.ts';
import { type Head, type IndexState, placeBehind, WALK_BEGIN, type WalkPlace } from '../model/records.ts';

/** Where a walk through all items of a datastore goes on when the step is run again. */
export interface GoOn {
  readonly datastore: string;
  readonly place: WalkPlace;
}

/** Thrown to end a run that needs this written first. Never leaves the engine. */
export class Groundwork extends Error {
  readonly transactions: readonly (readonly Put[])[];
  readonly goOn: GoOn | undefined;

  constructor(transactions: readonly (readonly Put[])[], goOn?: GoOn) {
    const { stackTraceLimit } = Error;
    Error.stackTraceLimit = 0;
    super('something has to be written first');
    Error.stackTraceLimit = stackTraceLimit;
    this.transactions = transactions;
    this.goOn = goOn;
  }
}

/** The log of a datastore, whose head is moved. */
export interface IndexedLog {
  readonly datastore: string;
  readonly head: Head;
  /** Random, and new in each exchange. */
  readonly seed: string;
}

const newEpoch = ({ datastore, head, seed }: IndexedLog): string =>
  commitId(seed, `${datastore} index`, head.version);

const rowId = ({ seed }: IndexedLog, epoch: string, row: number): string =>
  commitId(seed, `${epoch} row`, row);

/** The rows of an index that is given up, for the next one to delete. */
const oldRows = (index: IndexState | undefined): Pick<IndexState, 'old'> =>
  index === undefined || index.rows === 0 ? {} : { old: { epoch: index.epoch, rows: index.rows } };

const putHead = ({ datastore, head }: IndexedLog, moved: Partial<Head>): Put => ({
  put: 'head',
  datastore,
  head: { ...head, ...moved },
});

/** May a part of the index have to be made, as far as the head says? */
export const mayNeedWork = ({ index }: Head, now: number): boolean =>
  index === undefined ||
  index.edition !== BLOCKING_EDITION ||
  index.walk !== undefined ||
  index.old !== undefined ||
  (index.tailSince !== undefined && now - index.tailSince > LOG_SECONDS * 1000);

/** Begins an index that is made of the items. */
export function beginIndex(log: IndexedLog): Groundwork {
  const { index } = log.head;
  const begun: IndexState = {
    ...emptyIndex(newEpoch(log), log.head),
    walk: WALK_BEGIN,
    ...oldRows(index),
  };
  return new Groundwork([[putHead(log, { live: 0, index: begun })]]);
}

/** Rows that are deleted in one transaction. */
const SWEPT_ROWS = 80;

/** Deletes rows of an earlier index. */
export function sweepOldRows(log: IndexedLog, index: IndexState): Groundwork {
  const { old, ...rest } = index;
  const { epoch = '', rows = 0 } = old ?? {};
  const left = Math.max(0, rows - SWEPT_ROWS);
  const gone = Array.from(
    { length: rows - left },
    (_, n): Put => ({ put: 'no index', datastore: log.datastore, epoch, row: left + n }),
  );
  const swept = left === 0 ? rest : { ...rest, old: { epoch, rows: left } };
  return new Groundwork([[...gone, putHead(log, { index: swept })]]);
}

/** Takes a page of items into the index. */
export function takeItems(log: IndexedLog, index: IndexState, place: WalkPlace, page: ItemPage): Groundwork {
  const { datastore, head } = log;
  const entries = page.items.flatMap(({ guid, content }): MatchEntry[] =>
    content === undefined ? [] : [{ guid, keys: matchKeysOf(content) }],
  );
  const next = placeBehind(place, page.next);
  const { walk: _, ...rest } = index;
  const id = rowId(log, index.epoch, index.rows);
  const moved: IndexState = {
    ...rest,
    ...(entries.length > 0 && { newest: id }),
    rows: index.rows + (entries.length > 0 ? 1 : 0),
    entries: index.entries + entries.length,
    ...(next.shard < SHARDS && { walk: next }),
  };
  const named = {
    epoch: index.epoch,
    row: index.rows,
    id,
    ...(index.newest !== undefined && { prev: index.newest }),
  };
  const row: Put = { put: 'index', datastore, ...named, entries };
  return new Groundwork([
    [
      ...(entries.length > 0 ? [row] : []),
      putHead(log, { live: (head.live ?? 0) + entries.length, index: moved }),
    ],
  ]);
}

/** Entries of replaced contents that an index may always have. */
const SPARE_ENTRIES = 5_000;

/** Are most entries of the index of contents that were replaced since? */
export const isMostlyOld = ({ index, live = 0 }: Head): boolean =>
  (index?.entries ?? 0) > 2 * live + SPARE_ENTRIES;

/** Makes the index anew of its own entries, which come in the order of the log: of each item the last one counts. */
export function compact(log: IndexedLog, entries: readonly MatchEntry[]): Groundwork {
  const { datastore, head } = log;
  const last = new Map(entries.map((entry) => [entry.guid, entry]));
  const live = [...last.values()].filter(({ keys }) => keys !== undefined);
  const epoch = newEpoch(log);
  const rows = inRows(live).map((entries, row): Put => {
    const prev = row > 0 && { prev: rowId(log, epoch, row - 1) };
    return { put: 'index', datastore, epoch, row, id: rowId(log, epoch, row), ...prev, entries };
  });
  const made: IndexState = {
    ...emptyIndex(epoch, head),
    ...{ rows: rows.length, entries: live.length },
    ...(rows.length > 0 && { newest: rowId(log, epoch, rows.length - 1) }),
    ...oldRows(head.index),
  };
  const transactions: Put[][] = [];
  for (let at = 0; at < rows.length; at += INDEX_ROWS_TOGETHER)
    transactions.push(rows.slice(at, at + INDEX_ROWS_TOGETHER));
  // Nobody reads the rows before the head names their epoch, so they may be written before it.
  const [final = [], ...others] = transactions.reverse();
  const moved = putHead(log, { live: live.length, index: made });
  return new Groundwork([...others.reverse(), [...final, moved]]);
}

function inRows(entries: readonly MatchEntry[]): MatchEntry[][] {
  const rows: MatchEntry[][] = [];
  let room = 0;
  for (const entry of entries) {
    const bytes = entryBytes(entry);
    if (bytes > room) {
      rows.push([]);
      room = INDEX_ROW_BYTES;
    }
    rows.at(-1)?.push(entry);
    room -= bytes;
  }
  return rows;
}
