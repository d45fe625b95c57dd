import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

/** `npx vitest run --config test/client/vitest.config.ts`: the suite with the real client, minutes long. */
export default defineConfig({
  root: join(import.meta.dirname, '..', '..'),
  test: {
    include: ['test/client/**/*.test.ts'],
    globalSetup: ['test/client/tools-setup.ts'],
    testTimeout: 180_000,
    hookTimeout: 120_000,
    pool: 'forks',
    // The clients wait most of the time, for answers and for each other.
    maxWorkers: 4,
    fileParallelism: true,
  },
});
