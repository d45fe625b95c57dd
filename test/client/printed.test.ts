/** The commands that we print for SyncEvolution work with the packaged one, in folders of their own. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import {
  commandsIn,
  pageText,
  printedCommands,
  runPrinted,
  type Started,
  startPrinted,
} from '../infra/clients/printed.ts';

let place: string;
let server: Started;
let folder: string;
beforeAll(async () => {
  place = mkdtempSync(join(tmpdir(), 'syncml-printed-'));
  server = await startPrinted(place);
});
afterAll(async () => {
  await server.stop();
  rmSync(place, { recursive: true, force: true });
});
beforeEach(() => {
  folder = mkdtempSync(join(place, 'clone-'));
});

/** The device of ours has a contact; SyncEvolution gets it, and a second sync changes nothing. */
async function tryOut(text: string): Promise<void> {
  const [first = ''] = printedCommands(text, 'device');
  expect(await runPrinted(first, folder)).toMatchObject({ code: 0 });
  const commands = printedCommands(text, 'client');
  expect(commands).toHaveLength(1);
  for (const expected of ['|  1  |', '|  0  |']) {
    const ran = await runPrinted(commands[0] ?? '', folder);
    expect(ran).toMatchObject({ code: 0, text: expect.stringMatching(/completed successfully/) });
    const row = ran.text.split('\n').find((line) => /\|\s+contacts \|/.test(line));
    expect(row?.replace(/.*contacts /, '').slice(0, 7)).toBe(expected);
  }
  expect(readdirSync(join(folder, '.devices/syncevolution/contacts'))).toHaveLength(1);
}

it('npm start', () => tryOut(server.welcome));

it('the page', async () => tryOut((await pageText(server.url)).replaceAll('LOGIN:PASSWORD', 'demo:demo')));

it.each(['README.md', 'docs/clients.md', 'docs/clients.de.md'])('%s', async (document) => {
  const at = (command: string): string =>
    `${command}${command.includes(' -- ') ? '' : ' --'} --url ${server.url}`;
  await tryOut(commandsIn(document).map(at).join('\n'));
});

it('says what it does, shows no password, and keeps all to itself', async () => {
  const command = `npm run client -- --url ${server.url} --user demo:demo`;
  const { text } = await runPrinted(command, folder);
  expect(text).toMatch(/\$ gcc .*preload\.c/);
  expect(text).toMatch(/\$ syncevolution [^$]*--configure[^$]*syncURL=[^$]*password=…/);
  expect(text).toMatch(/\$ syncevolution [^$]*--sync two-way/);
  expect(text).not.toContain('password=demo');
  expect(statSync(join(folder, '.devices/syncevolution')).mode & 0o777).toBe(0o700);
  expect(statSync(join(folder, '.devices/syncevolution/syncevolution')).mode & 0o777).toBe(0o700);
  expect(readdirSync(folder)).toEqual(['.devices']);
});

it('takes what a person changes in its files', async () => {
  const client = `npm run client -- --url ${server.url} --user demo:demo`;
  await runPrinted(client, folder);
  const note = join(folder, '.devices/syncevolution/notes/milk');
  writeFileSync(note, 'buy milk\n');
  expect(await runPrinted(client, folder)).toMatchObject({ code: 0 });
  await runPrinted(`npm run device -- tablet --url ${server.url}`, folder);
  expect(readFileSync(join(folder, '.devices/tablet/notes/buy milk.txt'), 'utf8')).toContain('buy milk');
});

it('a wrong password is a failure', async () => {
  const { code, text } = await runPrinted(`npm run client -- --url ${server.url} --user demo:no`, folder);
  expect({ code, text }).toEqual({ code: 1, text: expect.stringContaining('SyncEvolution ended with') });
});
