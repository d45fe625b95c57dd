/** The server under test and its CRM command, as child processes on the files of one test. */
import { type ChildProcess, spawn } from 'node:child_process';
import { Socket } from 'node:net';
import { join } from 'node:path';
import { freePort } from '../kit/free-port.ts';
import { type Run, run, sleep, tail } from './process.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const NODE = join(ROOT, 'node_modules', '.bin', 'node');
/** Long enough for a machine that does much else. */
const START_TIMEOUT = 120_000;

export interface ServerOptions {
  readonly dataDir: string;
  readonly user: string;
  readonly password: string;
  /** Other logins with the same password. */
  readonly otherUsers?: readonly string[];
  /** DynamoDB endpoint; without one the server keeps its data in SQLite. */
  readonly endpoint?: string;
  /** Environment variables of the server. */
  readonly environment?: Readonly<Record<string, string>>;
}

export interface Server {
  readonly port: number;
  readonly url: string;
  start(): Promise<void>;
  /** SIGKILL: no chance to finish anything. Resolves when the process is gone. */
  kill(): Promise<void>;
  stop(): Promise<void>;
  /** All that every process of this server printed. */
  log(): string;
  /** Runs the CRM command on the same data. */
  crm(...args: string[]): Promise<Run>;
}

export async function createServerProcess(options: ServerOptions): Promise<Server> {
  const port = await freePort();
  const storeArgs = ['--data', options.dataDir];
  if (options.endpoint !== undefined) storeArgs.push('--store', 'dynamodb', '--endpoint', options.endpoint);
  const env = { ...environment(), ...options.environment };
  let printed = '';
  let child: ChildProcess | undefined;

  const start = async (): Promise<void> => {
    const args = ['infra/local/start.ts', '--port', String(port), ...storeArgs];
    for (const user of [options.user, ...(options.otherUsers ?? [])])
      args.push('--user', `${user}:${options.password}`);
    const started = spawn(NODE, args, { cwd: ROOT, env, stdio: ['ignore', 'pipe', 'pipe'] });
    child = started;
    const collect = (chunk: Buffer): void => {
      printed += chunk.toString('utf8');
    };
    started.stdout.on('data', collect);
    started.stderr.on('data', collect);
    await untilListening(started, port, () => printed);
  };
  const end = async (signal: 'SIGKILL' | 'SIGTERM'): Promise<void> => {
    const ending = child;
    child = undefined;
    if (ending === undefined) return;
    await ended(ending, signal);
    printed += `--- ended by ${signal} ---\n`;
  };
  return {
    port,
    url: `http://127.0.0.1:${port}/syncml`,
    start,
    kill: () => end('SIGKILL'),
    stop: () => end('SIGTERM'),
    log: () => printed,
    crm: (...args) => run(NODE, ['functions/cli/crm.ts', ...args, ...storeArgs], { cwd: ROOT, env }),
  };
}

/** DynamoDB Local takes any credentials, but the SDK wants some. */
function environment(): Record<string, string> {
  return {
    PATH: process.env.PATH ?? '/usr/bin:/bin',
    HOME: process.env.HOME ?? '/',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_REGION: 'eu-central-1',
  };
}

async function ended(child: ChildProcess, signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise<void>((resolve) => child.once('close', () => resolve()));
  child.kill(signal);
  const forced = setTimeout(() => child.kill('SIGKILL'), 5_000);
  await gone;
  clearTimeout(forced);
}

async function untilListening(child: ChildProcess, port: number, printed: () => string): Promise<void> {
  const deadline = Date.now() + START_TIMEOUT;
  while (Date.now() < deadline) {
    if (child.exitCode !== null || child.signalCode !== null) {
      throw new Error(
        `The server ended (${child.exitCode ?? child.signalCode}) before it listened:\n${tail(printed(), 40)}`,
      );
    }
    if (await canConnect(port)) return;
    await sleep(50);
  }
  child.kill('SIGKILL');
  throw new Error(
    `The server does not listen on port ${port} after ${START_TIMEOUT} ms:\n${tail(printed(), 40)}`,
  );
}

function canConnect(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = new Socket();
    const done = (connected: boolean): void => {
      socket.destroy();
      resolve(connected);
    };
    socket.once('connect', () => done(true));
    socket.once('error', () => done(false));
    socket.connect(port, '127.0.0.1');
  });
}
