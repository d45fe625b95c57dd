/** A device that describes itself anew gets its items at most once more, whatever it says and however it syncs then. */
import { describe, expect, it } from 'vitest';
import { Device, type DeviceOptions, type Report } from '../../kit/device.ts';
import { vcard } from '../../kit/drafts.ts';
import { startServer } from '../../kit/server.ts';
import type { Draft } from '../../kit/session.ts';

type Options = Partial<DeviceOptions>;

/** A Put that says nothing of the device. */
const SILENT: Draft = {
  name: 'Put',
  meta: { type: 'text/plain' },
  items: [{ source: { uri: './x' }, data: 'x' }],
};

const CONTACT = ['N', 'FN', 'TEL', 'EMAIL', 'NOTE'];
const CONTACTS: readonly (readonly [string, Options])[] = [
  ['nothing', { put: SILENT }],
  ['no properties', {}],
  ['few properties', { properties: ['N', 'FN', 'TEL'] }],
  ['more properties', { properties: CONTACT }],
  ['a short note', { properties: CONTACT, sizes: { NOTE: 50 } }],
  ['one number', { properties: CONTACT, most: { TEL: 1 } }],
  ['another maker', { properties: CONTACT, oem: 'another' }],
  ['vCard 2.1', { properties: CONTACT, type: 'text/x-vcard' }],
  ['no large objects', { properties: CONTACT, largeObjects: false, maxObjSize: 20_000 }],
];

const EVENT = ['BEGIN', 'END', 'VERSION', 'SUMMARY', 'DTSTART', 'DTEND', 'RRULE'];
const EVENTS: typeof CONTACTS = [
  ['nothing', { put: SILENT }],
  ['iCalendar', { type: 'text/calendar' }],
  ['listed iCalendar', { type: 'text/calendar', properties: EVENT }],
  ['more iCalendar', { type: 'text/calendar', properties: [...EVENT, 'LOCATION'] }],
  ['vCalendar', { type: 'text/x-vcalendar' }],
  ['listed vCalendar', { type: 'text/x-vcalendar', properties: EVENT }],
  ['more vCalendar', { type: 'text/x-vcalendar', properties: [...EVENT, 'LOCATION'] }],
];

const lines = (...all: readonly string[]): string => [...all, ''].join('\r\n');
const contact = (name: string): string =>
  vcard(name, 'TEL:1', 'TEL:2', 'EMAIL:a@example.com', `NOTE:${'long '.repeat(20)}`, 'TITLE:t');
const moved = ['BEGIN:VEVENT', 'UID:u', 'RECURRENCE-ID:20260309T090000Z', 'DTSTART:20260309T100000Z'];
const series = (name: string): string =>
  lines(
    ...['BEGIN:VCALENDAR', 'VERSION:2.0', 'BEGIN:VEVENT', 'UID:u', `SUMMARY:${name}`, 'LOCATION:here'],
    ...['DTSTART:20260302T090000Z', 'DTEND:20260302T100000Z', 'RRULE:FREQ=WEEKLY', 'END:VEVENT'],
    ...[...moved, 'SUMMARY:moved', 'END:VEVENT', 'END:VCALENDAR'],
  );
const appointment = (name: string): string =>
  lines(
    ...['BEGIN:VCALENDAR', 'VERSION:1.0', 'BEGIN:VEVENT', `SUMMARY:${name}`, 'PRIORITY:1'],
    ...['DTSTART:20260305T090000Z', 'DTEND:20260305T100000Z', 'END:VEVENT', 'END:VCALENDAR'],
  );

/** What there is of a datastore: items of another device, and those of the device that describes itself. */
const KINDS = [
  { datastore: 'contacts', type: 'text/vcard', said: CONTACTS, theirs: contact, own: contact },
  { datastore: 'calendar', type: 'text/calendar', said: EVENTS, theirs: series, own: appointment },
] as const;

const STEPS = [1, 4];
const CASES = KINDS.flatMap((kind) =>
  STEPS.flatMap((step) =>
    kind.said.map(([first, options], n) => {
      const [then, later] = kind.said[(n + step) % kind.said.length] as (typeof kind.said)[number];
      return { ...kind, first, then, said: [options, later] as const };
    }),
  ),
);
const inAll = ({ received: { Add, Replace, Delete } }: Report): number => Add + Replace + Delete;

describe.each(CASES)('a device of $datastore that told $first and now tells $then', (one) => {
  const { datastore, type, said, theirs, own } = one;
  it.each(['a slow sync', 'a two-way sync'])('has all after %s', async (sync) => {
    const server = await startServer();
    const other = new Device(server, { device: 'laptop', datastore, type });
    for (const name of ['Ada', 'Berta']) other.add(theirs(name));
    await other.sync();
    const device = new Device(server, { device: 'phone', datastore, ...said[0] });
    device.add(own('Own'));
    await device.sync();
    expect(device.items.size).toBe(3);
    device.options = { device: 'phone', datastore, ...said[1] };
    if (sync === 'a slow sync') device.forgetAnchor();
    device.add(own('New'));
    await device.sync();
    expect([inAll(await device.sync()), inAll(await device.sync())]).toEqual([0, 0]);
    expect(device.items.size).toBe(4);
  });
});
