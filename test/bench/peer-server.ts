/**
 * The peer to compare with: SyncEvolution's own SyncML server (Debian package syncevolution-http) on files, in folders
 * and a D-Bus session of its own. Owns: how it is configured, started and ended.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { run, sleep, tail } from '../client/process.ts';
import { configureArguments, type FileDatastore, fileSource, privateEnvironment } from './real-client.ts';

const PROGRAMS = ['/usr/bin/syncevo-http-server', '/usr/bin/dbus-run-session', '/usr/bin/python3'] as const;
const [SERVER, SESSION, PYTHON] = PROGRAMS;
/** Long enough for a machine that does much else. */
const START_TIMEOUT = 120_000;

/** What the server needs and cannot be found; undefined when all is there. */
export function missingForPeer(): string | undefined {
  const missing = PROGRAMS.filter((program) => !existsSync(program));
  return missing.length === 0 ? undefined : `not installed: ${missing.join(', ')}`;
}

export interface PeerServer {
  readonly url: string;
  /** The process that all others of it come from. */
  readonly pid: number;
  /** Items that it holds. */
  count(): number;
  stop(): Promise<void>;
}

export interface PeerOptions {
  /** Empty folder. */
  readonly folder: string;
  readonly port: number;
  readonly login: string;
  readonly password: string;
  readonly datastores: readonly FileDatastore[];
  /** It knows each client by its device id. All share the same items. */
  readonly deviceIds: readonly string[];
}

/** Throws with what it printed when it does not start. */
export async function startPeer(options: PeerOptions): Promise<PeerServer> {
  const { folder, port, datastores, deviceIds } = options;
  const env = privateEnvironment(folder);
  const items = (datastore: FileDatastore): string => join(folder, 'db', datastore);
  for (const datastore of datastores) mkdirSync(items(datastore), { recursive: true });
  for (const deviceId of deviceIds) await configure(options, deviceId, { items, env });
  const url = `http://127.0.0.1:${port}/syncevolution`;
  // Started by the interpreter: the package leaves the script's first line unfinished.
  const child = spawn(SESSION, ['--', PYTHON, SERVER, url], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  await listening(child);
  const count = (): number =>
    datastores.reduce((sum, datastore) => sum + readdirSync(items(datastore)).length, 0);
  return { url, pid: child.pid ?? 0, count, stop: () => stop(child) };
}

interface Place {
  /** The folder of a datastore. */
  readonly items: (datastore: FileDatastore) => string;
  readonly env: Record<string, string>;
}

async function configure(
  { folder, login, password, datastores }: PeerOptions,
  deviceId: string,
  { items, env }: Place,
): Promise<void> {
  const properties = [
    'peerIsClient=1',
    `remoteDeviceId=${deviceId}`,
    `username=${login}`,
    `password=${password}`,
    'syncURL=',
    `logdir=${join(folder, 'logs')}`,
    'loglevel=1',
    ...datastores.flatMap((datastore) => fileSource(datastore, items(datastore))),
  ];
  const args = configureArguments(properties, `${deviceId}@default`, datastores);
  const configured = await run('syncevolution', args, { env });
  if (configured.code !== 0) throw new Error(`it could not be configured:\n${tail(configured.output, 15)}`);
}

/** It says so itself; a connection would be taken for a session. */
async function listening(child: ChildProcess): Promise<void> {
  let printed = '';
  const collect = (chunk: Buffer): void => {
    printed += chunk.toString('utf8');
  };
  child.stdout?.on('data', collect);
  child.stderr?.on('data', collect);
  for (const end = Date.now() + START_TIMEOUT; Date.now() < end; await sleep(50)) {
    if (printed.includes('listening on port')) return;
    if (child.exitCode !== null) break;
  }
  await stop(child);
  throw new Error(`it does not listen:\n${tail(printed, 15)}`);
}

/** The D-Bus session ends with the program in it, and with the session the service that it started. */
async function stop(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise<void>((resolve) => child.once('close', () => resolve()));
  process.kill(-child.pid, 'SIGTERM');
  await Promise.race([gone, sleep(5_000)]);
}
