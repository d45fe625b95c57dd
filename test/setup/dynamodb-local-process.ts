/**
 * Starts and stops DynamoDB Local, the emulator that Amazon gives out as a jar. The npm package
 * amplify-dynamodb-simulator carries the jar; only that file of it is used. It listens on all interfaces (it has no
 * option for that) and slows down with all that was transacted in the same process: start a fresh one for anything big.
 */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { freePort } from '../kit/free-port.ts';

/** In milliseconds. */
const START_TIMEOUT = 60_000;
const POLL_EVERY = 50;
const START_ATTEMPTS = 3;

/**
 * Runs java until it ends or the pipe from this process closes, which it does however this process ends: no emulator
 * stays behind.
 */
const WATCH = `
  exec 3<&0
  java "$@" </dev/null 3<&- & child=$!
  { cat <&3 >/dev/null; kill "$child" 2>/dev/null; } &
  exec 3<&-
  trap '' INT
  wait "$child"`;

export interface DynamoDbLocal {
  readonly endpoint: string;
  stop(): Promise<void>;
}

const emulatorFolder = (): string | undefined => {
  try {
    const found = createRequire(import.meta.url).resolve('amplify-dynamodb-simulator/package.json');
    return join(dirname(found), 'emulator');
  } catch {
    return undefined;
  }
};

/** Why DynamoDB Local cannot run here and what helps, or undefined when it can. */
export function missingForDynamoDbLocal(): string | undefined {
  const folder = emulatorFolder();
  if (folder === undefined || !existsSync(join(folder, 'DynamoDBLocal.jar'))) {
    return 'its jar is missing; get it with: npm install';
  }
  if (spawnSync('java', ['-version']).status !== 0) {
    return 'Java is missing; get it with: apt-get install default-jre-headless';
  }
  return undefined;
}

/** A fresh process with nothing in it, in memory. Throws when it does not come up. */
export async function startDynamoDbLocal(): Promise<DynamoDbLocal> {
  const missing = missingForDynamoDbLocal();
  if (missing !== undefined) throw new Error(`DynamoDB Local cannot start: ${missing}`);
  for (let attempt = 1; ; attempt++) {
    try {
      return await startOn(await freePort());
    } catch (error) {
      // Somebody else may have taken the port in between.
      if (attempt === START_ATTEMPTS) throw error;
    }
  }
}

async function startOn(port: number): Promise<DynamoDbLocal> {
  const folder = emulatorFolder() ?? '';
  const cwd = mkdtempSync(join(tmpdir(), 'dynamodb-local-'));
  const args = [
    `-Djava.library.path=${join(folder, 'DynamoDBLocal_lib')}`,
    ...['-jar', join(folder, 'DynamoDBLocal.jar')],
    ...['-inMemory', '-sharedDb', '-disableTelemetry', '-port', String(port)],
  ];
  const watcher = spawn('sh', ['-c', WATCH, 'sh', ...args], { cwd, stdio: ['pipe', 'ignore', 'pipe'] });
  let complaint = '';
  watcher.stderr.on('data', (text: Buffer) => {
    complaint = (complaint + text).slice(-2_000);
  });
  const ended = new Promise<void>((resolve) => watcher.once('close', () => resolve()));
  const stop = async (): Promise<void> => {
    watcher.stdin.end();
    await ended;
    rmSync(cwd, { recursive: true, force: true });
  };
  const endpoint = `http://127.0.0.1:${port}`;
  if (await answers(endpoint, watcher)) return { endpoint, stop };
  await stop();
  throw new Error(`DynamoDB Local did not start: ${complaint}`);
}

async function answers(endpoint: string, watcher: ChildProcess): Promise<boolean> {
  const giveUp = Date.now() + START_TIMEOUT;
  while (watcher.exitCode === null && Date.now() < giveUp) {
    try {
      // An unsigned request is refused, by a server that is up.
      await fetch(endpoint);
      return true;
    } catch {
      await delay(POLL_EVERY);
    }
  }
  return false;
}
