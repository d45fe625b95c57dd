/** The pre-step, in a small project of its own with an npm that only pretends. */
import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const RUN = join(import.meta.dirname, '..', '..', '..', 'infra', 'local', 'run.mjs');

let root: string;
let fakes: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'syncml-run-'));
  fakes = join(root, 'fakes');
  mkdirSync(join(root, 'infra', 'local'), { recursive: true });
  mkdirSync(fakes);
  copyFileSync(RUN, join(root, 'infra', 'local', 'run.mjs'));
  writeFileSync(join(root, 'say.mjs'), 'console.log(...process.argv.slice(2)); process.exit(7);');
  writeLock('package-lock.json', { tool: '1.0.0', other: '2.0.0' });
  fakeNpm('mkdir -p node_modules/.bin && cp package-lock.json node_modules/.package-lock.json &&', 'exit 0');
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function writeLock(file: string, versions: { [name: string]: string }): void {
  const packages = Object.entries(versions).map(([name, version]) => [
    `node_modules/${name}`,
    { version, ...(name === 'other' && { optional: true }) },
  ]);
  writeFileSync(join(root, file), JSON.stringify({ packages: { '': {}, ...Object.fromEntries(packages) } }));
}

/** An npm that notes its call, does this and puts the Node of this test where the real one would. */
function fakeNpm(before: string, after: string): void {
  const node = `ln -sf "${process.execPath}" node_modules/.bin/node`;
  writeFileSync(join(fakes, 'npm'), `#!/bin/sh\necho "npm $1"\n${before} ${node}\n${after}\n`);
  chmodSync(join(fakes, 'npm'), 0o755);
}

function installed(versions: { [name: string]: string }): void {
  mkdirSync(join(root, 'node_modules', '.bin'), { recursive: true });
  symlinkSync(process.execPath, join(root, 'node_modules', '.bin', 'node'));
  writeLock('node_modules/.package-lock.json', versions);
}

const env = () => ({ ...process.env, PATH: [fakes, process.env.PATH ?? ''].join(delimiter) });
const start = (...args: string[]) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['infra/local/run.mjs', ...args], {
    cwd: root,
    env: env(),
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
};

describe('a fresh clone', () => {
  it('is installed with one line about it, then runs what was asked for with its arguments and exit code', () => {
    const { status, stdout, stderr } = start('say.mjs', 'a b', '--port', '1');
    expect(stdout).toBe('a b --port 1\n');
    expect(stderr).toContain('Installing');
    expect(stderr).toContain('node_modules is missing');
    expect(stderr).toContain('npm ci');
    expect(status).toBe(7);
  });

  it('says so when npm fails', () => {
    fakeNpm('true &&', 'exit 3');
    const { status, stdout, stderr } = start('say.mjs');
    expect([status, stdout]).toEqual([1, '']);
    expect(stderr).toContain('npm ci ended with 3');
  });

  it('says so when npm was not allowed to bring Node', () => {
    fakeNpm('mkdir -p node_modules && cp package-lock.json node_modules/.package-lock.json; exit 0;', '');
    const { status, stderr } = start('say.mjs');
    expect(status).toBe(1);
    expect(stderr).toContain('allowed to run the install script');
  });
});

describe('an installed project', () => {
  it.each([
    ['the same', { tool: '1.0.0', other: '2.0.0' }],
    ['the same without an optional package', { tool: '1.0.0' }],
  ])('is left alone when it has %s', (_, versions) => {
    installed(versions);
    expect(start('say.mjs').stderr).toBe('');
  });

  it.each([
    ['another version', { tool: '0.9.0', other: '2.0.0' }],
    ['a package missing', { other: '2.0.0' }],
    ['a package too much', { tool: '1.0.0', left: '1.0.0' }],
  ])('is installed again when it has %s', (_, versions) => {
    installed(versions);
    expect(start('say.mjs').stderr).toContain('Installing');
  });

  it('runs a tool of node_modules/.bin on the project’s own Node', () => {
    installed({ tool: '1.0.0' });
    const tool = join(root, 'node_modules', '.bin', 'tool');
    writeFileSync(tool, '#!/bin/sh\ncommand -v node\n');
    chmodSync(tool, 0o755);
    expect(start('tool').stdout).toBe(`${join(root, 'node_modules', '.bin', 'node')}\n`);
  });

  it('passes options that stand before a file on to Node', () => {
    installed({ tool: '1.0.0' });
    writeFileSync(
      join(root, 'options.mjs'),
      'console.log(process.execArgv.join(), process.argv.slice(2).join())',
    );
    const run = ['infra/local/run.mjs', '--max-semi-space-size=4', 'options.mjs', '--port', '1'];
    const { stdout } = spawnSync(process.execPath, run, { cwd: root, env: env(), encoding: 'utf8' });
    expect(stdout).toContain('--max-semi-space-size=4 --port,1');
  });

  it('passes a signal on and ends with the exit code', async () => {
    installed({ tool: '1.0.0' });
    writeFileSync(
      join(root, 'wait.mjs'),
      "process.on('SIGTERM', () => process.exit(5)); console.log('up'); setInterval(() => undefined, 1000);",
    );
    const child = spawn(process.execPath, ['infra/local/run.mjs', 'wait.mjs'], { cwd: root, env: env() });
    child.stdout.once('data', () => child.kill('SIGTERM'));
    const code = await new Promise((resolve) => child.once('exit', resolve));
    expect(code).toBe(5);
  });

  it('ends when npm leaves it behind', async () => {
    installed({ tool: '1.0.0' });
    writeFileSync(
      join(root, 'wait.mjs'),
      "process.on('SIGTERM', () => { console.log('ended'); process.exit(); }); console.log('up'); setInterval(() => 0, 1000);",
    );
    const shell = spawn('sh', ['-c', `"${process.execPath}" infra/local/run.mjs wait.mjs; true`], {
      cwd: root,
      env: { ...env(), npm_lifecycle_event: 'start' },
    });
    let printed = '';
    shell.stdout.on('data', (chunk: Buffer) => {
      printed += chunk.toString();
      if (printed === 'up\n') shell.kill('SIGKILL');
    });
    await new Promise((resolve) => shell.once('close', resolve));
    expect(printed).toBe('up\nended\n');
  });
});
