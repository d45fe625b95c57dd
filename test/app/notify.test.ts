/** What a device is asked for, from what it told the server in an earlier session. */
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { putAccount, UnknownLoginError } from '../../lib/app/accounts.ts';
import { type Notified, notify } from '../../lib/app/notify.ts';
import { decode } from '../../lib/codec/codec.ts';
import { ownDevInf } from '../../lib/engine/device/own-devinf.ts';
import { verifierOf } from '../../lib/engine/session/credentials.ts';
import type { DevInfDataStore } from '../../lib/message/devinf-model.ts';
import type { Version } from '../../lib/message/model.ts';
import { buildNotification, type Notification } from '../../lib/message/notification.ts';
import { parseMessage } from '../../lib/message/parse/message.ts';
import { alert, devInf, putDevInf } from '../kit/drafts.ts';
import { PASSWORD, startServer, type TestServer } from '../kit/server.ts';
import { Session } from '../kit/session.ts';

const TO = { login: 'anna', device: 'phone-1' };
const SERVER = ownDevInf('1.2').devId ?? '';

const database = (sourceRef: string, type: string): DevInfDataStore => ({
  sourceRef,
  rxPref: { type, version: '1' },
  rx: [],
  tx: [],
  ctCaps: [],
  syncTypes: [1],
});

/** A server that met the phone once. */
async function met(version: Version, dataStores: readonly DevInfDataStore[]): Promise<TestServer> {
  const server = await startServer();
  const info = putDevInf(devInf({ verDTD: version, dataStores }), `./devinf${version.replace('.', '')}`);
  await new Session(server, { version }).send([info, alert(201)]);
  return server;
}

const packageOf = (more: Partial<Notification>): Uint8Array =>
  buildNotification({
    ...{ verifier: verifierOf(SERVER, ''), nonce: new Uint8Array(0), serverId: SERVER },
    ...{ sessionId: 0, uiMode: 1, initiator: 1, syncs: [], ...more },
  });
const alertsIn = ({ bytes }: Notified) =>
  parseMessage(decode(bytes, 'wbxml').root).commands.map((command) =>
    command.name === 'Alert' ? [command.code, ...command.items] : command,
  );

describe('a device of 1.2', () => {
  it('is asked for what it has of ours, by the id in our device information [D08]', async () => {
    const server = await met('1.2', [
      database('./Contacts', 'text/x-vcard'),
      database('memo', 'text/plain'),
      database('photos', 'image/jpeg'),
    ]);
    const syncs = ['./contacts', './notes'].map((serverUri) => ({ code: 206, serverUri }));
    expect(await notify(server.store, TO)).toEqual({
      version: '1.2',
      contentType: 'application/vnd.syncml.ds.notification',
      wapCode: 0x4e,
      application: { name: 'x-wap-application:push.syncml', wapCode: 0x05 },
      bytes: packageOf({ syncs }),
      sessionId: 0,
      known: true,
      datastores: ['./contacts', './notes'],
      passwordFrom: 'none',
    });
  });

  it('is asked for all when one of its databases could be the calendar or the tasks', async () => {
    const { store } = await met('1.2', [
      database('./contacts', 'text/vcard'),
      database('x', 'text/x-vcalendar'),
    ]);
    expect(await notify(store, TO)).toMatchObject({ datastores: [], bytes: packageOf({}) });
  });

  it('is asked for all when nothing is known of it, in the newest form', async () => {
    const { store } = await startServer();
    const notified = await notify(store, TO);
    expect(notified).toMatchObject({ version: '1.2', known: false, datastores: [], bytes: packageOf({}) });
  });

  it('is asked for ours by name when a type is wished, which "all" cannot carry', async () => {
    const { store } = await startServer();
    const { datastores, bytes } = await notify(store, TO, { type: 210, uiMode: 3, sessionId: 7 });
    expect(datastores).toEqual(['./contacts', './calendar', './tasks', './notes']);
    const syncs = datastores.map((serverUri) => ({ code: 210, serverUri }));
    expect(bytes).toEqual(packageOf({ syncs, uiMode: 3, sessionId: 7 }));
  });

  it('is shown the password that was given, else the one in the account', async () => {
    const { store } = await startServer();
    const nonce = Buffer.from('Nonce');
    const given = await notify(store, TO, { password: 'OhBehave', nonce });
    const verifier = createHash('md5').update(`${SERVER}:OhBehave`).digest('base64');
    expect(given).toMatchObject({ passwordFrom: 'options', bytes: packageOf({ verifier, nonce }) });

    await putAccount(store, { login: 'anna', password: PASSWORD, notifications: true });
    const stored = await notify(store, TO);
    const own = packageOf({ verifier: verifierOf(SERVER, PASSWORD) });
    expect(stored).toMatchObject({ passwordFrom: 'account', bytes: own });
    expect(await notify(store, TO, { password: '' })).toMatchObject({
      passwordFrom: 'options',
      bytes: packageOf({ verifier: verifierOf(SERVER, '') }),
    });
  });
});

