import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    globalSetup: ['test/setup/dynamodb-local.ts'],
    include: ['test/**/*.test.ts'],
    exclude: ['test/client/**', 'node_modules/**'],
  },
});
