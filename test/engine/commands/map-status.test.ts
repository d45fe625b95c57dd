/** Maps: early, late, twice, in the next session [A.8 M01-M10]. */
import { describe, expect, it } from 'vitest';
import {
  add,
  alert,
  devInf,
  map,
  nextMessage,
  putDevInf,
  remove,
  replace,
  suspend,
  sync,
  vcard,
} from '../../kit/drafts.ts';
import { startServer, type TestServer } from '../../kit/server.ts';
import { changesOf, Session } from '../../kit/session.ts';
import { crm, session2, session3, thenTold, told, withNews } from '../send/news.ts';
import { addedGuids, begin, bodiesOf, codeOf, codesByLuid, confirm, upload, wholeSync } from '../steps.ts';

describe('Map (C18)', () => {
  it('M01 M02 M04: from then on the client is spoken to by its LUID, and understood by it', async () => {
    const server = await withNews('Ada');
    const { session } = await session2(server);
    const reply = await upload(session);
    const [guid = ''] = addedGuids(reply);
    const end = await confirm(session, [[guid, '007']]);
    expect(codeOf(end, 'Map')).toBe(200);
    await crm(server, 'Ada', 'upsert', 'TEL:1');
    const next = await session3(server);
    const changes = await upload(next.session);
    expect(told(changes)).toEqual(['Replace Ada as 007']);
    await confirm(next.session);
    const last = await begin(server, { sessionId: '4', code: 200, last: 'n3', next: 'n4' });
    const answer = await upload(last.session, [replace('007', vcard('Ada', 'TEL:2')), remove('7')]);
    expect(codesByLuid(answer)).toEqual({ '007': 200, '7': 211 });
    expect(await bodiesOf(server)).toEqual([vcard('Ada', 'TEL:2')]);
  });

  it('M06: may come while package #4 is still sent', async () => {
    const server = await withNews(...Array.from({ length: 30 }, (_, n) => `N${n}`));
    const { session } = await begin(server, {
      ...{ sessionId: '2', code: 200, last: 'n1', next: 'n2', maxMsgSize: 3_000 },
    });
    let reply = await upload(session);
    const codes: (number | undefined)[] = [];
    while (!reply.final) {
      const pairs = addedGuids(reply).map((guid) => [guid, `M${guid}`] as const);
      const drafts = [...session.statuses(), map(pairs), nextMessage()];
      reply = (await session.send(drafts, { final: false })).reply;
      codes.push(codeOf(reply, 'Map'));
    }
    await confirm(
      session,
      addedGuids(reply).map((guid) => [guid, `M${guid}`]),
    );
    expect(codes.length).toBeGreaterThan(2);
    expect(new Set(codes)).toEqual(new Set([200]));
    expect(await thenTold(server)).toEqual([]);
  });

  it('M07 M08: may come in the next session, before its Sync and before changes of those items', async () => {
    const server = await withNews('Ada', 'Berta');
    const { session } = await session2(server);
    const [ada = '', berta = ''] = addedGuids(await upload(session));
    await confirm(session); // acknowledged, not mapped
    const next = await session3(server);
    const { reply } = await next.session.send([
      ...next.session.statuses(),
      map([
        [ada, '1'],
        [berta, '2'],
      ]),
      sync([replace('1', vcard('Ada', 'TEL:9')), remove('2')]),
    ]);
    expect(codeOf(reply, 'Map')).toBe(200);
    expect(codesByLuid(reply)).toEqual({ 1: 200, 2: 200 });
    expect(changesOf(reply)).toEqual([]);
    expect(await bodiesOf(server)).toEqual([vcard('Ada', 'TEL:9')]);
  });

  it('M07: may come in the first message of the next session', async () => {
    const server = await withNews('Ada');
    const { session } = await session2(server);
    const [ada = ''] = addedGuids(await upload(session));
    await confirm(session);
    const next = new Session(server, { sessionId: '3' });
    const hello = [putDevInf(), alert(200, 'contacts', { last: 'n2', next: 'n3' }), map([[ada, '1']])];
    expect(codeOf((await next.send(hello)).reply, 'Map')).toBe(200);
    const reply = await upload(next, [replace('1', vcard('Ada', 'TEL:9'))]);
    expect(codesByLuid(reply)).toEqual({ 1: 200 });
    expect(changesOf(reply)).toEqual([]);
  });

  it('E39: may come after the session ended', async () => {
    const server = await withNews('Ada');
    const { session } = await session2(server);
    const [ada = ''] = addedGuids(await upload(session));
    await confirm(session);
    const late = await confirm(session, [[ada, '1']]);
    expect(codeOf(late, 'Map')).toBe(200);
    expect(late.final).toBe(true);
    expect(await thenTold(server)).toEqual([]);
  });

  it('M03 M08: a GUID is never longer than the MaxGUIDSize of the device, and its Map is understood', async () => {
    const server = await withNews('Ada');
    const base = devInf();
    const info = { ...base, dataStores: base.dataStores.map((store) => ({ ...store, maxGuidSize: 12 })) };
    const { session } = await begin(server, { sessionId: '2', code: 200, last: 'n1', next: 'n2', info });
    const [ada = ''] = addedGuids(await upload(session));
    expect(ada).not.toBe('');
    expect(ada.length).toBeLessThanOrEqual(12);
    const { reply } = await session.send([...session.statuses(), map([[ada, '1']]), map([[ada, '1']])]);
    expect([codeOf(reply, 'Map', 0), codeOf(reply, 'Map', 1)]).toEqual([200, 200]);
    await crm(server, 'Ada', 'upsert', 'TEL:1');
    expect(await thenTold(server)).toEqual(['Replace Ada as 1']);
  });

  describe('M08 T19: a short GUID is understood when a session came between that began twice', () => {
    const base = devInf();
    const info = { ...base, dataStores: base.dataStores.map((store) => ({ ...store, maxGuidSize: 12 })) };
    const start = (sessionId: string) => ({ sessionId, code: 200, last: 'n1', next: `n${sessionId}`, info });
    /** The first message of a session once more, late: the network had kept a copy. */
    const comesLate = (server: TestServer, sessionId: string) => begin(server, start(sessionId));

    /** Session 2 gets an item and breaks before its Map, session 3 is suspended at once. */
    async function broken() {
      const server = await withNews('Ada');
      const second = await begin(server, start('2'));
      const [ada = ''] = addedGuids(await upload(second.session));
      const third = await begin(server, start('3'));
      await third.session.send([...third.session.statuses(), suspend()]);
      return { server, ada };
    }

    /** What the client is told in a session that says first where it stored the item. */
    async function mapped(server: TestServer, sessionId: string, ada: string) {
      const { session } = await begin(server, start(sessionId));
      const { reply } = await session.send([...session.statuses(), map([[ada, '1']]), sync([])]);
      return [codeOf(reply, 'Map'), ...told(reply)];
    }

    it('its first message came again', async () => {
      const { server, ada } = await broken();
      await comesLate(server, '3');
      expect(await mapped(server, '4', ada)).toEqual([200, 'Replace Ada as 1']);
    });

    it('its first message came again when the next session had begun', async () => {
      const { server, ada } = await broken();
      await begin(server, start('4'));
      await comesLate(server, '3');
      expect(await mapped(server, '5', ada)).toEqual([200, 'Replace Ada as 1']);
    });

    it('its first message came again and again', async () => {
      const { server, ada } = await broken();
      for (let n = 0; n < 3; n += 1) {
        const { session } = await comesLate(server, '3');
        await session.send([...session.statuses(), suspend()]);
      }
      expect(await mapped(server, '3', ada)).toEqual([200, 'Replace Ada as 1']);
    });
  });

  it('M10: the same again is 200, another LUID for the GUID replaces it', async () => {
    const server = await withNews('Ada');
    const { session } = await session2(server);
    const [ada = ''] = addedGuids(await upload(session));
    const maps = [map([[ada, '1']]), map([[ada, '1']]), map([[ada, '5']])];
    const { reply } = await session.send([...session.statuses(), ...maps]);
    expect([0, 1, 2].map((n) => codeOf(reply, 'Map', n))).toEqual([200, 200, 200]);
    await crm(server, 'Ada', 'upsert', 'TEL:1');
    expect(await thenTold(server)).toEqual(['Replace Ada as 5']);
  });

  it('M05: an unknown GUID is 404, the rest of the Map counts', async () => {
    const server = await withNews('Ada', 'Berta');
    const { session } = await session2(server);
    const [ada = '', berta = ''] = addedGuids(await upload(session));
    const end = await confirm(session, [
      [ada, '1'],
      ['nonsense', '2'],
      [berta, '3'],
    ]);
    expect(codeOf(end, 'Map')).toBe(404);
    expect(end.final).toBe(true);
    expect(await thenTold(server)).toEqual([]);
  });

  it('M05 H21: a Map for an unknown datastore is 404', async () => {
    const server = await withNews('Ada');
    const { session } = await session2(server);
    const [ada = ''] = addedGuids(await upload(session));
    const { reply } = await session.send([...session.statuses(), map([[ada, '1']], 'photos')]);
    expect(codeOf(reply, 'Map')).toBe(404);
  });

  it('a GUID of another user maps nothing', async () => {
    const server = await startServer({ users: ['anna', 'berta'] });
    await wholeSync(server, { next: 'n1' });
    await crm(server, 'Ada');
    const { session } = await session2(server);
    const [ada = ''] = addedGuids(await upload(session));
    const other = await begin(server, { user: 'berta', device: 'b' });
    await upload(other.session);
    expect(codeOf(await confirm(other.session, [[ada, '1']]), 'Map')).toBe(404);
  });

  it('M02: a LUID that the client uses again means the new item', async () => {
    const server = await withNews();
    const { session } = await session2(server);
    await upload(session, [add('1', vcard('Ada'))]);
    await confirm(session);
    const next = await session3(server);
    expect(codesByLuid(await upload(next.session, [remove('1'), add('1', vcard('Berta'))]))).toEqual({
      1: 201,
    });
    await confirm(next.session);
    const last = await begin(server, { sessionId: '4', code: 200, last: 'n3', next: 'n4' });
    await upload(last.session, [replace('1', vcard('Berta', 'TEL:1'))]);
    expect(await bodiesOf(server)).toEqual([vcard('Berta', 'TEL:1')]);
  });

  it('M02: a LUID given to another of our items is taken from the first, which is sent again', async () => {
    const server = await withNews('Ada');
    const { session } = await session2(server);
    const [ada = ''] = addedGuids(await upload(session));
    await confirm(session, [[ada, '1']]);
    await crm(server, 'Berta');
    const next = await session3(server);
    const [berta = ''] = addedGuids(await upload(next.session));
    await confirm(next.session, [[berta, '1']]);
    const last = await begin(server, { sessionId: '4', code: 200, last: 'n3', next: 'n4' });
    expect(told(await upload(last.session))).toEqual(['Add Ada']);
    await confirm(last.session);
    await crm(server, 'Berta', 'upsert', 'TEL:1');
    const then = await begin(server, { sessionId: '5', code: 200, last: 'n4', next: 'n5' });
    expect(told(await upload(then.session))).toContain('Replace Berta as 1');
  });
});
