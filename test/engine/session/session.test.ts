/** Versions, headers and RespURI: whose message is it, and of which session [H02-H14, T20, U05]. */
import { describe, expect, it } from 'vitest';
import { md5Digest, verifierOf } from '../../../lib/engine/session/credentials.ts';
import { add, alert, putDevInf, sync, vcard } from '../../kit/drafts.ts';
import { PASSWORD, startServer, USER } from '../../kit/server.ts';
import { alertsOf, codesOf, Session } from '../../kit/session.ts';
import {
  basicCred,
  begin,
  bodiesOf,
  codeOf,
  confirm,
  post,
  statusesOf,
  upload,
  watchedServer,
} from '../steps.ts';

const cred = basicCred();

describe('versions', () => {
  const both = [
    ['1.0', 'xml'],
    ['1.0', 'wbxml'],
    ['1.1', 'xml'],
    ['1.1', 'wbxml'],
    ['1.2', 'xml'],
    ['1.2', 'wbxml'],
  ] as const;
  it.each(both)('H02: SyncML %s in %s is answered in the same version', async (version, wire) => {
    const { reply, http } = await post(await startServer(), { version, wire, header: { cred } });
    expect(reply.header).toMatchObject({ verDTD: version, verProto: `SyncML/${version}` });
    expect(codesOf(reply)).toEqual(['SyncHdr@0=212']);
    expect(http.headers['content-type']).toContain(`application/vnd.syncml+${wire}`);
  });

  it('E47 H03: an unknown VerDTD is 505 with the list, in the highest version we know', async () => {
    const header = { cred, verDTD: '2.0', verProto: 'SyncML/2.0' };
    const { reply } = await post(await startServer(), { header, commands: [alert(201)] });
    expect(codesOf(reply)).toEqual(['SyncHdr@0=505', 'Alert@1=505']);
    expect(statusesOf(reply)[0]?.items).toEqual([{ data: '1.0' }, { data: '1.1' }, { data: '1.2' }]);
    expect(reply.header.verDTD).toBe('1.2');
  });

  it('E47 H04: an unknown VerProto is 513 with the list', async () => {
    const { reply } = await post(await startServer(), { header: { cred, verProto: 'SyncML/9.9' } });
    expect(codesOf(reply)).toEqual(['SyncHdr@0=513']);
    const listed = statusesOf(reply)[0]?.items?.map((item) => item.data);
    expect(listed).toEqual(['SyncML/1.0', 'SyncML/1.1', 'SyncML/1.2']);
  });

  it('H05: a VerDTD that does not belong to the VerProto is 505', async () => {
    const { reply } = await post(await startServer(), { header: { cred, verDTD: '1.1' } });
    expect(codesOf(reply)).toEqual(['SyncHdr@0=505']);
  });

  it('H05: another version within a session is 513, and the session goes on in its own', async () => {
    const server = await startServer();
    const { session, init } = await begin(server);
    const uri = init.header.respURI ?? '';
    const { reply } = await post(server, { version: '1.1', uri, header: { msgId: 2 }, commands: [sync([])] });
    expect(codesOf(reply)).toEqual(['SyncHdr@0=513', 'Sync@1=513']);
    expect(codeOf(await upload(session), 'Sync')).toBe(200);
  });
});

