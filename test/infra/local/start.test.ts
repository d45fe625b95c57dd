/** `npm start` and the commands beside it, as processes. */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openStore } from '../../../functions/open-store.ts';
import { readAccount } from '../../../lib/app/accounts.ts';
import { verifierOf } from '../../../lib/engine/session/credentials.ts';

const ROOT = join(import.meta.dirname, '..', '..', '..');
let folder: string;
let data: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'syncml-start-'));
  data = join(folder, 'data');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Runs a file to its end; a server is stopped as soon as it says how to stop it. */
async function run(
  file: string,
  args: readonly string[],
  input = '',
): Promise<{ code: number | null; text: string }> {
  const child = spawn(process.execPath, ['--no-warnings', join(ROOT, file), ...args]);
  let text = '';
  const hear = (part: Buffer): void => {
    text += part;
    if (text.includes('Ctrl-C ends')) child.kill('SIGTERM');
  };
  child.stdout.on('data', hear);
  child.stderr.on('data', hear);
  child.stdin.end(input);
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { code, text };
}
const start = (...args: string[]) => run('infra/local/start.ts', ['--port', '0', '--data', data, ...args]);

async function verifier(login: string): Promise<string | undefined> {
  const { store } = await openStore({ store: 'sqlite', data });
  const account = await readAccount(store, login);
  await store.close();
  return account?.verifier;
}

describe('a login', () => {
  it('keeps its password when the server starts again, and is never printed with it', async () => {
    const first = await start('--user', 'anna:first-secret', '--user', 'bo:other-secret');
    const second = await start('--user', 'anna:second-secret');
    expect([first.code, second.code]).toEqual([0, 0]);
    expect(await verifier('anna')).toBe(verifierOf('anna', 'first-secret'));
    expect(first.text + second.text).not.toContain('secret');
    expect(first.text).not.toContain('as they were');
    expect(second.text).toContain('as they were: anna');
  }, 30_000);

  it('of the demo is printed with its password only as long as that is right', async () => {
    const password = 'Login           demo (password: demo)';
    expect((await start()).text).toContain(password);
    const second = await start();
    expect(second.text).toContain(password);
    expect(second.text).not.toContain('as they were');
    await run('functions/cli/password.ts', ['demo', '--data', data], 'another\n');
    const third = await start();
    expect(third.text).not.toContain('password: demo');
    expect(third.text).toMatch(/as they were: demo[\s\S]*npm run device -- laptop .*--user demo:PASSWORD/);
  }, 30_000);

  it('gets a new one by the command for it', async () => {
    await start('--user', 'anna:first-secret');
    const done = await run('functions/cli/password.ts', ['anna', '--data', data], 'new secret\n');
    expect(done).toMatchObject({ code: 0, text: 'The password of anna is set.\n' });
    expect(await verifier('anna')).toBe(verifierOf('anna', 'new secret'));
    const other = await run('functions/cli/password.ts', ['cora', '--data', data], 'x\n');
    expect(other).toMatchObject({ code: 1, text: expect.stringContaining('no login "cora"') });
  }, 30_000);

  it('is made by the same command with --new, which leaves one that is there as it is', async () => {
    await start('--user', 'anna:first-secret');
    const make = (login: string) =>
      run('functions/cli/password.ts', [login, '--new', '--data', data], 'secret of cora\n');
    expect(await make('cora')).toEqual({ code: 0, text: 'The login cora is there, with its password.\n' });
    expect(await verifier('cora')).toBe(verifierOf('cora', 'secret of cora'));
    expect(await make('anna')).toMatchObject({ code: 2, text: expect.stringContaining('without --new') });
    expect(await verifier('anna')).toBe(verifierOf('anna', 'first-secret'));
    expect(await make('a:b')).toMatchObject({ code: 2, text: expect.stringContaining('no colon') });
  }, 30_000);
});

it('what the CRM is played with holds an item: else that is said, and nothing is stored', async () => {
  await start('--user', 'anna:secret');
  const file = join(folder, 'x.vcf');
  writeFileSync(file, 'not a card');
  const crm = (...args: string[]) => run('functions/cli/crm.ts', [...args, '--data', data]);
  expect(await crm('put', 'anna', 'contacts', 'r1', file)).toEqual({
    code: 2,
    text: `${file} holds no contact: it has no line BEGIN:VCARD.\n`,
  });
  writeFileSync(file, 'BEGIN:VCARD\r\nVERSION:3.0\r\nN:A;B\r\nFN:B A\r\nEND:VCARD\r\n');
  expect(await crm('put', 'anna', 'calendar', 'r1', file)).toMatchObject({ code: 2 });
  expect(await crm('put', 'anna', 'contacts', 'r1', file)).toMatchObject({ code: 0 });
}, 30_000);

