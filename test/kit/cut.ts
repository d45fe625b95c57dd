/** A network that cuts a session at a message of one's choice. */
import type { TestServer } from './server.ts';

/** The message did not reach the server, or its answer did not reach the device, which gives up. */
export class Cut extends Error {}

export interface Cutting {
  readonly server: TestServer;
  /** `at`: the number of the message from now on, from 1. */
  cut(at: number, what: 'message' | 'answer'): void;
}

export function cutting(server: TestServer): Cutting {
  let left = Number.POSITIVE_INFINITY;
  let lost: 'message' | 'answer' = 'message';
  const post: TestServer['post'] = async (request) => {
    left -= 1;
    if (left === 0 && lost === 'message') throw new Cut();
    const answer = await server.post(request);
    if (left === 0) throw new Cut();
    return answer;
  };
  return {
    server: Object.create(server, { post: { value: post } }) as TestServer,
    cut: (at, what) => {
      left = at;
      lost = what;
    },
  };
}
