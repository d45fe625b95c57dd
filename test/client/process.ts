/** Child processes of the end-to-end suite: run one to its end, collect what it prints. Knows no SyncML. */
import { spawn } from 'node:child_process';

export interface Run {
  readonly code: number;
  /** stdout and stderr, interleaved as they came. */
  readonly output: string;
}

export interface RunOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** After this many milliseconds the process is killed and the code is 124. */
  readonly timeout?: number;
  /** Gets what kills the process while it runs. */
  readonly onStart?: (kill: (signal: NodeJS.Signals) => void) => void;
}

/** Runs a program to its end; rejects only when it cannot be started. A program killed by a signal has code 128. */
export function run(program: string, args: readonly string[], options: RunOptions = {}): Promise<Run> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, [...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
      ...(options.env === undefined ? {} : { env: { ...options.env } }),
      ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
    });
    options.onStart?.((signal) => child.kill(signal));
    const chunks: Buffer[] = [];
    let timedOut = false;
    const collect = (chunk: Buffer): void => {
      chunks.push(chunk);
    };
    child.stdout.on('data', collect);
    child.stderr.on('data', collect);
    const timer = setTimeout(() => {
      timedOut = true;
      child.kill('SIGKILL');
    }, options.timeout ?? 60_000);
    child.once('error', (error) => {
      clearTimeout(timer);
      reject(error);
    });
    child.once('close', (code, signal) => {
      clearTimeout(timer);
      const output = Buffer.concat(chunks).toString('utf8');
      if (timedOut)
        resolve({ code: 124, output: `${output}\n(killed after ${options.timeout ?? 60_000} ms)` });
      else resolve({ code: code ?? 128, output: code === null ? `${output}\n(ended by ${signal})` : output });
    });
  });
}

export const sleep = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));

/** The last lines of a text, for failure messages. */
export function tail(text: string, lines: number): string {
  const all = text.trimEnd().split('\n');
  const kept = all.slice(-lines);
  return all.length > kept.length
    ? `(… ${all.length - kept.length} lines before)\n${kept.join('\n')}`
    : kept.join('\n');
}
