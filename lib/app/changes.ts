/** Reads a user's history: the commit log, the versions of an item, and pairs of items that may be the same. */
import { DATASTORES } from '../engine/model/datastores.ts';
import { CRM, type Guid } from '../engine/model/ids.ts';
import type { Commit, Item, ItemVersion, Review } from '../engine/model/records.ts';
import type { Store } from '../store/port/port.ts';
import { commitRange, itemKey, reviewRange, versionRange } from '../store/rows/keys.ts';
import { commitFromRow, itemFromRow, reviewFromRow, versionFromRow } from '../store/rows/shapes.ts';
import { queryAll } from '../store/step-io/reader.ts';
import { wholeContents } from '../store/step-io/whole-contents.ts';

export interface LoggedChange {
  readonly datastore: string;
  readonly sequence: number;
  readonly at: number;
  readonly origin: string;
  readonly guid: string;
  readonly op: 'add' | 'replace' | 'delete';
  readonly rev: number;
  /** The CRM's record id of the item, if the CRM has the item. */
  readonly record?: string;
}

const LAST_SEQUENCE = 999_999_999_999;

/** The changes that the log still names, in order, of one datastore or of each. */
export async function readChanges(
  store: Store,
  user: string,
  options: { datastore?: string } = {},
): Promise<LoggedChange[]> {
  const names = options.datastore === undefined ? DATASTORES.map(({ name }) => name) : [options.datastore];
  const lists = await Promise.all(
    names.map(async (datastore) => {
      const at = { user, datastore };
      const rows = await queryAll(store, commitRange(at, 1, LAST_SEQUENCE));
      const commits = rows.map((row) => commitFromRow(Number(row.sk.slice(2)), row));
      return changesIn(store, at, commits);
    }),
  );
  return lists.flat();
}

/** The changes of these commits. */
export async function changesIn(
  store: Store,
  at: { user: string; datastore: string },
  commits: readonly Commit[],
): Promise<LoggedChange[]> {
  const guids = [...new Set(commits.flatMap((commit) => commit.changes.map((change) => change.guid)))];
  const items = await store.get(guids.map((guid) => itemKey(at, guid)));
  const records = new Map(
    items.map((row) => [row.sk.slice(2), recordOf(itemFromRow(row.sk.slice(2) as Guid, row))]),
  );
  return commits.flatMap((commit) =>
    commit.changes.map(({ guid, op, rev }) => {
      const record = records.get(guid);
      const { sequence, at: when, origin } = commit;
      const change = { datastore: at.datastore, sequence, at: when, origin, guid, op, rev };
      return record === undefined ? change : { ...change, record };
    }),
  );
}

/** The CRM's record id of an item, if the CRM has the item. */
export function recordOf({ luids }: Item): string | undefined {
  const own = luids[CRM];
  return own && Object.values(own)[0]?.[0];
}

/**
 * Contents of an item that were replaced, deleted, or lost a conflict, oldest first, with their texts. Kept for the
 * retention time.
 */
export async function readVersions(
  store: Store,
  user: string,
  datastore: string,
  guid: string,
): Promise<ItemVersion[]> {
  const at = { user, datastore };
  const rows = await queryAll(store, versionRange(at, guid as Guid));
  const versions = rows.flatMap((row) => versionFromRow(row) ?? []);
  const contents = await wholeContents(store, at, versions);
  return versions.map((version, n) => ({ ...version, content: contents[n] ?? version.content }));
}

/** Pairs of items that a first or slow sync kept apart although they may be the same. */
export async function readReviews(store: Store, user: string, datastore: string): Promise<Review[]> {
  return (await queryAll(store, reviewRange({ user, datastore }))).map(reviewFromRow);
}
