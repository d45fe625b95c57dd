/** A password for each device, and what opens nothing any more (docs/adr/0029). */
import { describe, expect, it } from 'vitest';
import { changeAccount, knownAccount, putAccount, readAccount } from '../../../lib/app/accounts.ts';
import { addDevicePassword, MAX_PASSWORDS, revokePassword, setDisabled } from '../../../lib/app/passwords.ts';
import { verifierOf } from '../../../lib/engine/session/credentials.ts';
import { accountKey } from '../../../lib/store/rows/keys.ts';
import { PASSWORD, startServer, type TestServer, USER } from '../../kit/server.ts';
import type { SessionOptions } from '../../kit/session.ts';
import { basicCred, post, watchedServer } from '../steps.ts';
import { headerCode, login, nonceOf } from './logins.ts';

const own = (server: TestServer, label?: string) =>
  addDevicePassword(server.store, { login: USER, ...(label && { label }) });
/** The code of a login by basic, or by md5 with the nonce of a challenge. */
async function enter(server: TestServer, options: SessionOptions & { readonly password: string }) {
  if (options.auth !== 'md5') return headerCode((await login(server, { auth: 'basic', ...options })).reply);
  const nonce = nonceOf((await login(server, options)).reply);
  return headerCode((await login(server, { ...options, nonce }, 2)).reply);
}
const why = ({ log }: TestServer) => log.filter(({ event }) => event === 'auth-failed').map((one) => one.why);

describe.each(['basic', 'md5'] as const)('a password of one device: %s', (auth) => {
  it('belongs to the first device that comes in with it', async () => {
    const server = await startServer();
    const { password } = await own(server);
    expect(await enter(server, { auth, password, device: 'phone-1' })).toBe(212);
    expect(await enter(server, { auth, password, device: 'phone-2', sessionId: '2' })).toBe(401);
    expect(why(server).at(-1)).toBe('other-device');
    expect(await enter(server, { auth, password, device: 'phone-1', sessionId: '3' })).toBe(212);
  });

  it('opens nothing once it is revoked, and is told from a guess', async () => {
    const server = await startServer();
    const { id, password } = await own(server);
    expect(await enter(server, { auth, password })).toBe(212);
    await revokePassword(server.store, { login: USER, id, now: server.time });
    expect(await enter(server, { auth, password, sessionId: '2' })).toBe(401);
    expect(why(server)).toEqual(['revoked']);
    expect(await enter(server, { auth, password: 'guess', sessionId: '3' })).toBe(401);
    expect(why(server).at(-1)).toBeUndefined();
  });

  it('leaves the shared password and those of other devices as they are', async () => {
    const server = await startServer();
    const [first, second] = [await own(server), await own(server)];
    expect(await enter(server, { auth, password: first.password, device: 'a' })).toBe(212);
    expect(await enter(server, { auth, password: second.password, device: 'b' })).toBe(212);
    expect(await enter(server, { auth, password: PASSWORD, device: 'c' })).toBe(212);
    await putAccount(server.store, { login: USER, password: 'another' });
    expect(await enter(server, { auth, password: first.password, device: 'a', sessionId: '2' })).toBe(212);
    expect(await enter(server, { auth, password: PASSWORD, device: 'c', sessionId: '2' })).toBe(401);
  });

  it('lets nobody in where the login is disabled', async () => {
    const server = await startServer();
    const { password } = await own(server);
    await setDisabled(server.store, USER, true);
    expect(await enter(server, { auth, password })).toBe(401);
    expect(await enter(server, { auth, password: PASSWORD })).toBe(401);
    expect(why(server).at(-1)).toBe('disabled');
    await setDisabled(server.store, USER, false);
    expect(await enter(server, { auth, password, sessionId: '2' })).toBe(212);
  });
});

