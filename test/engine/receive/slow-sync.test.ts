import { describe, expect, it } from 'vitest';
import { readChanges } from '../../../lib/app/changes.ts';
import { Device } from '../../kit/device.ts';
import { vcard } from '../../kit/drafts.ts';
import { readItem } from '../../kit/items.ts';
import { startServer, USER } from '../../kit/server.ts';
import { begin, bodiesOf, liveItems, upload } from '../steps.ts';

async function synced(names: readonly string[]) {
  const server = await startServer();
  const phone = new Device(server, { device: 'phone' });
  const laptop = new Device(server, { device: 'laptop' });
  for (const name of names) phone.add(vcard(name));
  await phone.sync();
  await laptop.sync();
  return { server, phone, laptop };
}

describe('slow sync', () => {
  it('Y02 Y10 Y14: links what both sides have and makes no double', async () => {
    const { server, phone, laptop } = await synced(['Ada', 'Berta', 'Carl']);
    const commits = await readChanges(server.store, USER);
    const report = await phone.sync(201);
    expect(report.received).toEqual({ Add: 0, Replace: 0, Delete: 0 });
    expect([...report.codes.values()]).toEqual([200, 200, 200]);
    expect(await readChanges(server.store, USER)).toEqual(commits);
    await laptop.sync();
    expect(laptop.contents).toEqual(phone.contents);
  });

  it('ignores folding, order, PRODID, REV and UID when it compares', async () => {
    const { server, phone } = await synced([]);
    phone.add(vcard('Ada', 'TEL:1', 'NOTE:a long note that a client may fold'));
    await phone.sync();
    const tablet = new Device(server, { device: 'tablet' });
    tablet.add(
      'BEGIN:VCARD\nVERSION:3.0\nUID:x-1\nREV:20300101T000000Z\nNOTE:a long note that \n a client may fold\nTEL:1\nFN:Ada\nN:Ada;;;;\nPRODID:x\nEND:VCARD',
    );
    expect((await tablet.sync()).received).toEqual({ Add: 0, Replace: 0, Delete: 0 });
    expect((await phone.sync()).received).toEqual({ Add: 0, Replace: 0, Delete: 0 });
  });

  it('links an item that was edited before it, by the mapping of the settled generation', async () => {
    const { phone, laptop } = await synced(['Ada', 'Berta']);
    phone.replace(phone.find('Ada'), vcard('Ada', 'TEL:7'));
    await phone.sync(201);
    await laptop.sync();
    expect(laptop.contents).toEqual([vcard('Ada', 'TEL:7'), vcard('Berta')].sort());
    expect(phone.contents).toEqual(laptop.contents);
  });

  it.each(['client-wins', 'newest-wins', 'keep-both', 'server-wins'] as const)(
    'takes what the device had before for no change, also under another LUID (%s)',
    async (policy) => {
      const server = await startServer({ policies: { contacts: policy } });
      const [phone, laptop] = ['phone', 'laptop'].map((device) => new Device(server, { device }));
      const ada = (title: string) => vcard('Ada;Byron', 'TEL;TYPE=CELL:+491701234567', `TITLE:${title}`);
      phone?.add(ada('old'));
      await phone?.sync();
      await laptop?.sync();
      laptop?.replace(laptop.find('Ada'), ada('new'));
      await laptop?.sync();
      const wiped = new Device(server, { device: 'phone' });
      wiped.add(ada('old'), 'another-luid');
      await wiped.sync(201);
      await laptop?.sync();
      expect([wiped.contents, laptop?.contents]).toEqual([[ada('new')], [ada('new')]]);
    },
  );

  it('takes what the device shows of an item for no change, also under another LUID', async () => {
    const server = await startServer({ policies: { tasks: 'keep-both' } });
    const todo = (version: string, ...own: string[]) =>
      ['BEGIN:VCALENDAR', `VERSION:${version}`, 'BEGIN:VTODO', ...own, 'END:VTODO', 'END:VCALENDAR', ''].join(
        '\r\n',
      );
    const laptop = new Device(server, { device: 'laptop', datastore: 'tasks', type: 'text/calendar' });
    const options = { device: 'phone', datastore: 'tasks', type: 'text/x-vcalendar' };
    const phone = new Device(server, options);
    laptop.add(todo('2.0', 'UID:1', 'SUMMARY:Tidy up', 'STATUS:IN-PROCESS', 'PERCENT-COMPLETE:6'));
    await laptop.sync();
    await phone.sync();
    const wiped = new Device(server, options);
    wiped.add(todo('1.0', 'SUMMARY:Tidy up', 'STATUS:NEEDS ACTION'), 'another-luid');
    await wiped.sync(201);
    const before = laptop.contents;
    await laptop.sync();
    expect(laptop.contents).toEqual(before);
  });

  it('does not link by LUID what is about somebody else', async () => {
    const { server, phone, laptop } = await synced(['Ada']);
    const fresh = new Device(server, { device: 'phone' });
    fresh.add(vcard('Zoe'), [...phone.items.keys()][0]);
    await fresh.sync(201);
    await laptop.sync();
    expect(fresh.contents).toEqual([vcard('Ada'), vcard('Zoe')]);
    expect(laptop.contents).toEqual(fresh.contents);
  });

  it('keeps equal items of one side apart', async () => {
    const { server, phone } = await synced(['Ada']);
    const tablet = new Device(server, { device: 'tablet' });
    tablet.add(vcard('Ada'));
    tablet.add(vcard('Ada'));
    expect((await tablet.sync()).received.Add).toBe(0);
    expect((await phone.sync()).received.Add).toBe(1);
    expect(phone.contents).toEqual([vcard('Ada'), vcard('Ada')]);
  });

  it('is forced by a wrong anchor, and after it the mapping works', async () => {
    const { phone, laptop } = await synced(['Ada']);
    phone.forgetAnchor();
    expect((await phone.sync(200)).code).toBe(201);
    laptop.replace(laptop.find('Ada'), vcard('Ada', 'TEL:3'));
    await laptop.sync();
    expect((await phone.sync()).received).toEqual({ Add: 0, Replace: 1, Delete: 0 });
    phone.replace(phone.find('Ada'), vcard('Ada', 'TEL:4'));
    await phone.sync();
    await laptop.sync();
    expect(laptop.contents).toEqual([vcard('Ada', 'TEL:4')]);
  });
});

