/** Copies of an item on one device, in every kind of sync: both LUIDs stand, and each is told of what others do. */
import { describe, expect, it } from 'vitest';
import { readReviews } from '../../../lib/app/changes.ts';
import { Device } from '../../kit/device.ts';
import { add, map, replace, sync, vcard } from '../../kit/drafts.ts';
import { startServer, USER } from '../../kit/server.ts';
import { heldBy, importAgain, NOTHING, pairWith, restoreSilently } from '../receive/copies.ts';
import { crm, told } from '../send/news.ts';
import { addedGuids, begin, bodiesOf, codeOf, confirm, liveItems, upload, wholeSync } from '../steps.ts';

/** The phone holds each card twice. */
async function twice(cards?: readonly string[], options?: Parameters<typeof pairWith>[1]) {
  const world = await pairWith(cards, options);
  importAgain(world.phone);
  await world.phone.sync();
  await world.laptop.sync();
  return world;
}

const changed = vcard('Ada', 'TEL:7');

async function changeOnLaptop(laptop: Device, card = changed): Promise<void> {
  laptop.replace(laptop.find('Ada'), card);
  await laptop.sync();
}

describe('what others do to an item of which a device has copies', () => {
  it('goes to each copy: a change, and a deletion', async () => {
    const { phone, laptop } = await twice();
    await changeOnLaptop(laptop);
    const report = await phone.sync();
    expect([report.received, report.announced]).toEqual([{ ...NOTHING, Replace: 2 }, 2]);
    expect(phone.contents.filter((card) => card === changed)).toHaveLength(2);
    laptop.delete(laptop.find('Ada'));
    await laptop.sync();
    const { received, announced } = await phone.sync();
    expect([received, announced]).toEqual([{ ...NOTHING, Delete: 2 }, 2]);
    expect((await phone.sync()).received).toEqual(NOTHING);
  });

  it('goes to each copy over several messages, and once to each', async () => {
    const { server, phone, laptop } = await twice([vcard('Ada')], { maxMsgSize: 3_000 });
    for (let n = 0; n < 4; n += 1) phone.add(vcard('Ada'));
    await phone.sync();
    const long = vcard('Ada', `NOTE:${'x'.repeat(1_500)}`);
    await changeOnLaptop(laptop, long);
    expect((await phone.sync()).received).toEqual({ ...NOTHING, Replace: 6 });
    expect(phone.contents).toEqual(Array(6).fill(long));
    expect((await phone.sync()).received).toEqual(NOTHING);
    expect((await heldBy(server)).Ada).toHaveLength(6);
  });

  it('goes to each copy in chunks', async () => {
    const { phone, laptop } = await twice([vcard('Ada')], { maxMsgSize: 3_000 });
    const large = vcard('Ada', `NOTE:${Array.from({ length: 2_000 }, (_, n) => `w${n}`).join(' ')}`);
    await changeOnLaptop(laptop, large);
    expect((await phone.sync()).received).toEqual({ ...NOTHING, Replace: 2 });
    expect(phone.contents).toEqual([large, large]);
  });

  // In message 4 the first copy is told, and the second one not begun: it is the first object of the resume. A client may
  // ignore that (E67), so the change is told once more.
  it.each([
    [3, 0],
    [4, 2],
    [5, 0],
    [6, 0],
    [7, 0],
  ])('goes to each copy where the session is suspended in message %i and resumed', async (at, again) => {
    const { phone, laptop } = await twice([vcard('Ada')], { maxMsgSize: 3_000 });
    const large = vcard('Ada', `NOTE:${Array.from({ length: 900 }, (_, n) => `w${n}`).join(' ')}`);
    await changeOnLaptop(laptop, large);
    phone.suspendAt = at;
    await expect(phone.sync()).rejects.toThrow();
    await phone.sync(225);
    expect(phone.contents).toEqual([large, large]);
    expect((await phone.sync()).received).toEqual({ ...NOTHING, Replace: again });
    expect((await phone.sync()).received).toEqual(NOTHING);
  });

  it('a copy that the device has lost is dropped, and the item is not sent again', async () => {
    const { server, phone, laptop } = await pairWith();
    restoreSilently(phone);
    await phone.sync();
    await changeOnLaptop(laptop);
    expect((await phone.sync()).received).toEqual({ ...NOTHING, Replace: 1 });
    expect((await heldBy(server)).Ada).toEqual(['new-0']);
    expect((await phone.sync()).received).toEqual(NOTHING);
    laptop.delete(laptop.find('Berta'));
    await laptop.sync();
    expect((await phone.sync()).received).toEqual({ ...NOTHING, Delete: 1 });
    await laptop.sync();
    expect(laptop.contents).toEqual(phone.contents);
  });

  it.each([1, 2])(
    'a copy that is lost is dropped, and %i stand: the change comes in chunks',
    async (count) => {
      const { server, phone, laptop } = await pairWith([vcard('Ada')], { maxMsgSize: 3_000 });
      if (count === 2) importAgain(phone);
      await phone.sync();
      phone.lose('L1');
      const large = vcard('Ada', `NOTE:${Array.from({ length: 2_000 }, (_, n) => `w${n}`).join(' ')}`);
      await changeOnLaptop(laptop, large);
      for (let n = 0; n < 2; n += 1) await phone.sync();
      expect(phone.contents).toEqual([large]);
      expect(await heldBy(server)).toEqual({ Ada: ['L2'] });
      expect((await phone.sync()).received).toEqual(NOTHING);
    },
  );

  it('C39: the item is added anew where the device has lost all its copies', async () => {
    const { server, phone, laptop } = await twice([vcard('Ada')]);
    for (const luid of [...phone.items.keys()]) phone.lose(luid);
    await changeOnLaptop(laptop);
    await phone.sync();
    expect(await heldBy(server)).toEqual({ Ada: [] });
    expect((await phone.sync()).received).toEqual({ ...NOTHING, Add: 1 });
    expect(phone.contents).toEqual([changed]);
  });

  it('C42: is sent again where the device refused it for one of them', async () => {
    const { server, laptop } = await pairWith([]);
    await wholeSync(server, { next: 'n1', info: false }, [add('1', vcard('Ada'))]);
    await wholeSync(server, { sessionId: '2', code: 200, last: 'n1', next: 'n2', info: false }, [
      add('2', vcard('Ada')),
    ]);
    await laptop.sync();
    await changeOnLaptop(laptop);
    const start = { code: 200, info: false } as const;
    const { session } = await begin(server, { ...start, sessionId: '3', last: 'n2', next: 'n3' });
    const reply = await upload(session);
    expect(told(reply)).toEqual(['Replace Ada as 1', 'Replace Ada as 2']);
    const [first = '', second = ''] = reply.commands.flatMap((one) =>
      one.name === 'Sync' ? one.commands.map(({ cmdId }) => cmdId) : [],
    );
    session.refused.set(second, 500);
    session.refused.set(first, 200);
    await confirm(session);
    const next = await begin(server, { ...start, sessionId: '4', last: 'n3', next: 'n4' });
    expect(told(await upload(next.session))).toContain('Replace Ada as 2');
  });

  it('E16: is deleted and added anew once, where the device wants that', async () => {
    const server = await startServer();
    const phone = new Device(server, { device: 'phone' });
    const laptop = new Device(server, { device: 'laptop' });
    phone.add(vcard('Ada'));
    await phone.sync();
    await laptop.sync();
    importAgain(phone);
    await phone.sync();
    await changeOnLaptop(laptop);
    expect((await phone.sync(201)).received.Replace).toBe(2);
    expect(phone.contents).toEqual([changed, changed]);
  });
});

