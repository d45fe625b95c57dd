/** Crowds: hundreds of items with equal contents, or with equal blocking keys, in the first sync of a second device. */
import { describe, expect, it } from 'vitest';
import { MAX_LOOKED_AT } from '../../../lib/engine/model/limits.ts';
import type { Store } from '../../../lib/store/port/port.ts';
import { sqliteStore } from '../../../lib/store/sqlite/store.ts';
import { Device, type DeviceOptions } from '../../kit/device.ts';
import { add, replace, vcard } from '../../kit/drafts.ts';
import { indexFaults } from '../../kit/match-index.ts';
import { startServer, type TestServer } from '../../kit/server.ts';
import type { Draft } from '../../kit/session.ts';
import { begin, liveItems, upload } from '../steps.ts';

const COUNT = 300;

/** A server that notes how many rows of items each message read, and in how many calls of the store. */
async function countedServer() {
  const inner = sqliteStore({ file: ':memory:' });
  let [read, calls] = [0, 0];
  const items = (keys: readonly { readonly sk: string }[]) =>
    keys.filter(({ sk }) => sk.startsWith('I#')).length;
  const store: Store = {
    ...inner,
    get: async (keys) => {
      const rows = await inner.get(keys);
      read += items(rows);
      calls += 1;
      return rows;
    },
    query: async (range) => {
      const page = await inner.query(range);
      read += items(page.rows);
      return page;
    },
  };
  const server = await startServer({ store });
  const perMessage: { readonly read: number; readonly calls: number }[] = [];
  const post: TestServer['post'] = async (request) => {
    [read, calls] = [0, 0];
    const answer = await server.post(request);
    perMessage.push({ read, calls });
    return answer;
  };
  return { server: Object.create(server, { post: { value: post } }) as TestServer, perMessage };
}

/** What a laptop has comes to the server, then a phone with its own copies compares. */
async function secondDevice(
  cards: readonly string[],
  copies: readonly string[],
  options: Pick<DeviceOptions, 'properties' | 'perMessage'> = {},
) {
  const { server, perMessage } = await countedServer();
  const laptop = new Device(server, { device: 'laptop' });
  for (const card of cards) laptop.add(card);
  await laptop.sync();
  const { perMessage: size = 20 } = options;
  const phone = new Device(server, { device: 'phone', ...options, perMessage: size });
  for (const card of copies) phone.add(card);
  perMessage.length = 0;
  const { received, codes } = await phone.sync(201);
  const added = [...codes.values()].filter((code) => code === 201).length;
  // The last message of the package reads what the phone is sent, too.
  const uploads = perMessage.slice(1, Math.ceil(copies.length / size));
  const most = Math.max(0, ...uploads.map(({ read }) => read));
  const calls = Math.max(0, ...uploads.map((one) => one.calls));
  return { server, laptop, phone, received, added, most, calls };
}

const NOTHING = { Add: 0, Replace: 0, Delete: 0 };
const repeated = (card: (n: number) => string) => Array.from({ length: COUNT }, (_, n) => card(n));

