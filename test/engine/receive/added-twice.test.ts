/** The same thing is added on two devices, or in the CRM and on a device, between two syncs: it is one item. */
import { describe, expect, it } from 'vitest';
import { readReviews } from '../../../lib/app/changes.ts';
import { Device } from '../../kit/device.ts';
import { vcard } from '../../kit/drafts.ts';
import { startServer, USER } from '../../kit/server.ts';
import { liveItems } from '../steps.ts';

const lines = (...all: string[]): string => [...all, ''].join('\r\n');
const calendar = (name: 'VEVENT' | 'VTODO', ...own: string[]): string =>
  lines(
    ...['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//T//T//EN', `BEGIN:${name}`],
    ...own,
    ...[`END:${name}`, 'END:VCALENDAR'],
  );
const event = (...own: string[]) => calendar('VEVENT', ...own);
const task = (...own: string[]) => calendar('VTODO', ...own);
const MEETING = event(
  'UID:board-meeting@example.com',
  'DTSTAMP:20300101T000000Z',
  'DTSTART:20300314T090000Z',
  'DTEND:20300314T100000Z',
  'SUMMARY:Board',
);

/** Devices that synchronised once, with nothing. */
async function devicesOf(datastore: string, type: string, count = 2) {
  const server = await startServer();
  const devices = Array.from(
    { length: count },
    (_, n) => new Device(server, { device: `device-${n}`, datastore, type }),
  );
  for (const device of devices) await device.sync();
  return { server, devices: devices as [Device, Device, ...Device[]] };
}

/** Both add their own before they sync again. Then all sync until nothing moves. */
async function bothAdd(datastore: string, type: string, [one, other]: readonly [string, string]) {
  const { server, devices } = await devicesOf(datastore, type);
  const [a, b] = devices;
  a.add(one);
  b.add(other);
  for (const device of [a, b, a, b]) await device.sync();
  for (const device of devices)
    expect((await device.sync()).received).toEqual({ Add: 0, Replace: 0, Delete: 0 });
  const newcomer = new Device(server, { device: 'newcomer', datastore, type });
  await newcomer.sync();
  return {
    server,
    a,
    b,
    held: [a, b, newcomer].map(({ contents }) => contents.length),
    items: await liveItems(server, datastore),
    reviews: await readReviews(server.store, USER, datastore),
  };
}

const CALENDAR = 'text/calendar';
const ANNA = vcard(
  'Anna',
  'TEL;TYPE=CELL:+49 170 1234567',
  'EMAIL:anna.huber@example.com',
  'BDAY:1980-04-05',
);

describe('the same thing added on two devices is one item', () => {
  it.each([
    ['an invitation', 'calendar', CALENDAR, MEETING, MEETING],
    [
      'an invitation of one UID that one of them describes',
      ...[
        'calendar',
        CALENDAR,
        MEETING,
        MEETING.replace('SUMMARY', 'DESCRIPTION:Bring the papers\r\nSUMMARY'),
      ],
    ],
    [
      'an appointment that each gave its own UID',
      ...['calendar', CALENDAR, MEETING, MEETING.replace('board-meeting@', 'other-uid-1@')],
    ],
    [
      'a task of one UID',
      ...['tasks', CALENDAR, task('UID:task-1234@example.com', 'SUMMARY:Tax')],
      task('UID:task-1234@example.com', 'SUMMARY:Tax', 'PRIORITY:1'),
    ],
    [
      'a task',
      'tasks',
      CALENDAR,
      task('SUMMARY:Call Ada', 'DUE:20300501'),
      task('SUMMARY:Call Ada', 'DUE:20300501'),
    ],
    ['a contact', 'contacts', 'text/vcard', ANNA, ANNA],
    [
      'a contact of whom each knows more',
      'contacts',
      'text/vcard',
      ANNA,
      ANNA.replace('BDAY', 'TITLE:Dr.\r\nBDAY'),
    ],
    ['a note', 'notes', 'text/plain', 'Milk\nbread', 'Milk\nbread'],
  ])('%s', async (_, datastore, type, one, other) => {
    const { held, items, reviews } = await bothAdd(datastore, type, [one, other]);
    expect(items).toHaveLength(1);
    expect(held).toEqual([1, 1, 1]);
    expect(reviews).toEqual([]);
  });

  it('and what each knows of it comes to the other', async () => {
    const [mine, yours] = [
      ANNA.replace('BDAY', 'TITLE:Dr.\r\nBDAY'),
      ANNA.replace('BDAY', 'NOTE:met in Rome\r\nBDAY'),
    ];
    const { a, b } = await bothAdd('contacts', 'text/vcard', [mine, yours]);
    for (const { contents } of [a, b]) {
      expect(contents.join()).toContain('TITLE:Dr.');
      expect(contents.join()).toContain('NOTE:met in Rome');
    }
  });

  it('and an edit or a deletion of either reaches the other', async () => {
    const { a, b, server } = await bothAdd('calendar', CALENDAR, [MEETING, MEETING]);
    b.replace(b.find('Board'), MEETING.replace('SUMMARY:Board', 'SUMMARY:Board of directors'));
    for (const device of [b, a]) await device.sync();
    expect(a.contents.join()).toContain('Board of directors');
    a.delete(a.find('Board'));
    for (const device of [a, b]) await device.sync();
    expect(b.contents).toEqual([]);
    expect(await liveItems(server, 'calendar')).toEqual([]);
  });
});

