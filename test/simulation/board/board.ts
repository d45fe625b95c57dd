/**
 * `npm run board`: hunts the planted bugs, and writes into docs/proof.md which story finds which. A hunt of all takes an hour or
 * more; `--bug` and `--gaps` hunt some, and the others keep their rows.
 */
import { join } from 'node:path';
import { startVitest } from 'vitest/node';
import { runCommand } from '../../../functions/cli/options.ts';
import { HELP, parseOptions } from './options.ts';

await runCommand(async () => {
  const options = parseOptions(process.argv.slice(2));
  if (options === undefined) console.log(HELP);
  else
    await startVitest('test', [], {
      config: join(import.meta.dirname, 'vitest.config.ts'),
      provide: { board: options },
    });
});
