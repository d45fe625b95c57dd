/** An Add that was linked comes again, its Map comes late, or the match index has to be made first. */
import { describe, expect, it } from 'vitest';
import { Device } from '../../kit/device.ts';
import { vcard } from '../../kit/drafts.ts';
import { startServer, type TestServer, USER } from '../../kit/server.ts';
import { forgetIndex } from '../match/preparing.ts';
import { bodiesOf, liveItems } from '../steps.ts';

const KNOWN = ['TEL;TYPE=CELL:+49 170 1234567', 'EMAIL:anna.huber@example.com'];
const BARE = vcard('Anna', ...KNOWN);
const FULL = vcard('Anna', ...KNOWN, 'TITLE:Dr.', 'NOTE:met in Rome');

class Gone extends Error {}

/** The answers from the `n`-th message on do not arrive, until `isUp`. */
function losing(server: TestServer, from: number) {
  const line = { posts: 0, isUp: false };
  const post: TestServer['post'] = async (request) => {
    const answer = await server.post(request);
    line.posts += 1;
    if (!line.isUp && line.posts >= from) throw new Gone();
    return answer;
  };
  return { line, network: Object.create(server, { post: { value: post } }) as TestServer };
}

async function begun(lost = Number.POSITIVE_INFINITY) {
  const server = await startServer();
  const { line, network } = losing(server, lost);
  const laptop = new Device(server, { device: 'laptop' });
  // A device that lists no properties deletes only what it has sent itself.
  const properties = ['N', 'FN', 'TEL', 'EMAIL', 'TITLE', 'NOTE'];
  const phone = new Device(network, { device: 'phone', properties });
  for (const device of [laptop, phone]) await device.sync();
  return { server, line, laptop, phone };
}

describe('an Add that was linked', () => {
  // A session without changes has three messages.
  it.each([4, 5, 6])(
    'comes again after the answer %i was lost: nothing of the other is deleted',
    async (lost) => {
      const { server, line, laptop, phone } = await begun(lost);
      laptop.add(FULL);
      await laptop.sync();
      phone.add(BARE);
      await expect(phone.sync()).rejects.toThrow(Gone);
      line.isUp = true;
      for (const device of [phone, laptop, phone]) await device.sync();
      expect(await bodiesOf(server)).toEqual([FULL]);
      expect(laptop.contents).toEqual([FULL]);
      expect(phone.contents).toEqual([FULL]);
    },
  );

  it('comes again after another device has edited the item', async () => {
    const { server, line, laptop, phone } = await begun(5);
    laptop.add(FULL);
    await laptop.sync();
    phone.add(BARE);
    await expect(phone.sync()).rejects.toThrow(Gone);
    laptop.replace(laptop.find('Anna'), FULL.replace('Dr.', 'Prof.'));
    await laptop.sync();
    line.isUp = true;
    for (const device of [phone, laptop, phone]) await device.sync();
    expect(await bodiesOf(server)).toEqual([FULL.replace('Dr.', 'Prof.')]);
    expect(phone.contents).toEqual([FULL.replace('Dr.', 'Prof.')]);
  });

  it('is known by its LUID from then on: an edit and a deletion', async () => {
    const { server, laptop, phone } = await begun();
    laptop.add(FULL);
    await laptop.sync();
    const luid = phone.add(BARE);
    await phone.sync();
    phone.replace(luid, FULL.replace('TITLE:Dr.\r\n', ''));
    for (const device of [phone, laptop]) await device.sync();
    expect(laptop.contents.join()).not.toContain('TITLE');
    phone.delete(luid);
    for (const device of [phone, laptop]) await device.sync();
    expect(await liveItems(server)).toEqual([]);
    expect(laptop.contents).toEqual([]);
  });
});

it('an item whose Map comes late is edited, not doubled', async () => {
  const server = await startServer();
  const laptop = new Device(server, { device: 'laptop' });
  const phone = new Device(server, { device: 'phone', lateMaps: true });
  for (const device of [laptop, phone]) await device.sync();
  laptop.add(BARE);
  for (const device of [laptop, phone]) await device.sync();
  phone.replace(phone.find('Anna'), FULL);
  for (const device of [phone, laptop, phone]) await device.sync();
  expect(await bodiesOf(server)).toEqual([FULL]);
  expect([laptop.contents, phone.contents]).toEqual([[FULL], [FULL]]);
});

describe('where the match index has to be made first', () => {
  it('an Add of a two-way sync is linked', async () => {
    const { server, laptop, phone } = await begun();
    laptop.add(BARE);
    await laptop.sync();
    phone.add(BARE);
    await forgetIndex(server.store);
    for (const device of [phone, laptop]) await device.sync();
    expect(await liveItems(server)).toHaveLength(1);
    expect(phone.contents).toHaveLength(1);
  });

  it('a record of the CRM is linked', async () => {
    const { server, laptop } = await begun();
    laptop.add(BARE);
    await laptop.sync();
    await forgetIndex(server.store);
    const record = { user: USER, datastore: 'contacts', record: 'r', op: 'upsert', body: BARE } as const;
    expect(await server.crm(record)).toBe('unchanged');
    expect(await liveItems(server)).toHaveLength(1);
  });
});
