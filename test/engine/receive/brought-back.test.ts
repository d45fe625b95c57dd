/** An item is deleted, another peer adds the same anew, and a third one, which still holds the old item, changes it. */
import { describe, expect, it } from 'vitest';
import { putAccount } from '../../../lib/app/accounts.ts';
import { readReviews } from '../../../lib/app/changes.ts';
import type { Policy } from '../../../lib/engine/model/datastores.ts';
import { Cut, cutting } from '../../kit/cut.ts';
import { Device, type DeviceOptions } from '../../kit/device.ts';
import { vcard } from '../../kit/drafts.ts';
import { PASSWORD, startServer, type TestServer, USER } from '../../kit/server.ts';
import { bodiesOf } from '../steps.ts';
import { NOTHING, pairWith } from './copies.ts';

const TEL = 'TEL;TYPE=CELL:+491701234567';
const card = (...lines: string[]): string =>
  vcard('Lovelace', ...lines).replace('N:Lovelace;;', 'N:Lovelace;Ada;');
const OLD = card(TEL);
const NEW = card(TEL, 'TITLE:Dr.');

/** The laptop deleted what the phone brought, and a tablet brought `again`. The phone does not know of either. */
async function deletedAndAdded(again: string, options: DeviceOptions = {}, old = OLD) {
  const { server, phone, laptop } = await pairWith([old], options);
  laptop.delete(laptop.find('Lovelace'));
  await laptop.sync();
  const tablet = new Device(server, { device: 'tablet' });
  tablet.add(again);
  await tablet.sync();
  return { server, phone, laptop, tablet };
}

async function allHold(devices: readonly Device[], cards: readonly string[]): Promise<void> {
  for (let round = 0; round < 2; round += 1) for (const device of devices) await device.sync();
  for (const device of devices) expect(device.contents).toEqual([...cards].sort());
  for (const device of devices) expect((await device.sync()).received).toEqual(NOTHING);
}

/** Which property comes first says nothing. */
const sorted = (text: string): string[] => text.split('\r\n').sort();

const setPolicy = (server: TestServer, contacts: Policy): Promise<void> =>
  putAccount(server.store, { login: USER, password: PASSWORD, policies: { contacts } });

