/** `npm run client`: the SyncEvolution of the system, set up for the server in a folder of its own, and one sync. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { runCommand, UsageError } from '../../../functions/cli/options.ts';
import { MEMORY_FILE } from '../device/memory.ts';
import { clientOptions, OPTIONS_HELP, openFolder, privateFolder } from '../options.ts';
import { buildPreload, neededProgram, needsPreload } from './preload.ts';
import { configureArguments, environment, PARTS, SETTINGS_FOLDER, shown, syncArguments } from './setup.ts';

const HELP = `npm run client -- [NAME] [options]    sets up the system's SyncEvolution as the device NAME (syncevolution) and synchronises
${OPTIONS_HELP}`;

await runCommand(async () => {
  const options = clientOptions(process.argv.slice(2), 'syncevolution');
  if (options === 'help') return console.log(HELP);
  if (options.show) throw new UsageError('--show is an option of npm run device.');
  const { name, url, login, folder } = options;
  // LD_PRELOAD is a list with blanks and colons between its files.
  if (/[\s:]/.test(folder))
    throw new UsageError(`${folder} has a blank or a colon; --dir names another folder.`);
  const client = neededProgram('syncevolution', 'syncevolution gcc libc6-dev');
  console.log(`SyncEvolution is the device ${name} and synchronises ${folder} with ${url} as ${login}.
Its settings, logs and home are in ${join(folder, SETTINGS_FOLDER)}; yours are not touched.`);
  openFolder(options, { own: SETTINGS_FOLDER, other: MEMORY_FILE });
  const settings = join(folder, SETTINGS_FOLDER);
  for (const part of PARTS) privateFolder(join(settings, part));
  if (needsPreload(client)) console.log('\nThis build crashes at its first message; a preload repairs that.');
  const preload = needsPreload(client) ? buildPreload(settings, console.log) : undefined;
  const run = (args: string[]) => runClient(client, args, environment(settings, preload));
  console.log('\nIt is told the server, the login and the folders:');
  await run(configureArguments(options));
  console.log('\nIt synchronises:');
  await run(syncArguments(options));
});

/** Throws an Error when it fails. */
async function runClient(
  client: string,
  args: string[],
  env: { readonly [name: string]: string },
): Promise<void> {
  console.log(`$ ${shown(args)}`);
  const child = spawn(client, args, { env: { ...env }, stdio: ['ignore', 'inherit', 'inherit'] });
  const [code, signal] = await new Promise<[number | null, string | null]>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (...end) => resolve(end));
  });
  if (code !== 0) throw new Error(`SyncEvolution ended with ${code ?? signal}.`);
}