describe('what is not certain stays two', () => {
  it('with a row for the review', async () => {
    const other = vcard('Anna', 'TEL;TYPE=CELL:+49 171 7777777', 'EMAIL:other@example.com');
    const { items, reviews } = await bothAdd('contacts', 'text/vcard', [ANNA, other]);
    expect(items).toHaveLength(2);
    expect(reviews).toHaveLength(1);
  });

  it('as notes that begin alike, without a row', async () => {
    const { items, reviews } = await bothAdd('notes', 'text/plain', ['List\nmilk', 'List\nbread']);
    expect(items).toHaveLength(2);
    expect(reviews).toEqual([]);
  });

  it('as one series and its moved occurrence of the same UID', async () => {
    const series = MEETING.replace('SUMMARY', 'RRULE:FREQ=DAILY;COUNT=5\r\nSUMMARY');
    const moved = MEETING.replace('SUMMARY', 'RECURRENCE-ID:20300315T090000Z\r\nSUMMARY');
    const { items } = await bothAdd('calendar', CALENDAR, [series, moved]);
    expect(items).toHaveLength(2);
  });
});

describe('an Add', () => {
  it('is not linked to an item that the same device holds and that has another content', async () => {
    const { server, devices } = await devicesOf('calendar', CALENDAR);
    const [a, b] = devices;
    a.add(MEETING);
    for (const device of [a, b]) await device.sync();
    b.add(MEETING.replace('SUMMARY', 'DESCRIPTION:in the large room\r\nSUMMARY'));
    for (const device of [b, a, b]) await device.sync();
    expect(await liveItems(server, 'calendar')).toHaveLength(2);
    expect(a.contents).toHaveLength(2);
  });

  it('of what another device has deleted meanwhile is a new item', async () => {
    const { server, devices } = await devicesOf('calendar', CALENDAR);
    const [a, b] = devices;
    const luid = a.add(MEETING);
    await a.sync();
    a.delete(luid);
    await a.sync();
    b.add(MEETING);
    for (const device of [b, a, b]) await device.sync();
    expect(await liveItems(server, 'calendar')).toHaveLength(1);
    expect([a, b].map(({ contents }) => contents)).toEqual([[MEETING], [MEETING]]);
  });

  it('of what this device has just deleted is a new item', async () => {
    const { server, devices } = await devicesOf('calendar', CALENDAR);
    const [a, b] = devices;
    a.add(MEETING);
    for (const device of [a, b]) await device.sync();
    b.delete(b.find('Board'));
    b.add(MEETING);
    for (const device of [b, a, b]) await device.sync();
    expect(await liveItems(server, 'calendar')).toHaveLength(1);
    expect(a.contents).toHaveLength(1);
  });

  it('that comes as a Replace of an unknown LUID is linked, too', async () => {
    const { server, devices } = await devicesOf('calendar', CALENDAR);
    const [a, b] = devices;
    a.add(MEETING);
    await a.sync();
    b.replace('unknown', MEETING);
    for (const device of [b, a, b]) await device.sync();
    expect(await liveItems(server, 'calendar')).toHaveLength(1);
    expect(b.contents).toHaveLength(1);
  });

  it('in a one-way sync from the client is linked, too', async () => {
    const { server, devices } = await devicesOf('calendar', CALENDAR);
    const [a, b] = devices;
    a.add(MEETING);
    await a.sync();
    b.add(MEETING);
    await b.sync(202);
    for (const device of [b, a]) await device.sync();
    expect(await liveItems(server, 'calendar')).toHaveLength(1);
    expect(b.contents).toHaveLength(1);
  });

  it.each([['together'], ['one after the other']])('of devices that sync %s is one item', async (how) => {
    const { server, devices } = await devicesOf('calendar', CALENDAR, 3);
    for (const device of devices) device.add(MEETING);
    if (how === 'together') await Promise.all(devices.map((device) => device.sync()));
    for (const device of [...devices, ...devices]) await device.sync();
    expect(await liveItems(server, 'calendar')).toHaveLength(1);
    expect(devices.map(({ contents }) => contents.length)).toEqual([1, 1, 1]);
  });

  it('of several things of one message links each to its own', async () => {
    const { server, devices } = await devicesOf('calendar', CALENDAR);
    const all = Array.from({ length: 30 }, (_, n) =>
      event(
        `UID:series-item-${n}@example.com`,
        `DTSTART:203003${String(n + 1).padStart(2, '0')}T090000Z`,
        'SUMMARY:Doctor',
      ),
    );
    for (const device of devices) for (const one of all) device.add(one);
    for (const device of [...devices, ...devices]) await device.sync();
    expect(await liveItems(server, 'calendar')).toHaveLength(30);
    expect(devices.map(({ contents }) => contents.length)).toEqual([30, 30]);
  });
});

