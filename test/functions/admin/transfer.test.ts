/** `export`, `import` and `erase` on SQLite. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { sqliteStore } from '../../../lib/store/sqlite/store.ts';
import { tellTransfer } from './transfer-story.ts';

it('a user is exported, imported, and erased', async () => {
  const data = mkdtempSync(join(tmpdir(), 'syncml-transfer-'));
  const store = sqliteStore({ file: join(data, 'syncml.sqlite'), create: true });
  await tellTransfer(store, ['--data', data]);
  await store.close();
  rmSync(data, { recursive: true, force: true });
  expect.hasAssertions();
});
