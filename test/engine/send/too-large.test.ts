/** Items that a device says are too large for it: their size as it gets them counts, and it loses nothing by them [L13]. */
import { describe, expect, it } from 'vitest';
import { Device, type DeviceOptions } from '../../kit/device.ts';
import { add, replace, sync, taking, vcard } from '../../kit/drafts.ts';
import { withPhoto } from '../../kit/photos.ts';
import { startServer, type TestServer, USER } from '../../kit/server.ts';
import { changesOf, type Draft } from '../../kit/session.ts';
import { holding } from '../receive/large.ts';
import { begin, confirm, upload, wholeSync } from '../steps.ts';
import { told } from './news.ts';
import { receiveAll } from './receiving.ts';

/** In quoted-printable it takes six bytes where it takes two in UTF-8. */
const umlauts = (bytes: number): string => `NOTE:${'ä'.repeat(bytes / 2)}`;
const OLD = taking('text/x-vcard', '2.1');

describe('E16: an item that is too large for a device which wants it deleted and added anew', () => {
  /** What the device is told in a slow sync of the contact Ada that it holds, after another device gave her this line. */
  async function toldOf(line: string, limits: object, more: object = {}): Promise<string[]> {
    const info = { ...OLD, man: 'NOKIA', mod: 'Nokia 9210', ...more };
    const server = await startServer();
    await wholeSync(server, { info, next: 'n1' }, [add('1', vcard('Ada'))]);
    const other = new Device(server, { device: 'other' });
    await other.sync();
    other.replace(other.find('Ada'), vcard('Ada', line));
    await other.sync();
    const slow = await begin(server, { info, sessionId: '3', code: 201, next: 'n3', ...limits });
    const first = await upload(slow.session, [replace('1', vcard('Ada'))]);
    return (await receiveAll(slow.session, first)).flatMap(told);
  }

  it('stays as it is there', async () => {
    expect(await toldOf(umlauts(1_000), { maxObjSize: 5_000 })).toEqual(['Delete 1', 'Add Ada']);
    expect(await toldOf(umlauts(1_000), { maxObjSize: 2_000 })).toEqual([]);
  });

  it('stays also where no message is large enough for it', async () => {
    const info = { supportLargeObjs: false };
    const sent: number[] = [];
    for (const size of [2_000, 2_900, 3_000, 3_100, 3_200, 3_300, 3_400, 3_500, 9_000]) {
      const all = await toldOf(`NOTE:${'x'.repeat(size)}`, { maxMsgSize: 4_000 }, info);
      if (all.length > 0) expect(all, `${size} bytes`).toEqual(['Delete 1', 'Add Ada']);
      if (all.length > 0) sent.push(size);
    }
    expect(sent).toContain(2_000);
    expect(sent).not.toContain(9_000);
  });
});

describe('the memory of a device', () => {
  const withMemory = (mem: object): Draft => ({ ...sync([]), meta: { mem } }) as Draft;
  const toldWith = async (server: TestServer, mem: object, limits: object = {}) => {
    const { session } = await begin(server, { info: OLD, ...limits });
    return told((await session.send([...session.statuses(), withMemory(mem)])).reply);
  };

  it('B08: is not taken by an item that is too large as it is written', async () => {
    const all = [1, 2, 3, 4].map((n) => vcard(`Large${n}`, umlauts(1_000)));
    const server = await holding(...all, vcard('Small'));
    const limits = { maxObjSize: 2_000 };
    expect(await toldWith(server, { freeId: 1 }, limits)).toEqual(['Add Small']);
    expect(await toldWith(server, { freeMem: 1_200 }, { ...limits, sessionId: '2' })).toEqual(['Add Small']);
  });

  it('B08: is counted by what the device gets', async () => {
    const server = await holding(...['Ada', 'Berta', 'Carl'].map((name) => withPhoto(name, 2_000)));
    const info = taking('text/x-vcard', '2.1', ['N', 'FN', 'TEL']);
    const card = Buffer.byteLength(vcard('Berta'));
    expect(await toldWith(server, { freeMem: 2 * card + 10 }, { info })).toHaveLength(2);
  });

  it('is full: what is new in items that the device holds comes once', async () => {
    const server = await holding(vcard('Ada', 'ROLE:r'), vcard('Berta'));
    const device = new Device(server, { properties: ['N', 'FN', 'TEL'], capacity: 1, tellsMemory: true });
    const held = async () => (await device.sync()).received;
    expect(await held()).toEqual({ Add: 1, Replace: 0, Delete: 0 });
    device.options = { ...device.options, properties: ['N', 'FN', 'TEL', 'ROLE'] };
    expect(await held()).toEqual({ Add: 0, Replace: 1, Delete: 0 });
    expect(await held()).toEqual({ Add: 0, Replace: 0, Delete: 0 });
    device.options = { ...device.options, capacity: 2 };
    expect(await held()).toEqual({ Add: 1, Replace: 0, Delete: 0 });
    expect(await held()).toEqual({ Add: 0, Replace: 0, Delete: 0 });
  });

  it('is not taken by one that no message has room for', async () => {
    const all = [1, 2, 3, 4].map((n) => vcard(`Large${n}`, `NOTE:${'x'.repeat(9_000)}`));
    const server = await holding(...all, vcard('Small'));
    const info = { ...OLD, supportLargeObjs: false };
    expect(await toldWith(server, { freeId: 1 }, { maxMsgSize: 4_000, info })).toEqual(['Add Small']);
  });
});

