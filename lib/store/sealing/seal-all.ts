/** Seals all accounts with the newest key: after a new key was made, and for accounts of before, which are not sealed. */
import { type Store, StoreError } from '../port/port.ts';
import { loginFromRow } from '../rows/account-shapes.ts';
import { accountKey, usersRange } from '../rows/keys.ts';
import type { DataKeys } from './data-keys.ts';
import { passwordsIn, secretsIn, withSealedAccounts } from './sealed-accounts.ts';
import { createSealer, keyIdOf } from './sealer.ts';

const MAX_ATTEMPTS = 5;

export interface SealedAll {
  /** Logins that were looked at. */
  readonly logins: number;
  /** Accounts that were sealed anew. */
  readonly sealed: number;
}

/**
 * `store` as it is, without opening. May be broken off: what is sealed with the newest key already is left as it is the next time.
 * Throws StoreErrors as they come.
 */
export async function sealAll(store: Store, keys: DataKeys): Promise<SealedAll> {
  let [logins, sealed] = [0, 0];
  let after: string | undefined;
  do {
    const { rows, next } = await store.query({ ...usersRange(), ...(after !== undefined && { after }) });
    for (const login of rows.map(loginFromRow)) {
      logins += 1;
      if (await sealAccount(store, keys, login)) sealed += 1;
    }
    after = next;
  } while (after !== undefined);
  return { logins, sealed };
}

/** False where there was nothing to seal. */
async function sealAccount(store: Store, keys: DataKeys, login: string): Promise<boolean> {
  const opening = withSealedAccounts(store, createSealer(keys));
  for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt += 1) {
    const [stored] = await store.get([accountKey(login)]);
    if (stored === undefined) return false;
    const texts = (passwordsIn(stored.table, stored.attributes) ?? []).flatMap(secretsIn);
    if (texts.length === 0) return false;
    const { id } = await keys.newest();
    if (texts.every((text) => keyIdOf(text) === id)) return false;
    const [row] = await opening.get([accountKey(login)]);
    if (row === undefined) return false;
    const { version } = row;
    const put = { op: 'put', row: { ...row, version: version + 1 }, condition: { version } } as const;
    if ((await opening.transact([put])) === 'committed') return true;
  }
  throw new StoreError('an account could not be sealed', { retryable: true, notCommitted: true });
}
