/**
 * A store that an earlier server left, under the server of today: all that was in it is there, and the devices that
 * filled it go on as if nothing had happened.
 */
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { readChanges } from '../../lib/app/changes.ts';
import { title } from '../client/compare.ts';
import type { Datastore } from '../client/syncevolution.ts';
import type { Device } from '../kit/device.ts';
import type { TestServer } from '../kit/server.ts';
import { WHOLE_SERIES } from './calendar.ts';
import { fixtureNames, readFixture } from './fixture.ts';
import { another, anything, DATASTORES, itemsOf, known, seen, serverOf } from './known.ts';
import { newDevice, READERS, readBy } from './readers.ts';

const NOTHING = { Add: 0, Replace: 0, Delete: 0 };
/** Earlier servers sent a series with an excluded date in place of a moved occurrence: it comes once more, with its new time. */
const firstOf = (datastore: string, changes: number) => ({
  ...NOTHING,
  Replace: changes + (datastore === 'calendar' ? 1 : 0),
});
const MOVED = /^RDATE;TZID=Europe\/Berlin:20270316T140000\r\n/m;
const SETTLED = ['phone', 'laptop'] as const;

/** A word of an item in each datastore, and what a user makes of it. Neither is the beginning of the other. */
const WORD: { readonly [datastore in Datastore]: readonly [find: string, change: string] } = {
  contacts: ['Head of assembly', 'Head of everything'],
  calendar: ['Zahnarzt', 'Kontrolle'],
  tasks: ['Call the printer', 'Write to the printer'],
  notes: ['120 x 80 cm', '120 x 90 cm'],
};

