/** A device compares all items, and has an older copy of one under a LUID that the server does not know. */
import { describe, expect, it } from 'vitest';
import { Device } from '../../kit/device.ts';
import { vcard } from '../../kit/drafts.ts';
import { startServer } from '../../kit/server.ts';
import { bodiesOf } from '../steps.ts';
import { NOTHING, pairWith, restoreSilently } from './copies.ts';

const card = (...lines: string[]): string =>
  vcard('Lovelace', ...lines).replace('N:Lovelace;;', 'N:Lovelace;Ada;');
const OLDER = card('TEL;TYPE=CELL:+491701234567', 'TITLE:Dr.', 'NOTE:n');
const NEWER = card('TEL;TYPE=CELL:+491709999999', 'TITLE:Prof.', 'NOTE:m');

const LISTS = [
  { list: undefined },
  { list: ['N', 'FN', 'TEL', 'TITLE'] },
  { list: ['N', 'FN', 'TEL', 'EMAIL'] },
];

/** What lacks in an older copy may pass for what has no room. */
const ADDED = [
  ['the end of a text', ['NOTE:n'], ['NOTE:n and more']],
  ['a number', ['TEL;TYPE=CELL:+49170'], ['TEL;TYPE=CELL:+49170', 'TEL;TYPE=CELL:+49171']],
] as const;

/** The laptop has changed what the phone holds. The phone, which lists these properties, does not know it. */
async function changed(list?: readonly string[]) {
  const world = await pairWith([OLDER], { ...(list && { properties: list }) });
  const { phone, laptop } = world;
  laptop.replace(laptop.find('Lovelace'), OLDER.replace('TITLE:Dr.', 'TITLE:Prof.'));
  for (const device of [laptop, phone]) await device.sync();
  laptop.replace(laptop.find('Lovelace'), NEWER);
  await laptop.sync();
  return world;
}

/** A phone that never synchronised, and a laptop that has changed what it brought. */
async function newcomer() {
  const server = await startServer();
  const laptop = new Device(server, { device: 'laptop' });
  laptop.add(OLDER);
  await laptop.sync();
  laptop.replace(laptop.find('Lovelace'), NEWER);
  await laptop.sync();
  return { server, laptop, phone: new Device(server, { device: 'phone' }) };
}

describe('an older copy in a complete sync', () => {
  it.each(LISTS)('that the device did not change ($list): one item, which is sent', async ({ list }) => {
    const { server, phone, laptop } = await changed(list);
    restoreSilently(phone);
    expect((await phone.sync(201)).received).toEqual({ ...NOTHING, Replace: 1 });
    expect((await laptop.sync()).received).toEqual(NOTHING);
    expect(await bodiesOf(server)).toEqual([NEWER]);
    expect(phone.contents).toHaveLength(1);
    expect(phone.contents.join()).toContain('+491709999999');
    expect((await phone.sync()).received).toEqual(NOTHING);
  });

  it.each(ADDED)('that says what is usual, too, and lacks what came since: %s', async (_, older, newer) => {
    const keeps = (body: string) => body.replace('END:', 'CLASS:PUBLIC\r\nEND:');
    const server = await startServer();
    const laptop = new Device(server, { device: 'laptop' });
    const phone = new Device(server, { device: 'phone', keeps });
    laptop.add(card(...older));
    for (const device of [laptop, phone]) await device.sync();
    const [copy = ''] = phone.contents;
    laptop.replace(laptop.find('Lovelace'), card(...newer));
    for (const device of [laptop, phone]) await device.sync();
    phone.lose(phone.find('Lovelace'));
    phone.add(copy);
    expect((await phone.sync(201)).received).toEqual({ ...NOTHING, Replace: 1 });
    expect(await bodiesOf(server)).toEqual([card(...newer)]);
    expect((await phone.sync(201)).received).toEqual(NOTHING);
  });

  it.each(ADDED.flatMap((one) => [false, true].map((isTold) => [...one, isTold] as const)))(
    'of an item that was changed and deleted since brings all of it back: %s (%j, %j, told of the deletion: %s)',
    async (_, older, newer, isTold) => {
      const server = await startServer();
      const laptop = new Device(server, { device: 'laptop' });
      const phone = new Device(server, { device: 'phone' });
      laptop.add(card(...older));
      for (const device of [laptop, phone]) await device.sync();
      laptop.replace(laptop.find('Lovelace'), card(...newer));
      await laptop.sync();
      laptop.delete(laptop.find('Lovelace'));
      await laptop.sync();
      const [[luid, copy] = ['', '']] = phone.items;
      if (isTold) {
        await phone.sync();
        phone.add(copy, luid);
      }
      expect((await phone.sync(201)).received).toEqual({ ...NOTHING, Replace: 1 });
      expect(await bodiesOf(server)).toEqual([card(...newer)]);
      expect(phone.contents).toEqual([card(...newer)]);
      await laptop.sync();
      expect(laptop.contents).toEqual([card(...newer)]);
      expect((await phone.sync(201)).received).toEqual(NOTHING);
    },
  );

  it('that the device brings in a refresh from the client is right', async () => {
    const { laptop, phone } = await newcomer();
    phone.add(OLDER);
    await phone.sync(203);
    expect((await laptop.sync()).received).toEqual({ ...NOTHING, Replace: 1 });
    expect(laptop.contents).toEqual([OLDER]);
  });

  it('that was changed on the device is compared: what may be another stays apart', async () => {
    const { server, phone } = await newcomer();
    phone.add(card('TEL;TYPE=CELL:+491705555555'));
    await phone.sync();
    expect(await bodiesOf(server)).toHaveLength(2);
  });
});

describe('an older copy of Outlook, which says what its reminder would be', () => {
  const EVENT = '<appointment><Subject>s</Subject><Start>20300423T121500Z</Start><End>20300423T124500Z</End>';
  const offered = (minutes: number): string =>
    `${EVENT}<ReminderSet>0</ReminderSet><ReminderMinutesBeforeStart>${minutes}</ReminderMinutesBeforeStart></appointment>`;

  it.each([0, 15])('changes nothing: the alarm that somebody set stays (%i minutes)', async (minutes) => {
    const server = await startServer();
    const at = {
      user: 'anna',
      datastore: 'calendar',
      record: 'r',
      op: 'upsert',
      type: 'text/calendar',
    } as const;
    const lines = ['SUMMARY:s', 'DTSTART:20300423T121500Z', 'DTEND:20300423T124500Z'];
    const alarm = ['BEGIN:VALARM', 'ACTION:DISPLAY', 'TRIGGER:-PT6M', 'END:VALARM'];
    const event = (...more: string[]): string =>
      [
        'BEGIN:VCALENDAR',
        'VERSION:2.0',
        'BEGIN:VEVENT',
        ...lines,
        ...more,
        'END:VEVENT',
        'END:VCALENDAR',
        '',
      ].join('\r\n');
    const outlook = new Device(server, { datastore: 'calendar', type: 'text/x-s4j-sife' });
    await server.crm({ ...at, body: event() });
    await outlook.sync();
    await server.crm({ ...at, body: event(...alarm) });
    await outlook.sync();
    const [luid = ''] = outlook.items.keys();
    outlook.wipe();
    outlook.add(offered(minutes), luid);
    expect((await outlook.sync(201)).received).toEqual({ ...NOTHING, Replace: 1 });
    const [held = ''] = outlook.contents;
    expect(Buffer.from(held, 'base64').toString()).toContain('<ReminderMinutesBeforeStart>6<');
  });
});
