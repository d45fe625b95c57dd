/** Challenges are computed, and nothing of them is stored (docs/adr/0028) [SP11 3.2; U18, U19]. */
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { challengeKey } from '../../../lib/app/challenge-key.ts';
import { memoryStore } from '../../kit/memory-store.ts';
import { startServer, type TestServer } from '../../kit/server.ts';
import type { SessionOptions } from '../../kit/session.ts';
import { watchedServer } from '../steps.ts';
import { headerCode, login, nonceOf } from './logins.ts';

const MINUTES = 60_000;
const challenged = async (server: TestServer, options: SessionOptions = {}) =>
  nonceOf((await login(server, options)).reply);
const failures = ({ log }: TestServer) => log.filter(({ event }) => event === 'auth-failed');

describe('a challenge', () => {
  it('writes nothing; failures are counted', async () => {
    const { server, writes } = await watchedServer();
    for (let n = 0; n < 3; n += 1)
      for (const user of ['anna', 'zora'])
        await login(server, { user, password: 'guess', sessionId: `${n}` });
    expect(writes.filter(({ op }) => op !== 'add')).toEqual([]);
  });

  it('may be answered for ten minutes, and not after more than twenty', async () => {
    for (const [minutes, code] of [
      [9.9, 212],
      [20.1, 401],
    ] as const) {
      const server = await startServer();
      const nonce = await challenged(server);
      server.time += minutes * MINUTES;
      expect(headerCode((await login(server, { nonce }, 2)).reply), `${minutes} minutes`).toBe(code);
    }
  });

  it('is answered with another process, too', async () => {
    const server = await startServer();
    const nonce = await challenged(server);
    server.restart();
    expect(headerCode((await login(server, { nonce }, 2)).reply)).toBe(212);
  });

  it('is not taken away by anybody who knows login and device', async () => {
    const server = await startServer();
    const nonce = await challenged(server);
    for (let n = 0; n < 8; n += 1) {
      await login(server, { sessionId: `x${n}`, password: 'guess' });
      await login(server, { sessionId: `y${n}`, auth: 'none' });
    }
    expect(headerCode((await login(server, { nonce, sessionId: '2' }, 2)).reply)).toBe(212);
  });

  it('is void when the device came in with another one', async () => {
    const server = await startServer();
    const settled = nonceOf((await login(server, { nonce: await challenged(server) }, 2)).reply);
    const later = await challenged(server, { sessionId: '2' });
    expect(headerCode((await login(server, { sessionId: '3', nonce: settled })).reply)).toBe(212);
    expect(headerCode((await login(server, { sessionId: '4', nonce: later })).reply)).toBe(401);
  });

  it('leaves the settled nonce right for months, once', async () => {
    const server = await startServer();
    const settled = nonceOf((await login(server, { nonce: await challenged(server) }, 2)).reply);
    server.time += 100 * 24 * 60 * MINUTES;
    expect(headerCode((await login(server, { sessionId: '2', nonce: settled })).reply)).toBe(212);
    server.time += 24 * 60 * MINUTES;
    expect(headerCode((await login(server, { sessionId: '3', nonce: settled })).reply)).toBe(401);
  });
});

describe('a login that nobody has', () => {
  /** Store calls of an attempt, with how many rows each asks for. */
  async function callsOf(options: SessionOptions): Promise<readonly string[]> {
    const server = await startServer();
    await login(server, { nonce: await challenged(server) }, 2);
    const calls: string[] = [];
    const { get, query } = server.store;
    server.store.get = (keys) => {
      calls.push(`get ${keys.map(({ table }) => table).sort()}`);
      return get.call(server.store, keys);
    };
    server.store.query = (range) => {
      calls.push(`query ${range.table}`);
      return query.call(server.store, range);
    };
    const { reply } = await login(server, { sessionId: '7', ...options });
    expect([401, 407]).toContain(headerCode(reply));
    return calls;
  }

  it.each(['md5', 'basic'] as const)('costs the same calls of the store: %s', async (auth) => {
    const known = await callsOf({ auth, password: 'guess' });
    expect(known.length).toBeGreaterThan(1);
    expect(await callsOf({ auth, user: 'zora', password: 'guess' })).toEqual(known);
  });
});

describe('what counts as a failed login', () => {
  it.each<[string, SessionOptions, number]>([
    ['no credentials', { auth: 'none' }, 0],
    ['the right password over no nonce', {}, 0],
    ['a wrong password over no nonce', { password: 'guess' }, 1],
    ['the right password over an old nonce', { nonce: Buffer.from('old') }, 1],
    ['a login that nobody has', { user: 'zora' }, 1],
    ['a wrong password in basic', { auth: 'basic', password: 'guess' }, 1],
  ])('%s', async (_, options, count) => {
    const server = await startServer();
    await login(server, options);
    expect(failures(server)).toHaveLength(count);
  });
});

describe('the key', () => {
  it('is made once, whoever asks at the same time, and is no guess', async () => {
    const store = memoryStore();
    let made = 0;
    const random = (bytes: number): Uint8Array => {
      made += 1;
      return createHash('sha256').update(String(made)).digest().subarray(0, bytes);
    };
    const others = Array.from({ length: 5 }, () => ({ ...store }));
    const keys = await Promise.all(others.map((one) => challengeKey(one, random)));
    expect(new Set(keys.map((key) => Buffer.from(key).toString('hex'))).size).toBe(1);
    expect(keys[0]).toHaveLength(32);
    expect(await challengeKey({ ...store }, random)).toEqual(keys[0]);
  });

  it('gives each server its own nonces', async () => {
    const nonces = new Set<string>();
    for (let n = 0; n < 2; n += 1) {
      const store = memoryStore();
      await challengeKey(store, (bytes) => new Uint8Array(bytes).fill(n));
      nonces.add(Buffer.from(await challenged(await startServer({ store }))).toString());
    }
    expect(nonces.size).toBe(2);
  });
});

it('U18: the nonce is printable, and has as many octets as a client may keep', async () => {
  const nonce = await challenged(await startServer());
  expect(Buffer.from(nonce).toString()).toMatch(/^[\w-]{16}$/);
});
