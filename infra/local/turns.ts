/**
 * Whose message is worked on next. Users take turns, so that one with many messages holds up no other. When as much
 * waits as may, the user with the most messages is refused the newest of them.
 *
 * Must not know: HTTP, SyncML.
 */
import { setImmediate as nextRound } from 'node:timers/promises';

export interface TurnLimits {
  /** Pieces of work at the same time. */
  readonly atOnce: number;
  /** Pieces of work, and bytes that they hold, that may wait. */
  readonly waiting: number;
  readonly waitingBytes: number;
}

export interface Work<T> {
  /** The name of the user, any text. Users take turns. */
  readonly who: string;
  readonly bytes: number;
  readonly run: () => Promise<T>;
}

export interface Turns {
  /** Runs the work in its turn and gives its result. Rejects with a FullError when too much waits. */
  take<T>(work: Work<T>): Promise<T>;
}

export class FullError extends Error {
  override readonly name = 'FullError';
}

interface Waiting {
  readonly bytes: number;
  readonly begin: () => Promise<void>;
  readonly refuse: (error: FullError) => void;
}

export function createTurns(limits: TurnLimits): Turns {
  /** The waiting work of each user, in the order of their turns. A user without work is not in it. */
  const lists = new Map<string, Waiting[]>();
  const held = { running: 0, waiting: 0, bytes: 0 };
  const add = (one: Waiting, sign: 1 | -1): void => {
    held.waiting += sign;
    held.bytes += sign * one.bytes;
  };
  const makeRoom = (): void => {
    while (held.waiting > limits.waiting || held.bytes > limits.waitingBytes) {
      const [who, list] = [...lists].reduce((most, each) => (each[1].length >= most[1].length ? each : most));
      const newest = list.pop() as Waiting;
      if (list.length === 0) lists.delete(who);
      add(newest, -1);
      newest.refuse(new FullError('too much waits already'));
    }
  };
  const work = async (): Promise<void> => {
    held.running += 1;
    for (let next = takeFirst(lists); next !== undefined; next = takeFirst(lists)) {
      add(next, -1);
      await next.begin();
      // A message may never have waited for anything: what came meanwhile over the network is read now.
      await nextRound();
    }
    held.running -= 1;
  };
  return {
    take: <T>({ who, bytes, run }: Work<T>) =>
      new Promise<T>((resolve, reject) => {
        const waiting: Waiting = { bytes, begin: () => run().then(resolve, reject), refuse: reject };
        const list = lists.get(who);
        if (list === undefined) lists.set(who, [waiting]);
        else list.push(waiting);
        add(waiting, 1);
        if (held.running < limits.atOnce) void work();
        else makeRoom();
      }),
  };
}

/** The oldest work of the first user. If that user has more, it waits behind all other users then. */
function takeFirst(lists: Map<string, Waiting[]>): Waiting | undefined {
  const [first] = lists;
  if (first === undefined) return undefined;
  const [who, list] = first;
  lists.delete(who);
  const next = list.shift();
  if (list.length > 0) lists.set(who, list);
  return next;
}
