import { expect, test } from 'vitest';
import {
  hasPassword,
  listLogins,
  putAccount,
  readAccount,
  UnknownLoginError,
} from '../../lib/app/accounts.ts';
import { addDevicePassword } from '../../lib/app/passwords.ts';
import { removeLogin } from '../../lib/app/remove-login.ts';
import { sqliteStore } from '../../lib/store/sqlite/store.ts';

const anna = { login: 'anna', password: 'secret', user: 'user-1' };

test('a login that is removed opens nothing, and is in no list', async () => {
  const store = sqliteStore({ file: ':memory:' });
  await putAccount(store, anna);
  await putAccount(store, { login: 'ben', password: 'other' });
  expect(await removeLogin(store, ' anna ')).toEqual({ user: 'user-1' });
  expect(await readAccount(store, 'anna')).toBeUndefined();
  expect(await hasPassword(store, anna)).toBe(false);
  expect((await listLogins(store)).logins).toEqual(['ben']);
});

test('a login that is made anew has none of the passwords of before', async () => {
  const store = sqliteStore({ file: ':memory:' });
  await putAccount(store, anna);
  await addDevicePassword(store, { login: 'anna' });
  await removeLogin(store, 'anna');
  await putAccount(store, { login: 'anna', password: 'new' });
  expect((await readAccount(store, 'anna'))?.passwords).toHaveLength(1);
  expect(await hasPassword(store, anna)).toBe(false);
});

test('a login that nobody has is told', async () => {
  const store = sqliteStore({ file: ':memory:' });
  await expect(removeLogin(store, 'nobody')).rejects.toThrow(UnknownLoginError);
});
