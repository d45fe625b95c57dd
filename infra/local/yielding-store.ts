/**
 * A store that lets others have the processor between its calls. SQLite answers at once, so that a message of many
 * calls would never wait, and nothing that comes over the network would be read while it is worked on.
 */
import { setImmediate as nextRound } from 'node:timers/promises';
import type { Store } from '../../lib/store/port/port.ts';

export const yieldingStore = (store: Store): Store => ({
  get: async (keys) => {
    await nextRound();
    return store.get(keys);
  },
  query: async (range) => {
    await nextRound();
    return store.query(range);
  },
  transact: async (writes) => {
    await nextRound();
    return store.transact(writes);
  },
  close: () => store.close(),
});
