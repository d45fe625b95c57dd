/** Logins: who may synchronise. Only a verifier of the password is kept. */

import { SERVER_ID } from '../engine/device/own-devinf.ts';
import type { Account } from '../engine/model/records.ts';
import { verifierOf } from '../engine/session/credentials.ts';
import { type Store, StoreError } from '../store/port/port.ts';
import { accountKey } from '../store/rows/keys.ts';
import { accountFields, accountFromRow } from '../store/rows/shapes.ts';

const MAX_ATTEMPTS = 5;

/**
 * Creates or replaces a login. `user`: whose data the login opens, by default a user of the same name. Throws a
 * RangeError for a login that credentials cannot hold.
 */
export async function putAccount(
  store: Store,
  account: {
    login: string;
    password: string;
    user?: string;
    policies?: Account['policies'];
    notifications?: boolean;
  },
): Promise<void> {
  const { login, password, user = login, policies } = account;
  if (login === '' || login.includes(':')) throw new RangeError('a login is not empty and has no colon');
  const record: Account = {
    login,
    user,
    verifier: verifierOf(login, password),
    ...(account.notifications === true && { san: verifierOf(SERVER_ID, password) }),
    ...(policies && { policies }),
  };
  for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt += 1) {
    const [existing] = await store.get([accountKey(login)]);
    const version = (existing?.version ?? 0) + 1;
    const row = { ...accountKey(login), version, ...accountFields(record) };
    if ((await store.transact([{ op: 'put', row, condition: 'any' }])) === 'committed') return;
  }
  throw new StoreError('the account could not be written', { retryable: true, notCommitted: true });
}

/** Creates a login, and leaves one that is there as it is: false then. Throws as `putAccount`. */
export async function addAccount(
  store: Store,
  account: { readonly login: string; readonly password: string },
): Promise<boolean> {
  if ((await readAccount(store, account.login)) !== undefined) return false;
  await putAccount(store, account);
  return true;
}

/** Is the login there, and is this its password? */
export async function hasPassword(
  store: Store,
  { login, password }: { readonly login: string; readonly password: string },
): Promise<boolean> {
  return (await readAccount(store, login))?.verifier === verifierOf(login, password);
}

export async function readAccount(store: Store, login: string): Promise<Account | undefined> {
  const [row] = await store.get([accountKey(login)]);
  return row && accountFromRow(row);
}

/** A login that no account has. */
export class UnknownLoginError extends Error {}

/** As `readAccount`; throws UnknownLoginError. */
export async function knownAccount(store: Store, login: string): Promise<Account> {
  const account = await readAccount(store, login);
  if (account === undefined) throw new UnknownLoginError(`There is no login "${login}".`);
  return account;
}