it.each([
  ['crm', ['delete', 'anne', 'contacts', 'r1']],
  ['crm', ['changes', 'anne']],
  ['crm', ['news', 'anne', 'contacts', 'start']],
  ['losses', ['anne', 'phone']],
  ['notify', ['anne', 'phone']],
])('a slip in the login: npm run %s says that there is none, and how one is made', async (command, args) => {
  await start('--user', 'anna:secret');
  const { code, text } = await run(`functions/cli/${command}.ts`, [...args, '--data', data]);
  expect({ code, text }).toEqual({
    code: 1,
    text: expect.stringMatching(/^There is no login "anne"\. .*npm start/),
  });
});

it.each([
  ['infra/local/start.ts', 'port', '8081'],
  ['infra/clients/device/main.ts', 'example', 'true'],
  ['functions/cli/crm.ts', 'data', 'elsewhere'],
])('%s says so when npm took --%s for its own', (file, option, value) => {
  const env = { ...process.env, npm_lifecycle_event: 'x', [`npm_config_${option}`]: value };
  const { status, stderr } = spawnSync(process.execPath, ['--no-warnings', join(ROOT, file)], {
    ...{ cwd: folder, env, encoding: 'utf8' },
  });
  expect({ status, stderr }).toEqual({
    status: 2,
    stderr: `npm took --${option} for its own. Options come after npm's \`--\`.\n`,
  });
  expect(readdirSync(folder)).toEqual([]);
});

it.each([
  ['infra/local/start.ts', ['--port', '0']],
  ['functions/cli/password.ts', ['anna']],
])(
  'without a DynamoDB, %s names the address and what is wrong with it',
  async (file, args) => {
    const endpoint = 'http://127.0.0.1:9';
    const { code, text } = await run(file, [...args, '--store', 'dynamodb', '--endpoint', endpoint], 'x\n');
    expect({ code, text }).toEqual({
      code: 1,
      text: expect.stringMatching(`DynamoDB: ECONNREFUSED.*--endpoint ${endpoint}`),
    });
  },
  30_000,
);

it('says that no region is set for a DynamoDB elsewhere', () => {
  const { AWS_REGION: _, AWS_PROFILE: __, ...others } = process.env;
  const args = ['anna', '--new', '--store', 'dynamodb', '--endpoint', 'http://dynamodb.invalid:8000'];
  const { stderr } = spawnSync(
    process.execPath,
    ['--no-warnings', join(ROOT, 'functions/cli/password.ts'), ...args],
    { env: { ...others, HOME: folder, AWS_EC2_METADATA_DISABLED: 'true' }, encoding: 'utf8' },
  );
  expect(stderr).toMatch(/^DynamoDB: Region is missing\. The address is --endpoint/);
});

describe('a folder', () => {
  it('that is made is for its owner alone', async () => {
    await start();
    expect(statSync(data).mode & 0o777).toBe(0o700);
  });

  it.each(['/proc/none/deep', '/dev/null/data'])(
    '%s cannot be made: that is said, and is the end',
    async (place) => {
      const { code, text } = await start('--data', place);
      expect(code).toBe(1);
      expect(text).toContain(`The folder ${place} cannot be made (E`);
      expect(text).toContain('Name a folder');
      expect(text).not.toContain('Port');
    },
  );

  it('that is a file: that is said, with what to do', async () => {
    const file = join(folder, 'README.md');
    writeFileSync(file, 'x');
    const { code, text } = await start('--data', file);
    expect({ code, text }).toEqual({
      code: 1,
      text: expect.stringMatching(`^The folder ${file} cannot be made: it is a file. Name a folder`),
    });
  });

  it('with a damaged file: that is said, with what to do', async () => {
    mkdirSync(data);
    writeFileSync(join(data, 'syncml.sqlite'), 'x'.repeat(10_000));
    const { code, text } = await start();
    expect(code).toBe(1);
    expect(text).toContain(join(data, 'syncml.sqlite'));
    expect(text).toContain('Put a copy of it back');
  });

  it.each([
    ['crm', ['changes', 'anna']],
    ['notify', ['anna', 'phone']],
    ['losses', ['anna', 'phone']],
    ['password', ['anna']],
  ])('without a store: npm run %s says so, and makes none', async (command, args) => {
    for (const place of [data, folder]) {
      const { code, text } = await run(`functions/cli/${command}.ts`, [...args, '--data', place]);
      expect({ code, text }).toEqual({ code: 2, text: expect.stringContaining(`no store in ${place}`) });
    }
    expect([existsSync(data), existsSync(join(folder, 'syncml.sqlite'))]).toEqual([false, false]);
  });
});
