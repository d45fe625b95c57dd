/** Gives a user another login. What the user has synchronised stays as it is. */
import type { Account } from '../engine/model/accounts.ts';
import { type Store, StoreError } from '../store/port/port.ts';
import { accountFields, accountFromRow, userFields } from '../store/rows/account-shapes.ts';
import { accountKey, userKey } from '../store/rows/keys.ts';
import { LoginError, normalLogin, UnknownLoginError } from './accounts.ts';

const MAX_ATTEMPTS = 5;

/**
 * The new login opens the data of the user. It has no password yet: what is kept of a password holds the login too (U22), so each
 * device needs a new one. The old login stays, disabled and with all of its passwords revoked: whoever made it anew would get these
 * data. Throws LoginError, also where the new login is there; UnknownLoginError; and a StoreError after too many lost races.
 */
export async function renameLogin(
  store: Store,
  { from, to, now }: { readonly from: string; readonly to: string; readonly now: number },
): Promise<void> {
  const [before, after] = [normalLogin(from), normalLogin(to)];
  for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt += 1) {
    const rows = await store.get([accountKey(before), accountKey(after)]);
    const row = rows.find(({ pk }) => pk === accountKey(before).pk);
    if (row === undefined) throw new UnknownLoginError(`There is no login "${from}".`);
    if (before === after || rows.length > 1) throw new LoginError(`the login "${to}" is there`);
    const account = accountFromRow(row);
    const fresh: Account = { ...account, login: after, passwords: [] };
    const done = await store.transact([
      { op: 'put', row: { ...accountKey(after), version: 1, ...accountFields(fresh) }, condition: 'absent' },
      { op: 'put', row: { ...userKey(after), version: 1, ...userFields(after) }, condition: 'any' },
      {
        op: 'put',
        row: { ...accountKey(before), version: row.version + 1, ...accountFields(closed(account, now)) },
        condition: { version: row.version },
      },
      { op: 'put', row: { ...userKey(before), version: 1, ...userFields(before) }, condition: 'any' },
    ]);
    if (done === 'committed') return;
  }
  throw new StoreError('the login could not be renamed', { retryable: true, notCommitted: true });
}

const closed = (account: Account, now: number): Account => ({
  ...account,
  disabled: true,
  passwords: account.passwords.map((one) => ({ ...one, revoked: one.revoked ?? now })),
});
