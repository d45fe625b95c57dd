/**
 * The key that challenges are computed with (docs/adr/0028). All processes of a server have the same one: it lies in the store,
 * and whoever asks first makes it.
 */
import { type Store, StoreError } from '../store/port/port.ts';
import { challengeKeyKey } from '../store/rows/keys.ts';

const OCTETS = 32;

/** Read once in a process. */
const known = new WeakMap<Store, Promise<Uint8Array>>();

/** Throws the StoreErrors of a store that cannot be reached; the next call asks again. */
export function challengeKey(store: Store, random: (bytes: number) => Uint8Array): Promise<Uint8Array> {
  const asked = known.get(store) ?? keyIn(store, random);
  known.set(store, asked);
  asked.catch(() => known.delete(store));
  return asked;
}

async function keyIn(store: Store, random: (bytes: number) => Uint8Array): Promise<Uint8Array> {
  const key = challengeKeyKey();
  const [found] = await store.get([key]);
  if (found?.blob !== undefined) return found.blob;
  const blob = Uint8Array.from(random(OCTETS));
  const row = { ...key, version: 1, attributes: {}, blob };
  if ((await store.transact([{ op: 'put', row, condition: 'absent' }])) === 'committed') return blob;
  const [made] = await store.get([key]);
  if (made?.blob === undefined)
    throw new StoreError('the key of challenges is gone again', { retryable: true, notCommitted: true });
  return made.blob;
}
