/** Keys in the store, and KMS as the service that encrypts them: the SDK is the real one, in front of a server in KMS's place. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { putAccount, readAccount } from '../../lib/app/accounts.ts';
import { kmsService } from '../../lib/store/dynamodb/kms.ts';
import type { Store } from '../../lib/store/port/port.ts';
import { keysInStore } from '../../lib/store/sealing/keys-in-store.ts';
import { withSealedAccounts } from '../../lib/store/sealing/sealed-accounts.ts';
import { createSealer } from '../../lib/store/sealing/sealer.ts';
import { memoryStore } from '../kit/memory-store.ts';
import { type FaultRequest, type FaultServer, failure, ok, startFaultServer } from './fault-server.ts';

const ANNA = { login: 'anna', password: 'secret' };
const KEY = Buffer.alloc(32, 7).toString('base64');
const made = ok({
  Plaintext: KEY,
  CiphertextBlob: Buffer.from('encrypted').toString('base64'),
  KeyId: 'arn',
});
const decrypted = ok({ Plaintext: KEY, KeyId: 'arn' });

let kms: FaultServer;
let raw: Store;
beforeEach(async () => {
  kms = await startFaultServer();
  raw = memoryStore();
});
afterEach(() => kms.close());

let time = 0;
const keysOf = () =>
  keysInStore(raw, kmsService({ prefix: 'test', endpoint: kms.endpoint }), () => {
    time += 1;
    return time;
  });
/** Another process each time. */
const open = () => withSealedAccounts(raw, createSealer(keysOf()));
/** The first request. */
const asked = (): FaultRequest['body'] => kms.requests[0]?.body ?? {};
const actions = () => kms.requests.map(({ action }) => action);

describe('keys that KMS encrypts', () => {
  it('are made for the first password, by the name of the key that the stack makes', async () => {
    kms.answer(made);
    await putAccount(open(), ANNA);
    expect(actions()).toEqual(['GenerateDataKey']);
    expect(asked()).toMatchObject({ KeyId: 'alias/test-accounts', KeySpec: 'AES_256' });
    expect(asked()).toMatchObject({ EncryptionContext: { deployment: 'test', key: expect.any(String) } });
  });

  it('are decrypted once in a process, under the context that they were made in', async () => {
    kms.answer(made);
    await putAccount(open(), ANNA);
    const { EncryptionContext } = asked();
    kms.answer(decrypted);
    const store = open();
    for (let n = 0; n < 3; n += 1) expect((await readAccount(store, 'anna'))?.passwords).toHaveLength(1);
    expect(actions()).toEqual(['Decrypt']);
    expect(asked().EncryptionContext).toEqual(EncryptionContext);
    expect(Buffer.from(String(asked().CiphertextBlob), 'base64').toString()).toBe('encrypted');
  });

  it('are sealed with the newest, which another process may have made', async () => {
    kms.answer(made);
    const [first, other] = [keysOf(), keysOf()];
    await first.newest();
    const { id } = await other.add();
    kms.answer(decrypted);
    expect((await first.newest()).id).toBe(id);
  });

  it.each([
    ['NotFoundException', 'alias/test-accounts is not there; deploy', false],
    ['AccessDeniedException', 'may not be used with these credentials', false],
    ['KMSInternalException', 'KMS: KMSInternalException', true],
  ])(
    '%s of KMS becomes a failure of the store, in a sentence',
    { timeout: 30_000 },
    async (name, text, retryable) => {
      kms.answer(failure(name));
      const failed = await putAccount(open(), ANNA).catch((error) => error);
      expect(failed).toMatchObject({ name: 'StoreError', retryable, message: expect.stringContaining(text) });
    },
  );

  it('that could not be decrypted are asked for again', { timeout: 30_000 }, async () => {
    kms.answer(made);
    await putAccount(open(), ANNA);
    const store = open();
    kms.answer(failure('AccessDeniedException'));
    await expect(readAccount(store, 'anna')).rejects.toThrow('credentials');
    kms.answer(decrypted);
    expect((await readAccount(store, 'anna'))?.passwords).toHaveLength(1);
  });
});