describe('a crowd of items with equal contents', () => {
  const same = repeated(() => vcard('Ada', 'TEL:+491701234567'));

  it('is linked one to one over many messages, and a message reads a part of it', async () => {
    const { server, laptop, phone, received, added, most } = await secondDevice(same, same);
    expect([received, added]).toEqual([NOTHING, 0]);
    expect((await liveItems(server)).length).toBe(COUNT);
    expect(await indexFaults(server.store)).toEqual([]);
    expect(most).toBeLessThan(COUNT);
    expect([(await laptop.sync()).received, (await phone.sync()).received]).toEqual([NOTHING, NOTHING]);
  });

  it('is all there again where an Atomic that linked one of it failed', async () => {
    const { server } = await countedServer();
    const laptop = new Device(server, { device: 'laptop' });
    // Nothing but its content says which item it is.
    const nameless = Array.from({ length: 80 }, () => vcard('', 'X-ODD:1'));
    for (const card of nameless) laptop.add(card);
    await laptop.sync();
    const { session } = await begin(server);
    const copies = nameless.map((card, n) => replace(`p${n}`, card));
    const failing = [...copies.slice(0, 5), add('bad', 'x', 'image/png')];
    await upload(session, [{ name: 'Atomic', commands: failing } as unknown as Draft, ...copies]);
    expect((await liveItems(server)).length).toBe(80);
  });

  it('costs few rounds, however many of it one message names', async () => {
    const { received, added, calls } = await secondDevice(same, same, { perMessage: 100 });
    expect([received, added]).toEqual([NOTHING, 0]);
    // The session, the items by LUID, and three windows of the crowd.
    expect(calls).toBeLessThanOrEqual(6);
  });

  it('is found behind very many others in one message', async () => {
    const others = Array.from({ length: 100 }, (_, n) => vcard(`Name-${n}`));
    const all = [...others, ...same.slice(0, 120)];
    const { server, received, added } = await secondDevice(all, all, { perMessage: 1_000 });
    expect([received, added]).toEqual([NOTHING, 0]);
    expect((await liveItems(server)).length).toBe(all.length);
  });

  it('gets on the device what the device lacks of it, and on the server what the server lacks', async () => {
    const fewer = await secondDevice(same, same.slice(0, 120));
    expect([fewer.received, fewer.added]).toEqual([{ ...NOTHING, Add: COUNT - 120 }, 0]);
    const more = await secondDevice(same.slice(0, 120), same);
    expect([more.received, more.added]).toEqual([NOTHING, COUNT - 120]);
    expect((await liveItems(more.server)).length).toBe(COUNT);
  });
});

describe('a crowd of items with equal blocking keys', () => {
  /** Who is meant is said by a telephone number alone that all share; the title tells them apart. */
  const cards = repeated((n) => vcard('Office', 'TEL:+491701234567', `TITLE:Desk ${n}`));

  it('is linked by content', async () => {
    const { server, received, added, most } = await secondDevice(cards, [...cards].reverse());
    expect([received, added]).toEqual([NOTHING, 0]);
    expect((await liveItems(server)).length).toBe(COUNT);
    expect(most).toBeLessThan(COUNT);
  });

  it('is linked one to one where the device holds less of each than what tells them apart', async () => {
    const properties = ['N', 'FN', 'TEL'];
    const copies = repeated(() => vcard('Office', 'TEL:+491701234567'));
    const { server, added } = await secondDevice(cards, copies, { properties });
    expect(added).toBe(0);
    expect((await liveItems(server)).length).toBe(COUNT);
  });

  it('costs a bounded number of rows in each message, where each content is new', async () => {
    const others = repeated((n) => vcard('Office', 'TEL:+491701234567', `TITLE:Chair ${n}`));
    const { most } = await secondDevice(cards, others);
    expect(most).toBeLessThanOrEqual(MAX_LOOKED_AT);
  });
});

describe('an Add in a two-way sync, beside a crowd that the phone holds', () => {
  const CROWD = 60;
  const one = (n: number) => vcard('Same', `TEL;TYPE=CELL:+49170${1_000_000 + n}`);

  async function adding(...cards: readonly string[]) {
    const { server, perMessage } = await countedServer();
    const phone = new Device(server, { device: 'phone' });
    for (let n = 0; n < CROWD; n += 1) phone.add(one(n));
    for (let round = 0; round < 2; round += 1) await phone.sync();
    for (const card of cards) phone.add(card);
    perMessage.length = 0;
    await phone.sync();
    return { read: perMessage.reduce((sum, { read }) => sum + read, 0), items: await liveItems(server) };
  }

  it('is not compared with all of it', async () => {
    const { read, items } = await adding(one(100));
    expect(items).toHaveLength(CROWD + 1);
    expect(read).toBeLessThan(5);
  });

  it('of equal content is compared with those of this content, and is a copy of its item', async () => {
    const { read, items } = await adding(one(7));
    expect(items).toHaveLength(CROWD);
    expect(read).toBeLessThan(5);
  });

  it('costs no more where the message has many Adds', async () => {
    const { read, items } = await adding(...Array.from({ length: 20 }, (_, n) => one(100 + n)));
    expect(items).toHaveLength(CROWD + 20);
    expect(read).toBeLessThan(5);
  });
});