describe('the header (H23)', () => {
  it.each(['7', '007', 'x', 'A%#', 'ü', ' 1'])('H06: SessionID %j is echoed as it is', async (sessionId) => {
    const server = await startServer();
    const { init } = await begin(server, { sessionId });
    expect(init.header.sessionId).toBe(sessionId.trim());
  });

  it('H06: 7 and 007 are two sessions', async () => {
    const server = await startServer();
    const one = await begin(server, { sessionId: '7' });
    const two = await begin(server, { sessionId: '007', datastore: 'notes' });
    expect(two.init.header.respURI).not.toBe(one.init.header.respURI);
    expect(codeOf(await upload(one.session), 'Sync')).toBe(200);
    expect(codeOf(await upload(two.session, [], { datastore: 'notes' }), 'Sync')).toBe(200);
  });

  it.each([
    ['missing', (xml: string) => xml.replace(/<MsgID>.*?<\/MsgID>/, '')],
    ['no number', (xml: string) => xml.replace(/<MsgID>.*?<\/MsgID>/, '<MsgID>first</MsgID>')],
    ['empty', (xml: string) => xml.replace(/<MsgID>.*?<\/MsgID>/, '<MsgID/>')],
  ])('H08: a MsgID that is %s is an error, and nothing is done', async (_, edit) => {
    const { server, writes } = await watchedServer();
    const { http, reply } = await post(server, { header: { cred }, commands: [alert(201)], edit });
    expect(http.status).toBe(200);
    expect(statusesOf(reply).map((status) => status.code >= 400)).toEqual([true, true]);
    expect(writes).toEqual([]);
  });

  it('H09: addresses are turned round, H07: MsgIDs count up', async () => {
    const { session, init } = await begin(await startServer(), { device: 'IMEI:123456789012345' });
    expect(init.header.target.uri).toBe('IMEI:123456789012345');
    expect(init.header.source.uri).toBe('http://sync.example.com/syncml');
    expect(init.header.msgId).toBe(1);
    expect((await upload(session)).header.msgId).toBe(2);
  });

  it('E57 T20: a first MsgID above 1 is accepted, and ours matches', async () => {
    const { reply } = await post(await startServer(), { header: { cred, msgId: 5 }, commands: [alert(201)] });
    expect(codesOf(reply)).toEqual(['SyncHdr@0=212', 'Alert@1=200']);
    expect(reply.header.msgId).toBe(5);
    expect(statusesOf(reply)[0]?.msgRef).toBe('5');
  });

  it('H13: a RespURI of the client does no harm', async () => {
    const header = { cred, respURI: 'http://phone.example.com/answer' };
    const { reply } = await post(await startServer(), { header, commands: [alert(201)] });
    expect(codesOf(reply)).toEqual(['SyncHdr@0=212', 'Alert@1=200']);
  });
});