describe('a slow sync', () => {
  it('in which both copies come again: both stand', async () => {
    const { server, phone, laptop } = await twice();
    expect((await phone.sync(201)).received).toEqual(NOTHING);
    expect((await laptop.sync()).received).toEqual(NOTHING);
    expect(Object.values(await heldBy(server)).every(({ length }) => length === 2)).toBe(true);
    await changeOnLaptop(laptop);
    expect((await phone.sync()).received).toEqual({ ...NOTHING, Replace: 2 });
  });

  it.each([1, 100])(
    'after others changed the item, %i in a message: both get the change',
    async (perMessage) => {
      const { server, phone, laptop } = await twice(undefined, { perMessage });
      await changeOnLaptop(laptop);
      expect((await phone.sync(201)).received).toEqual({ ...NOTHING, Replace: 2 });
      expect(await liveItems(server)).toHaveLength(5);
      expect((await laptop.sync()).received).toEqual(NOTHING);
    },
  );

  it('after others deleted the item: it comes back once, and both stand', async () => {
    const { server, phone, laptop } = await twice();
    laptop.delete(laptop.find('Ada'));
    await laptop.sync();
    expect((await phone.sync(201)).received).toEqual(NOTHING);
    expect((await laptop.sync()).received).toEqual({ ...NOTHING, Add: 1 });
    expect((await heldBy(server)).Ada).toHaveLength(2);
  });

  it.each([0, 1])('of which copy %i was changed: it is an item of its own', async (at) => {
    const { server, phone, laptop } = await twice([vcard('Ada', 'NOTE:n')]);
    phone.replace([...phone.items.keys()][at] ?? '', vcard('Ada', 'NOTE:n', 'TEL:1'));
    await phone.sync(201);
    await laptop.sync();
    expect(await bodiesOf(server)).toEqual([vcard('Ada', 'NOTE:n'), vcard('Ada', 'NOTE:n', 'TEL:1')].sort());
    expect(laptop.contents).toEqual(phone.contents);
  });

  it('drops the LUIDs that do not come, not the item', async () => {
    const { server, phone, laptop } = await pairWith();
    restoreSilently(phone);
    await phone.sync();
    expect((await phone.sync(201)).received).toEqual(NOTHING);
    expect((await laptop.sync()).received).toEqual(NOTHING);
    expect((await heldBy(server)).Ada).toEqual(['new-0']);
    await changeOnLaptop(laptop);
    expect((await phone.sync()).received).toEqual({ ...NOTHING, Replace: 1 });
  });

  it('to which items come that were restored since the last sync: no doubles', async () => {
    const { phone, laptop } = await pairWith();
    restoreSilently(phone);
    expect((await phone.sync(201)).received).toEqual(NOTHING);
    expect((await laptop.sync()).received).toEqual(NOTHING);
  });

  it('that breaks and is done again', async () => {
    const { server, phone, laptop } = await twice(undefined, { perMessage: 2 });
    phone.suspendAt = 4;
    await expect(phone.sync(201)).rejects.toThrow();
    await phone.sync(201);
    expect((await laptop.sync()).received).toEqual(NOTHING);
    expect(Object.values(await heldBy(server)).every(({ length }) => length === 2)).toBe(true);
  });
});

