/** Logins: who may synchronise. Only verifiers of passwords are kept. */

import { randomBytes } from 'node:crypto';
import { SERVER_ID } from '../engine/device/own-devinf.ts';
import type { Account, Bindings, Password } from '../engine/model/accounts.ts';
import { sameText, verifierOf } from '../engine/session/credentials.ts';
import { type Store, StoreError } from '../store/port/port.ts';
import {
  accountFields,
  accountFromRow,
  bindingsFromRow,
  loginFromRow,
  userFields,
} from '../store/rows/account-shapes.ts';
import { accountKey, bindingsKey, userKey, usersRange } from '../store/rows/keys.ts';

const MAX_ATTEMPTS = 5;
/** Characters; a login is part of keys. */
const MAX_LOGIN = 256;

/** A login that credentials cannot hold. The message says what is wrong with it. */
export class LoginError extends RangeError {}

/**
 * The login as it is stored and compared: without blanks around it, and each letter in one form of Unicode (NFC). Capitals
 * count. Throws a LoginError.
 */
export function normalLogin(login: string): string {
  const normal = login.normalize('NFC').trim();
  if (normal === '' || normal.includes(':')) throw new LoginError('a login is not empty and has no colon');
  if (normal.length > MAX_LOGIN) throw new LoginError(`a login has at most ${MAX_LOGIN} characters`);
  return normal;
}

export interface NewAccount {
  readonly login: string;
  /** Any device may use it. */
  readonly password: string;
  /** Whose data the login opens; by default those of a user of the same name. */
  readonly user?: string;
  readonly policies?: Account['policies'];
  /** Are notifications signed with the password? */
  readonly notifications?: boolean;
}

/**
 * Creates a login, or gives it another shared password and these settings; passwords of single devices stay. Throws a
 * LoginError.
 */
export async function putAccount(store: Store, account: NewAccount): Promise<void> {
  const login = normalLogin(account.login);
  const { user = login, policies, password, notifications } = account;
  const shared = { ...newPassword(login, password, { notifications }), shared: true } as const;
  await changeAccount(store, login, (before) => ({
    ...{
      login,
      user,
      passwords: [shared, ...(before?.passwords ?? []).filter((one) => one.shared !== true)],
    },
    ...(before?.disabled === true && { disabled: true }),
    ...(policies && { policies }),
  }));
}

/** Creates a login, and leaves one that is there as it is: false then. Throws as `putAccount`. */
export async function addAccount(store: Store, account: NewAccount): Promise<boolean> {
  const known = await readAccount(store, account.login);
  if (known === undefined) {
    await putAccount(store, account);
    return true;
  }
  // A login of before is in no list yet.
  await store.transact([{ op: 'put', row: userRow(known.login), condition: 'absent' }]);
  return false;
}

const userRow = (login: string) => ({ ...userKey(login), version: 1, ...userFields(login) });

/** Makes a login without a password; false where it is there. Throws a LoginError. */
export async function addLogin(store: Store, login: string): Promise<boolean> {
  const normal = normalLogin(login);
  let isNew = false;
  await changeAccount(store, normal, (account) => {
    isNew = account === undefined;
    return isNew ? { login: normal, user: normal, passwords: [] } : undefined;
  });
  return isNew;
}

/** Which devices the passwords of a user belong to. */
export async function readBindings(store: Store, user: string): Promise<Bindings | undefined> {
  const [row] = await store.get([bindingsKey(user)]);
  return row && bindingsFromRow(row);
}

/** A password as it is kept. `label`: what the operator calls the device that it is for. */
export function newPassword(
  login: string,
  password: string,
  { notifications, label }: { readonly notifications?: boolean | undefined; readonly label?: string } = {},
): Password {
  return {
    ...{
      id: randomBytes(6).toString('base64url'),
      verifier: verifierOf(login, password),
      created: Date.now(),
    },
    ...(notifications === true && { san: verifierOf(SERVER_ID, password) }),
    ...(label !== undefined && { label }),
  };
}

/**
 * Changes the account of the login, or makes it; undefined leaves it as it is. The login must be normal. Gives the account as it
 * is then. Throws a StoreError after too many lost races.
 */
export async function changeAccount(
  store: Store,
  login: string,
  change: (account: Account | undefined) => Account | undefined,
): Promise<Account | undefined> {
  const key = accountKey(login);
  for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt += 1) {
    const [found] = await store.get([key]);
    const before = found && accountFromRow(found);
    const account = change(before);
    if (account === undefined) return before;
    const version = found?.version ?? 0;
    const condition = found === undefined ? 'absent' : { version };
    const done = await store.transact([
      { op: 'put', row: { ...key, version: version + 1, ...accountFields(account) }, condition },
      { op: 'put', row: userRow(login), condition: 'any' },
    ]);
    if (done === 'committed') return account;
  }
  throw new StoreError('the account could not be written', { retryable: true, notCommitted: true });
}

/** Is the login there, and is this a password of it that any device may use? */
export async function hasPassword(
  store: Store,
  { login, password }: { readonly login: string; readonly password: string },
): Promise<boolean> {
  const account = await readAccount(store, login);
  const own = verifierOf(normalLogin(login), password);
  return (account?.passwords ?? []).some(
    ({ shared, revoked, verifier }) => shared === true && revoked === undefined && sameText(verifier, own),
  );
}

export async function readAccount(store: Store, login: string): Promise<Account | undefined> {
  const [row] = await store.get([accountKey(login.normalize('NFC').trim())]);
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

/** Some of the logins of the server, in the order of their characters; `next` for the page behind them. */
export async function listLogins(
  store: Store,
  after?: string,
): Promise<{ readonly logins: readonly string[]; readonly next?: string }> {
  const { rows, next } = await store.query({ ...usersRange(), ...(after !== undefined && { after }) });
  return { logins: rows.map(loginFromRow), ...(next !== undefined && { next }) };
}

/** The logins that open the data of a user. Reads all accounts of the server. */
export async function loginsOf(store: Store, user: string): Promise<string[]> {
  const found: string[] = [];
  let after: string | undefined;
  do {
    const { logins, next } = await listLogins(store, after);
    for (const login of logins) if ((await readAccount(store, login))?.user === user) found.push(login);
    after = next;
  } while (after !== undefined);
  return found;
}
