import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    // A slow machine is no failure.
    testTimeout: 60_000,
    globalSetup: ['test/setup/dynamodb-local.ts'],
    include: ['test/**/*.test.ts'],
    exclude: ['test/client/**', 'node_modules/**'],
  },
});
