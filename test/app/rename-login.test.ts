import { expect, test } from 'vitest';
import {
  addLogin,
  LoginError,
  listLogins,
  putAccount,
  readAccount,
  UnknownLoginError,
} from '../../lib/app/accounts.ts';
import { addDevicePassword, setDisabled } from '../../lib/app/passwords.ts';
import { renameLogin } from '../../lib/app/rename-login.ts';
import type { Store } from '../../lib/store/port/port.ts';
import { headerCode, login } from '../engine/session/logins.ts';
import { memoryStore } from '../kit/memory-store.ts';
import { startServer } from '../kit/server.ts';

const anna = { login: 'anna', password: 'secret', user: 'user-1', policies: { notes: 'keep-both' } } as const;
const rename = { from: 'anna', to: 'berta', now: 7 };

test('a renamed login opens the same data, with new passwords alone', async () => {
  const store = memoryStore();
  const server = await startServer({ store, users: [] });
  const enter = async (user: string, password: string) =>
    headerCode((await login(server, { auth: 'basic', user, password, device: 'phone' })).reply);
  await putAccount(store, anna);
  await renameLogin(store, rename);
  const { password } = await addDevicePassword(store, { login: 'berta' });
  expect(await enter('berta', password)).toBe(212);
  expect([await enter('berta', 'secret'), await enter('anna', 'secret')]).toEqual([401, 401]);
  expect(await readAccount(store, 'berta')).toMatchObject({ user: 'user-1', policies: anna.policies });
});

test('nobody gets the data by making the old login anew', async () => {
  const store = memoryStore();
  await addLogin(store, 'anna');
  await addDevicePassword(store, { login: 'anna' });
  await renameLogin(store, rename);
  expect(await addLogin(store, 'anna')).toBe(false);
  const old = await readAccount(store, 'anna');
  expect(old?.disabled).toBe(true);
  expect(old?.passwords.map(({ revoked }) => revoked)).toEqual([7]);
  expect((await listLogins(store)).logins).toEqual(['anna', 'berta']);
});

test('a disabled login stays disabled under its new name', async () => {
  const store = memoryStore();
  await putAccount(store, anna);
  await setDisabled(store, 'anna', true);
  await renameLogin(store, rename);
  expect((await readAccount(store, 'berta'))?.disabled).toBe(true);
});

test('a login that is there is not taken, and one that nobody has is told', async () => {
  const store = memoryStore();
  await putAccount(store, anna);
  await putAccount(store, { login: 'berta', password: 'other' });
  for (const to of ['berta', ' anna '])
    await expect(renameLogin(store, { ...rename, to })).rejects.toThrow(LoginError);
  await expect(renameLogin(store, { ...rename, from: 'nobody' })).rejects.toThrow(UnknownLoginError);
  expect((await readAccount(store, 'berta'))?.user).toBe('berta');
});

test('who takes the new login, or changes the old one, at the same time loses nothing', async () => {
  const raw = memoryStore();
  await putAccount(raw, anna);
  let isFirst = true;
  const raced: Store = {
    ...raw,
    transact: async (writes) => {
      if (isFirst) await addDevicePassword(raw, { login: 'anna' });
      isFirst = false;
      return raw.transact(writes);
    },
  };
  await renameLogin(raced, rename);
  expect((await readAccount(raw, 'anna'))?.passwords.map(({ revoked }) => revoked)).toEqual([7, 7]);
});
