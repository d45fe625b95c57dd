/** Items whose texts lie in part rows, as contacts with photos: they are sent like all others, and read once. */
import { describe, expect, it } from 'vitest';
import { LEAST_PAGE_ITEMS } from '../../../lib/engine/model/limits.ts';
import type { Range } from '../../../lib/store/port/port.ts';
import { Device, type DeviceOptions } from '../../kit/device.ts';
import { vcard } from '../../kit/drafts.ts';
import { withPhoto } from '../../kit/photos.ts';
import { startServer, type TestServer, USER } from '../../kit/server.ts';
import { bodiesOf, watchedServer } from '../steps.ts';

const crm = (server: TestServer, record: string, body: string) =>
  server.crm({ user: USER, datastore: 'contacts', record, op: 'upsert', body });

/** A server with so many contacts whose photos have so many bytes. `read`: the keys of part rows, a list a call. */
async function withPhotos(count: number, bytes: number) {
  const server = await startServer();
  for (let n = 0; n < count; n += 1) await crm(server, `r${n}`, withPhoto(`P${n}`, bytes));
  const read: string[][] = [];
  const { get } = server.store;
  server.store.get = (keys) => {
    read.push(keys.flatMap(({ sk }) => (sk.startsWith('B#') ? [sk] : [])));
    return get.call(server.store, keys);
  };
  return { server, read, texts: () => read.filter((keys) => keys.length > 0) };
}
const isItemRange = ({ from }: Range): boolean => from.startsWith('I#');
const phone = (server: TestServer, options: Partial<DeviceOptions> = {}) =>
  new Device(server, { device: 'phone', wire: 'wbxml', ...options });

describe('contacts with photos', () => {
  it.each([true, false])(
    'come whole, as many as a message holds, to a device that takes large objects: %s',
    async (largeObjects) => {
      const { server, texts } = await withPhotos(20, 5_000);
      const device = phone(server, { largeObjects });
      const report = await device.sync();
      expect(report.received.Add).toBe(20);
      expect(device.contents.sort()).toEqual(await bodiesOf(server));
      expect(texts()[0]).toHaveLength(20);
    },
  );

  it('are each read once, where a message holds one of them', async () => {
    const { server, texts } = await withPhotos(12, 69_000);
    const device = phone(server);
    await device.sync();
    expect(device.contents).toHaveLength(12);
    expect(texts().map((keys) => keys.length)).toEqual(Array.from({ length: 12 }, () => 1));
    expect(new Set(texts().flat()).size).toBe(12);
  });

  it('cost each message a few rows of items, not a page of as many as the first one read', async () => {
    const { server } = await withPhotos(60, 69_000);
    const pages: number[] = [];
    const { query } = server.store;
    server.store.query = async (range) => {
      const page = await query.call(server.store, range);
      if (isItemRange(range)) pages.push(page.rows.length);
      return page;
    };
    const device = phone(server);
    await device.sync();
    expect(device.contents).toHaveLength(60);
    expect(pages.reduce((sum, rows) => sum + rows)).toBeLessThan(60 + 60 * 3 * LEAST_PAGE_ITEMS);
  });

  it('come without photos, in few reads, to a device that holds none', async () => {
    const { server, read, texts } = await withPhotos(60, 40_000);
    const device = phone(server, { properties: ['N', 'FN', 'TEL'] });
    await device.sync();
    expect(device.contents).toHaveLength(60);
    expect(device.contents.filter((text) => text.includes('PHOTO'))).toEqual([]);
    expect(texts().flat()).toHaveLength(60);
    expect(texts().length).toBeLessThan(6);
    expect(read.length).toBeLessThan(30);
  });

  it('are looked through for a filter a few megabytes a message', async () => {
    const { server, texts } = await withPhotos(60, 140_000);
    await crm(server, 'last', vcard('Last'));
    const device = phone(server);
    device.filter = { query: 'N&CON;Last' };
    await device.sync();
    expect(device.contents).toEqual([vcard('Last')]);
    const bytes = texts().map((keys) => keys.length * 187_000);
    expect(Math.max(...bytes)).toBeLessThan(4_100_000);
    expect(new Set(texts().flat()).size).toBe(60);
  });

  it('are counted in NumberOfChanges', async () => {
    const { server } = await withPhotos(5, 5_000);
    const device = phone(server, { numberOfChanges: true });
    await device.sync();
    expect(device.contents).toHaveLength(5);
  });

  it('are replaced: a change of one line is merged with what the device does not hold', async () => {
    const { server } = await withPhotos(3, 40_000);
    const device = phone(server, { properties: ['N', 'FN', 'TEL'] });
    await device.sync();
    device.replace(device.find('P1'), vcard('P1', 'TEL:1'));
    await device.sync();
    const stored = (await bodiesOf(server)).filter((body) => body.includes('TEL:1'));
    expect(stored).toHaveLength(1);
    expect(stored[0]).toContain('PHOTO');
  });
});

describe('the Map of a contact with a photo', () => {
  it('writes a small row, and no text', async () => {
    const { server, writes } = await watchedServer();
    await crm(server, 'r', withPhoto('Ada', 69_000));
    const item = writes.find((write) => write.op === 'put' && write.row.sk.startsWith('I#'));
    expect(item?.op === 'put' && item.row.blob).toBeUndefined();
    writes.length = 0;
    await phone(server).sync();
    const keys = writes.map((write) => ('row' in write ? write.row.sk : write.key.sk));
    expect(keys.filter((sk) => sk.startsWith('B#'))).toEqual([]);
    expect(writes.find(({ op }) => op === 'set')).toMatchObject({ attributes: { luids: expect.anything() } });
  });
});
