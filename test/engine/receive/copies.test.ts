/** An item that a device adds again under another LUID: both LUIDs stand for it. */
import { describe, expect, it } from 'vitest';
import { readChanges } from '../../../lib/app/changes.ts';
import { MAX_LUIDS } from '../../../lib/engine/model/limits.ts';
import { Device } from '../../kit/device.ts';
import { add, remove, replace, vcard } from '../../kit/drafts.ts';
import { startServer, USER } from '../../kit/server.ts';
import type { Draft } from '../../kit/session.ts';
import { begin, bodiesOf, codesByLuid, confirm, liveItems, upload, wholeSync } from '../steps.ts';
import { heldBy, importAgain, NAMES, NOTHING, pairWith, restoreSilently } from './copies.ts';

const event = (summary: string) =>
  [
    ...['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//x//y//EN', 'BEGIN:VEVENT', `UID:${summary}@example.com`],
    ...[
      'DTSTART:20300105T100000Z',
      'DTEND:20300105T110000Z',
      `SUMMARY:${summary}`,
      'END:VEVENT',
      'END:VCALENDAR',
      '',
    ],
  ].join('\r\n');
const task = (summary: string) =>
  event(summary)
    .replaceAll('VEVENT', 'VTODO')
    .replace(/DTEND.*\r\n/, '');

describe('items that a device restores from a backup, by Adds only', () => {
  it.each([
    ['contacts', 'text/vcard', vcard],
    ['calendar', 'text/calendar', event],
    ['tasks', 'text/calendar', task],
    ['notes', 'text/plain', (name: string) => `Note of ${name}`],
  ] as const)('%s: nobody else hears of them', async (datastore, type, item) => {
    const items = NAMES.map((name) => item(name));
    const { server, phone, laptop } = await pairWith(items, { datastore, type });
    const before = await readChanges(server.store, USER);
    restoreSilently(phone);
    const { codes, received } = await phone.sync();
    expect([...codes.values()]).toEqual([201, 201, 201, 201, 201]);
    expect(received).toEqual(NOTHING);
    expect(await readChanges(server.store, USER)).toEqual(before);
    expect((await laptop.sync()).received).toEqual(NOTHING);
    const tablet = new Device(server, { device: 'tablet', datastore, type });
    expect((await tablet.sync()).received).toEqual({ ...NOTHING, Add: 5 });
  });

  it.each([1, 2, 100])('and then deletes the old ones, %i changes in a message', async (perMessage) => {
    const { server, phone, laptop } = await pairWith(undefined, { perMessage });
    const old = [...phone.items.keys()];
    const copies = importAgain(phone);
    for (const luid of old) phone.delete(luid);
    await phone.sync();
    expect((await laptop.sync()).received).toEqual(NOTHING);
    expect(
      Object.values(await heldBy(server))
        .flat()
        .sort(),
    ).toEqual(copies.sort());
  });

  it.each([1, 100])('when it deleted the old ones before, %i changes in a message', async (perMessage) => {
    const { phone, laptop } = await pairWith(undefined, { perMessage });
    const cards = [...phone.items.values()];
    for (const luid of phone.items.keys()) phone.delete(luid);
    for (const [n, card] of cards.entries()) phone.add(card, `new-${n}`);
    await phone.sync();
    await laptop.sync();
    expect(laptop.contents).toEqual(phone.contents);
    expect(laptop.contents).toHaveLength(5);
  });

  it('that came from others, and hold more than the device can hold', async () => {
    const { server, laptop } = await pairWith([vcard('Ada', 'TEL:1', 'TITLE:Countess', 'X-ODD:1')]);
    const old = new Device(server, { device: 'old', type: 'text/x-vcard', properties: ['N', 'FN', 'TEL'] });
    await old.sync();
    restoreSilently(old);
    await old.sync();
    expect((await laptop.sync()).received).toEqual(NOTHING);
    expect((await heldBy(server, 'old')).Ada).toHaveLength(2);
  });

  it.each(['text/x-vcard', 'text/x-s4j-sifc'])('in the dialect %s', async (type) => {
    const { server, laptop } = await pairWith([
      vcard('Ada', 'TEL;TYPE=CELL:+491701', 'NOTE:n'),
      vcard('Berta'),
    ]);
    const other = new Device(server, { device: 'other', type });
    await other.sync();
    restoreSilently(other);
    await other.sync();
    expect((await laptop.sync()).received).toEqual(NOTHING);
  });

  it.each([
    ['in UTC', 'text/x-vcalendar', 'T160000', 'T163000'],
    ['in SIF', 'text/x-s4j-sife', 'T160000', 'T163000'],
    ['on another day in UTC', 'text/x-vcalendar', 'T003000', 'T010000'],
  ])('that came with a zone, and are told by another clock: %s', async (_, type, start, end) => {
    const server = await startServer();
    const phone = new Device(server, { device: 'phone', datastore: 'calendar', type });
    await server.crm({
      ...{ user: USER, datastore: 'calendar', record: 'r1', op: 'upsert', type: 'text/calendar' },
      body: [
        ...['BEGIN:VCALENDAR', 'VERSION:2.0', 'BEGIN:VEVENT', 'SUMMARY:Board', 'LOCATION:Room 1'],
        ...[`DTSTART;TZID=Europe/Berlin:20300304${start}`, `DTEND;TZID=Europe/Berlin:20300304${end}`],
        ...['END:VEVENT', 'END:VCALENDAR', ''],
      ].join('\r\n'),
    });
    await phone.sync();
    importAgain(phone);
    await phone.sync();
    expect(phone.items.size).toBe(2);
    expect(await bodiesOf(server, 'calendar')).toHaveLength(1);
  });

  it('one of which others changed meanwhile: each copy gets the change', async () => {
    const { server, phone, laptop } = await pairWith();
    laptop.replace(laptop.find('Ada'), vcard('Ada', 'TEL:7'));
    await laptop.sync();
    importAgain(phone);
    expect((await phone.sync()).received).toEqual({ ...NOTHING, Replace: 2 });
    expect((await laptop.sync()).received).toEqual(NOTHING);
    expect(await liveItems(server)).toHaveLength(5);
    expect(phone.contents.filter((card) => card === vcard('Ada', 'TEL:7'))).toHaveLength(2);
  });

  it('one of which others deleted meanwhile: it is a new item', async () => {
    const { phone, laptop } = await pairWith();
    laptop.delete(laptop.find('Ada'));
    await laptop.sync();
    importAgain(phone);
    expect((await phone.sync()).received).toEqual({ ...NOTHING, Delete: 1 });
    expect((await laptop.sync()).received).toEqual({ ...NOTHING, Add: 1 });
  });

  it('twice over: three LUIDs stand', async () => {
    const { server, phone, laptop } = await pairWith([vcard('Ada')]);
    importAgain(phone);
    await phone.sync();
    phone.add(vcard('Ada'));
    await phone.sync();
    expect(await heldBy(server)).toEqual({ Ada: ['L1', 'L2', 'L3'] });
    expect((await laptop.sync()).received).toEqual(NOTHING);
  });
});

