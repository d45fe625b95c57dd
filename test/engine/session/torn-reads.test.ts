/**
 * One round of reads is no snapshot: a repeated message may find the session as it was before the first one was carried
 * out, and the rest as it is since, or the other way round [T17, T18].
 */
import { describe, expect, it } from 'vitest';
import type { Key, Page, Row } from '../../../lib/store/port/port.ts';
import { keyText } from '../../../lib/store/port/rules.ts';
import { add, sync, vcard } from '../../kit/drafts.ts';
import { startServer, type TestServer } from '../../kit/server.ts';
import { codesOf } from '../../kit/session.ts';
import { begin, bodiesOf, confirm } from '../steps.ts';

/** Remembers what the first reading of each row and each range gives; `replay` gives it out once more. */
function rememberReads({ store }: TestServer) {
  const { get, query } = store;
  const rows = new Map<string, Row | undefined>();
  const pages = new Map<string, Page>();
  store.get = async (keys) => {
    const found = await get.call(store, keys);
    for (const key of keys) if (!rows.has(keyText(key))) rows.set(keyText(key), found.find(isAt(key)));
    return found;
  };
  store.query = async (range) => {
    const page = await query.call(store, range);
    const name = JSON.stringify(range);
    if (!pages.has(name)) pages.set(name, page);
    return page;
  };
  return (isOld: (table: string) => boolean) => {
    let replayed = 0;
    const due = new Set([...rows.keys(), ...pages.keys()]);
    const isDue = (table: string, name: string): boolean => {
      if (!isOld(table) || !due.delete(name)) return false;
      replayed += 1;
      return true;
    };
    store.get = async (keys) => {
      const found = await get.call(store, keys);
      return keys.flatMap((key) => {
        const name = keyText(key);
        return (isDue(key.table, name) ? rows.get(name) : found.find(isAt(key))) ?? [];
      });
    };
    store.query = async (range) => {
      const name = JSON.stringify(range);
      const page = isDue(range.table, name) ? pages.get(name) : undefined;
      return page ?? query.call(store, range);
    };
    return () => replayed;
  };
}

const isAt = (key: Key) => (row: Row) => keyText(row) === keyText(key);
const ofSession = (table: string): boolean => table === 'sessions';

/** A session in which two messages with changes were carried out, the second one with its reads remembered. */
async function twoMessages() {
  const server = await startServer();
  const { session } = await begin(server);
  await session.send([...session.statuses(), sync([add('1', vcard('Ada'))])], { final: false });
  const replay = rememberReads(server);
  const first = await session.send([...session.statuses(), sync([add('2', vcard('Berta'))])], {
    final: false,
  });
  return { server, session, replay, first };
}

describe('reads on both sides of a commit', () => {
  it('the session is older than the rest: the repeated message gets the stored answer', async () => {
    const { server, session, replay, first } = await twoMessages();
    const replayed = replay(ofSession);
    const again = await session.resend();
    expect(replayed()).toBeGreaterThan(0);
    expect(Buffer.from(again.http.body)).toEqual(Buffer.from(first.http.body));
    expect((await confirm(session)).final).toBe(true);
    expect(await bodiesOf(server)).toHaveLength(2);
  });

  it('the rest is older than the session: the next message goes on', async () => {
    const { server, session, replay } = await twoMessages();
    const replayed = replay((table) => !ofSession(table));
    const { reply } = await session.send([...session.statuses(), sync([add('3', vcard('Cyd'))])]);
    expect(replayed()).toBeGreaterThan(0);
    expect(codesOf(reply)[0]).toBe('SyncHdr@0=200');
    expect(await bodiesOf(server)).toHaveLength(3);
  });
});
