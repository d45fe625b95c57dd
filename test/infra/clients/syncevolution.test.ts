/** How SyncEvolution is set up, as far as that needs no SyncEvolution. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { UsageError } from '../../../functions/cli/options.ts';
import { type ClientOptions, clientOptions } from '../../../infra/clients/options.ts';
import { neededProgram } from '../../../infra/clients/syncevolution/preload.ts';
import {
  configureArguments,
  environment,
  shown,
  syncArguments,
} from '../../../infra/clients/syncevolution/setup.ts';
import { DATASTORES } from '../../../lib/engine/model/datastores.ts';
import { runPrinted } from './printed.ts';

const options = (...more: string[]): ClientOptions =>
  clientOptions(['--user', "anna:it's $5", ...more], 'syncevolution') as ClientOptions;

it('names the packages of a program that is missing, and the way without it', () => {
  const missing = () => neededProgram('no-such-compiler', 'gcc libc6-dev');
  expect(missing).toThrow(UsageError);
  expect(missing).toThrow(/apt-get install gcc libc6-dev.*npm run device/);
});

it('configures each datastore, and shows what a shell would take, without the password', () => {
  const args = configureArguments(options());
  for (const { name } of DATASTORES) expect(args).toContainEqual(expect.stringMatching(`/uri=${name}$`));
  expect(args).toContain("password=it's $5");
  expect(shown(args)).not.toContain('$5');
  expect(shown(args).split(' \\\n').length).toBeGreaterThan(DATASTORES.length);
  expect(shown(syncArguments(options('--slow')))).toContain('--sync slow peer@client');
});

it('gives it no folder of the person', () => {
  const own = environment('/x/settings', undefined);
  expect(own).not.toHaveProperty('LD_PRELOAD');
  for (const name of ['HOME', 'XDG_CONFIG_HOME', 'XDG_CACHE_HOME', 'XDG_DATA_HOME', 'XDG_RUNTIME_DIR'])
    expect(own[name]).toMatch(/^\/x\/settings\//);
});

it.each([
  ['--dir "a b"', 'blank or a colon'],
  ['--show', 'npm run device'],
  ['--sort', 'Unknown option'],
])('answers %s with a sentence, and makes nothing', async (args, sentence) => {
  const folder = mkdtempSync(join(tmpdir(), 'syncml-client-'));
  const { code, text } = await runPrinted(`npm run client -- ${args}`, folder);
  rmSync(folder, { recursive: true });
  expect({ code, text }).toEqual({ code: 2, text: expect.stringContaining(sentence) });
});
