/** Packages of one or several messages: Final, Alert 222, what fits, what waits [SP11 2.9, P01-P37, H18, C.4]. */
import { describe, expect, it } from 'vitest';
import { add, alert, map, nextMessage, putDevInf, sync, vcard } from '../../kit/drafts.ts';
import { startServer } from '../../kit/server.ts';
import { alertsOf, changesOf, codesOf, Session } from '../../kit/session.ts';
import { withNews } from '../send/news.ts';
import { holding, receiveAll } from '../send/receiving.ts';
import {
  addedGuids,
  begin,
  bodiesOf,
  codeOf,
  confirm,
  statusesOf,
  syncsOf,
  upload,
  wholeSync,
} from '../steps.ts';

describe('a package of the client in several messages', () => {
  it('P01 P03 P04 P07 P09 C.4: is answered with its Statuses and Alert 222, without Final, until its own', async () => {
    const server = await startServer();
    const { session, init } = await begin(server);
    expect(init.final).toBe(true);
    for (const luid of ['1', '2', '3']) {
      const reply = await upload(session, [add(luid, vcard(`N${luid}`))], { final: false });
      expect(codeOf(reply, 'Add')).toBe(201);
      expect(reply.final).toBe(false);
      expect(syncsOf(reply)).toEqual([]);
    }
    const bare = await session.send([...session.statuses(), nextMessage()], { final: false });
    expect(alertsOf(bare.reply)).toEqual([222]);
    const own = bare.reply.commands.find((command) => command.name === 'Alert');
    expect(own?.name === 'Alert' && own.items[0]).toMatchObject({ target: { uri: 'phone-1' } });
    const last = await upload(session, [add('4', vcard('N4'))]);
    expect(last.final).toBe(true);
    expect(syncsOf(last)).toHaveLength(1);
    expect(await bodiesOf(server)).toHaveLength(4);
  });

  it('P05: no Alert 222 after its Final; P10: our changes only then', async () => {
    const server = await holding(5);
    const { session } = await begin(server);
    const before = await upload(session, [add('1', vcard('Ada'))], { final: false });
    expect(changesOf(before)).toEqual([]);
    const after = await upload(session, []);
    expect(alertsOf(after)).toEqual([]);
    expect(changesOf(after)).toHaveLength(5);
    expect(alertsOf(await confirm(session))).toEqual([]);
  });

  it('P08: Syncs of one datastore in several messages and in one are one', async () => {
    const server = await startServer();
    const { session } = await begin(server);
    const parts = ['1', '2', '3'].map((luid) => sync([add(luid, vcard(`N${luid}`))]));
    const { reply } = await session.send([...session.statuses(), ...parts]);
    expect(
      statusesOf(reply)
        .filter(({ cmd }) => cmd === 'Sync')
        .map(({ code }) => code),
    ).toEqual([200, 200, 200]);
    expect(syncsOf(reply)).toHaveLength(1);
    expect(await bodiesOf(server)).toHaveLength(3);
  });

  it('P24 P25: package #1 in two messages: the Alerts first, device information then', async () => {
    const server = await startServer();
    const session = new Session(server);
    const one = await session.send([alert(201)], { final: false });
    expect(one.reply.final).toBe(false);
    expect(alertsOf(one.reply)).toEqual([222]);
    const two = await session.send([...session.statuses(), putDevInf()]);
    expect(alertsOf(two.reply)).toEqual([201]);
    expect(two.reply.final).toBe(true);
    expect(codeOf(await upload(session), 'Sync')).toBe(200);
  });

  it('P31 P32: package #5 in two messages ends #6 with its Final only', async () => {
    const server = await holding(2);
    const { session } = await begin(server);
    const [one = '', two = ''] = addedGuids(await upload(session));
    const first = await session.send([...session.statuses(), map([[one, 'a']])], { final: false });
    expect(first.reply.final).toBe(false);
    const last = await session.send([...session.statuses(), map([[two, 'b']])]);
    expect(codeOf(last.reply, 'Map')).toBe(200);
    expect(last.reply.final).toBe(true);
    expect(alertsOf(last.reply)).toEqual([]); // P32
  });
});

