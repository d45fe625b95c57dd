/** Headers, versions, RespURI, repetition, and what one bad command does to the others [H02-H22, P12-P21, T18-T20]. */
import { describe, expect, it } from 'vitest';
import { readChanges } from '../../lib/app/changes.ts';
import { md5Digest, verifierOf } from '../../lib/engine/auth.ts';
import { StoreError } from '../../lib/store/port.ts';
import { add, alert, putDevInf, remove, sync, vcard } from '../kit/drafts.ts';
import { PASSWORD, startServer, USER } from '../kit/server.ts';
import { alertsOf, codesOf, type Draft, Session } from '../kit/session.ts';
import { basicCred, begin, bodiesOf, codeOf, confirm, post, statusesOf, upload, watchedServer } from './steps.ts';

const cred = basicCred();
const get: Draft = { name: 'Get', items: [{ target: { uri: './devinf12' } }] };

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

  it('H03: an unknown VerDTD is 505 with the list, in the highest version we know', async () => {
    const header = { cred, verDTD: '2.0', verProto: 'SyncML/2.0' };
    const { reply } = await post(await startServer(), { header, commands: [alert(201)] });
    expect(codesOf(reply)).toEqual(['SyncHdr@0=505', 'Alert@1=505']);
    expect(statusesOf(reply)[0]?.items).toEqual([{ data: '1.0' }, { data: '1.1' }, { data: '1.2' }]);
    expect(reply.header.verDTD).toBe('1.2');
  });

  it('H04: an unknown VerProto is 513 with the list', async () => {
    const { reply } = await post(await startServer(), { header: { cred, verProto: 'SyncML/9.9' } });
    expect(codesOf(reply)).toEqual(['SyncHdr@0=513']);
    const listed = statusesOf(reply)[0]?.items?.map((item) => item.data);
    expect(listed).toEqual(['SyncML/1.0', 'SyncML/1.1', 'SyncML/1.2']);
  });

  // Got 513: lib/engine/session.ts versionRefusal() says 505 for unknown VerDTDs only.
  it.fails('H05: a VerDTD that does not belong to the VerProto is 505', async () => {
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

describe('the header', () => {
  it.each(['7', '007', 'x', 'A%#', 'ü', ' 1'])('H06: SessionID %j is echoed as it is', async (sessionId) => {
    const server = await startServer();
    const { init } = await begin(server, { sessionId });
    expect(init.header.sessionId).toBe(sessionId.trim());
  });

  it('H06: 7 and 007 are two sessions', async () => {
    const server = await startServer();
    const one = await begin(server, { sessionId: '7' });
    const two = await begin(server, { sessionId: '007' });
    expect(two.init.header.respURI).not.toBe(one.init.header.respURI);
    expect(codeOf(await upload(one.session), 'Sync')).toBe(200);
    expect(codeOf(await upload(two.session), 'Sync')).toBe(200);
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

  it('T20: a first MsgID above 1 is accepted, and ours matches', async () => {
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
  it('H12 H14: is given once, absolute, and not to a client that comes to it', async () => {
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
    const { reply } = await post(server, { header: { msgId: 2 }, commands: [sync([add('1', vcard('Eve'))])] });
    expect(codesOf(reply)).toEqual(['SyncHdr@0=407', 'Sync@1=407', 'Add@2=407']);
    expect(codeOf(await upload(session), 'Sync')).toBe(200);
    expect(await bodiesOf(server)).toEqual([]);
  });

  it.each([
    ['another session', { sessionId: '2' }],
    ['another device', { source: { uri: 'phone-2', name: USER } }],
  ])("the token of one session opens not that of %s", async (_, other) => {
    const server = await startServer();
    const { session, init } = await begin(server);
    await post(server, { header: { cred, ...other }, commands: [alert(201)] });
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
    ['of another user', (uri: string) => uri.replace(/s=[^.]*/, `s=${Buffer.from('berta').toString('base64url')}`)],
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

  it('a client that never uses it goes on with md5, each time over the newest nonce', async () => {
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

describe('a repeated message', () => {
  it.each(['xml', 'wbxml'] as const)('T18: %s: gets the same bytes and has no second effect', async (wire) => {
    const server = await startServer();
    const { session } = await begin(server, { wire });
    const first = await session.send([...session.statuses(), sync([add('1', vcard('Ada'))])]);
    const commits = await readChanges(server.store, USER);
    for (let n = 0; n < 3; n += 1) {
      const again = await session.resend();
      expect(Buffer.from(again.http.body)).toEqual(Buffer.from(first.http.body));
      expect(again.http.headers).toEqual(first.http.headers);
    }
    expect(await readChanges(server.store, USER)).toEqual(commits);
    expect((await confirm(session)).final).toBe(true);
  });

  it('T18: the first message, with its credentials, too', async () => {
    const server = await startServer();
    const session = new Session(server);
    const first = await session.send([putDevInf(), alert(201)]);
    const again = await session.resend(server.url);
    expect(Buffer.from(again.http.body)).toEqual(Buffer.from(first.http.body));
    expect(codeOf(await upload(session), 'Sync')).toBe(200);
  });

  it('T18: the last message of a session, too', async () => {
    const server = await startServer();
    const { session } = await begin(server);
    await upload(session);
    const last = await session.send(session.statuses());
    expect(Buffer.from((await session.resend()).http.body)).toEqual(Buffer.from(last.http.body));
  });

  it('T17: is completed by the resend wherever a crash cut it', async () => {
    const names = Array.from({ length: 180 }, (_, n) => `N${n}`);
    for (const crash of [0, 1, 2, 3, 4, 5]) {
      const { server } = await watchedServer();
      const { session } = await begin(server, { device: 'p' });
      const { transact } = server.store;
      let calls = 0;
      server.store.transact = async (writes) => {
        calls += 1;
        const lost = new StoreError('cut', { retryable: true, notCommitted: false });
        if (calls === Math.floor(crash / 2) + 1 && crash % 2 === 0) throw lost;
        const done = await transact.call(server.store, writes);
        if (calls === Math.floor(crash / 2) + 1) throw lost;
        return done;
      };
      const changes = names.map((name) => add(name, vcard(name)));
      const { reply, http } = await session.send([...session.statuses(), sync(changes)]);
      expect(http.status).toBe(200); // the kit sends the same bytes again after a 503
      expect(calls).toBeGreaterThanOrEqual(3);
      expect(statusesOf(reply).filter(({ cmd, code }) => cmd === 'Add' && code === 201)).toHaveLength(180);
      expect(await bodiesOf(server)).toHaveLength(180);
      expect(await readChanges(server.store, USER)).toHaveLength(180);
    }
  });

  it('T19: a MsgID that goes back without credentials is refused, and the session goes on', async () => {
    const server = await startServer();
    const { session, init } = await begin(server);
    await session.send([...session.statuses(), sync([add('1', vcard('Ada'))])], { final: false });
    const uri = init.header.respURI ?? '';
    const { reply } = await post(server, { uri, header: { msgId: 1 }, commands: [sync([remove('1')])] });
    expect(statusesOf(reply).map((status) => status.code >= 400)).toEqual([true, true, true]);
    expect(codeOf(await upload(session, [add('2', vcard('Berta'))]), 'Add')).toBe(201);
    expect(await bodiesOf(server)).toEqual([vcard('Ada'), vcard('Berta')]);
  });

  it('T19: a MsgID that goes back with credentials begins the session anew', async () => {
    const server = await startServer();
    const { session } = await begin(server);
    await session.send([...session.statuses(), sync([add('1', vcard('Ada'))])], { final: false });
    const again = await begin(server, { next: 'n2' });
    expect(codeOf(again.init, 'SyncHdr')).toBe(212);
    expect(alertsOf(again.init)).toEqual([201]);
    expect(codeOf(await upload(again.session, [add('1', vcard('Ada'))]), 'Add')).toBe(201);
    expect(await bodiesOf(server)).toEqual([vcard('Ada')]);
  });
});

describe('NoResp', () => {
  it('H16: in the header suppresses every Status, and the commands are done', async () => {
    const server = await startServer();
    const { session } = await begin(server);
    const { reply } = await session.send([...session.statuses(), sync([add('1', vcard('Ada'))])], { noResp: true });
    expect(codesOf(reply)).toEqual([]);
    expect(await bodiesOf(server)).toEqual([vcard('Ada')]);
  });

  it('H17: in a command suppresses its own only', async () => {
    const server = await startServer();
    const { session } = await begin(server);
    const quiet = { ...add('1', vcard('Ada')), noResp: true } as Draft;
    const reply = await upload(session, [quiet, add('2', vcard('Berta'))]);
    expect(statusesOf(reply).map(({ cmd, sourceRefs }) => [cmd, sourceRefs?.[0]])).toEqual([
      ['SyncHdr', 'phone-1'],
      ['Sync', './contacts'],
      ['Add', '2'],
    ]);
    expect(await bodiesOf(server)).toHaveLength(2);
  });
});

describe('statuses', () => {
  it('P12 P13 P14 P16 P17 P21: the header first, then every command in its order, with its references', async () => {
    const server = await startServer();
    const { session } = await begin(server);
    const reply = await upload(session, [add('a', vcard('Ada')), remove('b')]);
    const [header, ...rest] = statusesOf(reply);
    expect(reply.commands[0]).toEqual(header);
    expect(header).toMatchObject({ msgRef: '2', cmdRef: '0', cmd: 'SyncHdr' });
    expect(header).toMatchObject({ targetRefs: [session.respURI], sourceRefs: ['phone-1'] });
    expect(rest.map(({ cmd, cmdRef, targetRefs, sourceRefs }) => [cmd, cmdRef, targetRefs, sourceRefs])).toEqual([
      ['Sync', '3', ['contacts'], ['./contacts']],
      ['Add', '4', undefined, ['a']],
      ['Delete', '5', undefined, ['b']],
    ]);
    const ids = reply.commands.map((command) => command.cmdId);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).not.toContain('0');
  });

  it('P21: CmdIDs are unique with nested commands counted', async () => {
    const server = await startServer();
    const first = await begin(server, { device: 'a' });
    await upload(first.session, [add('1', vcard('Ada')), add('2', vcard('Berta'))]);
    const { session } = await begin(server, { device: 'b' });
    const reply = await upload(session);
    const ids = reply.commands.flatMap((c) => ('commands' in c ? [c, ...c.commands] : [c])).map((c) => c.cmdId);
    expect(ids.length).toBeGreaterThan(4);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('P15: a message of Statuses alone is answered too', async () => {
    const { session } = await begin(await startServer());
    const { reply } = await session.send(session.statuses(), { final: false });
    expect(codesOf(reply)).toEqual(['SyncHdr@0=200']);
  });

  it('P26: the Status of an Alert carries the Next anchor of the client', async () => {
    const { init } = await begin(await startServer(), { next: '20300101T000000Z' });
    const status = statusesOf(init).find(({ cmd }) => cmd === 'Alert');
    expect(status?.items?.[0]?.data).toEqual({ anchor: { next: '20300101T000000Z' } });
  });
});

describe('datastores', () => {
  it.each(['contacts', './contacts', 'http://sync.example.com/syncml/contacts', 'contacts?all=1', './Contacts'])(
    'H20 H22: %s is the datastore contacts, and is echoed as it is',
    async (uri) => {
      const server = await startServer();
      const { session, init } = await begin(server, { datastore: uri });
      expect(codeOf(init, 'Alert')).toBe(200);
      const own = init.commands.find((command) => command.name === 'Alert');
      expect(own?.name === 'Alert' && own.items[0]?.source?.uri).toBe(uri);
      expect(own?.name === 'Alert' && own.items[0]?.target?.uri).toBe(`./${uri}`);
      const reply = await upload(session, [add('1', vcard('Ada'))], { datastore: uri });
      expect(codeOf(reply, 'Add')).toBe(201);
      expect(statusesOf(reply).find(({ cmd }) => cmd === 'Sync')?.targetRefs).toEqual([uri]);
    },
  );

  it('E26: an empty Target in Alert and Sync means the database that Source names', async () => {
    const server = await startServer();
    const session = new Session(server);
    const named = { target: { uri: '' }, source: { uri: './contacts' } };
    const hello = alert(201) as Draft & { name: 'Alert' };
    const init = await session.send([
      putDevInf(),
      { ...hello, items: hello.items.map((item) => ({ ...item, ...named })) },
    ]);
    expect(codeOf(init.reply, 'Alert')).toBe(200);
    const changes = { ...sync([add('1', vcard('Ada'))]), ...named } as Draft;
    const { reply } = await session.send([...session.statuses(), changes]);
    expect(codeOf(reply, 'Sync')).toBe(200);
    expect(codeOf(reply, 'Add')).toBe(201);
  });

  it('H21 P40: an unknown one is 404 in Alert and Sync while the others go on', async () => {
    const server = await startServer();
    const session = new Session(server);
    const init = await session.send([putDevInf(), alert(201, 'photos'), alert(201), alert(201, 'notes')]);
    expect(codesOf(init.reply).slice(2)).toEqual(['Alert@2=404', 'Alert@3=200', 'Alert@4=200']);
    expect(alertsOf(init.reply)).toEqual([201, 201]);
    const note = add('n', 'Milk', 'text/plain');
    const { reply } = await session.send([
      ...session.statuses(),
      sync([add('p', 'x')], 'photos'),
      sync([add('c', vcard('Ada'))]),
      sync([note], 'notes'),
    ]);
    expect(statusesOf(reply).filter(({ cmd }) => cmd === 'Sync').map(({ code }) => code)).toEqual([404, 200, 200]);
    expect(statusesOf(reply).filter(({ cmd }) => cmd === 'Add').map(({ code }) => code)).toEqual([404, 201, 201]);
    expect(await bodiesOf(server)).toEqual([vcard('Ada')]);
    expect(await bodiesOf(server, 'notes')).toEqual(['Milk']);
  });

  it('P40: each succeeds or fails on its own: one anchor is wrong, the other right', async () => {
    const server = await startServer();
    const all = async (sessionId: string, lasts: readonly [string?, string?]) => {
      const session = new Session(server, { sessionId });
      const [c, n] = lasts;
      const next = `n${sessionId}`;
      const { reply } = await session.send([
        putDevInf(),
        alert(200, 'contacts', { next, ...(c !== undefined && { last: c }) }),
        alert(200, 'notes', { next, ...(n !== undefined && { last: n }) }),
      ]);
      await session.send([...session.statuses(), sync([]), sync([], 'notes')]);
      await session.send(session.statuses());
      return { codes: codesOf(reply).slice(2), alerts: alertsOf(reply) };
    };
    expect((await all('1', [])).alerts).toEqual([201, 201]);
    expect((await all('2', ['n1', 'n1'])).alerts).toEqual([200, 200]);
    const mixed = await all('3', ['lost', 'n2']);
    expect(mixed.codes).toEqual(['Alert@2=508', 'Alert@3=200']);
    expect(mixed.alerts).toEqual([201, 200]);
    expect((await all('4', ['n3', 'n3'])).alerts).toEqual([200, 200]);
  });
});

describe('sync without separate initialisation', () => {
  const message = (changes: readonly Draft[], anchor: { last?: string; next?: string }, code = 200) => [
    putDevInf(),
    alert(code, 'contacts', anchor),
    sync(changes),
  ];

  it('P33: Alert and Sync in one message are answered by packages #2 and #4 in one', async () => {
    const server = await startServer();
    const other = await begin(server, { device: 'other' });
    await upload(other.session, [add('1', vcard('Berta'))]);
    await confirm(other.session);
    const session = new Session(server);
    const { reply } = await session.send(message([add('1', vcard('Ada'))], { next: 'n1' }, 201));
    expect(codesOf(reply)).toEqual(['SyncHdr@0=212', 'Put@1=200', 'Alert@2=200', 'Sync@3=200', 'Add@4=201']);
    expect(reply.commands.slice(5).map(({ name }) => name)).toEqual(['Alert', 'Sync']);
    expect(reply.final).toBe(true);
    expect((await confirm(session)).final).toBe(true);
    const next = await begin(server, { sessionId: '2', code: 200, last: 'n1', next: 'n2' });
    expect(alertsOf(next.init)).toEqual([200]);
  });

  it('P34: when 508 is needed nothing of the first batch is stored, and the second batch is', async () => {
    const server = await startServer();
    const session = new Session(server);
    const first = await session.send(message([add('1', vcard('Ada'))], { last: 'old', next: 'n1' }));
    expect(codesOf(first.reply)).toEqual([
      ...['SyncHdr@0=212', 'Put@1=200', 'Alert@2=508', 'Sync@3=508', 'Add@4=508'],
    ]);
    expect(alertsOf(first.reply)).toEqual([201]);
    expect(await bodiesOf(server)).toEqual([]);
    const second = await upload(session, [add('1', vcard('Ada')), add('2', vcard('Berta'))]);
    expect(codesOf(second).slice(1).map((code) => code.slice(-3))).toEqual(['200', '201', '201']);
    expect((await confirm(session)).final).toBe(true);
    expect(await bodiesOf(server)).toHaveLength(2);
    const next = await begin(server, { sessionId: '2', code: 200, last: 'n1', next: 'n2' });
    expect(alertsOf(next.init)).toEqual([200]);
  });
});

describe('one bad command beside good ones', () => {
  it('a Sync without the Alert that begins it is refused', async () => {
    const server = await startServer();
    const session = new Session(server);
    const { reply } = await session.send([putDevInf(), sync([add('1', vcard('Ada'))])]);
    expect(statusesOf(reply).slice(2).map(({ code }) => code >= 400)).toEqual([true, true]);
    expect(await bodiesOf(server)).toEqual([]);
  });

  it('P35: an Alert after the initialisation is 403, and the session goes on', async () => {
    const server = await startServer();
    const { session } = await begin(server);
    const { reply } = await session.send(
      [...session.statuses(), alert(201, 'notes'), sync([add('1', vcard('Ada'))])],
    );
    expect(codeOf(reply, 'Alert')).toBe(403);
    expect(alertsOf(reply)).toEqual([]);
    expect(codeOf(reply, 'Add')).toBe(201);
  });

  it('C24: a malformed command is 400, an incomplete one 412, with the fault named; the others are done', async () => {
    const server = await startServer();
    const { session } = await begin(server);
    const reply = await upload(session, [
      add('1', vcard('Ada')),
      { name: 'Add', meta: { type: 'text/vcard' }, items: [] },
      { ...add('2', vcard('Berta')), cmdId: '0' } as Draft,
      { name: 'Replace', meta: { type: 'text/vcard' }, items: [{ source: { uri: '3' } }] },
      { name: 'Delete', items: [{}] },
      add('4', vcard('Dora')),
    ]);
    const found = statusesOf(reply).slice(2);
    expect(found.map(({ cmd, code }) => `${cmd}=${code}`)).toEqual([
      ...['Add=201', 'Add=412', 'Add=400', 'Replace=412', 'Delete=412', 'Add=201'],
    ]);
    expect(found[1]?.items?.[0]?.data).toEqual(expect.stringMatching(/Item/));
    expect(found[2]?.items?.[0]?.data).toEqual(expect.stringMatching(/CmdID/));
    expect(await bodiesOf(server)).toEqual([vcard('Ada'), vcard('Dora')]);
  });

  it('C24: an Alert without a code is 412, with text for one 400', async () => {
    const server = await startServer();
    const edit = (xml: string) => xml.replace('<Data>201</Data>', '').replace('<Data>202</Data>', '<Data>x</Data>');
    const commands = [alert(201), alert(202), alert(203)];
    const { reply } = await post(server, { header: { cred }, commands, edit });
    expect(codesOf(reply).slice(1)).toEqual(['Alert@1=412', 'Alert@2=400', 'Alert@3=200']);
  });

  it('C12 C21: unknown and unsupported commands are 501 or 406, their children are not run, others are', async () => {
    const server = await startServer();
    const { session } = await begin(server);
    const reply = await upload(session, [
      { name: 'Unknown', element: 'Frobnicate', items: [] },
      { name: 'Exec', items: [{ target: { uri: 'x' } }] },
      { name: 'Atomic', commands: [add('1', vcard('Eve')) as never] },
      add('2', vcard('Ada')),
    ] as Draft[]);
    const found = statusesOf(reply).slice(2);
    expect(found.map(({ cmd }) => cmd)).toEqual(['Frobnicate', 'Exec', 'Atomic', 'Add', 'Add']);
    for (const { code } of found.slice(0, 4)) expect([406, 501]).toContain(code);
    expect(found[4]?.code).toBe(201);
    expect(await bodiesOf(server)).toEqual([vcard('Ada')]);
  });

  it('an unknown command at the top is refused alone', async () => {
    const server = await startServer();
    const commands = [{ name: 'Unknown', element: 'Frobnicate', items: [] } as Draft, alert(201), get];
    const { reply } = await post(server, { header: { cred }, commands });
    expect(codesOf(reply)).toEqual(['SyncHdr@0=212', 'Frobnicate@1=501', 'Alert@2=200', 'Get@3=200']);
  });
});
