/** A few fuzzed stories of each kind, and every request that once broke something. `npm run fuzz` runs longer ones. */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { judgedServer } from './judge.ts';
import { KINDS, runFuzz } from './kinds.ts';

const FOLDER = new URL('./crashers/', import.meta.url);

describe('fuzzing', () => {
  it.each(KINDS)(
    '%s: 12 stories are borne',
    async (kind) => {
      for (let seed = 1; seed <= 12; seed += 1) expect(await runFuzz(kind, seed)).toBeGreaterThan(0);
    },
    60_000,
  );

  it.each(readdirSync(FOLDER))('%s is answered', async (file) => {
    const { body, ...rest } = JSON.parse(readFileSync(new URL(file, FOLDER), 'utf8'));
    const server = await judgedServer();
    const { status } = await server.post({ ...rest, body: Buffer.from(body, 'base64') });
    expect([200, 400, 405, 406, 413, 415]).toContain(status);
  });
});
