/** What a store of before tells of its past: the log, the versions that were replaced, what waits for a decision. */
import { describe, expect, it } from 'vitest';
import { readChanges, readReviews, readVersions } from '../../lib/app/changes.ts';
import { createIngest } from '../../lib/app/ingest.ts';
import { deviceLosses } from '../../lib/app/losses.ts';
import type { Store } from '../../lib/store/port/port.ts';
import { fixtureNames, readFixture } from './fixture.ts';
import { DATASTORES, itemsOf, known, serverOf } from './known.ts';
import { OTHERS } from './people.ts';

const NOTHING = { Add: 0, Replace: 0, Delete: 0 };

describe.each(fixtureNames())('the past in the store of %s', (name) => {
  const fixture = readFixture(name);
  const { login } = fixture;

  async function bodiesOf(store: Store, datastore: string, text: string) {
    const changes = await readChanges(store, login, { datastore });
    for (const guid of new Set(changes.map((change) => change.guid))) {
      const versions = await readVersions(store, login, datastore, guid);
      const found = versions.filter(({ content }) => content.isWhole && content.storedText.includes(text));
      if (found.length > 0)
        return { guid, versions, found, changes: changes.filter((one) => one.guid === guid) };
    }
    throw new Error(`no version in ${datastore} holds ${text}`);
  }

  it.each(DATASTORES)('is a log without a gap: %s', async (datastore) => {
    const { store } = await serverOf(fixture);
    const changes = await readChanges(store, login, { datastore });
    const sequences = [...new Set(changes.map(({ sequence }) => sequence))];
    expect(sequences).toEqual(sequences.map((_, n) => n + 1));
    const live = new Map(changes.map(({ guid, op }) => [guid, op]));
    const there = [...live.values()].filter((op) => op !== 'delete');
    expect(there).toHaveLength(itemsOf(fixture, 'phone', datastore).length);
  });

  it('names who changed what', async () => {
    const { store } = await serverOf(fixture);
    const changes = await readChanges(store, login);
    expect([...new Set(changes.map(({ origin }) => origin))].sort()).toEqual([
      'crm',
      'd:laptop',
      'd:phone',
      'd:tablet',
      'd:watch',
    ]);
    const clara = changes.filter(({ record }) => record === 'crm-4711').map(({ op, rev }) => `${op} ${rev}`);
    expect(clara.slice(0, 2)).toEqual(['add 1', 'replace 2']);
  });

  it('keeps what lost a conflict', async () => {
    const { store } = await serverOf(fixture);
    const { found } = await bodiesOf(store, 'contacts', 'TITLE:Chief engineer');
    expect(found.map(({ reason }) => reason)).toContain('lost-conflict');
  });

  it.each([
    ['contacts', 'Jansen-Meyer'],
    ['calendar', 'SUMMARY:To be deleted'],
    ['notes', 'To be deleted'],
  ] as const)('brings back what was deleted from %s', async (datastore, text) => {
    const server = await serverOf(fixture);
    const { found, changes } = await bodiesOf(server.store, datastore, text);
    expect(changes.at(-1)?.op).toBe('delete');
    const [deleted] = found.filter(({ reason }) => reason === 'deleted');
    const { type = '', storedText: body = '' } = deleted?.content ?? {};
    await server.crm({ user: login, datastore, record: 'back', op: 'upsert', type, body });
    for (const who of ['phone', 'laptop']) {
      const device = known(server, fixture, who, datastore);
      // A series with a moved occurrence comes once more, with its new time.
      const Replace = datastore === 'calendar' ? 1 : 0;
      expect((await device.sync()).received).toEqual({ ...NOTHING, Replace, Add: 1 });
      expect(device.find(text)).toBeDefined();
    }
  });

  it('keeps two of one name for somebody to decide', async () => {
    const { store } = await serverOf(fixture);
    const [review, ...others] = await readReviews(store, login, 'contacts');
    expect(others).toEqual([]);
    expect(review?.reasons).toContain('same-name');
  });

  it("knows the CRM's record and events", async () => {
    const server = await serverOf(fixture);
    const record = 'crm-4711';
    const event = fixture.rows.find(({ table }) => table === 'crm-changes');
    const deps = {
      ...server,
      now: () => server.time,
      random: () => new Uint8Array(18),
      log: () => undefined,
    };
    expect(await createIngest(deps)(login, event?.sk ?? '')).toBe('repeated');
    const body = OTHERS.crm.replace('Nowak KG', 'Nowak & Töchter');
    const change = {
      user: login,
      datastore: 'contacts',
      record,
      op: 'upsert',
      type: 'text/vcard',
      body,
    } as const;
    expect(await server.crm(change)).toBe('applied');
    const phone = known(server, fixture, 'phone', 'contacts');
    expect((await phone.sync()).received).toEqual({ ...NOTHING, Replace: 1 });
    expect(phone.items.get(phone.find('Clara'))).toContain('Nowak & Töchter');
    await server.crm({ user: login, datastore: 'contacts', record, op: 'delete' });
    expect((await phone.sync()).received).toEqual({ ...NOTHING, Delete: 1 });
    expect(phone.contents.filter((text) => text.includes('Clara'))).toEqual([]);
  });

  it('tells what a device of then does not hold', async () => {
    const { store } = await serverOf(fixture);
    const told = await deviceLosses(store, { login, device: 'tablet' });
    expect(told.map(({ datastore, items }) => [datastore, items])).toEqual(
      ['contacts', 'calendar'].map((datastore) => [
        datastore,
        itemsOf(fixture, 'phone', datastore as 'contacts').length,
      ]),
    );
  });
});
