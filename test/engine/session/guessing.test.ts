/** Nobody guesses for long, and no guesser locks a device out that came in before (docs/adr/0031). */
import { describe, expect, it } from 'vitest';
import { forgetFailures } from '../../../lib/app/guard-rows.ts';
import { decode, encode } from '../../../lib/codec/codec.ts';
import { parseMessage } from '../../../lib/message/parse/message.ts';
import { serializeMessage } from '../../../lib/message/serialize/message.ts';
import { PASSWORD, startServer, type TestServer, USER } from '../../kit/server.ts';
import { watchedServer } from '../steps.ts';
import { headerCode } from './logins.ts';

interface From {
  readonly address?: string;
  readonly device?: string;
  readonly password?: string;
  readonly login?: string;
}
let sessions = 0;

/** The code of a login by basic. */
async function enter(server: TestServer, from: From = {}): Promise<number | undefined> {
  const { address = '192.0.2.1', device = 'phone', password = PASSWORD, login = USER } = from;
  sessions += 1;
  const cred = {
    meta: { type: 'syncml:auth-basic', format: 'b64' },
    data: Buffer.from(`${login}:${password}`).toString('base64'),
  };
  const header = {
    ...{ verDTD: '1.2', verProto: 'SyncML/1.2', sessionId: `${sessions}`, msgId: 1 },
    ...{ target: { uri: server.url }, source: { uri: device, name: login }, cred },
  };
  const body = encode(serializeMessage({ header, commands: [], final: true }, '1.2'), 'xml', '1.2');
  const answer = await server.post({ body, address });
  return headerCode(parseMessage(decode(answer.body, 'xml').root));
}
const guess = (server: TestServer, from: From = {}) =>
  enter(server, { address: '198.51.100.7', device: 'stranger', password: 'guess', ...from });
const times = async (count: number, work: (n: number) => Promise<unknown>) => {
  for (let n = 0; n < count; n += 1) await work(n);
};
const held = ({ log }: TestServer) => log.filter(({ why }) => why === 'held-off').length;

describe('who fails too often', () => {
  it('is refused for a while, also with the right password, and then comes in', async () => {
    const server = await startServer();
    await times(9, () => guess(server));
    expect(await guess(server, { password: PASSWORD })).toBe(212);
    await guess(server, { device: 'another' });
    expect(held(server)).toBe(0);
    expect(await guess(server, { device: 'third', password: PASSWORD })).toBe(401);
    expect(held(server)).toBe(1);
    server.time += 31_000;
    expect(await guess(server, { device: 'third', password: PASSWORD })).toBe(212);
  });

  it('waits longer with each failure, an hour at most', async () => {
    const server = await startServer();
    await times(10, () => guess(server));
    let tried = 0;
    const begin = server.time;
    while (server.time < begin + 6 * 3600_000) {
      server.time += 60_000;
      const before = held(server);
      await guess(server);
      if (held(server) === before) tried += 1;
    }
    // Half a minute, one, two and so on up to an hour: seven in the first hour, and then one in each.
    expect(tried).toBeGreaterThan(9);
    expect(tried).toBeLessThan(15);
  });

  it('writes nothing while it waits', async () => {
    const { server, writes } = await watchedServer();
    await times(10, () => guess(server));
    writes.length = 0;
    await times(20, () => guess(server));
    expect(writes).toEqual([]);
  });

  it('is held off with any login from its address', async () => {
    const server = await startServer();
    await times(60, (n) => guess(server, { login: `user${n}` }));
    expect(await guess(server, { password: PASSWORD })).toBe(401);
    expect(await enter(server, { address: '192.0.2.9' })).toBe(212);
  });

  it('is let in when an operator forgets its failures', async () => {
    const server = await startServer();
    await times(12, () => guess(server));
    expect(await enter(server)).toBe(401);
    expect(await forgetFailures(server.store, USER)).toBe(1);
    expect(await enter(server)).toBe(212);
  });

  it('is told apart by networks: the addresses of one IPv6 network are one', async () => {
    const server = await startServer();
    await times(60, (n) => guess(server, { address: `2001:db8:1:2::${n}`, login: `u${n}` }));
    expect(await guess(server, { address: '2001:db8:1:2:3:4:5:6', password: PASSWORD })).toBe(401);
    expect(await guess(server, { address: '2001:db8:1:3::1', password: PASSWORD })).toBe(212);
  });
});

it('where no address is known, nobody is held off for those of others with another login', async () => {
  const server = await startServer({ users: [USER, 'berta'] });
  await times(60, (n) => guess(server, { address: '', login: `user${n}` }));
  expect(await enter(server, { address: '', login: 'berta' })).toBe(212);
});

describe('a device that came in before', () => {
  it.each([
    ['one address', () => '198.51.100.7'],
    ['many addresses', (n: number) => `203.0.${n >> 8}.${n & 255}`],
  ])('synchronises all the time while strangers guess 400 times from %s', async (_, addressOf) => {
    const server = await startServer();
    expect(await enter(server)).toBe(212);
    await times(400, async (n) => {
      if ((await guess(server, { address: addressOf(n), device: `d${n}` })) !== 401)
        throw new Error('let in');
      if (n % 40 === 0 && (await enter(server)) !== 212) throw new Error(`locked out after ${n}`);
    });
    expect(await enter(server)).toBe(212);
    // Of all those guesses a few were looked at.
    expect(held(server)).toBeGreaterThan(385);
  });

  it('also while they guess with its DevID from elsewhere', async () => {
    const server = await startServer();
    await enter(server);
    await times(100, () => guess(server, { device: 'phone' }));
    expect(await enter(server)).toBe(212);
    expect(await enter(server, { address: '203.0.113.5' })).toBe(401);
  });

  it('stays known as long as it comes, for years', async () => {
    const server = await startServer();
    await enter(server);
    for (let days = 0; days < 200; days += 20) {
      server.time += 20 * 24 * 3600_000;
      expect(await enter(server)).toBe(212);
    }
    await times(20, () => guess(server));
    expect(await enter(server)).toBe(212);
  });

  it('stays known when an operator forgets its failures', async () => {
    const server = await startServer();
    await enter(server);
    await times(11, () => enter(server, { password: 'typo' }));
    await forgetFailures(server.store, USER);
    await times(20, () => guess(server));
    expect(await enter(server)).toBe(212);
  });

  it('is held off for its own failures alone, which a right password forgets', async () => {
    const server = await startServer();
    await enter(server);
    await times(9, () => enter(server, { password: 'typo' }));
    expect(await enter(server)).toBe(212);
    await times(10, () => enter(server, { password: 'typo' }));
    expect(await enter(server)).toBe(401);
    server.time += 31_000;
    expect(await enter(server)).toBe(212);
  });
});
