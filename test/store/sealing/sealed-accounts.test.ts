/** Verifiers of passwords lie sealed in the store, and nobody above it sees that. */
import { describe, expect, it } from 'vitest';
import { addLogin, putAccount, readAccount } from '../../../lib/app/accounts.ts';
import { addDevicePassword, revokePassword } from '../../../lib/app/passwords.ts';
import { verifierOf } from '../../../lib/engine/session/credentials.ts';
import type { Row, Store } from '../../../lib/store/port/port.ts';
import { accountKey } from '../../../lib/store/rows/keys.ts';
import { type DataKeys, keysInMemory } from '../../../lib/store/sealing/data-keys.ts';
import { sealAll } from '../../../lib/store/sealing/seal-all.ts';
import { withSealedAccounts } from '../../../lib/store/sealing/sealed-accounts.ts';
import { createSealer, keyIdOf } from '../../../lib/store/sealing/sealer.ts';
import { headerCode, login, nonceOf } from '../../engine/session/logins.ts';
import { memoryStore } from '../../kit/memory-store.ts';
import { startServer } from '../../kit/server.ts';

const ANNA = { login: 'anna', password: 'secret', notifications: true };
const verifier = verifierOf('anna', 'secret');

function sealing(raw: Store = memoryStore(), keys: DataKeys = keysInMemory()) {
  return { raw, keys, store: withSealedAccounts(raw, createSealer(keys)) };
}
const rowOf = async (store: Store, name = 'anna'): Promise<Row> => {
  const [row] = await store.get([accountKey(name)]);
  if (row === undefined) throw new Error(`no account of ${name}`);
  return row;
};
const passwordsOf = (row: Row) => row.attributes.passwords as { id: string; verifier: string; san: string }[];

describe('an account', () => {
  it('is written with its verifiers sealed, and read with them open', async () => {
    const { raw, store } = sealing();
    await putAccount(store, ANNA);
    const stored = await rowOf(raw);
    expect(JSON.stringify(stored)).not.toContain(verifier);
    expect(passwordsOf(stored).map((one) => [keyIdOf(one.verifier), keyIdOf(one.san)])).toEqual([
      [expect.stringMatching(/^[\w-]{8}$/), expect.stringMatching(/^[\w-]{8}$/)],
    ]);
    expect((await readAccount(store, 'anna'))?.passwords[0]?.verifier).toBe(verifier);
  });

  it('of before, with verifiers that are not sealed, is read, and sealed when it is written', async () => {
    const { raw, store } = sealing();
    await putAccount(raw, ANNA);
    expect((await readAccount(store, 'anna'))?.passwords[0]?.verifier).toBe(verifier);
    const { id } = await addDevicePassword(store, { login: 'anna' });
    await revokePassword(store, { login: 'anna', id, now: 1 });
    expect(passwordsOf(await rowOf(raw)).map((one) => typeof keyIdOf(one.verifier))).toEqual([
      'string',
      'string',
    ]);
  });

  it('lets its devices in by each scheme', async () => {
    const { store } = sealing();
    const server = await startServer({ store, users: [] });
    await addLogin(store, 'anna');
    const { password } = await addDevicePassword(store, { login: 'anna' });
    const by = { user: 'anna', password, device: 'phone' };
    expect(headerCode((await login(server, { ...by, auth: 'basic' })).reply)).toBe(212);
    const challenge = (await login(server, { ...by, auth: 'md5' })).reply;
    expect(headerCode(challenge)).toBe(401);
    const answer = await login(server, { ...by, auth: 'md5', nonce: nonceOf(challenge) });
    expect(headerCode(answer.reply)).toBe(212);
  });
});

