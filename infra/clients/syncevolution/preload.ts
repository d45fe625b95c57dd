/** The preload that repairs Debian's SyncEvolution: built where that is needed, kept beside the client's settings. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { accessSync, constants, existsSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { UsageError } from '../../../functions/cli/options.ts';

export const PRELOAD_SOURCE = join(import.meta.dirname, 'preload.c');

const OTHERWISE = '"npm run device" needs nothing but Node.';

/** The path of a program; undefined when it is not installed. */
export function programPath(name: string): string | undefined {
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/bin', '/bin'];
  return folders
    .map((folder) => join(folder, name))
    .find((path) => {
      try {
        accessSync(path, constants.X_OK);
        return true;
      } catch {
        return false;
      }
    });
}

/** Throws a UsageError that names the packages. */
export function neededProgram(name: string, packages: string): string {
  const path = programPath(name);
  if (path !== undefined) return path;
  throw new UsageError(
    `${name} is not installed: "apt-get install ${packages}" (Debian, Ubuntu). ${OTHERWISE}`,
  );
}

/** Is the client built with libcurl? Only that transport is broken. */
export function needsPreload(client: string): boolean {
  const { stdout, status } = spawnSync('ldd', [client], { encoding: 'utf8' });
  return status !== 0 || stdout.includes('libcurl');
}

/** The path of the built preload in the folder. Throws a UsageError that says what to install. */
export function buildPreload(folder: string, tell: (line: string) => void): string {
  const key = createHash('sha256').update(readFileSync(PRELOAD_SOURCE)).digest('hex').slice(0, 12);
  const built = join(folder, `preload-${key}.so`);
  if (existsSync(built)) return built;
  const gcc = neededProgram('gcc', 'gcc libc6-dev');
  const args = ['-shared', '-fPIC', '-O2', '-Wall', '-o', built, PRELOAD_SOURCE, '-ldl'];
  tell(`$ gcc ${args.join(' ')}`);
  const { status, stdout, stderr } = spawnSync(gcc, args, { encoding: 'utf8' });
  if (status === 0) return built;
  throw new UsageError(
    `gcc could not build ${PRELOAD_SOURCE}. Is libc6-dev installed? ${OTHERWISE}\n${stdout}${stderr}`,
  );
}
