/** Items that are read in: added once, linked to what is there, in the log for everybody. */
import { describe, expect, it } from 'vitest';
import { readChanges } from '../../lib/app/changes.ts';
import { createImport, type FiledItem } from '../../lib/app/import.ts';
import { liveItems } from '../engine/steps.ts';
import { Device } from '../kit/device.ts';
import { startServer } from '../kit/server.ts';

const card = (name: string, ...lines: readonly string[]): FiledItem => ({
  type: 'text/vcard',
  data: ['BEGIN:VCARD', 'VERSION:3.0', `FN:${name}`, `N:${name};;;;`, ...lines, 'END:VCARD', ''].join('\r\n'),
});

async function bench() {
  const server = await startServer();
  const now = () => server.time;
  const take = (...items: readonly FiledItem[]) => createImport(server.store, 'anna', now)('contacts', items);
  const changes = () => readChanges(server.store, 'anna', { datastore: 'contacts' });
  return { server, take, changes };
}

describe('an import', () => {
  it('adds what is not there, and a second time changes nothing', async () => {
    const { server, take, changes } = await bench();
    expect(await take(card('Ada'), card('Berta'))).toEqual(['added', 'added']);
    expect((await changes()).map(({ op, origin }) => [op, origin])).toEqual([
      ['add', 'import'],
      ['add', 'import'],
    ]);
    expect(await take(card('Berta'), card('Ada'))).toEqual(['known', 'known']);
    expect(await changes()).toHaveLength(2);
    const phone = new Device(server);
    await phone.sync();
    expect(phone.items.size).toBe(2);
  });

  it('keeps equal items apart, each time', async () => {
    const { server, take } = await bench();
    expect(await take(card('Ada'), card('Ada'))).toEqual(['added', 'added']);
    expect(await take(card('Ada'), card('Ada'))).toEqual(['known', 'known']);
    expect(await liveItems(server)).toHaveLength(2);
  });

  it('links an item of a device, which gets what it lacks', async () => {
    const { server, take, changes } = await bench();
    const phone = new Device(server);
    phone.add(card('Ada Lind', 'TEL;TYPE=CELL:+4915112345678', 'EMAIL:ada@example.com').data as string);
    await phone.sync();
    const same = card('Ada Lind', 'EMAIL:ada@example.com', 'NOTE:from the file');
    expect(await take(same)).toEqual(['merged']);
    expect(await liveItems(server)).toHaveLength(1);
    await phone.sync();
    const [text = ''] = phone.items.values();
    expect(text).toMatch(/from the file/);
    expect(text).toMatch(/15112345678/);
    const before = await changes();
    expect(await take(same)).toEqual(['known']);
    expect(await changes()).toEqual(before);
  });

  it('leaves as it is what was read in before and changed since, and brings back what was deleted', async () => {
    const { server, take } = await bench();
    await take(card('Ada', 'NOTE:old'), card('Berta'));
    const phone = new Device(server);
    await phone.sync();
    phone.replace(phone.find('NOTE:old'), card('Ada', 'NOTE:new').data as string);
    phone.delete(phone.find('FN:Berta'));
    await phone.sync();
    expect(await take(card('Ada', 'NOTE:old'), card('Berta'))).toEqual(['known', 'added']);
    await phone.sync();
    const texts = [...phone.items.values()].join();
    expect(texts).toMatch(/NOTE:new/);
    expect(texts).not.toMatch(/NOTE:old/);
    expect(texts).toMatch(/FN:Berta/);
    expect(await liveItems(server)).toHaveLength(2);
  });

  it('is not stopped by an item that is too large', async () => {
    const { take } = await bench();
    const large = { ...card('Ada'), data: 'x'.repeat(3_000_001) };
    expect(await take(large, card('Berta'))).toEqual(['too large', 'added']);
  });
});
