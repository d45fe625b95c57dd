import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

/** The hunt for planted bugs: `npm run board` starts it. */
export default defineConfig({
  root: join(import.meta.dirname, '..', '..', '..'),
  test: {
    include: ['test/simulation/board/hunt.ts'],
    watch: false,
    testTimeout: 0,
    disableConsoleIntercept: true,
  },
});