describe.each(fixtureNames())('the store of %s', (name) => {
  const fixture = readFixture(name);
  const open = () => serverOf(fixture);
  const logOf = (server: TestServer) => readChanges(server.store, fixture.login);
  /** GUIDs of all items that there ever were. */
  const guidsOf = async (server: TestServer) => new Set((await logOf(server)).map(({ guid }) => guid));

  describe.each(DATASTORES)('%s', (datastore) => {
    const [find, change] = WORD[datastore];
    const settled = (server: TestServer) =>
      SETTLED.map((who) => known(server, fixture, who, datastore)) as [Device, Device];

    it.each(READERS.filter((reader) => readBy(reader).includes(datastore)))(
      'come to a new device as they came then: %s',
      async (reader) => {
        const recorded = itemsOf(fixture, reader, datastore).map(({ text }) => text);
        const device = newDevice(await open(), fixture, reader, datastore);
        expect((await device.sync()).received).toEqual({ ...NOTHING, Add: recorded.length });
        const contents = device.contents.map((text) => text.replace(MOVED, ''));
        expect(shortened(seen(contents, datastore))).toEqual(shortened(seen(recorded, datastore)));
      },
    );

    it.each(SETTLED)('are two-way and unchanged for the %s', async (who) => {
      const server = await open();
      const before = await logOf(server);
      const device = known(server, fixture, who, datastore);
      expect(device.items.size).toBe(itemsOf(fixture, 'anything', datastore).length);
      for (const received of [firstOf(datastore, 0), NOTHING])
        expect(await device.sync()).toMatchObject({ code: 200, received });
      expect(await logOf(server)).toEqual(before);
    });

    it.each(SETTLED)('are neither doubled nor lost nor changed by a slow sync of the %s', async (who) => {
      const server = await open();
      const before = await logOf(server);
      const device = known(server, fixture, who, datastore);
      const titles = titlesOf(device, datastore);
      // A series with exceptions that the device cannot hold is sent back to it.
      const received = { Add: 0, Delete: 0, Replace: datastore === 'calendar' ? expect.any(Number) : 0 };
      expect(await device.sync(201)).toMatchObject({ code: 201, received });
      expect(titlesOf(device, datastore)).toEqual(titles);
      expect(await device.sync()).toMatchObject({ code: 200, received: NOTHING });
      expect(await logOf(server)).toEqual(before);
    });

    it.each(SETTLED)('that the %s adds again under other LUIDs stay one for all others', async (who) => {
      const server = await open();
      const before = await logOf(server);
      const device = known(server, fixture, who, datastore);
      for (const [luid, text] of [...device.items]) device.add(text, `again-${luid}`);
      await device.sync();
      expect(await logOf(server)).toEqual(before);
      for (const luid of [...device.items.keys()]) if (luid.startsWith('again-')) device.delete(luid);
      await device.sync();
      expect(await logOf(server)).toEqual(before);
    });

    it('that are changed on the phone reach the laptop once', async () => {
      const [phone, laptop] = settled(await open());
      const luid = phone.find(find);
      phone.replace(luid, phone.items.get(luid)?.replaceAll(find, change) ?? '');
      expect((await phone.sync()).received).toEqual(firstOf(datastore, 0));
      expect((await laptop.sync()).received).toEqual(firstOf(datastore, 1));
      for (const device of [laptop, phone, laptop]) expect((await device.sync()).received).toEqual(NOTHING);
      expect(laptop.items.size).toBe(phone.items.size);
      expect(laptop.contents.filter((item) => item.includes(change))).toHaveLength(1);
    });

    /** Earlier servers dropped the blanks around LUIDs. */
    const withBlanks = (device: Device, luid: string): string => {
      const text = device.items.get(luid) ?? '';
      device.items.delete(luid);
      device.items.set(` ${luid} `, text);
      return ` ${luid} `;
    };

    it.each(SETTLED)('are known again by a LUID with blanks of the %s', async (who) => {
      const server = await open();
      const [phone, laptop] = settled(server);
      const [device, other] = who === 'phone' ? [phone, laptop] : [laptop, phone];
      const { size } = device.items;
      const luid = withBlanks(device, device.find(find));
      device.replace(luid, device.items.get(luid)?.replaceAll(find, change) ?? '');
      expect((await device.sync()).received).toEqual(firstOf(datastore, 0));
      expect((await other.sync()).received).toEqual(firstOf(datastore, 1));
      other.replace(other.find(change), other.items.get(other.find(change))?.replaceAll(change, find) ?? '');
      await other.sync();
      expect((await device.sync()).received).toEqual({ ...NOTHING, Replace: 1 });
      expect([device.items.size, other.items.size]).toEqual([size, size]);
      expect(device.items.get(luid)).toContain(find);
      device.delete(luid);
      await device.sync();
      expect((await other.sync()).received).toEqual({ ...NOTHING, Delete: 1 });
    });

    it('are not taken for those of LUIDs with blanks that the phone adds, or names beside them', async () => {
      const [phone, laptop] = settled(await open());
      const luid = phone.find(find);
      const text = phone.items.get(luid) ?? '';
      phone.add(text.replaceAll(find, 'Quite another'), ` ${luid}`);
      phone.replace(luid, text.replaceAll(find, change));
      await phone.sync();
      await laptop.sync();
      for (const word of ['Quite another', change])
        expect(laptop.contents.filter((one) => one.includes(word))).toHaveLength(1);
    });

    it.each(SETTLED)('stay single where a slow sync of the %s names them with blanks', async (who) => {
      const server = await open();
      const before = await guidsOf(server);
      const device = known(server, fixture, who, datastore);
      for (const luid of [...device.items.keys()]) withBlanks(device, luid);
      expect((await device.sync(201)).received).toMatchObject({ Add: 0, Delete: 0 });
      expect(await guidsOf(server)).toEqual(before);
    });

    it('that are deleted on the laptop, which has them from elsewhere, are deleted on the phone', async () => {
      const [phone, laptop] = settled(await open());
      for (const device of [phone, laptop])
        expect((await device.sync()).received).toEqual(firstOf(datastore, 0));
      const left = seen(phone.contents, datastore).filter((item) => !item.includes(find));
      expect(left).toHaveLength(phone.items.size - 1);
      laptop.delete(laptop.find(find));
      expect((await laptop.sync()).received).toEqual(NOTHING);
      expect((await phone.sync()).received).toEqual({ ...NOTHING, Delete: 1 });
      expect(seen(phone.contents, datastore)).toEqual(left);
    });

    it('are known again when a third device brings the same under other LUIDs', async () => {
      const server = await open();
      const before = await guidsOf(server);
      const [phone, laptop] = settled(server);
      const third = another(server, fixture, 'phone', datastore);
      for (const text of phone.items.values()) third.add(text);
      expect((await third.sync()).received).toMatchObject({ Add: 0, Delete: 0 });
      expect(await guidsOf(server)).toEqual(before);
      for (const device of [phone, laptop])
        expect((await device.sync()).received).toMatchObject({ Add: 0, Delete: 0 });
      third.delete(third.find(find));
      await third.sync();
      for (const device of [phone, laptop])
        expect((await device.sync()).received).toEqual({ ...NOTHING, Delete: 1 });
      expect(titlesOf(phone, datastore)).toEqual(titlesOf(third, datastore));
    });
  });

  it.each([
    ['contacts', 'Zoë'],
    ['calendar', 'Trip to Oslo'],
    ['notes', 'Only on the laptop'],
  ] as const)(
    'lets the laptop change and delete what it brought itself to the %s',
    async (datastore, text) => {
      const server = await open();
      const [phone, laptop] = SETTLED.map((who) => known(server, fixture, who, datastore)) as [
        Device,
        Device,
      ];
      const luid = laptop.find(text);
      laptop.replace(luid, laptop.items.get(luid)?.replaceAll(text, 'Otherwise') ?? '');
      await laptop.sync();
      expect((await phone.sync()).received).toEqual(firstOf(datastore, 1));
      laptop.delete(luid);
      await laptop.sync();
      expect((await phone.sync()).received).toEqual({ ...NOTHING, Delete: 1 });
      expect(phone.contents.filter((item) => item.includes('Otherwise'))).toEqual([]);
    },
  );

  it('holds what it was given, down to what no device of its time could say', async () => {
    const server = await open();
    const contacts = anything(server, fixture, 'contacts');
    await contacts.sync();
    expect(contacts.items.get(contacts.find('FN:Clara Nowak'))).toContain('X-CUSTOMER:4711');
    expect(contacts.contents.filter((text) => text.includes('FN:Petra Wagner'))).toHaveLength(2);
    expect(contacts.find('FN:Ελένη Παπαδοπούλου')).toBeDefined();
    const unfolded = contacts.contents.map((text) => text.replace(/\r\n /g, ''));
    const sizes = unfolded.flatMap((text) => /^PHOTO[^:]*:(.*)$/m.exec(text)?.[1]?.length ?? []);
    expect(sizes.sort((a, b) => a - b)).toEqual([800, 6668, 21336, 253336]);
  });

  it('holds a series with its exceptions for a device that can say them', async () => {
    const calendar = anything(await open(), fixture, 'calendar');
    const own = calendar.add(WHOLE_SERIES.replaceAll('board@', 'other@').replaceAll('Board', 'Council'));
    for (let n = 0; n < 2; n += 1) await calendar.sync();
    calendar.delete(own);
    expect(calendar.items.get(calendar.find('SUMMARY:Board'))).toContain('SUMMARY:Board in the afternoon');
  });
});

/** Long texts as their hashes, so that a difference can be read. */
const shortened = (texts: readonly string[]): string[] =>
  texts.map((text) => text.replace(/.{1000,}/g, (long) => createHash('md5').update(long).digest('hex')));

const titlesOf = (device: Device, datastore: Datastore): string[] =>
  device.contents.map((text) => title(datastore, text)).sort();