describe('L13: an item that is stored larger than the device takes', () => {
  const phone = (server: TestServer, options: Partial<DeviceOptions> = {}) =>
    new Device(server, { device: 'phone', maxObjSize: 3_000, ...options });
  const crm = (server: TestServer, record: string, body: string) =>
    server.crm({ user: USER, datastore: 'contacts', record, op: 'upsert', body });
  const WITHOUT_PHOTO = { properties: ['N', 'FN', 'TEL'] };

  it.each([2_000, 2_800, 40_000])(
    'comes where its own form of %i bytes of a photo is small',
    async (bytes) => {
      const server = await startServer();
      await crm(server, 'r', withPhoto('Ada', bytes, 'TEL:1'));
      const device = phone(server, WITHOUT_PHOTO);
      const report = await device.sync();
      expect(device.contents).toEqual([vcard('Ada', 'TEL:1')]);
      expect([undefined, 1]).toContain(report.announced);
      await crm(server, 'r', withPhoto('Ada', bytes, 'TEL:2'));
      expect((await device.sync()).received).toEqual({ Add: 0, Replace: 1, Delete: 0 });
      expect(device.contents).toEqual([vcard('Ada', 'TEL:2')]);
    },
  );

  it('is read once a session where it is too large for the device, too, and it comes when it may be larger', async () => {
    const server = await startServer();
    for (let n = 0; n < 10; n += 1) await crm(server, `r${n}`, vcard(`P${n}`));
    const device = phone(server, { maxMsgSize: 2_000 });
    await device.sync();
    for (let n = 0; n < 10; n += 1) await crm(server, `r${n}`, withPhoto(`P${n}`, 20_000));
    for (let n = 10; n < 20; n += 1) await crm(server, `r${n}`, withPhoto(`P${n}`, 20_000));
    for (let n = 20; n < 40; n += 1) await crm(server, `r${n}`, vcard(`P${n}`, `NOTE:${'x'.repeat(500)}`));
    const read: string[] = [];
    const { get } = server.store;
    server.store.get = (keys) => {
      read.push(...keys.flatMap(({ sk }) => (sk.startsWith('B#') ? [sk] : [])));
      return get.call(server.store, keys);
    };
    const news = await device.sync();
    expect(news.received).toEqual({ Add: 20, Replace: 0, Delete: 0 });
    expect([undefined, 20]).toContain(news.announced);
    expect([read.length, new Set(read).size]).toEqual([20, 20]);
    read.length = 0;
    // What it holds otherwise is tried again; of what it does not hold nothing is remembered.
    expect((await device.sync()).received).toEqual({ Add: 0, Replace: 0, Delete: 0 });
    expect([read.length, new Set(read).size]).toEqual([10, 10]);
    device.options = { ...device.options, maxObjSize: 100_000 };
    expect((await device.sync()).received).toEqual({ Add: 10, Replace: 10, Delete: 0 });
  });
});

describe('NumberOfChanges', () => {
  it('E55: counts no item that is too large as it is written', async () => {
    const server = await holding(vcard('Large', umlauts(1_000)), vcard('Small'));
    const { session } = await begin(server, { info: OLD, maxObjSize: 2_000 });
    const [opened] = (await upload(session)).commands.filter(({ name }) => name === 'Sync');
    expect(opened?.name === 'Sync' && opened.numberOfChanges).toBe(1);
    expect(changesOf(await confirm(session))).toEqual([]);
  });
});
