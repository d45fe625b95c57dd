/** The end of a refresh from the client: very many items that it did not name are deleted over several messages (Y04 Y20). */
import { beforeEach, describe, expect, it } from 'vitest';
import { peerOfDevice, shardOf } from '../../../lib/engine/model/ids.ts';
import type { Item } from '../../../lib/engine/model/records.ts';
import type { Write } from '../../../lib/store/port/port.ts';
import { anchorKey, pairsRange } from '../../../lib/store/rows/keys.ts';
import { anchorFromRow } from '../../../lib/store/rows/shapes.ts';
import { Device, Suspended } from '../../kit/device.ts';
import { nextMessage, replace, vcard } from '../../kit/drafts.ts';
import { indexFaults } from '../../kit/match-index.ts';
import { type TestServer, USER } from '../../kit/server.ts';
import { begin, bodiesOf, liveItems, upload, watchedServer } from '../steps.ts';

const COUNT = 1_000;
const KEPT = 10;
const name = (n: number) => `Name-${String(n).padStart(4, '0')}`;

let server: TestServer;
let writes: Write[];
let laptop: Device;

/** A laptop with a thousand contacts, and a phone's session that refreshes the server with ten of them. */
beforeEach(async () => {
  ({ server, writes } = await watchedServer());
  laptop = new Device(server, { device: 'laptop' });
  for (let n = 0; n < COUNT; n += 1) laptop.add(vcard(name(n)));
  await laptop.sync();
});

const named = Array.from({ length: KEPT }, (_, n) => replace(`p${n}`, vcard(name(n))));
const expected = named.map((_, n) => vcard(name(n)));

function phoneWith(count: number, from: TestServer = server): Device {
  const phone = new Device(from, { device: 'phone' });
  for (let n = 0; n < count; n += 1) phone.add(vcard(name(n)));
  return phone;
}

/** How many items were deleted since this was asked last. */
function deletions(): number {
  const put = writes.splice(0).flatMap((write) => (write.op === 'put' ? [write.row] : []));
  return put.filter(({ sk, blob }) => sk.startsWith('I#') && blob === undefined).length;
}

/** The item that a walk comes to last. */
async function lastItem(): Promise<Item> {
  const items = await liveItems(server);
  items.sort((a, b) => shardOf(a.guid) - shardOf(b.guid) || (a.guid < b.guid ? -1 : 1));
  return items.at(-1) as Item;
}

/** The same server, to which this happens after the answer to so many messages. */
function then(after: number, act: () => Promise<unknown>): TestServer {
  let count = 0;
  const post: TestServer['post'] = async (request) => {
    const answer = await server.post(request);
    count += 1;
    if (count === after) await act();
    return answer;
  };
  return Object.create(server, { post: { value: post } }) as TestServer;
}

/** From now on each write takes six seconds: a message has time for about three. Gives what ends that. */
function slowDown(): () => void {
  const { transact } = server.store;
  server.store.transact = (all) => {
    server.time += 6_000;
    return transact.call(server.store, all);
  };
  return () => {
    server.store.transact = transact;
  };
}

/** The rows of pairs of the phone's generation in the store, and how many of them its anchor counts; undefined: it counts none. */
async function pairsRows() {
  const peer = peerOfDevice('phone');
  const at = { user: USER, datastore: 'contacts' };
  const [row] = await server.store.get([anchorKey(at, peer)]);
  const { generation = 0, packing } = row === undefined ? {} : anchorFromRow(row);
  const parts = Array.from({ length: 16 }, (_, part) => pairsRange(at, peer, { generation, part }));
  const stored = await Promise.all(parts.map(async (range) => (await server.store.query(range)).rows.length));
  return { stored, counted: packing?.generation === generation ? packing.rows : undefined };
}

describe('items that a client did not name', () => {
  it('leaves no row of pairs uncounted: a LUID is found by a read that lags behind', async () => {
    const phone = phoneWith(KEPT);
    await phone.sync(203);
    const { stored, counted } = await pairsRows();
    expect(stored.reduce((sum, rows) => sum + rows, 0)).toBeGreaterThan(0);
    expect(counted ?? stored).toEqual(stored);
    // The next complete sync takes this generation as the settled one.
    await phone.sync(201);
    const again = await pairsRows();
    expect(again.counted).toEqual(again.stored);
  });

  it('are deleted in portions, in one message while there is time', async () => {
    const { session } = await begin(server, { code: 203, device: 'phone' });
    deletions();
    const { final } = await upload(session, named);
    expect([final, deletions()]).toEqual([true, COUNT - KEPT]);
    expect(await bodiesOf(server)).toEqual(expected);
    expect(await indexFaults(server.store)).toEqual([]);
  });

  it('are deleted a part in each message of a slow store, and the package ends when none is left', async () => {
    const { session } = await begin(server, { code: 203, device: 'phone' });
    deletions();
    slowDown();
    let { final } = await upload(session, named);
    const deleted = [deletions()];
    while (!final && deleted.length < 50) {
      ({ final } = (await session.send([...session.statuses(), nextMessage()], { final: false })).reply);
      deleted.push(deletions());
    }
    expect(deleted.length).toBeGreaterThan(2);
    expect(deleted.reduce((sum, n) => sum + n, 0)).toBe(COUNT - KEPT);
    expect(await bodiesOf(server)).toEqual(expected);
    expect(await indexFaults(server.store)).toEqual([]);
    await laptop.sync();
    expect(laptop.contents).toEqual(expected);
  });

  it('are deleted, too, where the client stops in the middle and resumes', async () => {
    const phone = phoneWith(KEPT);
    phone.suspendAt = 2;
    slowDown();
    await expect(phone.sync(203)).rejects.toThrow(Suspended);
    expect((await liveItems(server)).length).toBeLessThan(COUNT);
    expect((await liveItems(server)).length).toBeGreaterThan(KEPT);
    await phone.sync(225);
    expect(await bodiesOf(server)).toEqual(expected);
    expect((await phone.sync()).received).toEqual({ Add: 0, Replace: 0, Delete: 0 });
    expect(phone.contents).toEqual(expected);
  });

  it('stay where others changed them meanwhile, and are sent next time', async () => {
    const last = await lastItem();
    const text = last.content?.storedText ?? '';
    const edited = text.replace('END:VCARD', 'TITLE:edited\r\nEND:VCARD');
    let speedUp = () => {};
    const act = async () => {
      speedUp();
      const [luid = ''] = [...laptop.items].find(([, own]) => own === text) ?? [];
      laptop.replace(luid, edited);
      laptop.add(vcard('Later'));
      await laptop.sync();
    };
    speedUp = slowDown();
    const phone = phoneWith(KEPT, then(2, act));
    await phone.sync(203);
    const both = [...expected, edited, vcard('Later')].sort();
    expect(await bodiesOf(server)).toEqual(both);
    expect((await phone.sync()).received).toEqual({ Add: 2, Replace: 0, Delete: 0 });
    expect(phone.contents).toEqual(both);
    await laptop.sync();
    expect(laptop.contents).toEqual(both);
  });

  it('are none where it named all', async () => {
    const phone = phoneWith(COUNT);
    deletions();
    await phone.sync(203);
    expect(deletions()).toBe(0);
    expect((await liveItems(server)).length).toBe(COUNT);
  });
});
