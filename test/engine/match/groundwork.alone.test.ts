/** The match index of a store is made anew in portions, where there is none or a part of it is gone. */
import { describe, expect, it, vi } from 'vitest';
import type * as Limits from '../../../lib/engine/model/limits.ts';
import { BLOCKING_EDITION } from '../../../lib/pim/match/blocking.ts';
import { commitKey, indexKey } from '../../../lib/store/rows/keys.ts';
import { Device } from '../../kit/device.ts';
import { vcard } from '../../kit/drafts.ts';
import {
  CONTACTS,
  headIn,
  indexFaults,
  itemLines,
  itemsIn,
  liveLines,
  packsIn,
} from '../../kit/match-index.ts';
import { startServer, type TestServer } from '../../kit/server.ts';
import { alterIndex, forgetIndex, indexRowsIn, prepare, writePuts } from './preparing.ts';

vi.mock('../../../lib/engine/model/limits.ts', async (original) => ({
  ...(await original<typeof Limits>()),
  INDEX_PORTION: 3,
  INDEX_ROW_BYTES: 300,
  BULKY_ROWS: 2,
}));

/** Contacts, some of which were edited and deleted since. */
async function aged(count = 30): Promise<{ server: TestServer; phone: Device }> {
  const server = await startServer();
  const phone = new Device(server, { device: 'phone', perMessage: 10 });
  for (let n = 0; n < count; n += 1) phone.add(vcard(`Name-${n}`, `TEL:+4917010000${n}`));
  await phone.sync();
  const luids = [...phone.items.keys()];
  for (const luid of luids.slice(0, 5)) phone.delete(luid);
  for (const luid of luids.slice(5, 10)) phone.replace(luid, vcard(`New-${luid}`));
  await phone.sync();
  return { server, phone };
}

async function expectComplete({ store }: TestServer): Promise<void> {
  const packs = await packsIn(store);
  expect(packs && liveLines(packs)).toEqual(itemLines(await itemsIn(store)));
  expect(await indexFaults(store)).toEqual([]);
}

/** The rows that the head names, and no others. */
async function expectOwnRowsOnly({ store }: TestServer): Promise<void> {
  const { epoch = '', rows = 0 } = (await headIn(store))?.index ?? {};
  const own = Array.from({ length: rows }, (_, n) => indexKey(CONTACTS, epoch, n).sk);
  expect(await indexRowsIn(store)).toEqual(own);
}

describe('the index of a store of before', () => {
  it('is made of the items in small portions', async () => {
    const { server } = await aged();
    await forgetIndex(server.store);
    const { index, portions } = await prepare(server.store);
    // Eight shards, of which some hold more items than a portion.
    expect(portions).toBeGreaterThan(9);
    expect(index?.count).toBe(25);
    await expectComplete(server);
    await expectOwnRowsOnly(server);
    expect((await prepare(server.store)).portions).toBe(0);
  });

  it('goes on from where another process stopped', async () => {
    const { server } = await aged();
    await forgetIndex(server.store);
    const whole = (await prepare(server.store)).portions;
    await forgetIndex(server.store);
    expect((await prepare(server.store, 6)).index).toBeUndefined();
    const { live, index } = (await headIn(server.store)) ?? {};
    expect(live).toBe(index?.entries);
    expect((await prepare(server.store)).portions).toBe(whole - 6);
    await expectComplete(server);
  });

  it('holds what a device commits between two portions, wherever the walk stands', async () => {
    const { server, phone } = await aged();
    await forgetIndex(server.store);
    const luids = [...phone.items.keys()];
    const { index } = await prepare(server.store, 1_000, async (portion) => {
      const luid = luids[portion] ?? '';
      if (portion % 3 === 0) phone.delete(luid);
      else if (portion % 3 === 1) phone.replace(luid, vcard(`Later-${luid}`));
      else phone.add(vcard(`Added-${luid}`));
      await phone.sync();
    });
    expect(index).toBeDefined();
    await expectComplete(server);
  });

  it('is empty where there is no item', async () => {
    const { server } = await aged(0);
    expect((await prepare(server.store)).index?.count).toBe(0);
    await writePuts(server.store, { put: 'head', datastore: 'contacts', head: { sequence: 0, version: 0 } });
    expect((await prepare(server.store)).index?.count).toBe(0);
    expect((await headIn(server.store))?.live).toBe(0);
  });
});

