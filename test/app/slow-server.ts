/** A server whose store takes its time. */
import type { Store } from '../../lib/store/port/port.ts';
import { sqliteStore } from '../../lib/store/sqlite/store.ts';
import { startServer, type TestServer } from '../kit/server.ts';

/** Milliseconds that a write, a read, a query takes; `before` runs before each write. */
export async function slowServer() {
  const pace = {
    ...{ write: 0, read: 0, query: 0 },
    before: undefined as undefined | (() => Promise<void> | void),
  };
  const inner = sqliteStore({ file: ':memory:' });
  let server: TestServer | undefined;
  const wait = (ms: number) => {
    if (server !== undefined) server.time += ms;
  };
  const store: Store = {
    ...inner,
    get: (keys) => {
      wait(pace.read);
      return inner.get(keys);
    },
    query: (range) => {
      wait(pace.query);
      return inner.query(range);
    },
    transact: async (writes) => {
      wait(pace.write);
      await pace.before?.();
      return inner.transact(writes);
    },
  };
  server = await startServer({ store });
  return { server, pace };
}