describe('a record of the CRM', () => {
  const save = (record: string, body: string) => ({
    ...{ user: USER, datastore: 'contacts', record, body },
    op: 'upsert' as const,
  });

  it('that a device has added is one item with it', async () => {
    const { server, devices } = await devicesOf('contacts', 'text/vcard');
    const [a, b] = devices;
    a.add(ANNA);
    await a.sync();
    await server.crm(save('r1', ANNA.replace('BDAY', 'TITLE:Dr.\r\nBDAY')));
    for (const device of [a, b]) await device.sync();
    expect(await liveItems(server)).toHaveLength(1);
    expect([a, b].map(({ contents }) => contents.length)).toEqual([1, 1]);
    await server.crm(save('r1', ANNA.replace('BDAY', 'TITLE:Prof.\r\nBDAY')));
    await a.sync();
    expect(a.contents.join()).toContain('TITLE:Prof.');
    expect(a.contents).toHaveLength(1);
  });

  it('that a device adds later is one item with it', async () => {
    const { server, devices } = await devicesOf('contacts', 'text/vcard');
    const [a, b] = devices;
    await server.crm(save('r1', ANNA));
    a.add(ANNA);
    for (const device of [a, b, a]) await device.sync();
    expect(await liveItems(server)).toHaveLength(1);
    expect([a, b].map(({ contents }) => contents.length)).toEqual([1, 1]);
  });

  it('that equals another record stays an item of its own', async () => {
    const { server, devices } = await devicesOf('contacts', 'text/vcard');
    await server.crm(save('r1', ANNA));
    await server.crm(save('r2', ANNA));
    await devices[0].sync();
    expect(await liveItems(server)).toHaveLength(2);
    expect(devices[0].contents).toHaveLength(2);
  });

  it('that is deleted takes the item with it, from all', async () => {
    const { server, devices } = await devicesOf('contacts', 'text/vcard');
    const [a] = devices;
    a.add(ANNA);
    await a.sync();
    await server.crm(save('r1', ANNA));
    await server.crm({ user: USER, datastore: 'contacts', record: 'r1', op: 'delete' });
    await a.sync();
    expect(a.contents).toEqual([]);
  });
});
