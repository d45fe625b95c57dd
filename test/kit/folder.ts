/** Folders of tests in the system's place for them. They are gone afterwards. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach } from 'vitest';

/** Makes a folder for each test of the file or group that calls this. `use` gets its path before the test begins. */
export function eachInFolder(prefix: string, use: (folder: string) => void): void {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), prefix));
    use(folder);
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
}