describe('a package of ours in several messages', () => {
  it.each(['xml', 'wbxml'] as const)(
    'P02 P06: %s: goes on with each request, and Final ends it',
    async (wire) => {
      const server = await holding(60, () => 300);
      const { session } = await begin(server, { wire, maxMsgSize: 5_000 });
      const replies = await receiveAll(session, await upload(session));
      expect(replies.length).toBeGreaterThan(4);
      for (const reply of replies.slice(0, -1)) {
        expect(reply.final).toBe(false);
        expect(alertsOf(reply)).toEqual([]); // ours is open: the client asks
        expect(changesOf(reply).length).toBeGreaterThan(0);
      }
      for (const reply of replies.slice(1)) expect(codeOf(reply, 'Alert')).toBe(200);
      expect(new Set(replies.flatMap(addedGuids)).size).toBe(60);
      expect(replies.flatMap(addedGuids)).toHaveLength(60);
    },
  );

  it('C.4: goes on for a message of Statuses alone, and for one with Maps', async () => {
    const server = await holding(40, () => 300);
    const { session } = await begin(server, { maxMsgSize: 5_000 });
    let reply = await upload(session);
    const seen = addedGuids(reply);
    for (let n = 0; !reply.final; n += 1) {
      const maps = n % 2 === 0 ? [] : [map(addedGuids(reply).map((guid) => [guid, `M${guid}`] as const))];
      reply = (await session.send([...session.statuses(), ...maps], { final: false })).reply;
      seen.push(...addedGuids(reply));
    }
    expect(new Set(seen).size).toBe(40);
  });

  it('E39: a Final beside each request does not end it early', async () => {
    const server = await holding(40, () => 300);
    const { session } = await begin(server, { maxMsgSize: 5_000 });
    const replies = [await upload(session)];
    while (replies.at(-1)?.final !== true)
      replies.push((await session.send([...session.statuses(), nextMessage()])).reply);
    expect(new Set(replies.flatMap(addedGuids)).size).toBe(40);
  });

  it('P29 P30: an empty Sync is sent when there is nothing to tell, for each datastore', async () => {
    const server = await startServer();
    const session = new Session(server);
    await session.send([putDevInf(), alert(201), alert(201, 'notes')]);
    const { reply } = await session.send([...session.statuses(), sync([]), sync([], 'notes')]);
    expect(
      syncsOf(reply).map(({ target, source, commands }) => [target?.uri, source?.uri, commands]),
    ).toEqual([
      ['./contacts', 'contacts', []],
      ['./notes', 'notes', []],
    ]);
    expect(reply.final).toBe(true);
  });

  it.each([202, 203])('Y15: in %i there is no Sync in package #4, which ends the session', async (code) => {
    const server = await holding(3);
    const { session } = await begin(server, { code: 203, device: 'p' });
    await upload(session, [add('1', vcard('Ada'))]);
    await server.crm({ user: 'anna', datastore: 'contacts', record: 'r', op: 'upsert', body: vcard('Crm') });
    const next = await begin(server, { code, device: 'p', sessionId: '2', last: 'n1', next: 'n2' });
    expect(alertsOf(next.init)).toEqual([code]);
    const reply = await upload(next.session, [add('2', vcard('Berta'))]);
    expect(codeOf(reply, 'Add')).toBe(201);
    expect(reply.commands.map(({ name }) => name)).toEqual(['Status', 'Status', 'Status']);
    expect(reply.final).toBe(true);
    const third = await begin(server, { code: 200, device: 'p', sessionId: '3', last: 'n2', next: 'n3' });
    expect(alertsOf(third.init)).toEqual([200]);
  });
});

describe('loops of requests that bring nothing', () => {
  const ask = async (session: Session) =>
    (await session.send([...session.statuses(), nextMessage()], { final: false })).reply;

  it('P36: an initialisation without any Alert ends by itself', async () => {
    const session = new Session(await startServer());
    let reply = (await session.send([putDevInf()], { final: false })).reply;
    let rounds = 0;
    for (; !reply.final && rounds < 10; rounds += 1) reply = await ask(session);
    expect(reply.final).toBe(true);
    expect(rounds).toBeLessThan(6);
  });

  it('P37 S20: a client that only asks in package #3 is taken as one without changes', async () => {
    const server = await holding(3);
    const { session } = await begin(server);
    const replies = [await ask(session)];
    for (let n = 0; replies.at(-1)?.final !== true && n < 10; n += 1) replies.push(await ask(session));
    expect(replies.at(-1)?.final).toBe(true);
    expect(replies.length).toBeLessThan(7);
    expect(replies.flatMap(addedGuids)).toHaveLength(3);
  });

  it('what such a client mapped in a slow sync that broke means nothing in the next one', async () => {
    const server = await withNews('Ada');
    const { session } = await begin(server, { device: 'other' });
    let reply = await ask(session);
    for (let n = 0; addedGuids(reply).length === 0 && n < 10; n += 1) reply = await ask(session);
    await session.send([...session.statuses(), map([[addedGuids(reply)[0] ?? '', '1']])], { final: false });
    // The device is set up anew: its first item has the LUID that Ada had.
    await wholeSync(server, { device: 'other', sessionId: '2' }, [add('1', vcard('Berta'))]);
    expect(await bodiesOf(server)).toEqual([vcard('Ada'), vcard('Berta')]);
  });

  it('nor does an early Map of a slow sync that broke before its Sync', async () => {
    const server = await withNews('Ada');
    const first = await begin(server, { device: 'other' });
    const [guid = ''] = addedGuids(await upload(first.session));
    const second = new Session(server, { device: 'other', sessionId: '2' });
    await second.send([alert(201), map([[guid, '1']])]);
    await wholeSync(server, { device: 'other', sessionId: '3' }, [add('1', vcard('Berta'))]);
    expect(await bodiesOf(server)).toEqual([vcard('Ada'), vcard('Berta')]);
  });

  it('P37: and in package #5', async () => {
    const server = await startServer();
    const { session } = await begin(server);
    await upload(session);
    const replies = [await ask(session)];
    for (let n = 0; replies.at(-1)?.final !== true && n < 10; n += 1) replies.push(await ask(session));
    expect(replies.at(-1)?.final).toBe(true);
  });

  it('P06: requests with something else in between are none', async () => {
    const server = await startServer();
    const { session } = await begin(server);
    for (let n = 0; n < 12; n += 1) {
      const body = [...session.statuses(), sync([add(`L${n}`, vcard(`N${n}`))]), nextMessage()];
      const { reply } = await session.send(body, { final: false });
      expect(reply.final).toBe(false);
      expect(codesOf(reply).at(-1)).toMatch(/Alert@\d+=200/);
    }
    expect((await upload(session)).final).toBe(true);
  });
});
