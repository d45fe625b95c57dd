/** What the poller keeps in files. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { appendDeadLetter, positionFile } from '../../../infra/local/feed-files.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'syncml-feed-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('keeps the position of a store, and none for another store', () => {
  const inside = join(folder, 'new');
  positionFile(inside, 'one').save('17');
  positionFile(inside, 'one').save('18');
  expect(positionFile(inside, 'one').load()).toBe('18');
  expect(positionFile(inside, 'two').load()).toBeUndefined();
});

it('keeps dead letters as lines of JSON, without what the record holds', () => {
  const key = { table: 'crm-changes', pk: 'anna', sk: 'e1' } as const;
  const row = { ...key, version: 1, attributes: { body: 'private' } };
  for (const eventId of ['1', '2']) {
    appendDeadLetter(folder, { eventId, event: 'INSERT', key, row }, 'StoreError', 0);
  }
  const lines = readFileSync(join(folder, 'dead-letters.jsonl'), 'utf8').trimEnd().split('\n');
  expect(lines.map((line) => JSON.parse(line))).toEqual(
    ['1', '2'].map((eventId) => ({
      at: '1970-01-01T00:00:00.000Z',
      eventId,
      event: 'INSERT',
      ...key,
      reason: 'StoreError',
    })),
  );
});