describe('equal items that a device adds', () => {
  it.each([1, 2])('for the first time, %i in a message, are one', async (perMessage) => {
    const { server, phone, laptop } = await pairWith([], { perMessage });
    phone.add(vcard('Ada'));
    phone.add(vcard('Ada'));
    await phone.sync();
    expect((await laptop.sync()).received).toEqual({ ...NOTHING, Add: 1 });
    expect(await heldBy(server)).toEqual({ Ada: ['L1', 'L2'] });
  });

  it('are spread over the equal items that it holds', async () => {
    const server = await startServer();
    const phone = new Device(server, { device: 'phone' });
    for (let n = 0; n < 2; n += 1) phone.add(vcard('Ada'));
    await phone.sync(); // a slow sync keeps them apart
    importAgain(phone);
    await phone.sync();
    const luids = (await liveItems(server)).map((item) => Object.values(item.luids['d:phone'] ?? {}).flat());
    expect(luids.map(({ length }) => length)).toEqual([2, 2]);
  });

  it('are as many items as it takes, where they are too many for one', async () => {
    const { server, phone } = await pairWith([vcard('Ada')]);
    for (let n = 0; n < MAX_LUIDS; n += 1) phone.add(vcard('Ada'));
    await phone.sync();
    expect(await liveItems(server)).toHaveLength(2);
    for (let n = 0; n < MAX_LUIDS - 1; n += 1) phone.add(vcard('Ada'));
    await phone.sync();
    expect(await liveItems(server)).toHaveLength(2);
  });

  it('are two where the device says Copy: that is what its user wants', async () => {
    const { server } = await pairWith([]);
    await wholeSync(server, { next: 'n1', info: false }, [add('1', vcard('Ada'))]);
    const copy = {
      name: 'Copy',
      items: [{ source: { uri: '1' }, target: { uri: '2' } }],
    } as unknown as Draft;
    await wholeSync(server, { sessionId: '2', code: 200, last: 'n1', next: 'n2', info: false }, [copy]);
    expect(await bodiesOf(server)).toEqual([vcard('Ada'), vcard('Ada')]);
  });

  it('are as many as the records that the CRM saves: each record stays one', async () => {
    const { server } = await pairWith([]);
    const record = { user: 'anna', datastore: 'contacts', op: 'upsert', body: vcard('Ada') } as const;
    await server.crm({ ...record, record: 'r1' });
    await server.crm({ ...record, record: 'r2' });
    expect(await liveItems(server)).toHaveLength(2);
  });

  it('are not equal to an item that differs in anything', async () => {
    const { server, phone } = await pairWith([vcard('Ada', 'TEL:1')]);
    phone.add(vcard('Ada', 'TEL:2'));
    await phone.sync();
    expect(await liveItems(server)).toHaveLength(2);
  });
});

