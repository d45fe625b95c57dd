import { defineConfig } from 'vitest/config';
import { LongestFirst } from './test/setup/longest-first.ts';

/** Files that change what others of their process see: modules, the environment, how V8 counts. */
const ALONE = 'test/**/*.alone.test.ts';
const OTHERS = ['test/client/**', 'node_modules/**'];

export default defineConfig({
  test: {
    // A slow machine is no failure.
    testTimeout: 60_000,
    // One core fewer is what vitest takes by itself.
    maxWorkers: '100%',
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        extends: true,
        test: {
          name: 'together',
          include: ['test/**/*.test.ts'],
          exclude: [ALONE, ...OTHERS],
          globalSetup: ['test/setup/dynamodb-local.ts'],
          isolate: false,
        },
      },
      { extends: true, test: { name: 'alone', include: [ALONE], exclude: OTHERS } },
    ],
  },
});
