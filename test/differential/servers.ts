/** The two servers that are compared, each started on an empty folder for the devices of a story. */
import { startPeer } from '../bench/peer-server.ts';
import { createServerProcess } from '../client/server.ts';
import { DATASTORES } from '../client/syncevolution.ts';
import { freePort } from '../kit/free-port.ts';
import { DEVICES } from './scenes/step.ts';

export const ACCOUNT = { user: 'anna', password: 'correct horse' } as const;

export interface RunningServer {
  readonly url: string;
  stop(): Promise<void>;
}
export type StartServer = (folder: string) => Promise<RunningServer>;

/** Throws with what the server printed when it does not start. */
export const startOurs: StartServer = async (folder) => {
  const server = await createServerProcess({ dataDir: folder, ...ACCOUNT });
  await server.start();
  return { url: server.url, stop: server.stop };
};

/** Throws as startOurs does. */
export const startTheirs: StartServer = async (folder) => {
  const port = await freePort();
  const { user: login, password } = ACCOUNT;
  return startPeer({ folder, port, login, password, datastores: DATASTORES, deviceIds: DEVICES });
};
