/** `npm run admin -- users ...`, on both stores. */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runAdmin } from '../../../functions/cli/admin/program.ts';
import { openStore } from '../../../functions/open-store.ts';
import { hasPassword, putAccount } from '../../../lib/app/accounts.ts';
import { verifierOf } from '../../../lib/engine/session/credentials.ts';
import { userKey } from '../../../lib/store/rows/keys.ts';
import { headerCode, login } from '../../engine/session/logins.ts';
import { startServer } from '../../kit/server.ts';

let data: string;
beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), 'syncml-admin-'));
});
afterEach(() => rmSync(data, { recursive: true, force: true }));

const withData = async <T>(work: (open: Awaited<ReturnType<typeof openStore>>) => Promise<T>): Promise<T> => {
  const open = await openStore({ store: 'sqlite', data });
  try {
    return await work(open);
  } finally {
    await open.store.close();
  }
};

/** What a command prints; `answer` to its question, where somebody is there. */
async function run(args: string, answer?: string): Promise<string> {
  const printed: string[] = [];
  const ask = answer === undefined ? undefined : async () => answer;
  await runAdmin(args.split(' '), { print: (text) => printed.push(text), ask });
  return printed.join('\n');
}
const admin = (args: string, answer?: string) => run(`${args} --data ${data}`, answer);
const json = async <T>(args: string): Promise<T> => JSON.parse(await admin(`${args} --json`)) as T;

interface Made {
  readonly id: string;
  readonly password: string;
}
interface Shown {
  readonly state: string;
  readonly passwords: readonly { readonly id: string; readonly device?: string; readonly revoked?: number }[];
}

describe('users', () => {
  beforeEach(() => withData(async () => undefined));

  it('add makes a login, whose password lets its first device in', async () => {
    const { password } = await json<Made>('users add anna --label Nokia');
    await withData(async ({ store }) => {
      const server = await startServer({ store, users: [] });
      const enter = async (device: string) =>
        headerCode((await login(server, { auth: 'basic', user: 'anna', password, device })).reply);
      expect([await enter('nokia-1'), await enter('nokia-2')]).toEqual([212, 401]);
    });
    const shown = await admin('users show anna');
    expect(shown).toContain('Nokia');
    expect(shown).toContain('nokia-1');
    expect(shown).not.toContain(password);
    expect(shown).not.toContain(verifierOf('anna', password));
  });

  it('add leaves a login that is there as it is', async () => {
    await admin('users add anna');
    await expect(admin('users add anna')).rejects.toThrow('is there');
    expect((await json<Shown>('users show anna')).passwords).toHaveLength(1);
  });

  it('password shows another one once, in groups to type', async () => {
    await admin('users add anna');
    const text = await admin('users password anna');
    const [, password = ''] = /^Password +(\S+)$/m.exec(text) ?? [];
    expect(text).toContain(password.match(/.{4}/g)?.join(' '));
    expect((await json<Shown>('users show anna')).passwords).toHaveLength(2);
  });

  it('revoke asks first, and takes one password away', async () => {
    const { id } = await json<Made>('users add anna');
    await expect(admin(`users revoke anna ${id}`)).rejects.toThrow('--yes');
    await expect(admin(`users revoke anna ${id}`, 'n')).rejects.toThrow('Nothing was changed');
    await admin(`users revoke anna ${id}`, 'yes');
    expect((await json<Shown>('users show anna')).passwords[0]?.revoked).toBeGreaterThan(0);
    await admin(`users revoke anna ${id} --yes`);
    await expect(admin('users revoke anna none --yes')).rejects.toThrow('no password with the id none');
  });

  it('disable and enable', async () => {
    await admin('users add anna');
    await admin('users disable anna');
    expect((await json<Shown>('users show anna')).state).toBe('disabled');
    expect(await admin('users list')).toMatch(/^anna +1 +disabled$/m);
    await admin('users enable anna');
    expect((await json<Shown>('users show anna')).state).toBe('active');
  });

  it('rename asks first, and leaves the old login disabled', async () => {
    await admin('users add anna');
    await expect(admin('users rename anna berta')).rejects.toThrow('--yes');
    await expect(admin('users rename anna anna --yes')).rejects.toThrow('is there');
    expect(await admin('users rename anna berta --yes')).toContain('`users password berta`');
    const shown = await json<Shown & { user: string }>('users show berta');
    expect(shown).toMatchObject({ user: 'anna', state: 'active', passwords: [] });
    expect(await admin('users list')).toMatch(/^anna +0 +disabled\nberta +0 +active$/m);
  });

  it('remove asks first, and says what is left', async () => {
    await admin('users add anna');
    await expect(admin('users remove anna')).rejects.toThrow('--yes');
    expect(await admin('users remove anna', 'y')).toContain('What anna has synchronised is still there');
    await expect(admin('users remove anna --yes')).rejects.toThrow('There is no login "anna"');
  });

  it('list has all of them in order, wide letters aligned', async () => {
    expect(await admin('users list')).toContain('No logins yet');
    for (const name of ['bo', 'anna', '山田太郎', 'ünal', '👩‍💻']) await admin(`users add ${name}`);
    const rows = await json<{ login: string }[]>('users list');
    expect(rows.map(({ login: name }) => name)).toEqual(['anna', 'bo', 'ünal', '山田太郎', '👩‍💻']);
    const [titles = '', ...lines] = (await admin('users list')).split('\n');
    const column = titles.indexOf('PASSWORDS');
    for (const line of lines.slice(0, 3)) expect(line.charAt(column)).toBe('1');
    // Each of the four letters takes two columns.
    expect(lines[3]?.charAt(column - 4)).toBe('1');
  });

  it('complete finds the logins of before, once', async () => {
    await admin('users add anna');
    await withData(async ({ store }) => {
      for (const name of ['keys', 'ünal']) {
        await putAccount(store, { login: name, password: 'secret' });
        await store.transact([{ op: 'delete', key: userKey(name), condition: 'exists' }]);
      }
    });
    expect(await json<unknown[]>('users list')).toHaveLength(1);
    expect((await json<{ added: string[] }>('users complete')).added.sort()).toEqual(['keys', 'ünal']);
    expect(await json<unknown[]>('users list')).toHaveLength(3);
    expect(await admin('users complete')).toBe('No login was missing.');
  });

  it('knows the logins that npm start makes, and those of before when their password changes', async () => {
    await withData(({ store }) => putAccount(store, { login: 'demo', password: 'demo' }));
    expect(await admin('users show demo')).toContain('any (shared)');
    expect(await json<unknown[]>('users list')).toHaveLength(1);
    await withData(async ({ store }) =>
      expect(await hasPassword(store, { login: 'demo', password: 'demo' })).toBe(true),
    );
  });
});

