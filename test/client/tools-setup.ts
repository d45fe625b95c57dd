/** Once per run: checks that the client and a compiler are there and builds the shim that the client needs. */
import { accessSync, constants, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { run } from './process.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Path of the compiled shim.c. */
    shim: string;
  }
}

function isInstalled(program: string): boolean {
  return (process.env.PATH ?? '/usr/bin:/bin').split(delimiter).some((directory) => {
    try {
      accessSync(join(directory, program), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

/** Throws a sentence that says what to install. The caller removes the directory of the shim. */
export async function buildShim(): Promise<{ shim: string; directory: string }> {
  const missing = ['syncevolution', 'gcc'].filter((program) => !isInstalled(program));
  if (missing.length > 0) {
    throw new Error(
      `The client suite drives the real SyncEvolution client, but ${missing.join(' and ')} cannot be found: ` +
        'install the Debian packages with "apt-get install syncevolution gcc libc6-dev" and run it again.',
    );
  }
  const directory = mkdtempSync(join(tmpdir(), 'syncml-shim-'));
  const shim = join(directory, 'shim.so');
  const source = join(import.meta.dirname, 'shim.c');
  const built = await run('gcc', ['-shared', '-fPIC', '-O2', '-Wall', '-o', shim, source, '-ldl']);
  if (built.code === 0) return { shim, directory };
  throw new Error(
    `gcc could not build test/client/shim.c (are the Debian packages gcc and libc6-dev installed?):\n${built.output}`,
  );
}

export default async function setup(project: TestProject): Promise<() => void> {
  const { shim, directory } = await buildShim();
  project.provide('shim', shim);
  return () => rmSync(directory, { recursive: true, force: true });
}
