/** What we print for a newcomer works where we print it. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { commandsIn, newcomer, pageText, printedCommands, runPrinted, startPrinted } from './printed.ts';

const here = newcomer();

async function runAll(commands: readonly string[]): Promise<void> {
  for (const command of commands) {
    const { code, text } = await runPrinted(command, here.folder);
    expect({ command, code, text }).toEqual({ command, code: 0, text: expect.stringContaining('contacts ') });
  }
}
const contacts = (device: string): string[] => readdirSync(join(here.folder, '.devices', device, 'contacts'));

it('npm start prints two commands after which a contact of one device is on the other', async () => {
  const commands = printedCommands(here.server.welcome, 'device');
  expect(commands).toHaveLength(2);
  await runAll(commands);
  expect(contacts('laptop')).toEqual(['Anna Example.vcf']);
  expect(printedCommands(here.server.welcome, 'client')).toHaveLength(1);
});

it('the page prints them, too, for a login of the reader’s', async () => {
  const text = (await pageText(here.server.url)).replaceAll('LOGIN:PASSWORD', 'demo:demo');
  const commands = printedCommands(text, 'device');
  expect(commands).toHaveLength(2);
  await runAll(commands);
  expect(contacts('laptop')).toEqual(['Anna Example.vcf']);
});

const RUN_HERE = /^npm run (device|losses) /;
const RUN_ELSEWHERE = ['npm start', 'npm test', 'npm run client'];

it.each(['README.md', 'docs/clients.md', 'docs/clients.de.md'])(
  '%s: its commands work beside a server that is there',
  async (document) => {
    const own = await startPrinted(here.folder);
    for (const command of commandsIn(document).filter((line) => RUN_HERE.test(line))) {
      // They are for the usual port and folder, which another server may have.
      const place = command.startsWith('npm run device') ? `--url ${own.url}` : `--data ${here.folder}/data`;
      const { code, text } = await runPrinted(`${command} ${place}`, here.folder);
      expect({ command, code, text }).toEqual({ command, code: 0, text: expect.stringMatching(/contacts/) });
    }
    await own.stop();
    expect(contacts('laptop')).toEqual(['Anna Example.vcf']);
  },
);

it.each(['docs/clients.md', 'docs/clients.de.md'])(
  '%s: each way to start a server starts one',
  async (document) => {
    const starts = commandsIn(document).filter((line) => line.startsWith('npm start'));
    expect(starts.length).toBeGreaterThan(0);
    for (const command of starts) {
      const own = await startPrinted(here.folder, command.split(' ').slice(3));
      await own.stop();
      expect(own.url).toMatch(/^http:/);
    }
  },
);

it.each(['README.md', 'docs/clients.md', 'docs/clients.de.md'])(
  '%s: no command is left untried',
  (document) => {
    const others = commandsIn(document).filter((line) => !RUN_HERE.test(line));
    const untried = others.filter((line) => !RUN_ELSEWHERE.some((known) => line.startsWith(known)));
    expect(untried).toEqual([]);
  },
);