describe('a sealed verifier', () => {
  it('opens in no other account, in no other password, and not once it was changed', async () => {
    const { raw, store } = sealing();
    for (const one of ['anna', 'bo']) await putAccount(store, { ...ANNA, login: one });
    const stored = await rowOf(raw);
    const [anna] = passwordsOf(stored);
    if (anna === undefined) throw new Error('no password');
    const put = (name: string, password: object) =>
      raw.transact([
        {
          op: 'put',
          row: {
            ...stored,
            ...accountKey(name),
            attributes: { ...stored.attributes, passwords: [{ ...password }] },
          },
          condition: 'any',
        },
      ]);
    const last = anna.verifier.at(-3) === 'A' ? 'B' : 'A';
    const wrong: [string, object][] = [
      ['bo', anna],
      ['anna', { ...anna, id: 'other' }],
      ['anna', { ...anna, san: anna.verifier }],
      ['anna', { ...anna, verifier: `${anna.verifier.slice(0, -3)}${last}${anna.verifier.slice(-2)}` }],
      ['anna', { ...anna, verifier: anna.verifier.slice(0, 24) }],
    ];
    for (const [name, password] of wrong) {
      await put(name, password);
      await expect(readAccount(store, name)).rejects.toThrow('was changed or moved');
    }
  });

  it('whose key is missing says which', async () => {
    const { raw, store } = sealing();
    await putAccount(store, ANNA);
    const id = keyIdOf(passwordsOf(await rowOf(raw))[0]?.verifier ?? '') ?? '?';
    const other = sealing(raw).store;
    await expect(readAccount(other, 'anna')).rejects.toThrow(`the key ${id}`);
  });

  it('of today is opened for ever', async () => {
    const key = { id: 'a-key', octets: Buffer.alloc(32, 7) };
    const keys: DataKeys = { newest: async () => key, add: async () => key, byId: async () => key };
    const text = 'sealed1.a-key.AQEBAQEBAQEBAQEBF8H_0uLWime0phlW2tpnbYfTCVCvzw_rvhc';
    expect(await createSealer(keys).open(text, '["anna","first","verifier"]')).toBe('a verifier');
  });
});

describe('sealing all accounts', () => {
  it('with a new key leaves none with the old one, and what nobody sealed yet is sealed', async () => {
    const { raw, keys, store } = sealing();
    await putAccount(store, ANNA);
    await putAccount(raw, { ...ANNA, login: 'bo' });
    await addLogin(store, 'cy');
    const { id } = await keys.add();
    expect(await sealAll(raw, keys)).toEqual({ logins: 3, sealed: 2 });
    for (const one of ['anna', 'bo']) {
      expect(passwordsOf(await rowOf(raw, one)).map((each) => keyIdOf(each.verifier))).toEqual([id]);
      expect((await readAccount(store, one))?.passwords[0]?.verifier).toBe(verifierOf(one, 'secret'));
    }
  });

  it('goes on where it was broken off, and writes nothing that is done', async () => {
    const { raw, keys, store } = sealing();
    for (const one of ['anna', 'bo', 'cy']) await putAccount(store, { ...ANNA, login: one });
    await keys.add();
    let writes = 0;
    const broken: Store = {
      ...raw,
      transact: async (given) => {
        writes += 1;
        if (writes === 2) throw new Error('broken off');
        return raw.transact(given);
      },
    };
    await expect(sealAll(broken, keys)).rejects.toThrow('broken off');
    expect(await sealAll(raw, keys)).toEqual({ logins: 3, sealed: 2 });
    expect(await sealAll(raw, keys)).toEqual({ logins: 3, sealed: 0 });
  });

  it('loses nothing of an account that somebody changes at the same time', async () => {
    const { raw, keys, store } = sealing();
    await putAccount(store, ANNA);
    await keys.add();
    let isFirst = true;
    const raced: Store = {
      ...raw,
      transact: async (given) => {
        if (isFirst) await addDevicePassword(store, { login: 'anna' });
        isFirst = false;
        return raw.transact(given);
      },
    };
    await sealAll(raced, keys);
    expect((await readAccount(store, 'anna'))?.passwords).toHaveLength(2);
  });
});
