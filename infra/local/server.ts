/**
 * The whole server in one process: store, handlers, gateway, and the poller behind the CRM's changes.
 * Owns: the order of starting and stopping.
 */
import { randomBytes } from 'node:crypto';
import type { Settings } from '../../functions/lambda/environment.ts';
import {
  addUsers,
  createHandlers,
  type HandlerDeps,
  type Handlers,
  type User,
} from '../../functions/lambda/handlers.ts';
import { MEMORY, type OpenStore, openStore, type StorePlace } from '../../functions/open-store.ts';
import { localUrl } from './addresses.ts';
import { appendDeadLetter, positionFile, positionInMemory } from './feed-files.ts';
import { type Gateway, startGateway } from './gateway.ts';
import { type Poller, startPoller } from './poller.ts';
import { ready } from './ready.ts';
import { createTurns, type TurnLimits } from './turns.ts';
import { yieldingStore } from './yielding-store.ts';

export interface ServerOptions extends StorePlace {
  /** 0 takes any free port. */
  readonly port: number;
  /** Address to listen on; only this machine by default. */
  readonly host?: string;
  /** Created where they are not there. */
  readonly users: readonly User[];
  readonly log: HandlerDeps['log'];
  readonly settings?: Settings;
  readonly limits?: TurnLimits;
}

export interface LocalServer {
  /** Where clients send their messages: `http://HOST:PORT/syncml`. */
  readonly url: string;
  readonly port: number;
  /** Logins of the options that were there before with other passwords, which they keep. */
  readonly kept: readonly string[];
  close(): Promise<void>;
}

/** How often a CRM change is tried before it goes to the dead letters. */
const ATTEMPTS = 8;
/** Milliseconds between two looks at the stream. */
const INTERVAL = { sqlite: 200, dynamodb: 500 } as const;
/**
 * Messages that are worked on at the same time. On SQLite all of the work is this process's own.
 */
const AT_ONCE = { sqlite: 1, dynamodb: 16 } as const;
/** Messages that may wait: the last of them is answered before its client gives up. And the bytes that they hold. */
const WAITING = { waiting: 256, waitingBytes: 256_000_000 };

/** Throws the system's error when the port is taken, a StoreError when the store cannot be reached. */
export async function startServer(options: ServerOptions): Promise<LocalServer> {
  const { port, host = '127.0.0.1', users, log } = options;
  const open = await openStore(options);
  let gateway: Gateway | undefined;
  try {
    const deps: HandlerDeps = {
      store: options.store === 'sqlite' ? yieldingStore(open.store) : open.store,
      now: Date.now,
      random: randomBytes,
      log,
      ...options.settings,
    };
    const handlers = createHandlers(deps);
    const kept = await addUsers(deps, users);
    gateway = await startGateway(handlers.http, {
      ...{ port, host, now: deps.now },
      turns: createTurns(options.limits ?? { atOnce: AT_ONCE[options.store], ...WAITING }),
      whose: handlers.whose,
      ready: () => ready(open.store, log),
    });
    const poller = await startFeed(options, open, handlers.crmFeed);
    const url = localUrl({ host, port: gateway.port });
    return { url, kept, port: gateway.port, close: () => closeAll(gateway, poller, open) };
  } catch (error) {
    await closeAll(gateway, undefined, open);
    throw error;
  }
}

async function closeAll(gateway: Gateway | undefined, poller: Poller | undefined, open: OpenStore) {
  await gateway?.close();
  await poller?.close();
  await open.store.close();
}

async function startFeed(
  options: ServerOptions,
  open: OpenStore,
  crmFeed: Handlers['crmFeed'],
): Promise<Poller> {
  const { data, store, log } = options;
  const inMemory = data === MEMORY;
  const context = { getRemainingTimeInMillis: () => 60_000 };
  return startPoller({
    source: await open.stream('crm-changes'),
    interval: INTERVAL[store],
    positions: inMemory ? positionInMemory() : positionFile(data, open.identity),
    failed: (error) =>
      log({
        event: 'stream-failed',
        ...(error instanceof Error ? { error: error.name, reason: error.message } : { error: 'unknown' }),
      }),
    delivery: {
      attempts: ATTEMPTS,
      invoke: (event) => crmFeed(event, context),
      deadLetter: (record, reason) => {
        log({ event: 'dead-letter', table: record.key.table, id: record.key.sk, reason });
        if (!inMemory) appendDeadLetter(data, record, reason, Date.now());
      },
    },
  });
}