describe('a password of one device', () => {
  it('belongs to one of two devices that come in at the same time', async () => {
    const server = await startServer();
    const { password } = await own(server);
    const devices = ['a', 'b', 'c', 'd'];
    const codes = await Promise.all(devices.map((device) => enter(server, { password, device })));
    expect(codes.sort()).toEqual([212, 401, 401, 401]);
  });

  it('can be typed on a keypad, and is never the same', async () => {
    const server = await startServer();
    const made = [await own(server), await own(server)].map(({ password }) => password);
    for (const password of made) expect(password).toMatch(/^[2-9a-hjkmnp-z]{16}$/);
    expect(new Set(made).size).toBe(2);
    expect(JSON.stringify(await server.store.get([accountKey(USER)]))).not.toContain(made[0]);
  });

  it('costs one more row where the account has such passwords, and none else', async () => {
    const { server, writes } = await watchedServer();
    await enter(server, { password: PASSWORD });
    const before = writes.length;
    const { password } = await own(server);
    writes.length = 0;
    await enter(server, { password, device: 'phone-2' });
    expect(writes.length).toBe(before + 1);
    writes.length = 0;
    await enter(server, { password, device: 'phone-2', sessionId: '2' });
    // From where it came in is known by now, too.
    expect(writes.length).toBe(before - 1);
  });
});

describe('an account', () => {
  it('has room for so many passwords; the oldest revoked one goes first', async () => {
    const { store } = await startServer();
    const made = [];
    for (let n = 1; n < MAX_PASSWORDS; n += 1) made.push(await addDevicePassword(store, { login: USER }));
    await expect(addDevicePassword(store, { login: USER })).rejects.toThrow('at most 50');
    await revokePassword(store, { login: USER, id: made[3]?.id ?? '', now: 2 });
    await revokePassword(store, { login: USER, id: made[5]?.id ?? '', now: 1 });
    await addDevicePassword(store, { login: USER });
    const ids = (await knownAccount(store, USER)).passwords.map(({ id }) => id);
    expect([ids.length, ids.includes(made[5]?.id ?? ''), ids.includes(made[3]?.id ?? '')]).toEqual([
      MAX_PASSWORDS,
      false,
      true,
    ]);
  });

  it('of before has one shared password', async () => {
    const server = await startServer();
    const attributes = { f: 1, login: 'old', user: 'old', verifier: verifierOf('old', 'pass'), san: 's' };
    const row = { ...accountKey('old'), version: 1, attributes };
    await server.store.transact([{ op: 'put', row, condition: 'any' }]);
    const { reply } = await post(server, { header: { cred: basicCred('old:pass') } });
    expect(headerCode(reply)).toBe(212);
    const device = await addDevicePassword(server.store, { login: 'old' });
    expect(await enter(server, { user: 'old', password: 'pass', sessionId: '2' })).toBe(212);
    expect(await enter(server, { user: 'old', password: device.password, device: 'x' })).toBe(212);
  });

  it('is found however its login is composed, and with blanks around it', async () => {
    const server = await startServer();
    await putAccount(server.store, { login: 'jose\u0301', password: 'pass' });
    for (const typed of ['jos\u00e9', 'jose\u0301', ' jos\u00e9 ']) {
      const { reply } = await post(server, { header: { cred: basicCred(`${typed}:pass`) } });
      expect(headerCode(reply), typed).toBe(212);
    }
    expect((await readAccount(server.store, ' jose\u0301'))?.login).toBe('jos\u00e9');
  });

  it.each([
    ['', 'empty'],
    ['  ', 'empty'],
    ['a:b', 'colon'],
    ['x'.repeat(257), '256'],
  ])('has no login %j', async (name, word) => {
    const { store } = await startServer();
    await expect(putAccount(store, { login: name, password: 'p' })).rejects.toThrow(word);
  });

  it('keeps every change of those that are made at the same time', async () => {
    const { store } = await startServer();
    await Promise.all(
      Array.from({ length: 4 }, (_, n) =>
        changeAccount(
          store,
          USER,
          (account) => account && { ...account, policies: { ...account.policies, [`d${n}`]: 'keep-both' } },
        ),
      ),
    );
    expect(Object.keys((await knownAccount(store, USER)).policies ?? {})).toHaveLength(4);
  });
});
