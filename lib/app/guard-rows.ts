/** Remembers failed logins, and from where devices came in (docs/adr/0031). */
import type { Attempt, Tried } from '../engine/model/guard.ts';
import { type Store, StoreError, type Write } from '../store/port/port.ts';
import { guardKeys, guardRange } from '../store/rows/keys.ts';
import { queryAll } from '../store/step-io/reader.ts';

const DAY = 24 * 3600;
/** How long a device is known at a source; longer than people are away. */
const KNOWN_SECONDS = 90 * DAY;

/**
 * Counts a failure, or forgets those of the device. A store that fails here changes nothing about the answer; it is only not
 * remembered. `now`: epoch milliseconds.
 */
export async function remember(store: Store, tried: Tried, now: number): Promise<void> {
  try {
    for (const write of writesOf(tried, now)) await store.transact([write]);
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
  }
}

function writesOf(tried: Tried, now: number): readonly Write[] {
  const { own, login, source } = guardKeys(tried);
  const at = Math.floor(now / 1000);
  if (tried.outcome === 'came in') {
    const row = { ...own, version: 1, attributes: { count: 0, last: now }, expires: at + KNOWN_SECONDS };
    return [{ op: 'put', row, condition: 'any' }];
  }
  const counted = { amounts: { count: 1 }, attributes: { last: now } } as const;
  if (tried.isKnown) return [{ op: 'add', key: own, ...counted, condition: 'exists' }];
  const counters = tried.source === '' ? [login] : [login, source];
  return counters.map((key) => ({ op: 'add', key, ...counted, expires: at + DAY, condition: 'any' }));
}

/** Forgets all failures with a login, of all devices, which stay known. Gives how many counters there were. */
export async function forgetFailures(store: Store, login: Attempt['login']): Promise<number> {
  const rows = await queryAll(store, guardRange(login));
  const failed = rows.filter(({ attributes }) => Number(attributes.count) > 0);
  for (const row of failed) {
    const attributes = { ...row.attributes, count: 0 };
    await store.transact([
      { op: 'put', row: { ...row, attributes, version: row.version + 1 }, condition: 'any' },
    ]);
  }
  return failed.length;
}