describe('a device of 1.0 or 1.1', () => {
  it('gets an Alert message, and begins with its session id and Alert [A07-A09]', async () => {
    const server = await met('1.1', [
      database('Contacts', 'text/x-vcard'),
      database('./tasks', 'text/calendar'),
    ]);
    const notified = await notify(server.store, TO, { sessionId: 77, url: server.url });
    expect(notified).toMatchObject({
      version: '1.1',
      contentType: 'application/vnd.syncml+wbxml',
      known: true,
    });
    expect(notified).not.toHaveProperty('wapCode');
    expect(notified).not.toHaveProperty('passwordFrom');
    expect(alertsIn(notified)).toEqual([
      [206, { target: { uri: 'Contacts' }, source: { uri: './contacts' }, meta: { type: 'text/x-vcard' } }],
      [206, { target: { uri: './tasks' }, source: { uri: './tasks' }, meta: { type: 'text/calendar' } }],
    ]);

    const { header } = parseMessage(decode(notified.bytes, 'wbxml').root);
    expect(header).toMatchObject({
      target: { uri: 'phone-1' },
      source: { uri: server.url },
      sessionId: '77',
    });
    const session = new Session(server, { version: '1.1', sessionId: header.sessionId });
    const { reply } = await session.send([alert(206)]);
    const status = reply.commands.find((c) => c.name === 'Status' && c.cmd === 'Alert');
    expect(status).toMatchObject({ code: 508 }); // the first session of the phone never ended
  });

  it('that was never met is greeted at /, with all of ours and a session id of its own', async () => {
    const { store } = await startServer();
    const notified = await notify(store, TO, { version: '1.0', type: 209 });
    const { header } = parseMessage(decode(notified.bytes, 'wbxml').root);
    expect(header).toMatchObject({ verDTD: '1.0', target: { uri: '/' }, source: { uri: SERVER } });
    expect(header.sessionId).toBe(String(notified.sessionId));
    expect(notified.sessionId).toBeGreaterThan(0);
    expect(alertsIn(notified)).toHaveLength(4);
    expect(alertsIn(notified)[3]).toEqual([
      209,
      { source: { uri: './notes' }, meta: { type: 'text/plain' } },
    ]);
  });
});

it('keeps users apart and says when there is no login', async () => {
  const server = await startServer({ users: ['anna', 'bo'] });
  await new Session(server).send([putDevInf(), alert(201)]);
  expect((await notify(server.store, TO)).known).toBe(true);
  expect((await notify(server.store, { ...TO, login: 'bo' })).known).toBe(false);
  await expect(notify(server.store, { ...TO, login: 'eve' })).rejects.toThrow(UnknownLoginError);
});

it('refuses what no field holds', async () => {
  const { store } = await startServer();
  await expect(notify(store, TO, { type: 200 })).rejects.toThrow(RangeError);
  await expect(notify(store, TO, { version: '1.1', type: 200 })).rejects.toThrow(RangeError);
  await expect(notify(store, TO, { sessionId: 65_536 })).rejects.toThrow(RangeError);
});