describe('a copy of an item that the device lost without a word', () => {
  /** The phone had one of two equal items, lost and restored it. Then the other one came. */
  async function withTwin() {
    const { server, phone, laptop } = await pairWith([vcard('Ada', 'TEL:1')]);
    const tablet = new Device(server, { device: 'tablet' });
    for (let n = 0; n < 2; n += 1) tablet.add(vcard('Ada', 'TEL:1'));
    await tablet.sync(); // a slow sync keeps them apart
    await laptop.sync();
    restoreSilently(phone);
    expect((await phone.sync()).received).toEqual(NOTHING);
    return { server, phone, laptop };
  }

  it('stands for an equal item that the device does not hold: no equal item comes', async () => {
    const { server, phone } = await withTwin();
    const luids = (await liveItems(server)).map((item) => Object.values(item.luids['d:phone'] ?? {}).flat());
    expect(luids.sort()).toEqual([['L1'], ['new-0']]);
    expect(phone.contents).toHaveLength(1);
  });

  it('a change of the lost one gets 404, and the next session brings it', async () => {
    const { phone, laptop } = await withTwin();
    for (const luid of laptop.items.keys()) laptop.replace(luid, vcard('Ada', 'TEL:2'));
    await laptop.sync();
    expect((await phone.sync()).received).toEqual({ ...NOTHING, Replace: 1 });
    expect((await phone.sync()).received).toEqual({ ...NOTHING, Add: 1 });
    expect(phone.contents).toEqual(laptop.contents);
    expect((await phone.sync()).received).toEqual(NOTHING);
  });
});

describe('one of two copies', () => {
  async function twice() {
    const world = await pairWith([vcard('Ada', 'TEL:1', 'NOTE:n')]);
    importAgain(world.phone);
    await world.phone.sync();
    await world.laptop.sync();
    return world;
  }
  const edited = vcard('Ada', 'TEL:2', 'NOTE:n');

  it.each(['L1', 'L2'])('%s that is changed gets an item of its own', async (luid) => {
    const { server, phone, laptop } = await twice();
    phone.replace(luid, edited);
    const report = await phone.sync();
    expect([report.codes.get(luid), report.received]).toEqual([200, NOTHING]);
    expect((await laptop.sync()).received).toEqual({ ...NOTHING, Add: 1 });
    expect(laptop.contents).toEqual(phone.contents);
    // Each is one item from now on.
    laptop.replace(laptop.find('TEL:2'), vcard('Ada', 'TEL:3', 'NOTE:n'));
    await laptop.sync();
    expect((await phone.sync()).received).toEqual({ ...NOTHING, Replace: 1 });
    phone.delete(luid === 'L1' ? 'L2' : 'L1');
    await phone.sync();
    await laptop.sync();
    expect(await bodiesOf(server)).toEqual([vcard('Ada', 'TEL:3', 'NOTE:n')]);
    expect(laptop.contents).toEqual(phone.contents);
  });

  it('that is changed where the device holds less keeps what the device cannot hold', async () => {
    const { server } = await pairWith([vcard('Ada', 'TEL:1', 'TITLE:Countess')]);
    const old = new Device(server, { device: 'old', properties: ['N', 'FN', 'TEL'] });
    await old.sync();
    const [copy = ''] = importAgain(old);
    await old.sync();
    old.replace(copy, vcard('Ada', 'TEL:2'));
    await old.sync();
    const both = [vcard('Ada', 'TEL:1', 'TITLE:Countess'), vcard('Ada', 'TEL:2', 'TITLE:Countess')];
    expect((await bodiesOf(server)).map((body) => body.split('\r\n').sort())).toEqual(
      both.map((body) => body.split('\r\n').sort()),
    );
  });

  it('that is changed while others change the item has both changes', async () => {
    const { phone, laptop } = await twice();
    laptop.replace(laptop.find('Ada'), vcard('Ada', 'TEL:1', 'NOTE:other'));
    await laptop.sync();
    phone.replace('L2', edited);
    await phone.sync();
    await laptop.sync();
    await phone.sync();
    expect(phone.contents).toEqual([
      vcard('Ada', 'TEL:1', 'NOTE:other'),
      vcard('Ada', 'TEL:2', 'NOTE:other'),
    ]);
    expect(laptop.contents).toEqual(phone.contents);
  });

  it('that is changed while others delete the item stays, and the other goes', async () => {
    const { phone, laptop } = await twice();
    laptop.delete(laptop.find('Ada'));
    await laptop.sync();
    phone.replace('L2', edited);
    await phone.sync();
    await laptop.sync();
    await phone.sync();
    expect([...phone.items]).toEqual([['L2', edited]]);
    expect(laptop.contents).toEqual([edited]);
  });

  it('that is sent again as it was stays a copy', async () => {
    const { server, phone, laptop } = await twice();
    laptop.replace(laptop.find('Ada'), vcard('Ada', 'TEL:1', 'NOTE:other'));
    await laptop.sync();
    phone.replace('L2', phone.items.get('L2') ?? '');
    expect((await phone.sync()).received.Replace).toBe(2);
    expect(await liveItems(server)).toHaveLength(1);
    expect(new Set(phone.contents)).toEqual(new Set(laptop.contents));
  });

  it('that is deleted is freed; the last one deletes the item', async () => {
    const { server, phone, laptop } = await twice();
    phone.delete('L1');
    expect((await phone.sync()).codes.get('L1')).toBe(200);
    expect((await laptop.sync()).received).toEqual(NOTHING);
    expect(await heldBy(server)).toEqual({ Ada: ['L2'] });
    phone.delete('L2');
    await phone.sync();
    expect((await laptop.sync()).received).toEqual({ ...NOTHING, Delete: 1 });
  });

  it('both deleted in one message delete the item', async () => {
    const { phone, laptop } = await twice();
    phone.delete('L1');
    phone.delete('L2');
    await phone.sync();
    expect((await laptop.sync()).received).toEqual({ ...NOTHING, Delete: 1 });
  });

  it('that is deleted while others change the item: the other one gets the change', async () => {
    const { phone, laptop } = await twice();
    laptop.replace(laptop.find('Ada'), edited);
    await laptop.sync();
    phone.delete('L1');
    expect((await phone.sync()).received).toEqual({ ...NOTHING, Replace: 1 });
    expect(phone.contents).toEqual([edited]);
  });
});

