/** Many clients at once on the local server: each gets its answer or a 503, none a reset, and nobody waits for a crowd. */
import { Agent, request } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { type LocalServer, startServer } from '../../../infra/local/server.ts';
import type { TurnLimits } from '../../../infra/local/turns.ts';
import { ANSWER_SECONDS } from '../../../lib/app/exchange.ts';
import type { HttpAnswer } from '../../../lib/app/http/http.ts';
import { alert, putDevInf } from '../../kit/drafts.ts';
import type { TestServer } from '../../kit/server.ts';
import { Session } from '../../kit/session.ts';

let server: LocalServer;
let logged: { readonly event: string; readonly [field: string]: unknown }[];
afterEach(() => server.close());

const logins = ['anna', 'bo', 'cora', 'dan'];

async function start(limits?: TurnLimits): Promise<void> {
  logged = [];
  server = await startServer({
    ...{ port: 0, store: 'sqlite', data: ':memory:' },
    users: logins.map((login) => ({ login, password: 'secret' })),
    log: (event) => logged.push(event),
    ...(limits && { limits }),
  });
}

interface Wire {
  readonly method?: string;
  readonly headers?: { readonly [name: string]: string };
  readonly body?: Uint8Array;
}

/** One request on a connection of the agent. Rejects when the connection is reset. */
function ask(url: URL, agent: Agent, { method = 'GET', headers = {}, body }: Wire = {}): Promise<HttpAnswer> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { method, headers, agent }, (answer) => {
      const parts: Buffer[] = [];
      answer.on('data', (part: Buffer) => parts.push(part));
      answer.on('end', () => {
        const headers = Object.fromEntries(Object.entries(answer.headers).map(([k, v]) => [k, String(v)]));
        resolve({ status: answer.statusCode ?? 0, headers, body: Buffer.concat(parts) });
      });
      answer.on('error', reject);
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

/** A device on a connection of its own, which it keeps. */
function device(n: number, user = logins[n % logins.length] as string) {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const answers: HttpAnswer[] = [];
  const remote = {
    url: server.url,
    post: async ({ query = {}, headers = {}, body }: Parameters<TestServer['post']>[0]) => {
      const url = new URL(server.url);
      url.search = new URLSearchParams(query).toString();
      const answer = await ask(url, agent, { method: 'POST', headers, body });
      answers.push(answer);
      if (answer.status === 503) throw new Error('refused'); // the session would come again at once
      return answer;
    },
  } as TestServer;
  const session = new Session(remote, { device: `device-${n}`, user, password: 'secret' });
  return { session, answers, end: () => agent.destroy() };
}

const statusesOf = (devices: readonly ReturnType<typeof device>[]): number[] =>
  devices.flatMap(({ answers }) => answers.map(({ status }) => status));
/** Sends it. An answer that is no message is in `answers` all the same; a reset is thrown. */
const send = async ({ session, answers }: ReturnType<typeof device>) => {
  const before = answers.length;
  await session.send(session.msgId === 0 ? [alert(201), putDevInf()] : session.statuses()).catch((error) => {
    if (answers.length === before) throw error;
  });
};

describe('200 clients at once', () => {
  it('are all answered, on connections that stay', async () => {
    await start();
    const devices = Array.from({ length: 200 }, (_, n) => device(n));
    await Promise.all(
      devices.map(async (one) => {
        await send(one);
        await send(one);
      }),
    );
    expect(statusesOf(devices)).toEqual(Array(400).fill(200));
    const patience = Number(/timeout=(\d+)/.exec(devices[0]?.answers[0]?.headers['keep-alive'] ?? '')?.[1]);
    // Node reads nothing while a message is worked on, and closes first what was idle for too long.
    expect(patience).toBeGreaterThan(2 * ANSWER_SECONDS);
    for (const { end } of devices) end();
  });

  it('get 503 with Retry-After where no more may wait, and the others their answers', async () => {
    await start({ atOnce: 1, waiting: 20, waitingBytes: 10_000_000 });
    const devices = Array.from({ length: 200 }, (_, n) => device(n));
    await Promise.all(devices.map(send));
    const statuses = statusesOf(devices);
    expect([...new Set(statuses)].sort()).toEqual([200, 503]);
    expect(statuses).toHaveLength(200);
    expect(statuses.filter((status) => status === 200).length).toBeGreaterThanOrEqual(21);
    for (const { answers } of devices)
      for (const { status, headers } of answers)
        expect(headers['retry-after'] !== undefined).toBe(status === 503);
    for (const { end } of devices) end();
  });

  it('hold up neither /health nor /ready, which answer before most of them are', async () => {
    await start();
    const devices = Array.from({ length: 200 }, (_, n) => device(n));
    const all = devices.map(send);
    await all[0];
    const agent = new Agent();
    const states = ['/health', '/ready'].map((path) => ask(new URL(path, server.url), agent));
    expect((await Promise.all(states)).map(({ status }) => status)).toEqual([200, 200]);
    expect(statusesOf(devices).length).toBeLessThan(150);
    await Promise.all(all);
    for (const { end } of devices) end();
  });

  it('of one user hold up no other', async () => {
    await start();
    const crowd = Array.from({ length: 100 }, (_, n) => device(n, 'anna'));
    const all = crowd.map(send);
    await all[0];
    const other = device(1_000, 'bo');
    await send(other);
    expect(other.answers[0]?.status).toBe(200);
    const users = logged.filter(({ event }) => event === 'message').map(({ user }) => user);
    expect(users.indexOf('bo')).toBeLessThan(90);
    await Promise.all(all);
    for (const { end } of [...crowd, other]) end();
  });
});
