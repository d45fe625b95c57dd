/**
 * Runs a file or a tool of this project on the project's own Node, after `npm ci` where node_modules is missing or older
 * than package-lock.json. So every npm script works as the first command in a fresh clone.
 *
 * Plain JavaScript without dependencies: this file alone runs on the Node of the host (20 or later).
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { constants } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const ROOT = resolve(import.meta.dirname, '..', '..');

/**
 * Why node_modules does not fit the lock file, as the end of a sentence; undefined when it does.
 * npm keeps a lock file of what it installed inside node_modules: those two are compared, no times.
 */
export function outdated(root) {
  const bin = join(root, 'node_modules', '.bin');
  const installed = packagesOf(join(root, 'node_modules', '.package-lock.json'));
  if (installed === undefined) return 'node_modules is missing';
  if (!existsSync(join(bin, 'node'))) return 'node_modules has no Node';
  const locked = packagesOf(join(root, 'package-lock.json')) ?? {};
  for (const [path, { version, optional, devOptional, link }] of Object.entries(locked)) {
    if (path === '' || link) continue;
    const found = installed[path];
    // Optional packages are those of other platforms.
    if (found === undefined && (optional || devOptional)) continue;
    if (found?.version !== version) return `node_modules differs from package-lock.json in ${nameOf(path)}`;
  }
  const extra = Object.keys(installed).find((path) => locked[path] === undefined);
  return extra === undefined
    ? undefined
    : `node_modules has ${nameOf(extra)}, which package-lock.json has not`;
}

const nameOf = (path) => path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);

function packagesOf(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages ?? {};
  } catch {
    return undefined;
  }
}

/** The environment for npm: without the Node that the installation is about to replace. */
function hostEnvironment(root) {
  const bin = join(root, 'node_modules', '.bin');
  const path = (process.env.PATH ?? '').split(delimiter).filter((folder) => resolve(folder) !== bin);
  return { ...process.env, PATH: path.join(delimiter) };
}

/** Throws when the installation fails. Prints to stderr: stdout belongs to what is run. */
function install(root, reason) {
  console.error(`Installing the project's packages (npm ci), because ${reason}.`);
  const { status, error } = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    env: hostEnvironment(root),
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  });
  if (error !== undefined) throw new Error(`npm could not be started: ${error.message}`);
  if (status !== 0) throw new Error(`npm ci ended with ${status}.`);
  const still = outdated(root);
  if (still !== undefined) {
    throw new Error(
      `After npm ci, ${still}. npm must be allowed to run the install script of the package "node".`,
    );
  }
}

/** What to start: a source file on Node, after options for Node, or a tool of node_modules/.bin. */
function commandOf(root, argv) {
  const at = argv.findIndex((argument) => !argument.startsWith('-'));
  const [what, ...args] = argv.slice(at);
  const bin = join(root, 'node_modules', '.bin');
  if (!/\.(ts|js|mjs)$/.test(what)) return [join(bin, what), args];
  // node:sqlite still announces itself as experimental.
  return [join(bin, 'node'), ['--disable-warning=ExperimentalWarning', ...argv.slice(0, at), what, ...args]];
}

function start(root, argv) {
  const [command, args] = commandOf(root, argv);
  const path = [join(root, 'node_modules', '.bin'), process.env.PATH ?? ''].join(delimiter);
  const child = spawn(command, args, { stdio: 'inherit', env: { ...process.env, PATH: path } });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  if (process.env.npm_lifecycle_event !== undefined) whenOrphaned(() => child.kill('SIGTERM'));
  child.once('error', (error) => fail(`${argv[0]} could not be started: ${error.message}`));
  child.once('exit', (code, signal) => process.exit(code ?? 128 + (constants.signals[signal] ?? 0)));
}

/** npm passes a SIGTERM on to its shell only, which then leaves this process behind. */
function whenOrphaned(then) {
  const { ppid } = process;
  const watch = setInterval(() => {
    if (process.ppid === ppid) return;
    clearInterval(watch);
    then();
  }, 500);
  watch.unref();
}

function fail(sentence) {
  console.error(sentence);
  process.exit(1);
}

function main(argv) {
  if (argv.length === 0) fail('Say what to run: a source file, or a tool of node_modules/.bin.');
  try {
    const reason = outdated(ROOT);
    if (reason !== undefined) install(ROOT, reason);
    start(ROOT, argv);
  } catch (error) {
    fail(error.message);
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) main(process.argv.slice(2));
