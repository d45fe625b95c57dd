/** This server and its peer as the real client meets them: started on an empty folder, with one datastore in use. */
import { createServerProcess } from '../client/server.ts';
import { freePort } from '../kit/free-port.ts';
import type { DatastoreName } from './drafts.ts';
import { startPeer } from './peer-server.ts';
import { startedWith } from './server-process.ts';

export const ACCOUNT = { login: 'anna', password: 'secret' } as const;
/** Devices that either server knows. */
export const DEVICES = ['bench-phone', 'bench-tablet'] as const;

export interface RunningServer {
  readonly port: number;
  readonly path: string;
  /** The process that all others of the server come from. */
  readonly pid: number;
  /** Items that it holds, where that can be seen from outside. */
  count?(): number;
  stop(): Promise<void>;
}
export type StartServer = (folder: string, datastore: DatastoreName) => Promise<RunningServer>;

export const startOwn: StartServer = async (folder) => {
  const server = await createServerProcess({
    dataDir: folder,
    user: ACCOUNT.login,
    password: ACCOUNT.password,
  });
  await server.start();
  const pid = startedWith(['infra/local/start.ts', '--port', String(server.port)]);
  return { port: server.port, path: '/syncml', pid, stop: server.stop };
};

export const startOther: StartServer = async (folder, datastore) => {
  const port = await freePort();
  const { url, ...peer } = await startPeer({
    folder,
    port,
    datastores: [datastore],
    deviceIds: DEVICES,
    ...ACCOUNT,
  });
  return { port, path: new URL(url).pathname, ...peer };
};
