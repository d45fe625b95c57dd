/** An account as an operator may see it: nothing of a verifier. */
import type { Store } from '../store/port/port.ts';
import { knownAccount, readBindings } from './accounts.ts';

export interface DescribedAccount {
  readonly login: string;
  readonly user: string;
  readonly state: 'active' | 'disabled';
  readonly passwords: readonly DescribedPassword[];
}

export interface DescribedPassword {
  readonly id: string;
  readonly label?: string;
  /** Any device may use it. */
  readonly isShared: boolean;
  /** The DevID of the device that it belongs to. */
  readonly device?: string;
  /** Epoch milliseconds; `created` is 0 where it is not known. */
  readonly created: number;
  readonly revoked?: number;
}

/** Throws UnknownLoginError. */
export async function describeAccount(store: Store, login: string): Promise<DescribedAccount> {
  const account = await knownAccount(store, login);
  const bindings = await readBindings(store, account.user);
  return {
    ...{ login: account.login, user: account.user },
    state: account.disabled === true ? 'disabled' : 'active',
    passwords: account.passwords.map(({ id, label, shared, created, revoked }) => {
      const device = bindings?.bound[id];
      return {
        ...{ id, created, isShared: shared === true },
        ...(label !== undefined && { label }),
        ...(device !== undefined && { device }),
        ...(revoked !== undefined && { revoked }),
      };
    }),
  };
}
