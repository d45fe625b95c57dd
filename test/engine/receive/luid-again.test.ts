/** A device that gives the LUID of an item that it deleted to another one. */
import { describe, expect, it } from 'vitest';
import { Device } from '../../kit/device.ts';
import { vcard } from '../../kit/drafts.ts';
import { startServer, USER } from '../../kit/server.ts';

/** Both devices have Ada, whom the phone then deletes. */
async function pair() {
  const server = await startServer();
  const [phone, laptop] = ['phone', 'laptop'].map((device) => new Device(server, { device })) as [
    Device,
    Device,
  ];
  phone.add(vcard('Ada'), 'one');
  await phone.sync();
  await laptop.sync();
  phone.delete('one');
  return { phone, laptop };
}

const namesOn = ({ contents }: Device): string[] =>
  contents.map((text) => /FN:(\w+)/.exec(text)?.[1] ?? '').sort();

describe.each(['at once', 'in the next sync'])('%s', (when) => {
  it('the new one comes to the others, and can be changed and deleted', async () => {
    const { phone, laptop } = await pair();
    if (when === 'in the next sync') await phone.sync();
    phone.add(vcard('Bruno'), 'one');
    await phone.sync();
    await laptop.sync();
    expect(namesOn(laptop)).toEqual(['Bruno']);
    phone.replace('one', vcard('Bruno', 'NOTE:n'));
    await phone.sync();
    expect((await laptop.sync()).received).toEqual({ Add: 0, Replace: 1, Delete: 0 });
    phone.delete('one');
    await phone.sync();
    await laptop.sync();
    expect(namesOn(laptop)).toEqual([]);
  });
});

it('what another device does to the deleted one is done to that one', async () => {
  const { phone, laptop } = await pair();
  await phone.sync();
  phone.add(vcard('Bruno'), 'one');
  laptop.replace(laptop.find('Ada'), vcard('Ada', 'NOTE:n'));
  await phone.sync();
  await laptop.sync();
  await phone.sync();
  for (const device of [phone, laptop]) {
    expect(namesOn(device)).toEqual(['Ada', 'Bruno']);
    expect(device.contents.find((text) => text.includes('NOTE:n'))).toContain('FN:Ada');
  }
});

it('a record that the CRM saves again is the record that it was, whatever it says then', async () => {
  const server = await startServer();
  const phone = new Device(server, { device: 'phone' });
  const record = { user: USER, datastore: 'contacts', record: 'r1' };
  await server.crm({ ...record, op: 'upsert', type: 'text/vcard', body: vcard('Ada') });
  await phone.sync();
  await server.crm({ ...record, op: 'delete' });
  await server.crm({ ...record, op: 'upsert', type: 'text/vcard', body: vcard('Bruno') });
  await phone.sync(201);
  expect(namesOn(phone)).toHaveLength(1);
});

it('the same one again is that one', async () => {
  const { phone, laptop } = await pair();
  await phone.sync();
  phone.add(vcard('Ada', 'NOTE:n'), 'one');
  await phone.sync();
  await laptop.sync();
  expect(namesOn(laptop)).toEqual(['Ada']);
});
