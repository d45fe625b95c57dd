/** When the pair of a session counts: sessions that break, answers that get lost [N05, N12, N13, P38, P39]. */
import { describe, expect, it } from 'vitest';
import { add, alert, putDevInf, replace, sync, vcard } from '../../kit/drafts.ts';
import type { TestServer } from '../../kit/server.ts';
import { alertsOf, changesOf, type Draft, Session } from '../../kit/session.ts';
import { crm, known, told } from '../send/news.ts';
import { addedGuids, begin, bodiesOf, codeOf, confirm, upload, wholeSync } from '../steps.ts';

describe('a session that breaks', () => {
  /** What a session of the given Last gets. */
  const resumed = async (server: TestServer, last: string) => {
    const { session, init } = await begin(server, { sessionId: '9', code: 200, last, next: 'later' });
    return { alerts: alertsOf(init), reply: await upload(session), session };
  };

  it('P38 N06: after package #2: the anchors stay, the new pair is unknown', async () => {
    const server = await known();
    await begin(server, { sessionId: '2', code: 200, last: 'n1', next: 'n2' });
    const wrong = await begin(server, { sessionId: '3', code: 200, last: 'n2', next: 'n3' });
    expect(alertsOf(wrong.init)).toEqual([201]);
    expect((await resumed(server, 'n1')).alerts).toEqual([200]);
  });

  it('P38: a session that only initialises and ends is none', async () => {
    const server = await known();
    const { session } = await begin(server, { sessionId: '2', code: 200, last: 'n1', next: 'n2' });
    await session.send(session.statuses());
    await session.send(session.statuses());
    expect((await resumed(server, 'n1')).alerts).toEqual([200]);
  });

  it('P39: before package #5: our changes go again, together with new ones', async () => {
    const server = await known();
    await crm(server, 'Berta');
    const { session } = await begin(server, { sessionId: '2', code: 200, last: 'n1', next: 'n2' });
    expect(told(await upload(session))).toEqual(['Add Berta']);
    await crm(server, 'Carl');
    const { alerts, reply } = await resumed(server, 'n1');
    expect(alerts).toEqual([200]);
    expect(told(reply).sort()).toEqual(['Add Berta', 'Add Carl']);
  });

  it('P39: what the client sent before is not lost, and its second sending is no double', async () => {
    const server = await known();
    const { session } = await begin(server, { sessionId: '2', code: 200, last: 'n1', next: 'n2' });
    await upload(session, [add('2', vcard('Berta'))]);
    await wholeSync(server, { sessionId: '3', code: 200, last: 'n1', next: 'n3' }, [
      add('2', vcard('Berta')),
    ]);
    expect(await bodiesOf(server)).toEqual([vcard('Ada'), vcard('Berta')]);
  });

  it('P38: a slow sync that broke before its Sync leaves the pair of the last complete session valid', async () => {
    const server = await known();
    await begin(server, { sessionId: '2', code: 201, next: 'n2' });
    expect((await resumed(server, 'n1')).alerts).toEqual([200]);
  });

  it('P38: a slow sync that broke within its Sync has to be done again', async () => {
    const server = await known();
    const { session } = await begin(server, { sessionId: '2', code: 201, next: 'n2' });
    await upload(session, [replace('1', vcard('Ada'))]);
    expect((await resumed(server, 'n1')).alerts).toEqual([201]);
  });

  it('N13: a suspended session changes no anchor', async () => {
    const server = await known();
    const { session } = await begin(server, { sessionId: '2', code: 200, last: 'n1', next: 'n2' });
    await upload(session);
    const suspend = { name: 'Alert', code: 224, items: [{ target: { uri: '/' }, source: { uri: 'p' } }] };
    const { reply } = await session.send([...session.statuses(), suspend as Draft]);
    expect(codeOf(reply, 'Alert')).toBe(200);
    expect(reply.final).toBe(true);
    expect((await resumed(server, 'n1')).alerts).toEqual([200]);
  });

  it('N05: a datastore whose Sync was refused keeps its pair', async () => {
    const server = await known();
    const session = new Session(server, { sessionId: '2' });
    await session.send([putDevInf(), alert(200, 'contacts', { last: 'n0', next: 'n2' }), sync([])]);
    await session.send(session.statuses());
    await session.send(session.statuses());
    expect((await resumed(server, 'n1')).alerts).toEqual([200]);
  });

  it('N05: an item that was refused does not hold the anchors back', async () => {
    const server = await known();
    const bad = add('2', 'x', 'image/png');
    await wholeSync(server, { sessionId: '2', code: 200, last: 'n1', next: 'n2' }, [bad]);
    expect((await resumed(server, 'n2')).alerts).toEqual([200]);
  });
});

describe('a client that lost our last answer', () => {
  it('N12: has the pair before; that is no slow sync, and nothing doubles', async () => {
    const server = await known();
    await crm(server, 'Berta');
    const second = await wholeSync(server, { sessionId: '2', code: 200, last: 'n1', next: 'n2' }, [
      add('2', vcard('Carl')),
    ]);
    expect(told(second.reply)).toEqual(['Add Berta']);
    await crm(server, 'Dora');
    const third = await wholeSync(server, { sessionId: '3', code: 200, last: 'n1', next: 'n3' }, [
      add('2', vcard('Carl')),
    ]);
    expect(alertsOf(third.init)).toEqual([200]);
    expect(codeOf(third.reply, 'Add')).toBe(201);
    expect(told(third.reply).filter((name) => name.startsWith('Add'))).toEqual(['Add Dora']);
    expect(await bodiesOf(server)).toHaveLength(4);
    const fourth = await wholeSync(server, { sessionId: '4', code: 200, last: 'n3', next: 'n4' });
    expect(alertsOf(fourth.init)).toEqual([200]);
    expect(changesOf(fourth.reply)).toEqual([]);
  });

  it('N12: also after its Map was lost with it', async () => {
    const server = await known();
    await crm(server, 'Berta');
    const { session } = await begin(server, { sessionId: '2', code: 200, last: 'n1', next: 'n2' });
    const reply = await upload(session);
    const [guid = ''] = addedGuids(reply);
    const early = await begin(server, { sessionId: '3', code: 200, last: 'n1', next: 'n3' });
    await early.session.send([
      ...early.session.statuses(),
      {
        name: 'Map',
        target: { uri: 'contacts' },
        source: { uri: 'c' },
        items: [{ target: guid, source: '9' }],
      },
      sync([]),
    ]);
    await confirm(early.session);
    const next = await wholeSync(server, { sessionId: '4', code: 200, last: 'n3', next: 'n4' });
    expect(alertsOf(next.init)).toEqual([200]);
    expect(changesOf(next.reply)).toEqual([]);
  });

  it('N12: two pairs back is too far', async () => {
    const server = await known();
    await wholeSync(server, { sessionId: '2', code: 200, last: 'n1', next: 'n2' });
    await wholeSync(server, { sessionId: '3', code: 200, last: 'n2', next: 'n3' });
    const { init } = await begin(server, { sessionId: '4', code: 200, last: 'n1', next: 'n4' });
    expect(alertsOf(init)).toEqual([201]);
  });
});
