/** Events as API Gateway and the stream of crm-changes deliver them, for the handlers' tests. */
import { randomBytes } from 'node:crypto';
import type { HttpEvent } from '../../functions/lambda/http-event.ts';
import type { Log } from '../../lib/app/http/http.ts';
import type { CrmChange } from '../../lib/app/ingest.ts';
import type { ServeDeps } from '../../lib/app/serve.ts';
import { sqliteStore } from '../../lib/store/sqlite/store.ts';

export const CONTEXT = { getRemainingTimeInMillis: () => 30_000 };

export interface Given {
  readonly method?: string;
  readonly path?: string;
  readonly query?: string;
  readonly headers?: { readonly [name: string]: string };
  readonly body?: Uint8Array | string;
}

/** A body of bytes comes as base64, one of text as it is. */
export function httpEvent({ method = 'GET', path = '/', query = '', headers = {}, body }: Given): HttpEvent {
  const routeKey = `${method} ${path}`;
  const text = typeof body === 'string';
  return {
    version: '2.0',
    routeKey,
    rawPath: path,
    rawQueryString: query,
    headers: { ...headers },
    requestContext: {
      accountId: '123456789012',
      apiId: 'abc',
      domainName: 'sync.example.com',
      domainPrefix: 'sync',
      http: { method, path, protocol: 'HTTP/1.1', sourceIp: '192.0.2.1', userAgent: 'test' },
      requestId: 'r1',
      routeKey,
      stage: '$default',
      time: '01/Mar/2026:12:00:00 +0000',
      timeEpoch: Date.UTC(2026, 2, 1, 12),
    },
    ...(body === undefined ? {} : { body: text ? body : Buffer.from(body).toString('base64') }),
    isBase64Encoded: body !== undefined && !text,
  };
}

export interface Kept {
  readonly deps: ServeDeps;
  readonly events: Parameters<Log>[0][];
}

/** An empty store in memory, and what was logged. */
export function memoryDeps(): Kept {
  const events: Parameters<Log>[0][] = [];
  const store = sqliteStore({ file: ':memory:' });
  return { events, deps: { store, now: Date.now, random: randomBytes, log: (event) => events.push(event) } };
}

export const crmChange = (change: Partial<CrmChange> & { eventId: string }): CrmChange => ({
  user: 'anna',
  datastore: 'contacts',
  record: `record of ${change.eventId}`,
  op: 'upsert',
  type: 'text/vcard',
  body: `BEGIN:VCARD\r\nVERSION:3.0\r\nN:Lind;${change.eventId}\r\nFN:${change.eventId} Lind\r\nEND:VCARD\r\n`,
  at: Date.now(),
  ...change,
});
