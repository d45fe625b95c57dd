/** `items` on SQLite: what is there, what was deleted and by whom, and how it comes back. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { sqliteStore } from '../../../lib/store/sqlite/store.ts';
import { tellItems } from './items-story.ts';

it('items are listed, deleted, and come back', async () => {
  const data = mkdtempSync(join(tmpdir(), 'syncml-items-'));
  const store = sqliteStore({ file: join(data, 'syncml.sqlite'), create: true });
  await tellItems(store, ['--data', data]);
  await store.close();
  rmSync(data, { recursive: true, force: true });
  expect.hasAssertions();
});