describe('a change of an item that was deleted, and added anew by another device', () => {
  it.each([
    ['with less', card(), NEW],
    ['as it was', OLD, NEW],
    ['as the change makes it', NEW, NEW],
    ['with something more', card(TEL, 'NOTE:n'), card(TEL, 'TITLE:Dr.', 'NOTE:n')],
  ])('%s: one item, under the LUID that it had', async (_, again, united) => {
    const { server, phone, laptop, tablet } = await deletedAndAdded(again);
    const luid = phone.find('Lovelace');
    phone.replace(luid, NEW);
    const { received } = await phone.sync();
    expect([received.Add, received.Delete]).toEqual([0, 0]);
    expect(await bodiesOf(server)).toHaveLength(1);
    await allHold([phone, laptop, tablet], [phone.items.get(luid) ?? '']);
    expect(sorted(phone.items.get(luid) ?? '')).toEqual(sorted(united));
  });

  it('and then changed and deleted: the LUID means the one item', async () => {
    const { phone, laptop, tablet } = await deletedAndAdded(OLD);
    const luid = phone.find('Lovelace');
    phone.replace(luid, NEW);
    await phone.sync();
    phone.replace(luid, OLD);
    await phone.sync();
    await allHold([phone, laptop, tablet], [OLD]);
    phone.delete(luid);
    await phone.sync();
    await allHold([phone, laptop, tablet], []);
  });

  it('keeps what the device cannot hold', async () => {
    const note = 'NOTE:n';
    const properties = ['N', 'FN', 'TEL', 'TITLE'];
    const { server, phone, laptop } = await pairWith([OLD], { properties });
    laptop.replace(laptop.find('Lovelace'), card(TEL, note));
    for (const device of [laptop, phone]) await device.sync();
    laptop.delete(laptop.find('Lovelace'));
    await laptop.sync();
    const tablet = new Device(server, { device: 'tablet' });
    tablet.add(card(TEL, 'X-ODD:x'));
    await tablet.sync();
    phone.replace(phone.find('Lovelace'), NEW);
    for (const device of [phone, laptop, tablet, phone]) await device.sync();
    const [body = '', ...others] = await bodiesOf(server);
    expect(others).toEqual([]);
    for (const line of [TEL, note, 'X-ODD:x', 'TITLE:Dr.']) expect(body).toContain(line);
    expect(phone.contents).toEqual([NEW]);
  });

  const LISTED = ['N', 'FN', 'TEL', 'TITLE', 'NOTE'];
  const SHORT = ['N', 'FN', 'TEL', 'TITLE'];
  const NOTED = card(TEL, 'NOTE:n');
  const ALL = card(TEL, 'TITLE:Dr.', 'NOTE:n');
  const CARDS = [
    { what: 'with more', deleted: OLD, again: NOTED },
    { what: 'with less', deleted: NOTED, again: OLD },
    { what: 'as the change makes it', deleted: NOTED, again: ALL },
  ];
  const WORLDS = [LISTED, SHORT].flatMap((list) => CARDS.map((cards) => ({ list, ...cards })));

  // A session has three messages; 0: all answers arrive.
  it.each([0, 1, 2, 3].flatMap((at) => WORLDS.map((world) => ({ at, ...world }))))(
    'comes again after answer $at was lost: nothing is deleted ($list, $what)',
    async (world) => {
      const server = await startServer();
      const net = cutting(server);
      const phone = new Device(net.server, { device: 'phone', properties: world.list });
      const laptop = new Device(server, { device: 'laptop' });
      const luid = phone.add(OLD);
      for (const device of [phone, laptop]) await device.sync();
      laptop.replace(laptop.find('Lovelace'), world.deleted);
      await laptop.sync();
      laptop.delete(laptop.find('Lovelace'));
      await laptop.sync();
      laptop.add(world.again);
      await laptop.sync();
      phone.replace(luid, NEW);
      net.cut(world.at, 'answer');
      if (world.at > 0) await expect(phone.sync()).rejects.toThrow(Cut);
      for (const device of [phone, laptop, phone]) await device.sync();
      const [body = '', ...others] = await bodiesOf(server);
      expect(others).toEqual([]);
      expect(sorted(body)).toEqual(sorted(ALL));
      expect(laptop.contents).toEqual([body]);
      expect(phone.contents.map(sorted)).toEqual([sorted(world.list === LISTED ? ALL : NEW)]);
      expect((await phone.sync()).received).toEqual(NOTHING);
    },
  );

  it('under one of two LUIDs: one item, and the copy goes', async () => {
    const { server, phone, laptop } = await pairWith([OLD]);
    const luid = phone.find('Lovelace');
    const copy = phone.add(OLD);
    await phone.sync();
    laptop.delete(laptop.find('Lovelace'));
    await laptop.sync();
    laptop.add(OLD);
    await laptop.sync();
    phone.replace(luid, NEW);
    await phone.sync();
    expect([...phone.items.keys()]).not.toContain(copy);
    expect(await bodiesOf(server)).toEqual([NEW]);
    await allHold([phone, laptop], [NEW]);
  });

  it.each([3, 4])('in a slow sync that is suspended in message %i and resumed: one item', async (at) => {
    const { server, phone, laptop } = await pairWith([OLD, vcard('Ada'), vcard('Berta')], { perMessage: 1 });
    phone.suspendAt = at;
    await expect(phone.sync(201)).rejects.toThrow();
    laptop.delete(laptop.find('Lovelace'));
    await laptop.sync();
    laptop.add(OLD);
    await laptop.sync();
    phone.replace(phone.find('Lovelace'), NEW);
    await phone.sync(225);
    for (const device of [phone, laptop, phone]) await device.sync();
    expect(await bodiesOf(server)).toEqual([NEW, vcard('Ada'), vcard('Berta')].sort());
    expect(phone.contents).toEqual(laptop.contents);
  });

  it('X04: both stay where the policy says so of a clash', async () => {
    const { server, phone, laptop, tablet } = await deletedAndAdded(card(TEL, 'TITLE:Prof.'));
    await setPolicy(server, 'keep-both');
    phone.replace(phone.find('Lovelace'), NEW);
    await phone.sync();
    await allHold([phone, laptop, tablet], [NEW, card(TEL, 'TITLE:Prof.')]);
  });

  it('what may be the same, or is another, stays apart, and the first is noted for a review', async () => {
    const likely = card('TEL;TYPE=CELL:+491709999999');
    const other = vcard('Babbage', 'TEL;TYPE=CELL:+441709999999');
    const { server, phone, tablet } = await deletedAndAdded(likely);
    tablet.add(other);
    await tablet.sync();
    phone.replace(phone.find('Lovelace'), NEW);
    await phone.sync();
    expect(await bodiesOf(server)).toEqual([likely, other, NEW].sort());
    expect(await readReviews(server.store, USER, 'contacts')).toHaveLength(1);
  });

  it('that the device holds already as well: both stay', async () => {
    const { server, phone, laptop } = await pairWith([OLD]);
    phone.add(vcard('Babbage', TEL));
    await phone.sync();
    laptop.delete(laptop.find('Lovelace'));
    await laptop.sync();
    phone.replace(phone.find('Lovelace'), NEW);
    await phone.sync();
    expect(await bodiesOf(server)).toEqual([vcard('Babbage', TEL), NEW]);
  });

  it('a note counts only where it is equal', async () => {
    const { server, phone, laptop } = await pairWith(['Shopping\nmilk'], {
      ...{ datastore: 'notes', type: 'text/plain' },
    });
    laptop.delete(laptop.find('milk'));
    laptop.add('Shopping\nmilk, tea');
    laptop.add('Shopping\nmilk and bread');
    await laptop.sync();
    phone.replace(phone.find('milk'), 'Shopping\nmilk and bread');
    await phone.sync();
    expect(await bodiesOf(server, 'notes')).toEqual(['Shopping\nmilk and bread', 'Shopping\nmilk, tea']);
  });
});

it('a record that the CRM saves, of an item that was deleted and added anew by a device, is this item', async () => {
  const { server, phone, laptop } = await pairWith([]);
  const record = { user: USER, datastore: 'contacts', record: 'r', op: 'upsert' } as const;
  await server.crm({ ...record, body: OLD });
  for (const device of [phone, laptop]) await device.sync();
  laptop.delete(laptop.find('Lovelace'));
  await laptop.sync();
  await phone.sync();
  phone.add(OLD);
  await phone.sync();
  await server.crm({ ...record, body: NEW });
  await allHold([phone, laptop], [NEW]);
  await server.crm({ user: USER, datastore: 'contacts', record: 'r', op: 'delete' });
  await allHold([phone, laptop], []);
});
