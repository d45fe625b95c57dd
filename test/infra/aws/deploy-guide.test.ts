/** The guide to deploying names stacks, options and outputs that are there. No command of it reaches AWS here. */
import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { physicalName } from '../../../lib/store/rows/schema.ts';
import { commandsIn, ROOT, runPrinted, startPrinted } from '../clients/printed.ts';
import { synthesize } from './stacks.ts';

const GUIDE = 'docs/deploy.md';
const text = readFileSync(join(ROOT, GUIDE), 'utf8');
const commands = commandsIn(GUIDE);
const cdk = commands.filter((line) => line.startsWith('npx cdk '));

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'syncml-guide-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const BIN = join(ROOT, 'node_modules', '.bin');
const runCdk = async (...args: string[]): Promise<string> => {
  const env = { ...process.env, PATH: [BIN, process.env.PATH].join(delimiter) };
  return (await promisify(execFile)(join(BIN, 'cdk'), args, { cwd: ROOT, env })).stdout;
};

it('its commands of cdk are there, with these stacks and settings', async () => {
  const names = cdk.map((line) => line.split(' ')[2]);
  expect(names).toEqual(['bootstrap', 'deploy', 'deploy', 'destroy']);
  for (const name of new Set(names)) expect(await runCdk(name ?? '', '--help')).toContain(`cdk ${name}`);
  // The app reads its settings and refuses wrong ones when the stacks are listed.
  const [, , settings = ''] = cdk;
  const given = settings.split(' ').slice(4);
  expect(given).toContain('hmac=on');
  const listed = await runCdk('list', '--output', folder, ...given);
  const stacks = listed.trim().split('\n');
  expect(stacks).toContain(cdk.at(-1)?.split(' ').at(-1));
  for (const stack of stacks) expect(text).toContain(`\`${stack}\``);
});

it('each setting in its table is one that the app reads', () => {
  const app = readFileSync(join(ROOT, 'infra/aws/app.ts'), 'utf8');
  const settings = [...text.matchAll(/^\| `-c (\w+)=/gm)].map(([, name = '']) => name);
  expect(settings).toHaveLength(4);
  expect(settings.filter((name) => !app.includes(`'${name}'`))).toEqual([]);
});

it('the output and the table that it names are there', () => {
  expect(Object.keys(synthesize().service.findOutputs('*'))).toContain('SyncUrl');
  expect(text).toContain('.SyncUrl`');
  expect(text).toContain(`\`${physicalName('syncml', 'accounts')}\``);
});

it('its command for the first login reaches the DynamoDB that it names', async () => {
  const [command = ''] = commands.filter((line) => line.startsWith('npm run password'));
  const nowhere = 'http://127.0.0.1:9';
  const { code, text: said } = await runPrinted(command.replace(/https:\S+/, nowhere), folder);
  expect({ code, said }).toEqual({ code: 1, said: expect.stringMatching(`ECONNREFUSED.*${nowhere}`) });
});

it('its command for the first sync synchronises', async () => {
  const [command = ''] = commands.filter((line) => line.startsWith('npm run device'));
  const server = await startPrinted(folder, ['--user', 'anna:PASSWORD']);
  const { code, text: said } = await runPrinted(command.replace(/https:\S+/, server.url), folder);
  await server.stop();
  expect({ code, said }).toEqual({ code: 0, said: expect.stringContaining('sent 1 new') });
  expect(readdirSync(join(folder, '.devices', 'laptop', 'contacts'))).toEqual(['Anna Example.vcf']);
});

it('no command of it is left untried', () => {
  const tried = /^(npx cdk |npm run (password|device) |npm run synth$|export AWS_REGION=)/;
  expect(commands.filter((line) => !tried.test(line))).toEqual([]);
});
