/** Takes a login away. What its user has synchronised stays; another login may be made for it. */

import { type Store, StoreError } from '../store/port/port.ts';
import { accountFromRow } from '../store/rows/account-shapes.ts';
import { accountKey, userKey } from '../store/rows/keys.ts';
import { normalLogin, UnknownLoginError } from './accounts.ts';

const MAX_ATTEMPTS = 5;

/**
 * Deletes the account of the login with all of its passwords, and its row in the list of logins. A session that runs goes on
 * until it ends. Gives the user whose data the login opened. Throws LoginError, UnknownLoginError, and a StoreError after
 * too many lost races.
 */
export async function removeLogin(store: Store, login: string): Promise<{ readonly user: string }> {
  const normal = normalLogin(login);
  const key = accountKey(normal);
  for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt += 1) {
    const [row] = await store.get([key]);
    if (row === undefined) throw new UnknownLoginError(`There is no login "${login}".`);
    const done = await store.transact([
      { op: 'delete', key, condition: { version: row.version } },
      { op: 'delete', key: userKey(normal), condition: 'any' },
    ]);
    if (done === 'committed') return { user: accountFromRow(row).user };
  }
  throw new StoreError('the account could not be deleted', { retryable: true, notCommitted: true });
}
