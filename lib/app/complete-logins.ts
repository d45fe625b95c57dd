/** Puts the logins of a store of before into the list of logins, which it did not have. */
import type { Store } from '../store/port/port.ts';
import type { Scan } from '../store/port/scan.ts';
import { loginFromRow, userFields } from '../store/rows/account-shapes.ts';
import { accountKey, isAccountKey, userKey } from '../store/rows/keys.ts';

/** Reads all accounts. May be broken off and done again. Gives the logins that were added. Throws StoreErrors as they come. */
export async function completeLogins(store: Store, scan: Scan): Promise<readonly string[]> {
  const added: string[] = [];
  let after: string | undefined;
  do {
    const { rows, next } = await scan('accounts', after);
    const logins = rows.filter(isAccountKey).map(loginFromRow);
    for (const login of await unlisted(store, logins)) if (await list(store, login)) added.push(login);
    after = next;
  } while (after !== undefined);
  return added;
}

async function unlisted(store: Store, logins: readonly string[]): Promise<string[]> {
  const listed = new Set((await store.get(logins.map(userKey))).map(loginFromRow));
  return logins.filter((login) => !listed.has(login));
}

/** False where the login was listed, or removed, meanwhile. */
async function list(store: Store, login: string): Promise<boolean> {
  const row = { ...userKey(login), version: 1, ...userFields(login) };
  const done = await store.transact([
    { op: 'check', key: accountKey(login), condition: 'exists' },
    { op: 'put', row, condition: 'absent' },
  ]);
  return done === 'committed';
}
