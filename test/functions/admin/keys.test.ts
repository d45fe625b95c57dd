/** `npm run admin -- keys ...`: passwords are sealed with the newest key, and open what they opened. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { runAdmin } from '../../../functions/cli/admin/program.ts';
import { openStore, withStore } from '../../../functions/open-store.ts';
import { hasPassword, putAccount } from '../../../lib/app/accounts.ts';

const ANNA = { login: 'anna', password: 'secret' };
const BO = { login: 'bo', password: 'other' };

let data: string;
beforeEach(async () => {
  data = mkdtempSync(join(tmpdir(), 'syncml-admin-'));
  const { store, sealed } = await openStore({ store: 'sqlite', data });
  await putAccount(store, ANNA);
  // As in a store of before.
  await putAccount(sealed.store, BO);
  await store.close();
});
afterEach(() => rmSync(data, { recursive: true, force: true }));

async function admin(...args: string[]): Promise<string> {
  const printed: string[] = [];
  await runAdmin([...args, '--data', data], { print: (text) => printed.push(text) });
  return printed.join('\n');
}
const opened = (user: typeof ANNA) =>
  withStore({ store: 'sqlite', data }, (store) => hasPassword(store, user));

it('seal seals what is not sealed yet', async () => {
  expect(await admin('keys', 'seal')).toBe('Sealed anew: 1 of 2 logins.');
  expect(await admin('keys', 'seal')).toBe('Sealed anew: 0 of 2 logins.');
  expect([await opened(ANNA), await opened(BO)]).toEqual([true, true]);
});

it('rotate seals all with a new key; the old one stays in the file', async () => {
  const [old] = readFileSync(join(data, 'key'), 'utf8').split('\n');
  const { key, ...counted } = JSON.parse(await admin('keys', 'rotate', '--json')) as { key: string };
  expect(counted).toEqual({ logins: 2, sealed: 2 });
  expect(readFileSync(join(data, 'key'), 'utf8')).toMatch(
    new RegExp(`^${old?.split(' ')[0]} .*\n${key} .*\n$`),
  );
  expect([await opened(ANNA), await opened(BO)]).toEqual([true, true]);
  expect(await admin('keys', 'rotate')).toMatch(
    /^The key [\w-]{8} is the newest now. Sealed anew: 2 of 2 logins\./,
  );
});
