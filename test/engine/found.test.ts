/** Scenarios in which an item was once lost, doubled, or a session stuck. Each stays as it was found. */
import { describe, expect, it } from 'vitest';
import { readChanges } from '../../lib/app/changes.ts';
import { Device } from '../kit/device.ts';
import { add, alert, map, nextMessage, putDevInf, replace, sync, vcard } from '../kit/drafts.ts';
import { startServer, USER } from '../kit/server.ts';
import { changesOf, Session } from '../kit/session.ts';

async function pair(policy: 'newest-wins' | 'server-wins' = 'newest-wins') {
  const server = await startServer({ policies: { contacts: policy } });
  const phone = new Device(server, { device: 'phone' });
  const laptop = new Device(server, { device: 'laptop' });
  return { server, phone, laptop };
}

describe('a long log', () => {
  it('of single changes is told over several messages', async () => {
    const { server, phone } = await pair();
    await phone.sync();
    for (let n = 0; n < 1_100; n += 1)
      await server.crm({
        user: USER,
        datastore: 'contacts',
        record: `r${n % 900}`,
        op: 'upsert',
        body: vcard(`N${n}`),
      });
    await phone.sync();
    expect(phone.items.size).toBe(900);
    expect((await phone.sync()).received).toEqual({ Add: 0, Replace: 0, Delete: 0 });
  }, 60_000);

  it('of items that the device does not take is passed over, and they come when it takes them', async () => {
    const { server, laptop } = await pair();
    for (let n = 0; n < 1_000; n += 1) laptop.add(vcard(`N${n}`));
    await laptop.sync();
    const old = new Device(server, { device: 'old', type: 'application/x-card' });
    expect((await old.sync()).received.Add).toBe(0);
    const [, session] = [await old.sync(), new Session(server, { device: 'old', sessionId: '77' })];
    await session.send([putDevInf(), alert(200, 'contacts', { last: 'old-2', next: 'x' })]);
    const { reply } = await session.send([...session.statuses(), sync([])]);
    expect(changesOf(reply).length).toBeGreaterThan(50);
  }, 60_000);
});

describe('a refresh from the client', () => {
  it('that only asks for more deletes nothing', async () => {
    const { server, phone } = await pair();
    phone.add(vcard('Ada'));
    await phone.sync();
    const session = new Session(server, { device: 'phone', sessionId: '9' });
    await session.send([putDevInf(), alert(203)]);
    for (let n = 0; n < 6; n += 1)
      await session.send([...session.statuses(), nextMessage()], { final: false });
    expect((await readChanges(server.store, USER)).map(({ op }) => op)).toEqual(['add']);
  });

  it('in which an item is refused deletes nothing', async () => {
    const { server, phone } = await pair();
    phone.add(vcard('Ada'), 'L1');
    phone.add(vcard('Berta'), 'L2');
    await phone.sync();
    const session = new Session(server, { device: 'phone', sessionId: '9' });
    await session.send([putDevInf(), alert(203)]);
    await session.send([...session.statuses(), sync([replace('L1', 'x', 'image/png')])]);
    expect((await readChanges(server.store, USER)).filter(({ op }) => op === 'delete')).toEqual([]);
  });
});

describe('a change that the device refused', () => {
  it('is no ground for the device to overwrite what it never saw', async () => {
    const { server, phone, laptop } = await pair('server-wins');
    phone.add(vcard('Ada'), 'L1');
    await phone.sync();
    await laptop.sync();
    laptop.replace(laptop.find('Ada'), vcard('Ada', 'TITLE:1'));
    await laptop.sync();
    const refusing = new Session(server, { device: 'phone', sessionId: '50' });
    await refusing.send([putDevInf(), alert(200, 'contacts', { last: 'phone-1', next: 'p2' })]);
    await refusing.send([...refusing.statuses(), sync([])]);
    await refusing.send(refusing.statuses({ Replace: 500 }));
    const stale = new Session(server, { device: 'phone', sessionId: '51' });
    await stale.send([putDevInf(), alert(200, 'contacts', { last: 'p2', next: 'p3' })]);
    const { reply } = await stale.send([...stale.statuses(), sync([replace('L1', vcard('Ada', 'TITLE:2'))])]);
    expect(reply.commands.find((c) => c.name === 'Status' && c.cmd === 'Replace')).toMatchObject({
      code: 419,
    });
    expect(changesOf(reply)).toMatchObject([{ name: 'Replace', items: [{ data: vcard('Ada', 'TITLE:1') }] }]);
  });
});

