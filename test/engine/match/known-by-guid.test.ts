/**
 * An appointment or a task without an id goes to devices that require one with its GUID as UID. Whoever brings that UID later,
 * means that item.
 */
import { describe, expect, it } from 'vitest';
import { Device } from '../../kit/device.ts';
import { startServer } from '../../kit/server.ts';
import { bodiesOf } from '../steps.ts';

const TASK = [
  'BEGIN:VCALENDAR',
  'VERSION:1.0',
  'BEGIN:VTODO',
  'SUMMARY:Water the plants',
  'DUE:20300304T000000',
];
const MEETING = [
  ...['BEGIN:VCALENDAR', 'VERSION:1.0', 'BEGIN:VEVENT', 'SUMMARY:Tea'],
  ...['DTSTART:20300304T090000Z', 'DTEND:20300304T100000Z'],
];
const text = (...lines: readonly string[]): string => [...lines, ''].join('\r\n');
const KINDS = [
  ['tasks', text(...TASK, 'END:VTODO', 'END:VCALENDAR'), '20300304', '20300311'],
  ['calendar', text(...MEETING, 'END:VEVENT', 'END:VCALENDAR'), '20300304', '20300311'],
] as const;

describe.each(KINDS)('an item of %s without an id', (datastore, body, day, otherDay) => {
  /** A phone without ids added it, and a device that speaks iCalendar got it. */
  async function got() {
    const server = await startServer();
    const phone = new Device(server, { device: 'phone', datastore, type: 'text/x-vcalendar' });
    phone.add(body);
    await phone.sync();
    const laptop = new Device(server, { device: 'laptop', datastore, type: 'text/calendar' });
    await laptop.sync();
    const [luid = ''] = laptop.items.keys();
    expect(laptop.items.get(luid)).toMatch(/^UID:[\w-]{22}$/m);
    return { server, phone, laptop, luid, own: laptop.items.get(luid) ?? '' };
  }
  const held = async ({ server }: Awaited<ReturnType<typeof got>>): Promise<number> =>
    (await bodiesOf(server, datastore)).length;

  it('is the same on another device to which it was copied, though its time was changed', async () => {
    const it = await got();
    const tablet = new Device(it.server, { device: 'tablet', datastore, type: 'text/calendar' });
    tablet.add(it.own.replaceAll(day, otherDay));
    await tablet.sync();
    expect(await held(it)).toBe(1);
  });

  it('is the same when it is imported once more beside itself', async () => {
    const it = await got();
    it.laptop.add(it.own);
    await it.laptop.sync();
    expect(await held(it)).toBe(1);
  });

  it('is another one with the id of no item', async () => {
    const it = await got();
    const tablet = new Device(it.server, { device: 'tablet', datastore, type: 'text/calendar' });
    const id = 'UID:AAAAAAAAAAAAAAAAAAAAAA';
    tablet.add(it.own.replaceAll(day, otherDay).replace(/^UID:.*$/m, id));
    await tablet.sync();
    expect(await held(it)).toBe(2);
  });
});
