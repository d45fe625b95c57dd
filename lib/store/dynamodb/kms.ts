/** The key service of AWS: KMS makes and decrypts the keys that verifiers are sealed with. Its own key never leaves it. */
import { StoreError } from '../port/port.ts';
import { keyAlias } from '../rows/schema.ts';
import type { KeyService } from '../sealing/keys-in-store.ts';
import { clientConfig, type DynamodbOptions } from './client.ts';

/** `endpoint`: that of KMS, for tests. The SDK of KMS is loaded with the first key: most processes seal nothing. */
export function kmsService(options: DynamodbOptions): KeyService {
  const { prefix } = options;
  const contextOf = (id: string) => ({ deployment: prefix, key: id });
  return {
    make: (id) =>
      asking(prefix, async () => {
        const { KMS } = await import('@aws-sdk/client-kms');
        const made = await new KMS(clientConfig(options)).generateDataKey({
          ...{ KeyId: keyAlias(prefix), KeySpec: 'AES_256', EncryptionContext: contextOf(id) },
        });
        return { octets: given(made.Plaintext), encrypted: given(made.CiphertextBlob) };
      }),
    decrypt: (id, encrypted) =>
      asking(prefix, async () => {
        const { KMS } = await import('@aws-sdk/client-kms');
        const { Plaintext } = await new KMS(clientConfig(options)).decrypt({
          ...{ CiphertextBlob: encrypted, EncryptionContext: contextOf(id) },
        });
        return given(Plaintext);
      }),
  };
}

function given(octets: Uint8Array | undefined): Uint8Array {
  if (octets === undefined) throw new StoreError('KMS gave no key', { retryable: true, notCommitted: true });
  return octets;
}

/** What is wrong with the deployment, not with the moment. */
const ADVICE: { readonly [name: string]: string } = {
  NotFoundException: 'is not there; deploy the stack with the tables, which makes it',
  AccessDeniedException: 'may not be used with these credentials',
  DisabledException: 'is disabled',
  KMSInvalidStateException: 'is disabled or waits for its deletion',
  InvalidCiphertextException: 'did not encrypt this key of verifiers',
};

async function asking<T>(prefix: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof StoreError) throw error;
    const { name, code } = error as { name: string; code?: string };
    const advice = ADVICE[name];
    throw new StoreError(
      advice === undefined ? `KMS: ${code ?? name}` : `KMS: the key ${keyAlias(prefix)} ${advice} (${name})`,
      { retryable: advice === undefined, notCommitted: true, cause: error },
    );
  }
}
