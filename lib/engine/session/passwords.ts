/** Which passwords of an account open the sync of a device (docs/adr/0029). */
import type { Account, Bindings, Password } from '../model/accounts.ts';

/** Is the password for one device alone? */
export const isForOneDevice = ({ shared, revoked }: Password): boolean =>
  shared !== true && revoked === undefined;

/** The passwords that the device may come in with. */
export const usablePasswords = (
  { passwords, disabled }: Account,
  bindings: Bindings | undefined,
  device: string,
): readonly Password[] =>
  disabled === true
    ? []
    : passwords.filter(
        (one) => one.revoked === undefined && (one.shared === true || isFor(one, bindings, device)),
      );

const isFor = ({ id }: Password, bindings: Bindings | undefined, device: string): boolean =>
  (bindings?.bound[id] ?? device) === device;

/** The bindings with this one; undefined where it needs none, or is bound already. */
export function boundTo(
  { id, shared }: Password,
  bindings: Bindings | undefined,
  device: string,
): Bindings | undefined {
  const { bound, version } = bindings ?? { bound: {}, version: 0 };
  return shared === true || bound[id] !== undefined
    ? undefined
    : { bound: { ...bound, [id]: device }, version };
}

/** The verifier of a password that server and device both know (U27): the device's own, else a shared one. */
export const sanOf = (account: Account, bindings: Bindings | undefined, device: string): string | undefined =>
  usablePasswords(account, bindings, device)
    .filter(({ san }) => san !== undefined)
    .sort((a, b) => Number(a.shared === true) - Number(b.shared === true))[0]?.san;

/** Why a password that is one of the account's does not open the sync. */
export function whyUnusable(
  { disabled }: Account,
  { revoked }: Password,
): 'disabled' | 'revoked' | 'other-device' {
  if (disabled === true) return 'disabled';
  return revoked === undefined ? 'other-device' : 'revoked';
}
