/** `GET /ready`: can the store be written to? A row is written and read back each time. */

import type { HandlerDeps } from '../../functions/lambda/handlers.ts';
import type { HttpResult } from '../../functions/lambda/http-event.ts';
import type { Row, Store } from '../../lib/store/port/port.ts';
import { probeKey } from '../../lib/store/rows/keys.ts';

/** Larger than what is free in a page here and there: a full disk has no room for it. */
const PROBE_BYTES = 32_000;

/** What went wrong is for the log, never for who asks. */
export async function ready(store: Store, log: HandlerDeps['log']): Promise<HttpResult> {
  try {
    await probe(store);
    return answer(200, 'ready');
  } catch (error) {
    log({ event: 'not-ready', reason: error instanceof Error ? error.message : 'unknown' });
    return { ...answer(503, 'not ready'), headers: { ...HEADERS, 'retry-after': '30' } };
  }
}

async function probe(store: Store): Promise<void> {
  const row: Row = { ...probeKey(), version: 1, attributes: {}, blob: new Uint8Array(PROBE_BYTES) };
  await store.transact([{ op: 'put', row, condition: 'any' }]);
  const [found] = await store.get([probeKey()]);
  if (found?.blob?.length !== PROBE_BYTES) throw new Error('what is written cannot be read back');
  await store.transact([{ op: 'delete', key: probeKey(), condition: 'any' }]);
}

const HEADERS = { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' };
const answer = (statusCode: number, status: string): HttpResult => ({
  statusCode,
  headers: HEADERS,
  body: JSON.stringify({ status }),
});
