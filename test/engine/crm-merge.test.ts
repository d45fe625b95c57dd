/** The CRM saves what it knows of a record: what devices have beside it, and changed since, stays. */
import { describe, expect, it } from 'vitest';
import { readVersions } from '../../lib/app/changes.ts';
import { Device } from '../kit/device.ts';
import { vcard } from '../kit/drafts.ts';
import { startServer, USER } from '../kit/server.ts';
import { bodiesOf, liveItems } from './steps.ts';

/** A record that the CRM saved as `first`, then the phone as `edited`, then the CRM again as each of `later`. */
const saved = (first: string[], edited: string[], ...later: string[][]) =>
  savedOf('Ada', first, edited, ...later);

async function savedOf(name: string, first: string[], edited: string[], ...later: string[][]) {
  const server = await startServer();
  const save = (lines: string[]) =>
    server.crm({
      ...{ user: USER, datastore: 'contacts', record: 'r', op: 'upsert' },
      body: vcard(name, ...lines),
    });
  await save(first);
  const phone = new Device(server, { device: 'phone' });
  await phone.sync();
  phone.replace(phone.find(name), vcard(name, ...edited));
  await phone.sync();
  for (const lines of later) await save(lines);
  return { server, phone };
}

describe('a record that the CRM saves again', () => {
  it('keeps what a phone added to it and changed in it', async () => {
    const { server, phone } = await saved(
      ['TEL:1', 'TITLE:Dr.'],
      ['TEL:1', 'TEL:2', 'TITLE:Prof.', 'X-OWN:1'],
      ['TEL:1', 'TITLE:Dr.', 'ROLE:chief'],
    );
    expect(await bodiesOf(server)).toEqual([
      vcard('Ada', 'TEL:1', 'TEL:2', 'TITLE:Prof.', 'X-OWN:1', 'ROLE:chief'),
    ]);
    await phone.sync();
    expect([...phone.items.values()].join()).toContain('ROLE:chief');
  });

  it('has what the CRM changed, whoever changed it meanwhile; the other value stays as a version', async () => {
    const { server } = await saved(['TITLE:Dr.'], ['TITLE:Prof.'], ['TITLE:Mag.']);
    expect(await bodiesOf(server)).toEqual([vcard('Ada', 'TITLE:Mag.')]);
    const [item] = await liveItems(server);
    const versions = await readVersions(server.store, USER, 'contacts', item?.guid ?? '');
    expect(versions.map(({ content }) => content.storedText)).toContain(vcard('Ada', 'TITLE:Prof.'));
  });

  it('lacks what the CRM took away, time and again', async () => {
    const { server } = await saved(['TEL:1', 'TEL:2'], ['TEL:1', 'TEL:2', 'TEL:3'], ['TEL:1'], ['TITLE:Dr.']);
    expect(await bodiesOf(server)).toEqual([vcard('Ada', 'TEL:3', 'TITLE:Dr.')]);
  });

  it('as it was before changes nothing', async () => {
    const { server } = await saved(['TEL:1'], ['TEL:1', 'NOTE:mine'], ['TEL:1'], ['TEL:1']);
    const [item] = await liveItems(server);
    expect(item?.rev).toBe(2);
    expect(await bodiesOf(server)).toEqual([vcard('Ada', 'TEL:1', 'NOTE:mine')]);
  });

  it('lacks what the CRM learned of a phone, saved, and took away', async () => {
    const learned = await saved(['TEL:1'], ['TEL:1', 'TITLE:Prof.'], ['TEL:1', 'TITLE:Prof.'], ['TEL:1']);
    expect(await bodiesOf(learned.server)).toEqual([vcard('Ada', 'TEL:1')]);
    const some = await saved(['TEL:1'], ['TEL:1', 'TEL:2', 'TEL:3'], ['TEL:1', 'TEL:2'], ['TEL:1', 'ROLE:x']);
    expect(await bodiesOf(some.server)).toEqual([vcard('Ada', 'TEL:1', 'TEL:3', 'ROLE:x')]);
  });

  // What they are kept under says nothing of their order, and is another for each name.
  it.each(['Ada', 'Berta', 'Carl', 'Dora', 'Emil', 'Frida'])(
    'is compared with the last of several copies that brought nothing new (%s)',
    async (name) => {
      const [some, all] = [
        ['TEL:1', 'TITLE:t'],
        ['TEL:1', 'TITLE:t', 'ROLE:r'],
      ];
      const { server } = await savedOf(name, ['TEL:1'], all, some, all, some);
      expect(await bodiesOf(server)).toEqual([vcard(name, ...some)]);
    },
  );

  it('goes when the CRM deletes it, whatever a phone made of it', async () => {
    for (const later of [
      ['TEL:1', 'TEL:2'],
      ['TEL:1', 'ROLE:x'],
    ]) {
      const { server } = await saved(['TEL:1'], ['TEL:1', 'TEL:2', 'X-OWN:1'], later);
      await server.crm({ user: USER, datastore: 'contacts', record: 'r', op: 'delete' });
      expect(await bodiesOf(server)).toEqual([]);
    }
  });
});