describe('a LUID that is used again', () => {
  const start = (n: number) =>
    ({
      sessionId: `${n}`,
      code: n === 1 ? 201 : 200,
      last: `n${n - 1}`,
      next: `n${n}`,
      info: false,
    }) as const;

  it('after its Delete, for a copy of another item', async () => {
    const { server } = await pairWith([]);
    await wholeSync(server, start(1), [add('1', vcard('Ada')), add('2', vcard('Berta'))]);
    await wholeSync(server, start(2), [remove('1')]);
    await wholeSync(server, start(3), [add('1', vcard('Berta'))]);
    expect(await heldBy(server, 'phone-1')).toEqual({ Berta: ['2', '1'] });
    await wholeSync(server, start(4), [remove('2'), replace('1', vcard('Berta', 'TEL:1'))]);
    expect(await bodiesOf(server)).toEqual([vcard('Berta', 'TEL:1')]);
  });

  it('after it was parted, freed and used for the first content again', async () => {
    const { server } = await pairWith([]);
    const [one, two] = [vcard('Ada'), vcard('Ada', 'TEL:2')];
    await wholeSync(server, start(1), [add('1', one)]);
    await wholeSync(server, start(2), [add('2', one)]);
    await wholeSync(server, start(3), [replace('1', two)]);
    await wholeSync(server, start(4), [remove('1')]);
    await wholeSync(server, start(5), [add('1', one)]);
    expect(await bodiesOf(server)).toEqual([one]);
    await wholeSync(server, start(6), [
      replace('1', two),
      add('3', two),
      remove('1'),
      add('1', vcard('Ada', 'TEL:3')),
    ]);
    expect(await bodiesOf(server)).toEqual([one, two, vcard('Ada', 'TEL:3')].sort());
  });

  it('by a Map for another item: the first keeps its other copy, and is not sent again', async () => {
    const { server, laptop } = await pairWith([]);
    await wholeSync(server, start(1), [add('1', vcard('Ada'))]);
    await wholeSync(server, start(2), [add('2', vcard('Ada'))]);
    laptop.add(vcard('Berta'));
    await laptop.sync();
    const { session } = await begin(server, start(3));
    const reply = await upload(session);
    const [guid = ''] = reply.commands.flatMap((c) =>
      c.name === 'Sync'
        ? c.commands.flatMap((a) => (a.name === 'Add' ? (a.items[0]?.source?.uri ?? []) : []))
        : [],
    );
    await confirm(session, [[guid, '1']]);
    expect(await heldBy(server, 'phone-1')).toEqual({ Ada: ['2'], Berta: ['1'] });
    const next = await wholeSync(server, start(4));
    expect(codesByLuid(next.reply)).toEqual({});
    expect(next.reply.commands.flatMap((c) => (c.name === 'Sync' ? c.commands : []))).toEqual([]);
  });
});