describe('an index is made anew', () => {
  it('when its blocking keys are of a former edition', async () => {
    const { server } = await aged();
    const { epoch, edition } = (await headIn(server.store))?.index ?? {};
    await alterIndex(server.store, { edition: 1 });
    expect((await prepare(server.store)).portions).toBeGreaterThan(9);
    const { index } = (await headIn(server.store)) ?? {};
    expect(index?.epoch).not.toBe(epoch);
    expect(index?.edition).toBe(edition);
    await expectComplete(server);
    await expectOwnRowsOnly(server);
    expect((await prepare(server.store)).portions).toBe(0);
  });

  it('when one of a former edition was half made', async () => {
    const { server } = await aged();
    await forgetIndex(server.store);
    await prepare(server.store, 6);
    await alterIndex(server.store, { edition: 1 });
    await prepare(server.store);
    await expectComplete(server);
    await expectOwnRowsOnly(server);
    expect((await headIn(server.store))?.live).toBe(25);
  });

  it('before a device is answered, which links a person by a key of this edition', async () => {
    const server = await startServer();
    const born = (name: string) => vcard(name, 'ADR:;;Lindenweg 7;Altdorf;;12345;', 'BDAY:1970-03-15');
    const [phone, tablet] = ['phone', 'tablet'].map((device) => new Device(server, { device })) as [
      Device,
      Device,
    ];
    phone.add(born('Oberthaler;Wolfgang'));
    await phone.sync();
    await alterIndex(server.store, { edition: 1 });
    tablet.add(born('Bertholer;Wolfgnag'));
    await tablet.sync();
    expect(await itemsIn(server.store)).toHaveLength(1);
    expect((await headIn(server.store))?.index?.edition).toBe(BLOCKING_EDITION);
  });

  it('when commits of its tail have expired', async () => {
    const { server } = await aged();
    const { epoch } = (await headIn(server.store))?.index ?? {};
    await server.store.transact([{ op: 'delete', key: commitKey(CONTACTS, 1), condition: 'any' }]);
    const { portions } = await prepare(server.store);
    expect(portions).toBeGreaterThan(0);
    expect((await headIn(server.store))?.index?.epoch).not.toBe(epoch);
    await expectComplete(server);
  });

  it('not when commits have expired that its rows hold', async () => {
    const { server } = await aged();
    await forgetIndex(server.store);
    await prepare(server.store);
    await server.store.transact([{ op: 'delete', key: commitKey(CONTACTS, 1), condition: 'any' }]);
    expect((await prepare(server.store)).portions).toBe(0);
  });

  it.each([0, 1, -1])('when row %i of it is gone, and its other rows are deleted', async (row) => {
    const { server } = await aged();
    await forgetIndex(server.store);
    await prepare(server.store);
    const { epoch = '', rows = 0 } = (await headIn(server.store))?.index ?? {};
    const key = indexKey(CONTACTS, epoch, row < 0 ? rows - 1 : row);
    await server.store.transact([{ op: 'delete', key, condition: 'any' }]);
    expect((await prepare(server.store)).portions).toBeGreaterThan(0);
    await expectComplete(server);
    await expectOwnRowsOnly(server);
  });

  it('deletes the rows of the former one before, in portions', async () => {
    const { server } = await aged();
    const old = { epoch: 'former', rows: 200 };
    for (let row = 0; row < old.rows; row += 1)
      await writePuts(server.store, {
        ...{ put: 'index', datastore: 'contacts', id: 'r', epoch: old.epoch, row, entries: [] },
      });
    await alterIndex(server.store, { old });
    const left: number[] = [];
    await prepare(server.store, 1_000, async () => left.push((await indexRowsIn(server.store)).length));
    expect(left).toEqual([200, 120, 40]);
    await expectOwnRowsOnly(server);
  });
});

describe('an index that consists mostly of old entries', () => {
  /** One item has been changed very often. */
  async function changedOften() {
    const { server } = await aged();
    await forgetIndex(server.store);
    await prepare(server.store);
    const { epoch = '', rows = 0, entries: before = 0 } = (await headIn(server.store))?.index ?? {};
    const [pack] = (await packsIn(server.store)) ?? [];
    const entry = pack?.entries()[0];
    const entries = Array.from({ length: 5_100 }, () => entry as NonNullable<typeof entry>);
    await writePuts(server.store, {
      ...{ put: 'index', datastore: 'contacts', id: 'r', epoch, row: rows, entries },
    });
    await alterIndex(server.store, { rows: rows + 1, newest: 'r', entries: before + entries.length });
    return server;
  }

  it('is made anew of its own entries: of each item the last one', async () => {
    const server = await changedOften();
    const { portions, index } = await prepare(server.store);
    // One portion writes the new rows, another one deletes the old ones.
    expect([portions, index?.count]).toEqual([2, 25]);
    expect((await headIn(server.store))?.index).toMatchObject({ entries: 25, tail: 0 });
    expect((await headIn(server.store))?.index?.rows).toBeGreaterThan(2);
    await expectComplete(server);
    await expectOwnRowsOnly(server);
  });

  it('counts the live items anew', async () => {
    const server = await changedOften();
    const head = await headIn(server.store);
    if (head === undefined) throw new Error('there is no log');
    await writePuts(server.store, { put: 'head', datastore: 'contacts', head: { ...head, live: 1 } });
    await prepare(server.store);
    expect((await headIn(server.store))?.live).toBe(25);
  });

  it('lacks items that were deleted since', async () => {
    const server = await changedOften();
    const phone = new Device(server, { device: 'laptop' });
    await phone.sync();
    for (const luid of [...phone.items.keys()].slice(0, 7)) phone.delete(luid);
    await phone.sync();
    expect((await prepare(server.store)).index?.count).toBe(18);
    await expectComplete(server);
  });
});
