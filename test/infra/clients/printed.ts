/** Commands as they stand in texts for people, run as a person would, in a folder of the test. */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach } from 'vitest';

export const ROOT = join(import.meta.dirname, '..', '..', '..');

export interface Ran {
  readonly code: number | null;
  readonly text: string;
}

/** The lines of a document's `sh` blocks, without their comments. */
export const commandsIn = (document: string): string[] =>
  [...readFileSync(join(ROOT, document), 'utf8').matchAll(/^ *```sh\n([^`]*)^ *```$/gm)]
    .flatMap(([, block = '']) => block.trim().split('\n'))
    .map((line) => line.split(' #')[0]?.trim() ?? '');

/** Lines of a text that begin with `npm run` and this script. */
export const printedCommands = (text: string, script: string): string[] =>
  text.split('\n').filter((line) => new RegExp(`^npm run ${script}( |$)`).test(line));

/** `npm run NAME -- …` in a shell whose working folder is `folder` instead of the project. */
export async function runPrinted(command: string, folder: string): Promise<Ran> {
  const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  const line = command.replace(/^npm run (\S+)( --)?/, (_, script: string) => {
    const file = /^node infra\/local\/run\.mjs (\S+\.ts)$/.exec(scripts[script] ?? '')?.[1];
    if (file === undefined) throw new Error(`there is no script ${script}`);
    return `'${process.execPath}' --disable-warning=ExperimentalWarning '${join(ROOT, file)}'`;
  });
  const child = spawn('/bin/sh', ['-c', line], { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
  let text = '';
  child.stdout.on('data', (part: Buffer) => {
    text += part;
  });
  child.stderr.on('data', (part: Buffer) => {
    text += part;
  });
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { code, text };
}

export interface Started {
  /** All that `npm start` printed before it listened. */
  readonly welcome: string;
  readonly url: string;
  stop(): Promise<void>;
}

/** `npm start` on a free port, with its data in the folder. */
export async function startPrinted(folder: string, options: readonly string[] = []): Promise<Started> {
  const place = ['--port', '0', '--data', join(folder, 'data')];
  const args = [join(ROOT, 'infra/local/start.ts'), ...options, ...place];
  const child = spawn(process.execPath, ['--no-warnings', ...args], { cwd: folder });
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  let welcome = '';
  await new Promise<void>((resolve, reject) => {
    const hear = (part: Buffer): void => {
      welcome += part;
      if (welcome.includes('Ctrl-C ends')) resolve();
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.once('close', () => reject(new Error(welcome)));
  });
  const url = /^SyncML server +(\S+)$/m.exec(welcome)?.[1] ?? '';
  const stop = (): Promise<void> => {
    child.kill('SIGTERM');
    return ended;
  };
  return { welcome, url, stop };
}

/** One printed server for the tests of a file, and a folder for each test, as a newcomer has them. */
export interface Newcomer {
  readonly server: Started;
  /** Empty when the test begins. */
  readonly folder: string;
}

/** The members are there from the first test on. */
export function newcomer(): Newcomer {
  const found = {} as { server: Started; folder: string };
  let place: string;
  beforeAll(async () => {
    place = mkdtempSync(join(tmpdir(), 'syncml-printed-'));
    found.server = await startPrinted(place);
  });
  afterAll(async () => {
    await found.server.stop();
    rmSync(place, { recursive: true, force: true });
  });
  beforeEach(() => {
    found.folder = mkdtempSync(join(place, 'clone-'));
  });
  return found;
}

/** The commands in the page at `/`. */
export async function pageText(url: string): Promise<string> {
  const response = await fetch(new URL('/', url));
  const html = await response.text();
  const blocks = [...html.matchAll(/<pre>([^<]*)<\/pre>/g)].map(([, block]) => block);
  return blocks.join('\n').replaceAll('&quot;', '"').replaceAll('&lt;', '<').replaceAll('&amp;', '&');
}
