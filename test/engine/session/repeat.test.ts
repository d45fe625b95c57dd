/** Repeated messages, NoResp, and the order of Statuses [T17-T19, H16, H17, P12-P26]. */
import { describe, expect, it } from 'vitest';
import { readChanges } from '../../../lib/app/changes.ts';
import { StoreError } from '../../../lib/store/port/port.ts';
import { add, alert, putDevInf, remove, sync, vcard } from '../../kit/drafts.ts';
import { startServer, USER } from '../../kit/server.ts';
import { alertsOf, codesOf, type Draft, Session } from '../../kit/session.ts';
import { begin, bodiesOf, codeOf, confirm, post, statusesOf, upload, watchedServer } from '../steps.ts';

describe('a repeated message', () => {
  it.each(['xml', 'wbxml'] as const)(
    'T18: %s: gets the same bytes and has no second effect',
    async (wire) => {
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
    },
  );

  it('E14 T18: the first message, with its credentials, too', async () => {
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
    const { reply } = await session.send([...session.statuses(), sync([add('1', vcard('Ada'))])], {
      noResp: true,
    });
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
  it('P12 P13 P14 P16 P17 P20 P21: the header first, then every command in its order, with its references', async () => {
    const server = await startServer();
    const { session } = await begin(server);
    const reply = await upload(session, [add('a', vcard('Ada')), remove('b')]);
    const [header, ...rest] = statusesOf(reply);
    expect(reply.commands[0]).toEqual(header);
    expect(header).toMatchObject({ msgRef: '2', cmdRef: '0', cmd: 'SyncHdr' });
    expect(header).toMatchObject({ targetRefs: [session.respURI], sourceRefs: ['phone-1'] });
    expect(
      rest.map(({ cmd, cmdRef, targetRefs, sourceRefs }) => [cmd, cmdRef, targetRefs, sourceRefs]),
    ).toEqual([
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
    const ids = reply.commands
      .flatMap((c) => ('commands' in c ? [c, ...c.commands] : [c]))
      .map((c) => c.cmdId);
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
