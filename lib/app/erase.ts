/**
 * Erases a user: every row of his data and of his logins. Nobody comes in while it is done, and it can be done again where it
 * broke off. At the end the whole tables are searched, which nothing else does: no row of the user is left in them.
 */

import { DATASTORES } from '../engine/model/datastores.ts';
import type { Peer } from '../engine/model/ids.ts';
import type { Key, SearchableStore, Store } from '../store/port/port.ts';
import { accountKey, anchorKey, userKey } from '../store/rows/keys.ts';
import {
  crmPartition,
  isKeyOfLogin,
  isKeyOfUser,
  itemPartitions,
  type Partition,
  peerPartitions,
  sessionPartition,
  wholeRange,
} from '../store/rows/partitions.ts';
import { TABLES, type TableName } from '../store/rows/schema.ts';
import { anchorFromRow } from '../store/rows/shapes.ts';
import { pagesOf } from '../store/step-io/reader.ts';
import { loginsOf, normalLogin, readAccount, UnknownLoginError } from './accounts.ts';
import { deleteRows } from './delete-rows.ts';
import { knownDevices } from './known-peers.ts';
import { setDisabled } from './passwords.ts';

/** What was done to a table. */
export interface ErasedTable {
  readonly table: TableName;
  /** Rows of the user that were deleted. */
  readonly deleted: number;
  /** Rows of all users that the last search looked at. It found none of this user. */
  readonly searched: number;
}

/** Whose rows they are. */
interface Erased {
  readonly user: string;
  readonly logins: readonly string[];
}

type Told = (progress: { readonly table: TableName; readonly deleted: number }) => void;

/**
 * `login`: any login of the user; the user himself where an earlier attempt deleted the logins already. Throws an
 * UnknownLoginError where nothing is known of either, and StoreErrors as they come.
 */
export async function eraseUser(
  store: SearchableStore,
  login: string,
  told: Told = () => {},
): Promise<readonly ErasedTable[]> {
  const erased = await whoseRows(store, login);
  for (const each of erased.logins) await setDisabled(store, each, true);
  const deleted = new Map<TableName, number>();
  const remove = async (keys: readonly Key[]): Promise<void> => {
    await deleteRows(store, keys);
    for (const { table } of keys) deleted.set(table, (deleted.get(table) ?? 0) + 1);
    for (const table of new Set(keys.map((key) => key.table)))
      told({ table, deleted: deleted.get(table) ?? 0 });
  };
  // The rows of the logins go last: by them the command finds the user again.
  for (const partition of await partitionsOf(store, erased.user))
    for await (const rows of pagesOf(store, wholeRange(partition))) await remove(rows);
  const searched = new Map<TableName, number>();
  for (const table of TABLES.filter((name) => name !== 'accounts'))
    searched.set(table, await searchUntilNone(store, table, { erased, remove }));
  await remove(await present(store, erased.logins));
  searched.set('accounts', await searchUntilNone(store, 'accounts', { erased, remove }));
  await store.destroyRemains([crmPartition(erased.user)]);
  const isKnown = erased.logins.length > 0 || deleted.size > 0;
  if (!isKnown) throw new UnknownLoginError(`There is no login "${login}", and no row of such a user.`);
  return TABLES.map((table) => ({
    table,
    deleted: deleted.get(table) ?? 0,
    searched: searched.get(table) ?? 0,
  }));
}

/** The user of the login, and all logins that open his data. */
async function whoseRows(store: Store, login: string): Promise<Erased> {
  const account = await readAccount(store, login);
  const user = account?.user ?? normalLogin(login);
  const logins = new Set([
    ...(account === undefined ? [] : [account.login]),
    ...(await loginsOf(store, user)),
  ]);
  return { user, logins: [...logins] };
}

/** The partitions that are known without a search: those of sessions first, so that no session goes on. */
async function partitionsOf(store: Store, user: string): Promise<Partition[]> {
  const devices = await knownDevices(store, user);
  const sessions = await Promise.all(devices.map((peer) => sessionsOf(store, user, peer)));
  const peers = peerPartitions(user, devices).map(({ partition }) => partition);
  return [...sessions.flat(), ...itemPartitions(user), ...peers];
}

/** The sessions of a device that may go on. */
async function sessionsOf(store: Store, user: string, peer: Peer): Promise<Partition[]> {
  const rows = await store.get(DATASTORES.map(({ name: datastore }) => anchorKey({ user, datastore }, peer)));
  const ids = rows.flatMap((row) => anchorFromRow(row).session ?? []);
  return [...new Set(ids)].map((sessionId) => sessionPartition({ user, peer, sessionId }));
}

async function present(store: Store, logins: readonly string[]): Promise<Key[]> {
  return store.get(logins.flatMap((login) => [accountKey(login), userKey(login)]));
}

interface Search {
  readonly erased: Erased;
  readonly remove: (keys: readonly Key[]) => Promise<void>;
}

/** Searches the table, and deletes what it finds, until it finds nothing. Gives the number of rows in it then. */
async function searchUntilNone(
  store: SearchableStore,
  table: TableName,
  { erased, remove }: Search,
): Promise<number> {
  const isOwn = (key: Key) =>
    isKeyOfUser(erased.user, key) || erased.logins.some((login) => isKeyOfLogin(login, key));
  for (;;) {
    let [looked, found] = [0, 0];
    let after: string | undefined;
    do {
      const { keys, next } = await store.searchKeys(table, after);
      const own = keys.filter(isOwn);
      await remove(own);
      looked += keys.length;
      found += own.length;
      after = next;
    } while (after !== undefined);
    if (found === 0) return looked;
  }
}
