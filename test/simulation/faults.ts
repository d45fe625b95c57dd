/**
 * A store and a network that fail in every way they may: before, after, with a lost race, in the middle; a process
 * that dies at any await; messages that get lost, doubled, cut, or come much later.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import type { HttpAnswer } from '../../lib/app/http/http.ts';
import { type Store, StoreError } from '../../lib/store/port/port.ts';
import type { TestServer } from '../kit/server.ts';
import { Lost } from '../kit/session.ts';
import type { Random } from './random.ts';

export interface Faults {
  /** Chance of a fault per call; 0 in quiet time. */
  rate: number;
}

/** The device is gone: its user left the house. */
export class Vanished extends Error {}

/** Ends the process that works on the current request. */
const process = new AsyncLocalStorage<{ die: () => void }>();

export function faultyStore(store: Store, random: Random, faults: Faults): Store {
  const fail = (notCommitted: boolean): StoreError =>
    new StoreError('injected', { retryable: true, notCommitted });
  return {
    get: async (keys) => {
      if (random.chance(faults.rate / 10)) throw fail(true);
      return store.get(keys);
    },
    query: async (range) => {
      if (random.chance(faults.rate / 10)) throw fail(true);
      return store.query(range);
    },
    transact: async (writes) => {
      if (random.chance(faults.rate)) {
        const kind = random.below(3);
        if (kind === 0) return 'conflict';
        if (kind === 1) throw fail(true);
        await store.transact(writes);
        throw fail(false); // committed, but nobody learns it: as a process that dies then
      }
      return store.transact(writes);
    },
    close: () => store.close(),
  };
}

/** Writes that take so long that no time is left for the answer. */
export function slowStore(store: Store, dice: Random, faults: Faults, pass: (ms: number) => void): Store {
  return {
    ...store,
    transact: (writes) => {
      if (dice.chance(faults.rate * 2)) pass(16_000);
      return store.transact(writes);
    },
  };
}

/** Every call may be the last thing that the process does, before or after it took effect. */
export function deadlyStore(store: Store, dice: Random, faults: Faults): Store {
  async function survive<T>(call: () => Promise<T>, among = 1): Promise<T> {
    const own = process.getStore();
    if (own === undefined || !dice.chance(faults.rate / 4 / among)) return call();
    if (dice.chance(0.5)) await call();
    own.die();
    // One of its own: a promise that lives for ever would keep all that ever waited for it.
    return new Promise<never>(() => {});
  }
  return {
    get: (keys) => survive(() => store.get(keys)),
    // A message makes many queries at the same time.
    query: (range) => survive(() => store.query(range), 10),
    transact: (writes) => survive(() => store.transact(writes)),
    close: () => store.close(),
  };
}

/** Wraps a server's post: requests and answers get lost, doubled, and devices vanish. */
export function faultyNetwork(server: TestServer, random: Random, faults: Faults): TestServer {
  const post: TestServer['post'] = async (request) => {
    if (random.chance(faults.rate / 3)) throw new Vanished();
    if (random.chance(faults.rate)) throw new Lost();
    let answer: HttpAnswer = await server.post(request);
    if (random.chance(faults.rate)) answer = await server.post(request);
    if (random.chance(faults.rate)) throw new Lost();
    return answer;
  };
  return Object.create(server, { post: { value: post } }) as TestServer;
}

/** Answers that do not reach their device, which gives up at once. */
export function cutNetwork(server: TestServer, dice: Random, faults: Faults): TestServer {
  const post: TestServer['post'] = async (request) => {
    const answer = await server.post(request);
    if (dice.chance(faults.rate / 2)) throw new Vanished();
    return answer;
  };
  return Object.create(server, { post: { value: post } }) as TestServer;
}

/** Messages that come in part, or again after many others; and the process behind may die. */
export function harshNetwork(server: TestServer, dice: Random, faults: Faults): TestServer {
  const late: Parameters<TestServer['post']>[0][] = [];
  const post: TestServer['post'] = async (request) => {
    const [due] = late;
    if (due !== undefined && dice.chance(faults.rate * 3)) {
      late.shift();
      await mortal(server, due);
    }
    if (dice.chance(faults.rate / 2)) late.push(request);
    if (dice.chance(faults.rate / 3)) {
      await mortal(server, { ...request, body: request.body.subarray(0, dice.below(request.body.length)) });
      throw new Lost();
    }
    const answer = await mortal(server, request);
    if (answer === undefined) throw new Lost();
    return answer;
  };
  return Object.create(server, { post: { value: post } }) as TestServer;
}

/** The answer, or undefined when the process died over it. */
async function mortal(
  server: TestServer,
  request: Parameters<TestServer['post']>[0],
): Promise<HttpAnswer | undefined> {
  let die = () => {};
  const death = new Promise<undefined>((resolve) => {
    die = () => resolve(undefined);
  });
  return process.run({ die }, () => Promise.race([server.post(request), death]));
}