describe('a mistake is one sentence that says what helps', () => {
  it.each<[string, RegExp]>([
    ['', /command is missing/i],
    ['users', /command is missing/i],
    ['user', /did you mean users/i],
    ['users add', /login/],
    ['users add a b', /too many arguments/i],
    ['users list --nonsense', /--nonsense/],
    ['users list --store mysql', /sqlite, dynamodb/],
    ['users list --endpoint http://127.0.0.1:1', /goes with --store dynamodb/],
    ['users list --store dynamodb --endpoint nowhere', /takes a URL/],
    ['users show nobody', /There is no login "nobody"/],
    ['users add a:b', /colon/],
  ])('%s', async (args, text) => {
    await withData(async () => undefined);
    const failed = run(args === '' ? `--data ${data}` : `${args} --data ${data}`);
    await expect(failed).rejects.toThrow(text);
    const { message } = (await failed.catch((error: Error) => error as Error)) as Error;
    expect(message.split('\n')).toHaveLength(1);
  });

  it('where there is no store, none is made', async () => {
    const absent = join(data, 'absent');
    await expect(run(`users list --data ${absent}`)).rejects.toThrow('There is no store');
    expect(existsSync(absent)).toBe(false);
  });
});

describe('the help', () => {
  it.each(['--help', 'users --help', 'users add --help', 'users revoke --help', 'users password --help'])(
    '%s fits into 80 columns',
    async (args) => {
      const text = await run(args);
      expect(text).toMatch(/^Usage: syncml-admin/);
      for (const line of text.split('\n')) expect(line.length, line).toBeLessThanOrEqual(80);
    },
  );
});