describe('a resend', () => {
  it('of what another device has edited since takes nothing back', async () => {
    const { server, phone, laptop } = await pair();
    phone.add(vcard('Ada'), 'L1');
    await phone.sync();
    await laptop.sync();
    const broken = new Session(server, { device: 'phone', sessionId: '50' });
    await broken.send([putDevInf(), alert(200, 'contacts', { last: 'phone-1', next: 'p2' })]);
    await broken.send([...broken.statuses(), sync([replace('L1', vcard('Ada', 'TEL:1'))])]);
    await laptop.sync();
    laptop.replace(laptop.find('Ada'), vcard('Ada', 'TEL:1', 'NOTE:more'));
    await laptop.sync();
    const again = new Session(server, { device: 'phone', sessionId: '51' });
    await again.send([putDevInf(), alert(200, 'contacts', { last: 'phone-1', next: 'p3' })]);
    const { reply } = await again.send([...again.statuses(), sync([replace('L1', vcard('Ada', 'TEL:1'))])]);
    expect(reply.commands.find((c) => c.name === 'Status' && c.cmd === 'Replace')).toMatchObject({
      code: 200,
    });
    expect(changesOf(reply)).toMatchObject([{ items: [{ data: vcard('Ada', 'TEL:1', 'NOTE:more') }] }]);
  });
});

it('a forced slow sync after another device renamed an item makes no double', async () => {
  const { phone, laptop } = await pair();
  phone.add(vcard('Ada'));
  await phone.sync();
  await laptop.sync();
  laptop.replace(laptop.find('Ada'), vcard('Ada Jones'));
  await laptop.sync();
  await phone.sync(201);
  await laptop.sync();
  expect(phone.contents).toEqual([vcard('Ada Jones')]);
  expect(laptop.contents).toEqual(phone.contents);
});

it('a record of the CRM that is older than the log is taken all the same', async () => {
  const { server } = await pair();
  const at = server.time - 400 * 24 * 3600 * 1000;
  const change = {
    user: USER,
    datastore: 'contacts',
    record: 'r',
    op: 'upsert',
    body: vcard('Ada'),
  } as const;
  expect(await server.crm({ ...change, at } as never)).toBe('applied');
});

it('an empty login is none, and a Map with an impossible GUID is 404', async () => {
  const server = await startServer();
  const nobody = new Session(server, { user: '', password: 'x' });
  expect((await nobody.send([alert(201)])).http.status).toBe(200);
  const session = new Session(server);
  await session.send([putDevInf(), alert(201)]);
  const long = 'x'.repeat(3_000);
  const { reply } = await session.send([
    ...session.statuses(),
    map([[long, '1']]),
    sync([add('1', vcard('A'))]),
  ]);
  expect(reply.commands.find((c) => c.name === 'Status' && c.cmd === 'Map')).toMatchObject({ code: 404 });
});

it('a LUID of any length is answered', async () => {
  const session = new Session(await startServer());
  await session.send([putDevInf(), alert(201)]);
  const { http, reply } = await session.send([sync([add('x'.repeat(400_000), vcard('A'))])]);
  expect(http.status).toBe(200);
  expect(reply.commands.find((c) => c.name === 'Status' && c.cmd === 'Add')).toMatchObject({ code: 414 });
});

it('a device without large objects gets past an item that fits no message of its', async () => {
  const { server, laptop } = await pair();
  laptop.add(vcard('Ada', `NOTE:${'n'.repeat(2_900)}`));
  laptop.add(vcard('Berta'));
  await laptop.sync();
  const old = new Device(server, { device: 'old', version: '1.0', largeObjects: false, maxMsgSize: 4_000 });
  const report = await old.sync();
  expect(report.messages).toBeLessThan(20);
  expect(old.contents).toContain(vcard('Berta'));
});

it('an item that is refused in a slow sync and comes whole afterwards is there once', async () => {
  const { server, phone } = await pair();
  phone.add(vcard('Ada'), 'L1');
  await phone.sync();
  const slow = new Session(server, { device: 'phone', sessionId: '8' });
  await slow.send([putDevInf(), alert(201, 'contacts', { next: 'n8' })]);
  const bad = replace('L1', 'x', 'image/png');
  const { reply } = await slow.send([...slow.statuses(), sync([bad])]);
  expect(changesOf(reply)).toEqual([]);
  await slow.send(slow.statuses());
  const next = new Session(server, { device: 'phone', sessionId: '9' });
  await next.send([alert(200, 'contacts', { last: 'n8', next: 'n9' })]);
  await next.send([...next.statuses(), sync([replace('L1', vcard('Ada', 'TEL:1'))])]);
  expect((await readChanges(server.store, USER)).map(({ op }) => op)).toEqual(['add', 'replace']);
});
