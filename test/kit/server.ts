/**
 * A whole server in the test's process, on the real store. Every request gets a new application, so nothing can live
 * between two messages but what the store holds.
 */
import { hash } from 'node:crypto';
import { putAccount } from '../../lib/app/accounts.ts';
import type { HttpAnswer, HttpRequest } from '../../lib/app/http/http.ts';
import { type CrmChange, createIngest, putCrmChange } from '../../lib/app/ingest.ts';
import { createServe, type ServeDeps } from '../../lib/app/serve.ts';
import type { Account } from '../../lib/engine/model/records.ts';
import type { Store } from '../../lib/store/port/port.ts';
import { sqliteStore } from '../../lib/store/sqlite/store.ts';

export interface TestServer {
  readonly store: Store;
  readonly url: string;
  /** Everything that was logged. */
  readonly log: { event: string; [field: string]: unknown }[];
  /** Epoch milliseconds; tests move it. */
  time: number;
  /** From now on another process answers: it keeps nothing of what was read before. */
  restart(): void;
  post(request: Partial<HttpRequest> & { body: Uint8Array }): Promise<HttpAnswer>;
  crm(change: Omit<CrmChange, 'eventId' | 'at'> & { eventId?: string }): Promise<string>;
}

export const USER = 'anna';
export const PASSWORD = 'secret';

export async function startServer(
  options: {
    store?: Store;
    policies?: Account['policies'];
    users?: readonly string[];
    notifications?: boolean;
    hmac?: boolean;
  } = {},
): Promise<TestServer> {
  let counter = 0;
  const random = (bytes: number): Uint8Array => {
    counter += 1;
    return hash('sha512', String(counter), 'buffer').subarray(0, bytes);
  };
  const log: TestServer['log'] = [];
  const server: TestServer = {
    store: options.store ?? sqliteStore({ file: ':memory:', now: () => server.time }),
    url: 'http://sync.example.com/syncml',
    log,
    time: Date.UTC(2030, 0, 1),
    restart: () => {
      deps = { ...deps, store: { ...server.store } };
    },
    post: (request) =>
      createServe(deps)({
        method: 'POST',
        path: '/syncml',
        query: {},
        headers: { 'content-type': 'application/vnd.syncml+xml' },
        url: server.url,
        ...request,
      }),
    crm: async (change) => {
      counter += 1;
      const record = { eventId: `event-${counter}`, at: server.time, ...change };
      await putCrmChange(server.store, record);
      return createIngest(deps)(record.user, record.eventId);
    },
  };
  let deps: ServeDeps = {
    store: server.store,
    now: () => {
      server.time += 1;
      return server.time;
    },
    random,
    log: (event) => log.push(event),
    ...(options.hmac === true && { hmac: true }),
  };
  for (const login of options.users ?? [USER])
    await putAccount(server.store, {
      login,
      password: PASSWORD,
      ...(options.notifications === true && { notifications: true }),
      ...(options.policies && { policies: options.policies }),
    });
  return server;
}
