/**
 * What the messages of a complete sync cost in a large store: each reads a bounded number of items, and the text of an item
 * is unpacked only when it is sent or compared.
 */
import { describe, expect, it, vi } from 'vitest';
import type * as Limits from '../../../lib/engine/model/limits.ts';
import type { Store } from '../../../lib/store/port/port.ts';
import { sqliteStore } from '../../../lib/store/sqlite/store.ts';
import { callsOf } from '../../kit/calls.ts';
import { Device } from '../../kit/device.ts';
import { vcard } from '../../kit/drafts.ts';
import { startServer, type TestServer } from '../../kit/server.ts';

/** So few that a store of two thousand items is a large one. */
const LIMITS = { MAX_WALKED_ITEMS: 300, MAX_PAGE_ITEMS: 100 };
vi.mock('../../../lib/engine/model/limits.ts', async (original) => ({
  ...(await original<typeof Limits>()),
  ...{ MAX_WALKED_ITEMS: 300, MAX_PAGE_ITEMS: 100 },
}));

const PER_MESSAGE = 50;
const UNPACK = { unpackText: 'store/rows/pack.ts' };

interface Work {
  /** Rows of items, and calls of the store. */
  readonly rows: number;
  readonly calls: number;
}

/** A server that notes the work of each message. */
async function countedServer() {
  const inner = sqliteStore({ file: ':memory:' });
  let work = { rows: 0, calls: 0 };
  const note = <T extends readonly { readonly sk: string }[]>(rows: T): T => {
    const own = rows.filter(({ sk }) => sk.startsWith('I#')).length;
    work = { rows: work.rows + own, calls: work.calls + 1 };
    return rows;
  };
  const store: Store = {
    ...inner,
    get: async (keys) => note(await inner.get(keys)),
    query: async (range) => {
      const page = await inner.query(range);
      note(page.rows);
      return page;
    },
  };
  const server = await startServer({ store });
  const messages: Work[] = [];
  const post: TestServer['post'] = async (request) => {
    work = { rows: 0, calls: 0 };
    const answer = await server.post(request);
    messages.push(work);
    return answer;
  };
  return { server: Object.create(server, { post: { value: post } }) as TestServer, messages };
}

/** More than 200 bytes, so that it is packed. */
const card = (n: number) => vcard(`Name-${n}`, `TEL:+49170${10_000_000 + n}`, `NOTE:${'x'.repeat(200)}`);

/** A store of so many items, all from a phone. */
async function filled(count: number) {
  const { server, messages } = await countedServer();
  const phone = new Device(server, { device: 'phone', perMessage: PER_MESSAGE });
  for (let n = 0; n < count; n += 1) phone.add(card(n));
  await phone.sync();
  return { server, messages, phone };
}

/** The work of the largest message, and the texts that were unpacked, in a sync. */
async function largest(messages: Work[], sync: () => Promise<unknown>) {
  messages.length = 0;
  const [texts] = await callsOf([UNPACK], sync);
  const most = (of: keyof Work) => Math.max(...messages.map((message) => message[of]));
  return { rows: most('rows'), calls: most('calls'), texts, messages: messages.length };
}

const SMALL = 500;
const LARGE = 2_000;
/** A message stops walking behind the page with which it has walked far enough; and it reads its own items. */
const MOST_ROWS = LIMITS.MAX_WALKED_ITEMS + LIMITS.MAX_PAGE_ITEMS + 2 * PER_MESSAGE;
/** How many of the cards fit a message to the device. */
const MOST_SENT = 300;

describe('the largest message', () => {
  it('of a slow sync reads as much in a large store as in a small one, and unpacks no text', async () => {
    const found = [];
    for (const count of [SMALL, LARGE]) {
      const { messages, phone } = await filled(count);
      found.push(
        await largest(messages, async () => {
          expect((await phone.sync(201)).received).toEqual({ Add: 0, Replace: 0, Delete: 0 });
        }),
      );
    }
    const [small, large] = found;
    expect(large?.rows).toBeLessThanOrEqual(MOST_ROWS);
    expect(large?.calls).toBeLessThanOrEqual((small?.calls ?? 0) + 2);
    expect([small?.texts, large?.texts]).toEqual([0, 0]);
  });

  it('of the first sync of a new device reads as much in a large store, and unpacks each text once', async () => {
    const found = [];
    for (const count of [SMALL, LARGE]) {
      const { server, messages } = await filled(count);
      const laptop = new Device(server, { device: 'laptop' });
      found.push(await largest(messages, async () => expect((await laptop.sync()).received.Add).toBe(count)));
    }
    const [small, large] = found;
    // And it reads the items of a Map, as many as fit one message.
    expect(large?.rows).toBeLessThanOrEqual(MOST_ROWS + MOST_SENT);
    expect(large?.calls).toBeLessThanOrEqual((small?.calls ?? 0) + 2);
    // The item for which a message has no room is looked at twice.
    expect(large?.texts).toBeLessThanOrEqual(LARGE + (large?.messages ?? 0));
  });
});
