/** The whole server in this process: gateway, handlers, poller. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openStore } from '../../../functions/open-store.ts';
import { MAX_BODY_BYTES } from '../../../infra/local/request-body.ts';
import { type LocalServer, startServer } from '../../../infra/local/server.ts';
import { readChanges } from '../../../lib/app/changes.ts';
import { putCrmChange } from '../../../lib/app/ingest.ts';
import { crmChange } from '../../functions/events.ts';

let data: string;
let server: LocalServer;
let logged: { event: string }[];

const start = () =>
  startServer({
    port: 0,
    store: 'sqlite',
    data,
    users: [{ login: 'anna', password: 'correct horse' }],
    log: (event) => logged.push(event),
  });

beforeEach(async () => {
  data = mkdtempSync(join(tmpdir(), 'syncml-server-'));
  logged = [];
  server = await start();
});
afterEach(async () => {
  await server.close();
  rmSync(data, { recursive: true, force: true });
});

describe('the gateway', () => {
  it('serves the page with its own address', async () => {
    const answer = await fetch(new URL('/', server.url));
    expect(answer.status).toBe(200);
    expect(await answer.text()).toContain(server.url);
  });

  it('answers as API Gateway does where there is no route', async () => {
    const answer = await fetch(new URL('/nothing', server.url), { method: 'POST', body: 'x' });
    expect(answer.status).toBe(404);
    expect(await answer.json()).toEqual({ message: 'Not Found' });
  });

  it('passes a compressed body on as it is', async () => {
    const headers = { 'content-type': 'application/vnd.syncml+xml', 'content-encoding': 'gzip' };
    const answer = await fetch(server.url, { method: 'POST', headers, body: gzipSync('<SyncML/>') });
    expect(await answer.text()).toContain('Not a SyncML message');
  });

  it('refuses a body that announces itself as too large before it is sent', async () => {
    const { status } = await post(MAX_BODY_BYTES + 1, 0);
    expect(status).toBe(413);
  });

  it('refuses a body that turns out to be too large', async () => {
    const { status } = await post(undefined, MAX_BODY_BYTES + 1);
    expect(status).toBe(413);
    expect((await fetch(new URL('/health', server.url))).status).toBe(200);
  });
});

/** Sends so many bytes, announcing another number of them or none. */
function post(announced: number | undefined, bytes: number): Promise<{ status: number | undefined }> {
  return new Promise((resolve, reject) => {
    const length = announced === undefined ? {} : { 'content-length': announced };
    const sent = request(server.url, { method: 'POST', headers: length }, (answer) => {
      answer.resume();
      resolve({ status: answer.statusCode });
      sent.destroy();
    });
    sent.on('error', reject);
    if (announced === undefined) sent.end(Buffer.alloc(bytes));
    else sent.flushHeaders();
  });
}

describe('the CRM feed', () => {
  /** Writes beside the server, as another process does. */
  async function put(...eventIds: string[]): Promise<void> {
    const { store } = await openStore({ store: 'sqlite', data });
    for (const eventId of eventIds) await putCrmChange(store, crmChange({ eventId }));
    await store.close();
  }
  async function records(): Promise<(string | undefined)[]> {
    const { store } = await openStore({ store: 'sqlite', data });
    const changes = await readChanges(store, 'anna');
    await store.close();
    return changes.map(({ record }) => record);
  }

  it('applies what is put while the server runs, and what was put before', async () => {
    await put('a', 'b');
    await expect.poll(records, { timeout: 10_000 }).toEqual(['record of a', 'record of b']);
    await server.close();
    await put('c');
    server = await start();
    await expect.poll(records, { timeout: 10_000 }).toEqual(['record of a', 'record of b', 'record of c']);
    const applied = logged.filter(({ event }) => event === 'crm-change');
    expect(applied).toHaveLength(3);
    expect(JSON.parse(readFileSync(join(data, 'crm-feed.json'), 'utf8'))).toHaveProperty('position');
  });
});

it('shares its folder with a second server: a record of the CRM is applied once, and both show the same', async () => {
  const second = await start();
  const { store } = await openStore({ store: 'sqlite', data });
  const eventIds = Array.from({ length: 20 }, (_, at) => `e${at}`);
  try {
    await Promise.all(eventIds.map((eventId) => putCrmChange(store, crmChange({ eventId }))));
    const applied = async () => (await readChanges(store, 'anna')).map(({ record }) => record).sort();
    const expected = eventIds.map((eventId) => `record of ${eventId}`).sort();
    await expect.poll(applied, { timeout: 20_000 }).toEqual(expected);
    for (const { url } of [server, second]) expect((await fetch(new URL('/ready', url))).status).toBe(200);
  } finally {
    await store.close();
    await second.close();
  }
  expect(logged.filter(({ event }) => event === 'dead-letter')).toEqual([]);
  const changes = logged as { event: string; id?: string; result?: string }[];
  const done = changes.filter(({ event, result }) => event === 'crm-change' && result === 'applied');
  expect(done.map(({ id }) => id).sort()).toEqual(eventIds.toSorted());
}, 40_000);

it('says that a port is taken', async () => {
  const other = startServer({ port: server.port, store: 'sqlite', data, users: [], log: () => undefined });
  await expect(other).rejects.toMatchObject({ code: 'EADDRINUSE' });
});

describe('the state of the server', () => {
  const ask = (path: string, method = 'GET') => fetch(new URL(path, server.url), { method });
  const syncCode = async () =>
    (await fetch(server.url, { method: 'POST', headers: XML, body: LETTER })).status;

  it.each(['/', '/health', '/ready', '/nothing'])(
    '%s: HEAD is answered as GET, without the body',
    async (path) => {
      const [get, head] = [await ask(path), await ask(path, 'HEAD')];
      expect(head.status).toBe(get.status);
      expect(head.headers.get('content-type')).toBe(get.headers.get('content-type'));
      expect(await head.text()).toBe('');
      expect((await get.text()).length).toBeGreaterThan(0);
    },
  );

  it('is ready while the store can be written to, and says in the log why it is not', async () => {
    expect((await ask('/ready')).status).toBe(200);
    expect(await syncCode()).toBe(200);
    rmSync(join(data, 'syncml.sqlite'));
    const answer = await ask('/ready');
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '30']);
    expect(await answer.text()).not.toContain(data);
    expect(logged).toContainEqual({ event: 'not-ready', reason: expect.stringContaining(data) });
    expect((await ask('/health')).status).toBe(200);
  });

  it('that cannot write is told to every device by 503, and to the log with its cause', async () => {
    rmSync(join(data, 'syncml.sqlite'));
    const answer = await fetch(server.url, { method: 'POST', headers: XML, body: LETTER });
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '60']);
    expect(await answer.text()).not.toContain(data);
    const reason = expect.stringContaining('was moved or deleted');
    expect(logged).toContainEqual(expect.objectContaining({ event: 'error', error: 'StoreError', reason }));
  });
});

const XML = { 'content-type': 'application/vnd.syncml+xml' };
const LETTER = `<SyncML xmlns="SYNCML:SYNCML1.2"><SyncHdr><VerDTD>1.2</VerDTD><VerProto>SyncML/1.2</VerProto>
  <SessionID>1</SessionID><MsgID>1</MsgID><Target><LocURI>x</LocURI></Target>
  <Source><LocURI>phone</LocURI><LocName>anna</LocName></Source></SyncHdr><SyncBody><Final/></SyncBody></SyncML>`;
