/** Passwords of single devices: made by the server, shown once, each for the first device that comes in with it (docs/adr/0029). */
import { randomInt } from 'node:crypto';
import type { Account, Password } from '../engine/model/accounts.ts';
import type { Store } from '../store/port/port.ts';
import { changeAccount, knownAccount, newPassword, normalLogin, UnknownLoginError } from './accounts.ts';

/** Passwords of an account, revoked ones included: each is compared in a login. */
export const MAX_PASSWORDS = 50;

/** Digits and small letters without those that look like another: a keypad has them, and nobody asks which one is meant. */
const LETTERS = '23456789abcdefghjkmnpqrstuvwxyz';
/** 79 bits. */
const LENGTH = 16;

export interface MadePassword {
  readonly id: string;
  /** As it is typed, without blanks. Nobody can read it again. */
  readonly password: string;
}

/** No more passwords fit into the account. */
export class TooManyPasswordsError extends Error {}

/**
 * Makes a password for another device of the login. The oldest revoked ones go where there are too many. Throws UnknownLoginError,
 * TooManyPasswordsError.
 */
export async function addDevicePassword(
  store: Store,
  { login, label }: { readonly login: string; readonly label?: string },
): Promise<MadePassword> {
  const password = Array.from({ length: LENGTH }, () => LETTERS[randomInt(LETTERS.length)]).join('');
  const made = newPassword(normalLogin(login), password, { notifications: true, ...(label && { label }) });
  await change(store, login, (account) => ({
    ...account,
    passwords: [...withRoom(account.passwords), made],
  }));
  return { id: made.id, password };
}

function withRoom(passwords: readonly Password[]): readonly Password[] {
  if (passwords.length < MAX_PASSWORDS) return passwords;
  const [oldest] = passwords
    .filter(({ revoked }) => revoked !== undefined)
    .sort((a, b) => (a.revoked ?? 0) - (b.revoked ?? 0));
  if (oldest === undefined)
    throw new TooManyPasswordsError(`An account has at most ${MAX_PASSWORDS} passwords; revoke one first.`);
  return passwords.filter((one) => one !== oldest);
}

/** No password of the account has this id. */
export class UnknownPasswordError extends Error {}

/** From now on the password opens nothing. Throws UnknownLoginError, UnknownPasswordError. */
export async function revokePassword(
  store: Store,
  { login, id, now }: { readonly login: string; readonly id: string; readonly now: number },
): Promise<void> {
  await change(store, login, (account) => {
    if (!account.passwords.some((one) => one.id === id))
      throw new UnknownPasswordError(`"${login}" has no password with the id ${id}.`);
    const passwords = account.passwords.map((one) =>
      one.id === id && one.revoked === undefined ? { ...one, revoked: now } : one,
    );
    return { ...account, passwords };
  });
}

/** Lets nobody in with the login, or lets them in again. Throws UnknownLoginError. */
export async function setDisabled(store: Store, login: string, isDisabled: boolean): Promise<void> {
  await change(store, login, ({ disabled: _, ...account }) => ({
    ...account,
    ...(isDisabled && { disabled: true }),
  }));
}

async function change(store: Store, login: string, make: (account: Account) => Account): Promise<void> {
  await knownAccount(store, login);
  await changeAccount(store, normalLogin(login), (account) => {
    if (account === undefined) throw new UnknownLoginError(`There is no login "${login}".`);
    return make(account);
  });
}
