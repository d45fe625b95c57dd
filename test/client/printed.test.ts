/** The commands that we print for SyncEvolution work with the packaged one, in folders of their own. */
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { commandsIn, newcomer, pageText, printedCommands, runPrinted } from '../infra/clients/printed.ts';

const here = newcomer();

/** The device of ours has a contact; SyncEvolution gets it, and a second sync changes nothing. */
async function tryOut(text: string): Promise<void> {
  const [first = ''] = printedCommands(text, 'device');
  expect(await runPrinted(first, here.folder)).toMatchObject({ code: 0 });
  const commands = printedCommands(text, 'client');
  expect(commands).toHaveLength(1);
  for (const expected of ['|  1  |', '|  0  |']) {
    const ran = await runPrinted(commands[0] ?? '', here.folder);
    expect(ran).toMatchObject({ code: 0, text: expect.stringMatching(/completed successfully/) });
    const row = ran.text.split('\n').find((line) => /\|\s+contacts \|/.test(line));
    expect(row?.replace(/.*contacts /, '').slice(0, 7)).toBe(expected);
  }
  expect(readdirSync(join(here.folder, '.devices/syncevolution/contacts'))).toHaveLength(1);
}

it('npm start', () => tryOut(here.server.welcome));

it('the page', async () =>
  tryOut((await pageText(here.server.url)).replaceAll('LOGIN:PASSWORD', 'demo:demo')));

it.each(['README.md', 'docs/clients.md', 'docs/clients.de.md'])('%s', async (document) => {
  const at = (command: string): string =>
    `${command}${command.includes(' -- ') ? '' : ' --'} --url ${here.server.url}`;
  await tryOut(commandsIn(document).map(at).join('\n'));
});

it('says what it does, shows no password, and keeps all to itself', async () => {
  const command = `npm run client -- --url ${here.server.url} --user demo:demo`;
  const { text } = await runPrinted(command, here.folder);
  expect(text).toMatch(/\$ gcc .*preload\.c/);
  expect(text).toMatch(/\$ syncevolution [^$]*--configure[^$]*syncURL=[^$]*password=…/);
  expect(text).toMatch(/\$ syncevolution [^$]*--sync two-way/);
  expect(text).not.toContain('password=demo');
  expect(statSync(join(here.folder, '.devices/syncevolution')).mode & 0o777).toBe(0o700);
  expect(statSync(join(here.folder, '.devices/syncevolution/syncevolution')).mode & 0o777).toBe(0o700);
  expect(readdirSync(here.folder)).toEqual(['.devices']);
});

it('takes what a person changes in its files', async () => {
  const client = `npm run client -- --url ${here.server.url} --user demo:demo`;
  await runPrinted(client, here.folder);
  const note = join(here.folder, '.devices/syncevolution/notes/milk');
  writeFileSync(note, 'buy milk\n');
  expect(await runPrinted(client, here.folder)).toMatchObject({ code: 0 });
  await runPrinted(`npm run device -- tablet --url ${here.server.url}`, here.folder);
  expect(readFileSync(join(here.folder, '.devices/tablet/notes/buy milk.txt'), 'utf8')).toContain('buy milk');
});

it('a wrong password is a failure', async () => {
  const { code, text } = await runPrinted(
    `npm run client -- --url ${here.server.url} --user demo:no`,
    here.folder,
  );
  expect({ code, text }).toEqual({ code: 1, text: expect.stringContaining('SyncEvolution ended with') });
});
