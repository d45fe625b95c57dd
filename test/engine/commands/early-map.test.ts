/**
 * A Map for an Add of an earlier session comes at the beginning of a sync that compares all items (M07). It says what the
 * client once stored, not what it has now.
 */
import { describe, expect, it } from 'vitest';
import { Device } from '../../kit/device.ts';
import { map, replace, vcard } from '../../kit/drafts.ts';
import { startServer } from '../../kit/server.ts';
import { addedGuids, begin, bodiesOf, confirm, upload } from '../steps.ts';

/** A phone got two contacts and did not say yet under which LUIDs it stored them. Then its user deleted one. */
async function withoutAda() {
  const server = await startServer();
  const laptop = new Device(server, { device: 'laptop' });
  for (const name of ['Ada', 'Berta']) laptop.add(vcard(name));
  await laptop.sync();
  const phone = new Device(server, { device: 'phone', lateMaps: true });
  expect((await phone.sync()).received.Add).toBe(2);
  phone.items.delete(phone.find('Ada'));
  phone.forgetAnchor();
  return { server, laptop, phone };
}

describe('an early Map', () => {
  it('does not name the item in a slow sync: the client gets it again', async () => {
    const { server, laptop, phone } = await withoutAda();
    expect((await phone.sync(201)).received).toEqual({ Add: 1, Replace: 0, Delete: 0 });
    expect(phone.contents).toEqual([vcard('Ada'), vcard('Berta')]);
    await phone.sync();
    await laptop.sync();
    expect(await bodiesOf(server)).toEqual(phone.contents);
  });

  it('does not keep the item in a refresh from the client', async () => {
    const { server, laptop, phone } = await withoutAda();
    await phone.sync(203);
    expect(await bodiesOf(server)).toEqual([vcard('Berta')]);
    await laptop.sync();
    expect(laptop.contents).toEqual([vcard('Berta')]);
  });

  it('does not name what the client throws away in a refresh from the server: it gets all anew', async () => {
    const { server, phone } = await withoutAda();
    expect((await phone.sync(205)).received).toEqual({ Add: 2, Replace: 0, Delete: 0 });
    expect(phone.contents).toEqual(await bodiesOf(server));
    expect((await phone.sync()).received).toEqual({ Add: 0, Replace: 0, Delete: 0 });
  });

  it('of an item that was deleted names nothing after a refresh from the server: brought back it is added', async () => {
    const { server, laptop, phone } = await withoutAda();
    const tablet = new Device(server, { device: 'tablet' });
    await tablet.sync();
    laptop.delete(laptop.find('Ada'));
    await laptop.sync();
    await phone.sync(205);
    tablet.replace(tablet.find('Ada'), vcard('Ada', 'TITLE:edited'));
    await tablet.sync();
    expect((await phone.sync()).received).toEqual({ Add: 1, Replace: 0, Delete: 0 });
    expect(phone.contents).toEqual([vcard('Ada', 'TITLE:edited'), vcard('Berta')]);
    expect((await phone.sync()).received).toEqual({ Add: 0, Replace: 0, Delete: 0 });
  });

  it('is a hint: what the client edited since is the item with this LUID', async () => {
    const { server, phone } = await withoutAda();
    phone.replace(phone.find('Berta'), vcard('Berta', 'TITLE:edited'));
    await phone.sync(201);
    expect(await bodiesOf(server)).toEqual([vcard('Ada'), vcard('Berta', 'TITLE:edited')]);
    expect(phone.contents).toEqual(await bodiesOf(server));
  });
});

describe('a Map in a slow sync that comes', () => {
  async function firstSync() {
    const server = await startServer();
    const laptop = new Device(server, { device: 'laptop' });
    for (const name of ['Ada', 'Berta']) laptop.add(vcard(name));
    await laptop.sync();
    return { server, ...(await begin(server, { next: 'n1' })) };
  }
  const next = { sessionId: '2', code: 200, last: 'n1', next: 'n2', info: false } as const;

  it('after the client has named the item renames it', async () => {
    const { server, session } = await firstSync();
    const [guid = ''] = addedGuids(await upload(session, [replace('1', vcard('Ada'))]));
    await confirm(session, [[guid, '2']]);
    const later = await begin(server, next);
    await upload(later.session, [
      replace('1', vcard('Ada', 'TITLE:x')),
      replace('2', vcard('Berta', 'TITLE:y')),
    ]);
    expect(await bodiesOf(server)).toEqual([vcard('Ada', 'TITLE:x'), vcard('Berta', 'TITLE:y')]);
  });

  it('after package #3 counts as naming', async () => {
    const { server, session } = await firstSync();
    const guids = addedGuids(await upload(session));
    await session.send([...session.statuses(), map(guids.map((guid, n) => [guid, `M${n}`] as const))]);
    const later = await begin(server, next);
    expect(addedGuids(await upload(later.session))).toEqual([]);
  });
});