describe('a refresh', () => {
  it('from the client: both copies stand; items that have none are deleted', async () => {
    const { server, phone, laptop } = await twice();
    for (const [luid, card] of [...phone.items]) if (card.includes('FN:Berta')) phone.items.delete(luid);
    await phone.sync(203);
    expect((await laptop.sync()).received).toEqual({ ...NOTHING, Delete: 1 });
    expect((await heldBy(server)).Ada).toHaveLength(2);
  });

  it('from the server: one Add, one LUID', async () => {
    const { server, phone, laptop } = await twice();
    expect((await phone.sync(205)).received).toEqual({ ...NOTHING, Add: 5 });
    expect(phone.contents).toEqual(laptop.contents);
    expect(Object.values(await heldBy(server)).every(({ length }) => length === 1)).toBe(true);
    await changeOnLaptop(laptop);
    expect((await phone.sync()).received).toEqual({ ...NOTHING, Replace: 1 });
  });
});

describe('a one-way sync', () => {
  it('from the client links copies', async () => {
    const { phone, laptop } = await pairWith();
    importAgain(phone);
    await phone.sync(202);
    expect((await laptop.sync()).received).toEqual(NOTHING);
    await changeOnLaptop(laptop);
    expect((await phone.sync(204)).received).toEqual({ ...NOTHING, Replace: 2 });
  });
});

