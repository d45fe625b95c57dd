/** What we print for a newcomer works where we print it. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { pageText, printedCommands, ROOT, runPrinted, type Started, startPrinted } from './printed.ts';

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

async function runAll(commands: readonly string[]): Promise<void> {
  for (const command of commands) {
    const { code, text } = await runPrinted(command, folder);
    expect({ command, code, text }).toEqual({ command, code: 0, text: expect.stringContaining('contacts ') });
  }
}
const contacts = (device: string): string[] => readdirSync(join(folder, '.devices', device, 'contacts'));

it('npm start prints two commands after which a contact of one device is on the other', async () => {
  const commands = printedCommands(server.welcome, 'device');
  expect(commands).toHaveLength(2);
  await runAll(commands);
  expect(contacts('laptop')).toEqual(['Anna Example.vcf']);
  expect(printedCommands(server.welcome, 'client')).toHaveLength(1);
});

it('the page prints them, too, for a login of the reader’s', async () => {
  const text = (await pageText(server.url)).replaceAll('LOGIN:PASSWORD', 'demo:demo');
  const commands = printedCommands(text, 'device');
  expect(commands).toHaveLength(2);
  await runAll(commands);
  expect(contacts('laptop')).toEqual(['Anna Example.vcf']);
});

const DOCUMENTS = ['README.md', 'docs/clients.md', 'docs/clients.de.md'];
it.each(DOCUMENTS)('%s: its commands work beside a server that is there', async (document) => {
  const commands = printedCommands(readFileSync(join(ROOT, document), 'utf8'), 'device');
  expect(commands.length).toBeGreaterThanOrEqual(2);
  // They are for the usual port, which another server may have.
  await runAll(commands.map((command) => `${command.split(' #')[0]} --url ${server.url}`));
  expect(contacts('laptop')).toEqual(['Anna Example.vcf']);
});