describe('in a slow sync, what another device has deleted', () => {
  it.each([0, 2])('is the same item again, also after %i slow syncs that broke', async (broken) => {
    const { server, phone, laptop } = await synced(['Ada']);
    const tablet = new Device(server, { device: 'tablet' });
    await tablet.sync();
    const [before] = await liveItems(server);
    laptop.delete(laptop.find('Ada'));
    await laptop.sync();
    for (let n = 0; n < broken; n += 1) {
      const session = { device: 'phone', sessionId: `broken-${n}`, code: 201, info: false } as const;
      await upload((await begin(server, session)).session, [], { final: false });
    }
    await phone.sync(201);
    const [after] = await liveItems(server);
    expect(after?.guid).toBe(before?.guid);
    tablet.replace(tablet.find('Ada'), vcard('Ada', 'TEL:1'));
    await tablet.sync();
    expect(await bodiesOf(server)).toEqual([vcard('Ada', 'TEL:1')]);
  });
});

describe('one-way and refresh', () => {
  it('Y03: one-way from client tells the client nothing, and what others did is still news later', async () => {
    const { phone, laptop } = await synced(['Ada']);
    laptop.add(vcard('Lena'));
    await laptop.sync();
    phone.add(vcard('Paul'));
    expect((await phone.sync(202)).received).toEqual({ Add: 0, Replace: 0, Delete: 0 });
    expect((await phone.sync()).received.Add).toBe(1);
    await laptop.sync();
    expect(phone.contents).toEqual(laptop.contents);
  });

  it('Y04: refresh from client deletes what the client has not, links what it has', async () => {
    const { server, phone, laptop } = await synced(['Ada', 'Berta', 'Carl']);
    phone.items.delete(phone.find('Berta'));
    phone.add(vcard('Dora'));
    await phone.sync(203);
    const ops = (await readChanges(server.store, USER)).slice(3).map(({ op }) => op);
    expect(ops.sort()).toEqual(['add', 'delete']);
    await laptop.sync();
    expect(laptop.contents).toEqual([vcard('Ada'), vcard('Carl'), vcard('Dora')]);
  });

  it('refresh from client with nothing empties the datastore; every version is kept', async () => {
    const { phone, laptop } = await synced(['Ada', 'Berta']);
    phone.items.clear();
    await phone.sync(203);
    await laptop.sync();
    expect(laptop.contents).toEqual([]);
  });

  it('Y05: one-way from server sends changes and takes none', async () => {
    const { phone, laptop } = await synced(['Ada']);
    laptop.add(vcard('Lena'));
    await laptop.sync();
    expect((await phone.sync(204)).received).toEqual({ Add: 1, Replace: 0, Delete: 0 });
  });

  it('Y06: refresh from server replaces the client, and its new LUIDs work', async () => {
    const { phone, laptop } = await synced(['Ada', 'Berta']);
    phone.add(vcard('Only here'));
    expect((await phone.sync(205)).received.Add).toBe(2);
    expect(phone.contents).toEqual(laptop.contents);
    phone.replace(phone.find('Ada'), vcard('Ada', 'TEL:5'));
    await phone.sync();
    expect((await laptop.sync()).received).toEqual({ Add: 0, Replace: 1, Delete: 0 });
  });
});