describe('RespURI', () => {
  it('E43: is given in each message to a client that fails without one', async () => {
    const { session, init } = await begin(await startServer(), { device: 'fbb-0123' });
    const uris = [init, await upload(session), await confirm(session)].map(({ header }) => header.respURI);
    expect(uris[0]).toMatch(/^http:\/\/sync\.example\.com\/syncml\?/);
    expect(new Set(uris).size).toBe(1);
  });

  it('E30 H12 H14: is given once, absolute, and not to a client that comes to it', async () => {
    const { session, init } = await begin(await startServer());
    expect(init.header.respURI).toMatch(/^http:\/\/sync\.example\.com\/syncml\?/);
    expect((await upload(session)).header.respURI).toBeUndefined();
    expect((await confirm(session)).header.respURI).toBeUndefined();
  });

  it('H12: is absolute also where the client addresses the server by a name', async () => {
    const { reply } = await post(await startServer(), { header: { cred, target: { uri: '/' } } });
    expect(new URL(reply.header.respURI ?? '').origin).toBe('http://sync.example.com');
    expect(reply.header.source.uri).toBe('/');
  });

  it('U05: a message without it and without Cred is refused, and the session goes on', async () => {
    const server = await startServer();
    const { session } = await begin(server);
    const { reply } = await post(server, {
      header: { msgId: 2 },
      commands: [sync([add('1', vcard('Eve'))])],
    });
    expect(codesOf(reply)).toEqual(['SyncHdr@0=407', 'Sync@1=407', 'Add@2=407']);
    expect(codeOf(await upload(session), 'Sync')).toBe(200);
    expect(await bodiesOf(server)).toEqual([]);
  });

  it.each([
    ['another session', { sessionId: '2' }],
    ['another device', { source: { uri: 'phone-2', name: USER } }],
  ])('the token of one session opens not that of %s', async (_, other) => {
    const server = await startServer();
    const { session, init } = await begin(server);
    await post(server, { header: { cred, ...other }, commands: [alert(201, 'notes')] });
    const letter = { uri: init.header.respURI ?? '', header: { msgId: 2, ...other } };
    const { reply } = await post(server, { ...letter, commands: [sync([add('1', vcard('Eve'))])] });
    expect(codesOf(reply)).toEqual(['SyncHdr@0=407', 'Sync@1=407', 'Add@2=407']);
    expect(await bodiesOf(server)).toEqual([]);
    expect(codeOf(await upload(session, [add('2', vcard('Ada'))]), 'Add')).toBe(201);
  });

  it.each([
    ['guessed', (uri: string) => `${uri.slice(0, -4)}AAAA`],
    ['cut', (uri: string) => uri.slice(0, -1)],
    ['without its secret', (uri: string) => uri.replace(/\..*$/, '.')],
    [
      'of another user',
      (uri: string) => uri.replace(/s=[^.]*/, `s=${Buffer.from('berta').toString('base64url')}`),
    ],
  ])('a token that is %s is refused, and the session is untouched', async (_, change) => {
    const server = await startServer({ users: ['anna', 'berta'] });
    const { session, init } = await begin(server);
    const real = init.header.respURI ?? '';
    const uri = real.replace(/\?.*$/, (query) => change(query));
    const { reply } = await post(server, { uri, header: { msgId: 2 }, commands: [sync([])] });
    expect(codesOf(reply)[0]).toBe('SyncHdr@0=407');
    expect(reply.header.respURI).toBeUndefined();
    expect(codeOf(await upload(session), 'Sync')).toBe(200);
  });

  it("one user's token beside another's credentials opens the latter's own session only", async () => {
    const server = await startServer({ users: ['anna', 'berta'] });
    const { session, init } = await begin(server);
    const header = { cred: basicCred('berta:secret'), source: { uri: 'phone-1', name: 'berta' }, msgId: 2 };
    const commands = [alert(201), sync([add('1', vcard('Eve'))])];
    await post(server, { uri: init.header.respURI ?? '', header, commands });
    expect(await bodiesOf(server)).toEqual([]);
    expect(codeOf(await upload(session), 'Sync')).toBe(200);
  });

  it('a client that never uses it goes on with basic credentials in each message', async () => {
    const server = await startServer();
    const session = new Session(server);
    const how = { cred: true, uri: server.url };
    await session.send([putDevInf(), alert(201)], how);
    const changes = await session.send([...session.statuses(), sync([add('1', vcard('Ada'))])], how);
    expect(codesOf(changes.reply)).toContain('Add@4=201');
    const end = await session.send(session.statuses(), how);
    expect(end.reply.final).toBe(true);
    const next = await begin(server, { sessionId: '2', code: 200, last: 'n1', next: 'n2' });
    expect(alertsOf(next.init)).toEqual([200]);
  });

  it('E51: a client that never uses it goes on with md5, each time over the newest nonce', async () => {
    const server = await startServer();
    const commands = [[], [alert(201)], [sync([add('1', vcard('Ada'))])], []];
    let nonce: Uint8Array = new Uint8Array();
    const codes: string[][] = [];
    for (const [n, part] of commands.entries()) {
      const data = md5Digest(verifierOf(USER, PASSWORD), nonce);
      const header = { cred: { meta: { type: 'syncml:auth-md5', format: 'b64' }, data }, msgId: n + 1 };
      const { reply } = await post(server, { header, commands: part });
      nonce = statusesOf(reply)[0]?.chal?.nextNonce ?? nonce;
      codes.push(codesOf(reply));
    }
    expect(codes.map(([header]) => header?.slice(-3))).toEqual(['401', '212', '212', '212']);
    expect(codes[2]).toEqual(['SyncHdr@0=212', 'Sync@1=200', 'Add@2=201']);
  });
});
