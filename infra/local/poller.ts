/**
 * Reads a stream and delivers it, batch by batch, as Lambda's event source mapping does. The position is kept after
 * each batch; what was delivered but not kept comes again.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { StreamSource } from '../../lib/store/port/stream-source.ts';
import { type Delivery, deliver } from './deliver.ts';

export interface PollerOptions {
  readonly source: StreamSource;
  readonly delivery: Omit<Delivery, 'pause'>;
  readonly positions: Positions;
  /** Milliseconds between looks at a stream without news. */
  readonly interval: number;
  /** Milliseconds before the second attempt; twice as long before each further one. */
  readonly retryDelay?: number;
  /** A read that failed; it is tried again. */
  readonly failed: (error: unknown) => void;
}

export interface Positions {
  load(): string | undefined;
  save(position: string): void;
}

export interface Poller {
  /** Resolves when the batch at hand is done, or given up for now. */
  close(): Promise<void>;
}

const BATCH = 100;
const RETRY_DELAY = 100;
const LONGEST_DELAY = 10_000;

export function startPoller(options: PollerOptions): Poller {
  const stop = new AbortController();
  const running = poll(options, stop.signal);
  return {
    close: async () => {
      stop.abort();
      await running;
    },
  };
}

async function poll(options: PollerOptions, signal: AbortSignal): Promise<void> {
  const { source, positions, interval, failed, retryDelay = RETRY_DELAY } = options;
  const pause = (ms: number) => sleep(Math.min(ms, LONGEST_DELAY), undefined, { signal });
  const delivery: Delivery = {
    ...options.delivery,
    pause: (attempt) => pause(retryDelay * 2 ** (attempt - 1)),
  };
  let position = positions.load();
  while (!signal.aborted) {
    try {
      const { records, position: next } = await source.read(position, BATCH);
      await deliver(delivery, records);
      if (next !== undefined && next !== position) positions.save(next);
      position = next;
      if (records.length === 0) await pause(interval);
    } catch (error) {
      if (signal.aborted) return;
      failed(error);
      await pause(LONGEST_DELAY / 10).catch(() => undefined);
    }
  }
}
