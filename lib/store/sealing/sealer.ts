/**
 * Seals texts that open a door to whoever reads them: verifiers of passwords (docs/adr/0032). AES-256-GCM; a sealed text names
 * its key by id and opens only under the context that it was sealed under, so none can be put in the place of another.
 *
 * Must not know: where keys come from, what the texts are.
 */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { StoreError } from '../port/port.ts';
import type { DataKey, DataKeys } from './data-keys.ts';

export interface Sealer {
  /** Seals with the newest key. Throws a StoreError where there is no way to a key. */
  seal(text: string, context: string): Promise<string>;
  /** Gives a text that is not sealed as it is. Throws a StoreError where its key is missing, or somebody changed the text. */
  open(text: string, context: string): Promise<string>;
}

const CIPHER = 'aes-256-gcm';
/** No verifier begins so: the alphabet of base64 has no full stop. */
const MARK = 'sealed1.';
/** Octets. */
const NONCE = 12;
const TAG = 16;

export const createSealer = (keys: DataKeys): Sealer => ({
  seal: async (text, context) => sealWith(await keys.newest(), text, context),
  open: async (text, context) => {
    const id = keyIdOf(text);
    if (id === undefined) return text;
    const key = await keys.byId(id);
    if (key === undefined) throw damaged(`the key ${id}, by which a password is sealed, is missing`);
    return openWith(key, text, context);
  },
});

/** The id of the key that the text is sealed with; undefined where it is not sealed. */
export const keyIdOf = (text: string): string | undefined =>
  text.startsWith(MARK) ? text.slice(MARK.length).split('.')[0] : undefined;

function sealWith({ id, octets }: DataKey, text: string, context: string): string {
  const nonce = randomBytes(NONCE);
  const cipher = createCipheriv(CIPHER, octets, nonce).setAAD(Buffer.from(context, 'utf8'));
  const sealed = [nonce, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()];
  return `${MARK}${id}.${Buffer.concat(sealed).toString('base64url')}`;
}

function openWith({ id, octets }: DataKey, text: string, context: string): string {
  const bytes = Buffer.from(text.slice(`${MARK}${id}.`.length), 'base64url');
  try {
    const nonce = bytes.subarray(0, NONCE);
    const decipher = createDecipheriv(CIPHER, octets, nonce, { authTagLength: TAG })
      .setAAD(Buffer.from(context, 'utf8'))
      .setAuthTag(bytes.subarray(-TAG));
    return decipher.update(bytes.subarray(NONCE, -TAG), undefined, 'utf8') + decipher.final('utf8');
  } catch (error) {
    throw damaged(`a sealed password does not open with its key ${id}: it was changed or moved`, error);
  }
}

const damaged = (message: string, cause?: unknown): StoreError =>
  new StoreError(message, { retryable: false, notCommitted: true, cause });
