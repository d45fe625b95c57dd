/** `npm run device`: a folder of files as a SyncML device. Needs nothing but Node. */
import { join } from 'node:path';
import { runCommand } from '../../../functions/cli/options.ts';
import { clientOptions, OPTIONS_HELP, openFolder } from '../options.ts';
import { MEMORY_FILE, readMemory, writeMemory } from './memory.ts';
import { synchronise } from './session.ts';
import { type Counts, isSlow, type Side } from './side.ts';

const HELP = `npm run device -- [NAME] [options]    synchronises the device NAME (phone): a folder of .vcf, .ics and .txt files
${OPTIONS_HELP}
  --show                    prints each message as XML`;

await runCommand(async () => {
  const options = clientOptions(process.argv.slice(2), 'phone');
  if (options === 'help') return console.log(HELP);
  const { name, url, login, folder } = options;
  console.log(`The device ${name} synchronises ${folder} with ${url} as ${login}.`);
  openFolder(options, { own: MEMORY_FILE, other: 'syncevolution' });
  const memory = readMemory(folder, login);
  writeMemory(folder, memory);
  const sides = await synchronise(options, memory);
  for (const side of sides) console.log(lineOf(side));
  for (const sentence of sides.flatMap(complaints)) console.error(sentence);
  if (sides.some((side) => hasFailed(side))) process.exitCode = 1;
});

function hasFailed({ agreed, failed }: Side): boolean {
  return failed.size > 0 || agreed === undefined || 'refused' in agreed;
}

function complaints({ path, found, failed }: Side): string[] {
  return [
    ...found.skipped,
    ...[...failed].map(([luid, code]) => `${join(path, luid)} is refused with ${code}.`),
  ];
}

function lineOf(side: Side): string {
  const { folder, agreed, sent, received } = side;
  const start = `${folder.datastore.padEnd(10)}`;
  if (agreed === undefined || 'refused' in agreed)
    return `${start}refused${agreed === undefined ? '' : ` with ${agreed.refused}`}`;
  return `${start}${isSlow(side) ? 'slow sync' : 'two-way  '}  sent ${textOf(sent)}; received ${textOf(received)}`;
}

function textOf({ added, changed, deleted, compared }: Counts): string {
  const parts = [`${added} new`, `${changed} changed`, `${deleted} deleted`, `${compared} compared`].filter(
    (part) => !part.startsWith('0 '),
  );
  return parts.length === 0 ? 'nothing' : parts.join(', ');
}
