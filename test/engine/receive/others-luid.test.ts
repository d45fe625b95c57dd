/** A device is wiped and gets its backup back, in which an item has the LUID of one that is alike. */
import { describe, expect, it } from 'vitest';
import { Device } from '../../kit/device.ts';
import { vcard } from '../../kit/drafts.ts';
import { startServer } from '../../kit/server.ts';
import { NOTHING } from './copies.ts';

const inCalendar = (name: string, ...lines: readonly string[]): string =>
  ['BEGIN:VCALENDAR', 'VERSION:2.0', `BEGIN:${name}`, ...lines, `END:${name}`, 'END:VCALENDAR', ''].join(
    '\r\n',
  );
const task = (title: string, ...lines: readonly string[]) =>
  inCalendar('VTODO', `UID:${title}@desktop.example`, `SUMMARY:${title}`, ...lines);
const meeting = (title: string, hour: string, ...lines: readonly string[]) =>
  inCalendar(
    'VEVENT',
    `DTSTART:20300304T${hour}0000Z`,
    `DTEND:20300304T${hour}3000Z`,
    `SUMMARY:${title}`,
    ...lines,
  );
const card = (given: string, ...lines: readonly string[]) =>
  vcard('Lovelace', ...lines).replace('N:Lovelace;;', `N:Lovelace;${given};`);

const OLD = { type: 'text/x-vcalendar' };
const TASKS = [task('Report 1', 'DUE:20300304T100000Z'), task('Report 2')] as const;
const MEETINGS = [meeting('Report 1', '10'), meeting('Report 2', '14')] as const;
const CARDS = [
  card('Ada', 'EMAIL:ada@mail.example', 'TEL;TYPE=HOME:+49891234567'),
  card('Adah', 'EMAIL:adah@mail.example', 'TEL;TYPE=HOME:+49891234567'),
] as const;
const KINDS = [
  ['tasks', 'text/calendar', OLD, TASKS, 'DESCRIPTION:new'],
  ['calendar', 'text/calendar', OLD, MEETINGS, 'DESCRIPTION:new'],
  ['contacts', 'text/vcard', {}, CARDS, 'TITLE:new'],
] as const;

describe.each(KINDS)('%s under the LUIDs of others', (datastore, type, options, [one, other], line) => {
  /** The laptop brought both, and has changed the other since. The phone has both as they were. */
  async function changedAfterBackup() {
    const server = await startServer();
    const laptop = new Device(server, { device: 'laptop', datastore, type });
    for (const text of [one, other]) laptop.add(text);
    const phoneOptions = { device: 'phone', datastore, type, ...options };
    const phone = new Device(server, phoneOptions);
    for (const device of [laptop, phone]) await device.sync();
    const [luid = ''] = [...laptop.items].flatMap(([luid, text]) => (text === other ? [luid] : []));
    laptop.replace(luid, other.replace(/(END:V\w+\r\n)/, `${line}\r\n$1`));
    await laptop.sync();
    return { laptop, phone, wiped: new Device(server, phoneOptions) };
  }

  it('as they were are those that they were: nothing changes, and what others changed comes', async () => {
    const { laptop, phone, wiped } = await changedAfterBackup();
    const texts = [...phone.items.values()].reverse();
    for (const [n, luid] of [...phone.items.keys()].entries()) wiped.add(texts[n] ?? '', luid);
    await wiped.sync(201);
    expect((await laptop.sync()).received).toEqual(NOTHING);
    expect(wiped.contents).toHaveLength(2);
    expect(wiped.contents.filter((text) => text.includes('new'))).toHaveLength(1);
    expect((await wiped.sync()).received).toEqual(NOTHING);
  });
});
