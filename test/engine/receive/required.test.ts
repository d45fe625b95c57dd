/** What the server makes of its own for a device with iCalendar 2.0 (an id, a time of writing, the text of an alarm) is no change. */
import { describe, expect, it } from 'vitest';
import { Device } from '../../kit/device.ts';
import { startServer } from '../../kit/server.ts';
import { bodiesOf, liveItems } from '../steps.ts';

const OLD = [
  ...['BEGIN:VCALENDAR', 'VERSION:1.0', 'BEGIN:VEVENT', 'SUMMARY:Lunch', 'DTSTART:20300101T100000Z'],
  ...['DTEND:20300101T110000Z', 'DALARM:20300101T094500Z', 'STATUS:NEEDS ACTION'],
  ...['END:VEVENT', 'END:VCALENDAR', ''],
].join('\r\n');
const QUIET = { Add: 0, Replace: 0, Delete: 0 };

async function synchronised() {
  const server = await startServer();
  const [phone, laptop] = ['text/x-vcalendar', 'text/calendar'].map(
    (type) => new Device(server, { device: type, datastore: 'calendar', type }),
  ) as [Device, Device];
  phone.add(OLD);
  await phone.sync();
  await laptop.sync();
  return { server, phone, laptop };
}

describe('what is made for a device', () => {
  it('comes back in a comparison and changes nothing', async () => {
    const { server, phone, laptop } = await synchronised();
    const [item] = await liveItems(server, 'calendar');
    expect(laptop.contents[0]).toContain(`UID:${item?.guid}\r\n`);
    for (const line of ['DESCRIPTION:Lunch', 'X-STATUS:NEEDS-ACTION', 'DTSTAMP:', 'PRODID:'])
      expect(laptop.contents[0]).toContain(line);
    for (const slow of [true, false])
      for (const device of [laptop, phone]) {
        if (slow) device.forgetAnchor();
        expect((await device.sync()).received).toEqual(QUIET);
      }
    const [after] = await liveItems(server, 'calendar');
    expect([after?.rev, after?.content?.storedText]).toEqual([item?.rev, item?.content?.storedText]);
  });

  it('has its id for as long as the item lives, and stays out of the item', async () => {
    const { server, phone, laptop } = await synchronised();
    const [before = ''] = await bodiesOf(server, 'calendar');
    const id = /UID:.*/.exec(laptop.contents[0] ?? '')?.[0] ?? '-';
    phone.replace(phone.find('Lunch'), OLD.replace('Lunch', 'Dinner'));
    await phone.sync();
    await laptop.sync();
    expect(laptop.contents[0]).toContain(`${id}\r\n`);
    laptop.replace(
      laptop.find('Dinner'),
      (laptop.contents[0] ?? '').replace('SUMMARY:Dinner', 'SUMMARY:Tea'),
    );
    expect((await laptop.sync()).received).toEqual(QUIET);
    expect(await bodiesOf(server, 'calendar')).toEqual([before.replace('Lunch', 'Tea')]);
  });
});