describe('in a slow sync, what was renamed meanwhile', () => {
  const event = (...lines: string[]) =>
    readItem(
      'text/calendar',
      ['BEGIN:VCALENDAR', 'VERSION:2.0', 'BEGIN:VEVENT', ...lines, 'END:VEVENT', 'END:VCALENDAR', ''].join(
        '\r\n',
      ),
    ).body;
  const ada = vcard('Ada', 'ORG:Acme', 'X-OWN:1', 'NOTE:x');
  const planning = event('UID:u', 'DTSTART:20300304T090000Z', 'SUMMARY:Planning', 'DESCRIPTION:x');
  const cases = [
    ['a contact', 'contacts', 'text/vcard', ['N', 'FN', 'TEL', 'ORG'], ada, ['Ada', 'Eve']],
    [
      'an appointment',
      'calendar',
      'text/calendar',
      ['DTSTART', 'SUMMARY', 'UID'],
      planning,
      ['Planning', 'Party'],
    ],
  ] as const;

  it.each(cases)(
    '%s, elsewhere, is no double on a device that holds little',
    async (_, datastore, type, properties, item, [from, to]) => {
      const server = await startServer();
      const laptop = new Device(server, { device: 'laptop', datastore, type });
      const phone = new Device(server, { device: 'phone', datastore, type, properties });
      laptop.add(item);
      await laptop.sync();
      await phone.sync();
      laptop.replace(laptop.find(from), item.replaceAll(from, to));
      await laptop.sync();
      phone.forgetAnchor();
      await phone.sync();
      await laptop.sync();
      expect([...laptop.items.values()]).toEqual([item.replaceAll(from, to)]);
      expect([...phone.items.values()].join()).toContain(to);
      expect(phone.items.size).toBe(1);
    },
  );

  it('on the device itself, is no double where its time says what it is', async () => {
    const server = await startServer();
    const phone = new Device(server, { device: 'phone', datastore: 'calendar', type: 'text/calendar' });
    phone.add(planning);
    await phone.sync();
    phone.replace(phone.find('Planning'), planning.replace('Planning', 'Review'));
    phone.forgetAnchor();
    await phone.sync();
    expect(await bodiesOf(server, 'calendar')).toEqual([planning.replace('Planning', 'Review')]);
  });
});
