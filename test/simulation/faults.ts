/** A store and a network that fail in every way they may: before, after, with a lost race, in the middle. */
import type { HttpAnswer } from '../../lib/app/http.ts';
import { type Store, StoreError } from '../../lib/store/port.ts';
import type { TestServer } from '../kit/server.ts';
import { Lost } from '../kit/session.ts';
import type { Random } from './random.ts';

export interface Faults {
  /** Chance of a fault per call; 0 in quiet time. */
  rate: number;
}

/** The device is gone: its user left the house. */
export class Vanished extends Error {}

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
