/** The file of the keys that passwords are sealed with. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { keysInFile } from '../../functions/key-file.ts';
import { openStore, withStore } from '../../functions/open-store.ts';
import { hasPassword, putAccount, readAccount } from '../../lib/app/accounts.ts';
import { verifierOf } from '../../lib/engine/session/credentials.ts';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'syncml-keys-'));
  file = join(folder, 'key');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('the file', () => {
  it('is made with the first key, for its owner alone, and by no look', async () => {
    const keys = keysInFile(file);
    expect(await keys.byId('none')).toBeUndefined();
    expect(existsSync(file)).toBe(false);
    const key = await keys.newest();
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(await keysInFile(file).byId(key.id)).toEqual(key);
    expect(readdirSync(folder)).toEqual(['key']);
  });

  it('gets new keys behind the others, which stay; a process that runs sees them', async () => {
    const [running, other] = [keysInFile(file), keysInFile(file)];
    const first = await running.newest();
    const second = await other.add();
    expect(await running.byId(second.id)).toEqual(second);
    expect(await running.newest()).toEqual(second);
    expect(await other.byId(first.id)).toEqual(first);
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it('keeps the keys of all who add one at the same time', async () => {
    const all = await Promise.all([1, 2, 3].map(() => keysInFile(file).newest()));
    expect(new Set(all.map(({ id }) => id)).size).toBe(1);
    const more = await Promise.all([1, 2, 3].map(() => keysInFile(file).add()));
    for (const { id } of [...all, ...more]) expect(await keysInFile(file).byId(id)).toBeDefined();
    expect(readdirSync(folder)).toEqual(['key']);
  });

  it('that is no file of keys is never written over', async () => {
    writeFileSync(file, 'something else\n');
    const keys = keysInFile(file);
    for (const work of [() => keys.newest(), () => keys.add(), () => keys.byId('x')])
      await expect(work()).rejects.toThrow('cannot be read (a line of it is no key)');
    expect(readFileSync(file, 'utf8')).toBe('something else\n');
  });
});

describe('a store in a folder', () => {
  const place = () => ({ store: 'sqlite', data: folder }) as const;
  const ANNA = { login: 'anna', password: 'secret' };

  it('has no verifier in its file, and opens as before', async () => {
    const open = await openStore(place());
    await putAccount(open.store, ANNA);
    await open.store.close();
    const bytes = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'latin1'));
    expect(bytes.join('')).not.toContain(verifierOf('anna', 'secret'));
    expect(await withStore(place(), (store) => hasPassword(store, ANNA))).toBe(true);
  });

  it('without its key says what is missing, and where', async () => {
    await openStore(place()).then(async ({ store }) => {
      await putAccount(store, ANNA);
      await store.close();
    });
    rmSync(file);
    const read = withStore(place(), (store) => readAccount(store, 'anna'));
    await expect(read).rejects.toThrow(/the key [\w-]{8}, by which a password is sealed, is missing/);
    expect(existsSync(file)).toBe(false);
  });

  it('in memory writes no key', async () => {
    const { store } = await openStore({ store: 'sqlite', data: ':memory:' });
    await putAccount(store, ANNA);
    expect(await hasPassword(store, ANNA)).toBe(true);
    await store.close();
    expect(existsSync(':memory:')).toBe(false);
  });
});
