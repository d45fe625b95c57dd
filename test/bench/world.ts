/**
 * A server in this process with devices, and a meter at the place where requests enter it: what a device does itself
 * is not measured. Must not know: what is measured for what.
 */
import { randomBytes } from 'node:crypto';
import { putAccount } from '../../lib/app/accounts.ts';
import type { HttpAnswer, HttpRequest } from '../../lib/app/http/http.ts';
import { createIngest, putCrmChange } from '../../lib/app/ingest.ts';
import { createServe } from '../../lib/app/serve.ts';
import { type Store, StoreError } from '../../lib/store/port/port.ts';
import { contact } from './contacts.ts';
import { type Costs, countingStore } from './counting-store.ts';
import { type Change, createDevice, type DeviceOptions, type ScriptedDevice } from './scripted-device.ts';
import { STORES, type StoreName } from './stores.ts';

/** What one message, or one record of the CRM, cost. */
export interface Spent {
  /** Zero unless the world counts. */
  readonly costs: Costs;
  /** Microseconds of this process, while the request was answered or the record was taken in. */
  readonly cpu: number;
}

export interface World {
  readonly store: Store;
  device(name: string, options?: Partial<DeviceOptions>): ScriptedDevice;
  /** The CRM saves a contact; what the server does with the record is measured. */
  feed(record: string, body: string): Promise<void>;
  /** One entry per message since this was last asked. */
  spent(): Spent[];
  close(): Promise<void>;
}

export const LOGIN = 'anna';
export const PASSWORD = 'secret';
export const URL = 'http://sync.example.com/syncml';

const SAVED = { user: LOGIN, datastore: 'contacts', op: 'upsert', type: 'text/vcard' } as const;

export interface WorldOptions {
  /** Called before a request is answered, outside of what is measured. */
  readonly watch?: (request: HttpRequest, store: Store) => Promise<void>;
  /** Called before each message and each record of the CRM, outside of what is measured. */
  readonly each?: () => void;
  /** SQLite in memory, where it is not said. */
  readonly on?: StoreName;
}

/**
 * Counting takes CPU time of its own: measure that in a world that does not count. While a message is answered the clock
 * stands still. So no answer is late, however slow this machine is, and each message is measured as a whole.
 */
export async function createWorld(counting: boolean, options: WorldOptions = {}): Promise<World> {
  const { watch, each, on = 'sqlite' } = options;
  const plain = await STORES[on]();
  const counter = countingStore(plain);
  const store = counting ? counter : plain;
  await putAccount(store, { login: LOGIN, password: PASSWORD });
  counter.take();
  const fail = (event: { readonly event: string }): void => {
    if (event.event === 'error') throw new Error(JSON.stringify(event));
  };
  let now = Date.now();
  const deps = { store, now: () => now, random: randomBytes, log: fail };
  const [serve, ingest] = [createServe(deps), createIngest(deps)];
  let spent: Spent[] = [];
  const metered = async <T>(work: () => Promise<T>): Promise<T> => {
    each?.();
    now += 1;
    counter.take();
    const before = process.cpuUsage();
    const done = await work();
    const { user, system } = process.cpuUsage(before);
    spent.push({ costs: counter.take(), cpu: user + system });
    return done;
  };
  const post = async (request: HttpRequest): Promise<HttpAnswer> => {
    await watch?.(request, store);
    return metered(() => serve(request));
  };
  let events = 0;
  // As the stream does: an emulator that is busy for long lets a write go without an answer.
  const again = (error: unknown, eventId: string) => {
    if (error instanceof StoreError && error.retryable) return ingest(LOGIN, eventId);
    throw error;
  };
  return {
    store,
    feed: async (record, body) => {
      events += 1;
      const eventId = `e${events}`;
      await putCrmChange(store, { ...SAVED, eventId, record, body, at: now });
      const result = await metered(() => ingest(LOGIN, eventId).catch((error) => again(error, eventId)));
      if (result !== 'applied') throw new Error(`record ${record} was ${result}`);
    },
    device: (name, options) =>
      createDevice({ post, url: URL, login: LOGIN, password: PASSWORD, name, ...options }),
    spent: () => {
      const taken = spent;
      spent = [];
      return taken;
    },
    close: () => store.close(),
  };
}

/** So many new contacts, LUIDs from `from` on. */
export const additions = (count: number, bytes: number, from = 1): Change[] =>
  Array.from({ length: count }, (_, n) => ({
    op: 'Add',
    luid: `c${from + n}`,
    data: contact(from + n, bytes),
  }));

/** The same contacts in another edition. */
export const editions = (count: number, bytes: number, edition: number): Change[] =>
  Array.from({ length: count }, (_, n) => ({
    op: 'Replace',
    luid: `c${n + 1}`,
    data: contact(n + 1, bytes, edition),
  }));

export const deletions = (count: number): Change[] =>
  Array.from({ length: count }, (_, n) => ({ op: 'Delete', luid: `c${n + 1}` }));