describe('an Add of a copy', () => {
  const start = (n: number) =>
    ({ sessionId: `${n}`, code: 200, last: `n${n - 1}`, next: `n${n}`, info: false }) as const;

  async function known() {
    const { server, laptop } = await pairWith([]);
    await wholeSync(server, { next: 'n1', info: false }, [add('1', vcard('Ada'))]);
    return { server, laptop };
  }

  it('that comes again, in the message and in the next session', async () => {
    const { server, laptop } = await known();
    const { session } = await begin(server, start(2));
    await upload(session, [add('2', vcard('Ada'))]);
    await session.resend();
    await begin(server, { ...start(2), sessionId: '3' }).then(({ session: next }) =>
      upload(next, [add('2', vcard('Ada'))]),
    );
    expect(await heldBy(server, 'phone-1')).toEqual({ Ada: ['1', '2'] });
    expect((await laptop.sync()).received).toEqual({ ...NOTHING, Add: 1 });
  });

  it.each([
    ['that lists few properties', ['N', 'FN', 'TEL']],
    ['that lists one more by now', ['N', 'FN', 'TEL', 'TITLE']],
  ])('of an item that others changed, from a device %s: one item', async (_, properties) => {
    const { server, phone, laptop } = await pairWith([vcard('Lovelace', 'TEL:+491701234567')], {
      properties: ['N', 'FN', 'TEL'],
    });
    laptop.replace(laptop.find('Lovelace'), vcard('Lovelace', 'TEL:+491701234567', 'TITLE:a', 'NOTE:b'));
    await laptop.sync();
    await phone.sync();
    const [copy = ''] = phone.contents;
    const newer = vcard('Lovelace', 'TEL:+491701234568', 'TITLE:c', 'NOTE:d');
    laptop.replace(laptop.find('Lovelace'), newer);
    await laptop.sync();
    phone.add(copy);
    phone.options = { ...phone.options, properties };
    await phone.sync();
    await laptop.sync();
    expect(laptop.contents).toEqual([newer]);
    expect((await heldBy(server)).Lovelace).toHaveLength(2);
    for (const text of phone.contents) expect(text).toContain('TEL:+491701234568');
  });

  it('in parts: a namesake of an item that others brought is noted for a review', async () => {
    const { server, phone, laptop } = await pairWith([vcard('Lovelace', 'TEL:+491701234567', 'TITLE:a')]);
    laptop.add(vcard('Lovelace', 'TEL:+491701234567', 'TITLE:b'));
    await laptop.sync();
    await phone.sync();
    expect(phone.contents).toHaveLength(2);
    expect(await readReviews(server.store, USER, 'contacts')).toHaveLength(1);
  });

  it('and its change in one message', async () => {
    const { server } = await known();
    await wholeSync(server, start(2), [add('2', vcard('Ada')), replace('2', changed)]);
    expect(await bodiesOf(server)).toEqual([vcard('Ada'), changed].sort());
  });

  it('a change that comes again finds the item that it made', async () => {
    const { server } = await known();
    await wholeSync(server, start(2), [add('2', vcard('Ada'))]);
    for (const sessionId of ['3', '4'])
      await upload((await begin(server, { ...start(3), sessionId })).session, [replace('2', changed)]);
    expect(await bodiesOf(server)).toEqual([vcard('Ada'), changed].sort());
  });

  it('while another device changes the item, at the same time', async () => {
    const { server, phone, laptop } = await pairWith();
    importAgain(phone);
    laptop.replace(laptop.find('Ada'), changed);
    await Promise.all([phone.sync(), laptop.sync()]);
    for (const device of [phone, laptop, phone, laptop]) await device.sync();
    expect(await liveItems(server)).toHaveLength(5);
    expect(phone.contents.filter((card) => card === changed)).toHaveLength(2);
    expect(laptop.contents.filter((card) => card === changed)).toHaveLength(1);
  });

  it('in two messages at the same time', async () => {
    const { server, laptop } = await known();
    const sessions = await Promise.all([begin(server, start(2)).then(({ session }) => session)]);
    await Promise.all(
      sessions.flatMap((session) => [
        upload(session, [add('2', vcard('Ada'))]),
        session.resend().catch(() => {}),
      ]),
    );
    await laptop.sync();
    expect(await liveItems(server)).toHaveLength(1);
  });
});

describe('a Map', () => {
  /** The phone got Ada from the CRM; its Map has not come yet. */
  async function unmapped() {
    const server = await startServer();
    await wholeSync(server, { next: 'n1', info: false });
    await crm(server, 'Ada');
    const { session } = await begin(server, {
      sessionId: '2',
      code: 200,
      last: 'n1',
      next: 'n2',
      info: false,
    });
    const [guid = ''] = addedGuids(await upload(session));
    await confirm(session);
    return { server, guid };
  }
  const third = { sessionId: '3', code: 200, last: 'n2', next: 'n3', info: false } as const;
  const fourth = { sessionId: '4', code: 200, last: 'n3', next: 'n4', info: false } as const;

  it('that comes late, with a copy behind it: both stand', async () => {
    const { server, guid } = await unmapped();
    const { session } = await begin(server, third);
    const early = map([[guid, '1']]);
    const { reply } = await session.send([...session.statuses(), early, sync([add('2', vcard('Ada'))])]);
    expect(codeOf(reply, 'Map')).toBe(200);
    await confirm(session);
    await crm(server, 'Ada', 'upsert', 'TEL:1');
    expect(told(await upload((await begin(server, fourth)).session))).toEqual([
      'Replace Ada as 1',
      'Replace Ada as 2',
    ]);
    expect(await liveItems(server)).toHaveLength(1);
  });

  it('of each of two Adds, because the first Map never came: both stand', async () => {
    const { server, guid } = await unmapped();
    const { session } = await begin(server, third);
    await upload(session); // Ada is added once more
    await confirm(session, [
      [guid, '1'],
      [guid, '2'],
    ]);
    await crm(server, 'Ada', 'upsert', 'TEL:1');
    const next = told(await upload((await begin(server, fourth)).session));
    expect(next).toContain('Replace Ada as 2');
    expect(next.filter((one) => one.startsWith('Add'))).toEqual([]);
  });

  it('M10: that names another LUID takes the place of the first one, and copies stay', async () => {
    const { server, guid } = await unmapped();
    const { session } = await begin(server, third);
    await session.send([...session.statuses(), map([[guid, '1']]), sync([add('2', vcard('Ada'))])]);
    await confirm(session);
    const next = (await begin(server, fourth)).session;
    await next.send([...next.statuses(), map([[guid, '9']]), sync([])]);
    expect((await heldBy(server, 'phone-1')).Ada).toEqual(['9', '2']);
  });
});
