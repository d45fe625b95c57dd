/** Several datastores, sync without separate initialisation, one bad command beside good ones [H20-H22, P33-P40, C24]. */
import { describe, expect, it } from 'vitest';
import { add, alert, putDevInf, sync, vcard } from '../../kit/drafts.ts';
import { startServer } from '../../kit/server.ts';
import { alertsOf, codesOf, type Draft, Session } from '../../kit/session.ts';
import { basicCred, begin, bodiesOf, codeOf, confirm, post, statusesOf, upload } from '../steps.ts';

const cred = basicCred();
const get: Draft = { name: 'Get', items: [{ target: { uri: './devinf12' } }] };

describe('datastores', () => {
  it.each([
    'contacts',
    './contacts',
    'http://sync.example.com/syncml/contacts',
    'contacts?all=1',
    './Contacts',
  ])('H20 H22: %s is the datastore contacts, and is echoed as it is', async (uri) => {
    const server = await startServer();
    const { session, init } = await begin(server, { datastore: uri });
    expect(codeOf(init, 'Alert')).toBe(200);
    const own = init.commands.find((command) => command.name === 'Alert');
    expect(own?.name === 'Alert' && own.items[0]?.source?.uri).toBe(uri);
    expect(own?.name === 'Alert' && own.items[0]?.target?.uri).toBe(`./${uri}`);
    const reply = await upload(session, [add('1', vcard('Ada'))], { datastore: uri });
    expect(codeOf(reply, 'Add')).toBe(201);
    expect(statusesOf(reply).find(({ cmd }) => cmd === 'Sync')?.targetRefs).toEqual([uri]);
  });

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
    expect(
      statusesOf(reply)
        .filter(({ cmd }) => cmd === 'Sync')
        .map(({ code }) => code),
    ).toEqual([404, 200, 200]);
    expect(
      statusesOf(reply)
        .filter(({ cmd }) => cmd === 'Add')
        .map(({ code }) => code),
    ).toEqual([404, 201, 201]);
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
    expect(
      codesOf(second)
        .slice(1)
        .map((code) => code.slice(-3)),
    ).toEqual(['200', '201', '201']);
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
    expect(
      statusesOf(reply)
        .slice(2)
        .map(({ code }) => code >= 400),
    ).toEqual([true, true]);
    expect(await bodiesOf(server)).toEqual([]);
  });

  it('P35: an Alert after the initialisation is 403, and the session goes on', async () => {
    const server = await startServer();
    const { session } = await begin(server);
    const { reply } = await session.send([
      ...session.statuses(),
      alert(201, 'notes'),
      sync([add('1', vcard('Ada'))]),
    ]);
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
    const edit = (xml: string) =>
      xml.replace('<Data>201</Data>', '').replace('<Data>202</Data>', '<Data>x</Data>');
    const commands = [alert(201), alert(202), alert(203)];
    const { reply } = await post(server, { header: { cred }, commands, edit });
    expect(codesOf(reply).slice(1)).toEqual(['Alert@1=412', 'Alert@2=400', 'Alert@3=200']);
  });

  it('C21 C29: unknown and unsupported commands are 501 or 406, others are run', async () => {
    const server = await startServer();
    const { session } = await begin(server);
    const reply = await upload(session, [
      { name: 'Unknown', element: 'Frobnicate', items: [] },
      { name: 'Exec', items: [{ target: { uri: 'x' } }] },
      { name: 'Search', items: [] },
      { name: 'Move', items: [{ source: { uri: '1' }, targetParent: '2' }] },
      add('2', vcard('Ada')),
    ] as Draft[]);
    const found = statusesOf(reply).slice(2);
    expect(found.map(({ cmd }) => cmd)).toEqual(['Frobnicate', 'Exec', 'Search', 'Move', 'Add']);
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
