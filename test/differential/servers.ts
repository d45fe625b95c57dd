/** The two servers that are compared, as the devices of a story meet them. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { startPeer } from '../bench/peer-server.ts';
import { createServerProcess } from '../client/server.ts';
import { DATASTORES } from '../client/syncevolution.ts';
import { freePort } from '../kit/free-port.ts';
import { DEVICES } from './scenes/step.ts';

const PASSWORD = 'correct horse';

/** Where the devices of one story synchronise, and as whom. */
export interface Account {
  readonly url: string;
  readonly user: string;
  readonly password: string;
  close(): Promise<void>;
}
/** Opens the account of a story. `folder` is empty, and for what a server of its own needs. */
export type OpenAccount = (story: string, folder: string) => Promise<Account>;

const running = new Set<() => Promise<void>>();

/** Ends all servers that run: the peer's would outlive this process. */
export async function stopAll(): Promise<void> {
  await Promise.all([...running].map((stop) => stop()));
}

/** What ends a server, known to `stopAll` until it did. */
function stopping(stop: () => Promise<void>): () => Promise<void> {
  const ending = async (): Promise<void> => {
    running.delete(ending);
    await stop();
  };
  running.add(ending);
  return ending;
}

/** One process with an account for each story, until `stopAll`. Throws with what it printed when it does not start. */
export async function startOurs(folder: string, stories: readonly string[]): Promise<OpenAccount> {
  const [user = 'nobody', ...otherUsers] = stories;
  const server = await createServerProcess({ dataDir: folder, user, otherUsers, password: PASSWORD });
  stopping(server.stop);
  await server.start();
  const close = async (): Promise<void> => undefined;
  return async (story) => ({ url: server.url, user: story, password: PASSWORD, close });
}

/** A process for each story: it has one set of items. Throws with what it printed when it does not start. */
export const openTheirs: OpenAccount = async (story, folder) => {
  const own = join(folder, 'server');
  mkdirSync(own);
  const account = { login: story, password: PASSWORD };
  const port = await freePort();
  const peer = await startPeer({
    ...{ folder: own, port, ...account, datastores: DATASTORES, deviceIds: DEVICES },
  });
  return { url: peer.url, user: story, password: PASSWORD, close: stopping(peer.stop) };
};
