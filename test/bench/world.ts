/**
 * A server in this process with devices, and a meter at the place where requests enter it: what a device does itself
 * is not measured. Must not know: what is measured for what.
 */
import { randomBytes } from 'node:crypto';
import { putAccount } from '../../lib/app/accounts.ts';
import type { HttpAnswer, HttpRequest } from '../../lib/app/http/http.ts';
import { createServe } from '../../lib/app/serve.ts';
import type { Store } from '../../lib/store/port/port.ts';
import { sqliteStore } from '../../lib/store/sqlite/store.ts';
import { contact } from './contacts.ts';
import { type Costs, countingStore } from './counting-store.ts';
import { type Change, createDevice, type DeviceOptions, type ScriptedDevice } from './scripted-device.ts';

/** What one message cost. */
export interface Spent {
  /** Zero unless the world counts. */
  readonly costs: Costs;
  /** Microseconds of this process, while the request was answered. */
  readonly cpu: number;
}

export interface World {
  readonly store: Store;
  device(name: string, options?: Partial<DeviceOptions>): ScriptedDevice;
  /** One entry per message since this was last asked. */
  spent(): Spent[];
  close(): Promise<void>;
}

export const LOGIN = 'anna';
export const PASSWORD = 'secret';
export const URL = 'http://sync.example.com/syncml';

export interface WorldOptions {
  /** Called before a request is answered, outside of what is measured. */
  readonly watch?: (request: HttpRequest, store: Store) => Promise<void>;
}

/** Counting takes CPU time of its own: measure that in a world that does not count. */
export async function createWorld(counting: boolean, { watch }: WorldOptions = {}): Promise<World> {
  const plain = sqliteStore({ file: ':memory:' });
  const counter = countingStore(plain);
  const store = counting ? counter : plain;
  await putAccount(store, { login: LOGIN, password: PASSWORD });
  counter.take();
  const fail = (event: { readonly event: string }): void => {
    if (event.event === 'error') throw new Error(JSON.stringify(event));
  };
  const serve = createServe({ store, now: Date.now, random: randomBytes, log: fail });
  let spent: Spent[] = [];
  const post = async (request: HttpRequest): Promise<HttpAnswer> => {
    await watch?.(request, store);
    counter.take();
    const before = process.cpuUsage();
    const answer = await serve(request);
    const { user, system } = process.cpuUsage(before);
    spent.push({ costs: counter.take(), cpu: user + system });
    return answer;
  };
  return {
    store,
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
