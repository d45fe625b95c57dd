/** Once per run: checks that the client and a compiler are there and builds the shim that the client needs. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { buildPreload, programPath } from '../../infra/clients/syncevolution/preload.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Path of the built preload of infra/clients/syncevolution. */
    shim: string;
  }
}

/** Throws a sentence that says what to install. The caller removes the directory of the shim. */
export async function buildShim(): Promise<{ shim: string; directory: string }> {
  const missing = ['syncevolution', 'gcc'].filter((program) => programPath(program) === undefined);
  if (missing.length > 0) {
    throw new Error(
      `The client suite drives the real SyncEvolution client, but ${missing.join(' and ')} cannot be found: ` +
        'install the Debian packages with "apt-get install syncevolution gcc libc6-dev" and run it again.',
    );
  }
  const directory = mkdtempSync(join(tmpdir(), 'syncml-shim-'));
  return { shim: buildPreload(directory, () => undefined), directory };
}

export default async function setup(project: TestProject): Promise<() => void> {
  const { shim, directory } = await buildShim();
  project.provide('shim', shim);
  return () => rmSync(directory, { recursive: true, force: true });
}
