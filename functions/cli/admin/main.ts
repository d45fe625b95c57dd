/** `npm run admin`. */
import { runCommand } from '../options.ts';
import { processTerminal } from './output.ts';
import { runAdmin } from './program.ts';

await runCommand(() => runAdmin(process.argv.slice(2), processTerminal()));
