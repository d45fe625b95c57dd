/** What was deleted or overwritten comes back, to every device. */
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { readChanges, readVersions } from '../../lib/app/changes.ts';
import { restoreItem, restoreSession } from '../../lib/app/restore.ts';
import { liveItems } from '../engine/steps.ts';
import { Device } from '../kit/device.ts';
import { vcard } from '../kit/drafts.ts';
import { CONTACTS } from '../kit/match-index.ts';
import { startServer } from '../kit/server.ts';

async function twoDevices(...cards: readonly string[]) {
  const server = await startServer();
  const [phone, tablet] = [new Device(server), new Device(server, { device: 'tablet-1' })];
  for (const card of cards) phone.add(card);
  await phone.sync();
  await tablet.sync();
  await phone.sync();
  const names = (device: Device) =>
    [...device.items.values()].map((text) => /^FN:(.*)$/m.exec(text)?.[1]?.trim()).sort();
  const now = () => server.time;
  const last = async () => {
    const change = (await readChanges(server.store, 'anna', { datastore: 'contacts' })).at(-1);
    if (change === undefined) throw new Error('nothing in the log');
    return change;
  };
  const bothSync = async () => {
    for (const device of [phone, tablet, phone, tablet]) await device.sync();
    return [names(phone), names(tablet)];
  };
  return { server, phone, tablet, names, now, last, bothSync };
}

describe('a restored item', () => {
  it('that was deleted is on every device again, once', async () => {
    const { server, phone, now, last, bothSync } = await twoDevices(vcard('Ada'), vcard('Berta'));
    phone.delete(phone.find('FN:Ada\r'));
    expect(await bothSync()).toEqual([['Berta'], ['Berta']]);
    const { guid, rev } = await last();
    const report = await restoreItem(server.store, CONTACTS, { guid, rev: rev - 1 }, now);
    expect(report.restored).toEqual([{ datastore: 'contacts', guid }]);
    expect(await last()).toMatchObject({ guid, origin: 'undo' });
    expect(await bothSync()).toEqual([
      ['Ada', 'Berta'],
      ['Ada', 'Berta'],
    ]);
    expect(await liveItems(server)).toHaveLength(2);
  });

  it('that was overwritten has its text of before, and what was in its place is a version', async () => {
    const { server, phone, now, last, bothSync } = await twoDevices(vcard('Ada'));
    phone.replace(phone.find('FN:Ada\r'), vcard('Wrong'));
    expect(await bothSync()).toEqual([['Wrong'], ['Wrong']]);
    const { guid, rev } = await last();
    await restoreItem(server.store, CONTACTS, { guid, rev: rev - 1 }, now);
    expect(await bothSync()).toEqual([['Ada'], ['Ada']]);
    const versions = await readVersions(server.store, 'anna', 'contacts', guid);
    expect(versions.at(-1)).toMatchObject({ reason: 'replaced', by: 'undo' });
  });

  it('is left where its version is gone, or equal to what the item is', async () => {
    const { server, now, last } = await twoDevices(vcard('Ada'));
    const { guid, rev } = await last();
    const { restored, left } = await restoreItem(server.store, CONTACTS, { guid, rev }, now);
    expect({ restored, left }).toEqual({
      restored: [],
      left: [{ datastore: 'contacts', guid, why: 'no version' }],
    });
  });
});

it('a large text that comes back stays when its version expires', async () => {
  const text = createHash('shake256', { outputLength: 9000 }).update('a').digest('base64');
  const { server, phone, tablet, now, last } = await twoDevices(vcard('Ada', `NOTE:${text}`));
  phone.delete(phone.find('FN:Ada\r'));
  await phone.sync();
  const { guid, rev } = await last();
  await restoreItem(server.store, CONTACTS, { guid, rev: rev - 1 }, now);
  server.time += 40 * 86_400_000;
  await tablet.sync();
  await phone.sync(201);
  expect([...phone.items.values()].join().replace(/\r\n /g, '')).toContain(text.slice(-100));
});

it('all that one session deleted or overwrote comes back, unless somebody changed it since', async () => {
  const { server, phone, tablet, now, last, bothSync } = await twoDevices(
    ...['Ada', 'Berta', 'Cora', 'Dora'].map((name) => vcard(name)),
  );
  phone.delete(phone.find('FN:Ada\r'));
  phone.replace(phone.find('FN:Berta\r'), vcard('Wrong'));
  phone.replace(phone.find('FN:Cora\r'), vcard('Cora Two'));
  phone.add(vcard('Eva'));
  await phone.sync();
  const log = await server.store.query({
    ...{ table: 'items', pk: 'anna#contacts#log', from: 'C#', to: 'C#~' },
    ...{ descending: true, limit: 1 },
  });
  const session = String(log.rows[0]?.attributes.session);
  await tablet.sync();
  tablet.replace(tablet.find('FN:Cora Two\r'), vcard('Cora Three'));
  await tablet.sync();
  const { origin } = await last();
  expect(origin).toBe('d:tablet-1');
  const asked = { user: 'anna', origin: 'd:phone-1', session };
  const { restored, left } = await restoreSession(server.store, asked, now);
  expect([restored.length, left.map(({ why }) => why)]).toEqual([2, ['changed since']]);
  const all = ['Ada', 'Berta', 'Cora Three', 'Dora', 'Eva'];
  expect(await bothSync()).toEqual([all, all]);
  expect((await restoreSession(server.store, asked, now)).restored).toEqual([]);
});
