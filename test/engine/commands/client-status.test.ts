/** The client's Statuses for what we sent [C38-C43, M09, M11, X10]. */
import { describe, expect, it } from 'vitest';
import { map, nextMessage } from '../../kit/drafts.ts';
import type { TestServer } from '../../kit/server.ts';
import { changesOf, type Draft } from '../../kit/session.ts';
import { crm, session2, session3, thenTold, told, withNews } from '../send/news.ts';
import { addedGuids, begin, codeOf, confirm, upload, wholeSync } from '../steps.ts';

describe('an Add of ours', () => {
  it('M09: acknowledged but never mapped is sent again', async () => {
    const server = await withNews('Ada');
    const { session } = await session2(server);
    await upload(session);
    await confirm(session);
    expect(await thenTold(server)).toEqual(['Add Ada']);
  });

  it('E38 M09 Q12: without any Status, too', async () => {
    const server = await withNews('Ada');
    const { session } = await session2(server);
    await upload(session);
    await session.send([]);
    expect(await thenTold(server)).toEqual(['Add Ada']);
  });

  it('M09: without any Status but mapped it is done', async () => {
    const server = await withNews('Ada');
    const { session } = await session2(server);
    const [ada = ''] = addedGuids(await upload(session));
    await session.send([map([[ada, '1']])]);
    expect(await thenTold(server)).toEqual([]);
  });

  it.each([404, 408, 415, 417, 424, 426, 500, 506, 510, 514])(
    'C42 L22: answered %i goes again in the next session, and the others are done',
    async (code) => {
      const server = await withNews('Ada');
      const { session } = await session2(server);
      await upload(session);
      const end = await confirm(session, [], { Add: code });
      expect(end.final).toBe(true);
      expect(await thenTold(server)).toEqual(['Add Ada']);
    },
  );

  it.each([200, 201, 207, 208, 209, 418, 419])(
    'C38 E25 E40 X10: answered %i and mapped is done',
    async (code) => {
      const server = await withNews('Ada');
      const { session } = await session2(server);
      const [ada = ''] = addedGuids(await upload(session));
      await confirm(session, [[ada, '1']], { Add: code });
      expect(await thenTold(server)).toEqual([]);
    },
  );

  it('C38: 420 stops the adding in this session, and they come in the next', async () => {
    const server = await withNews(...Array.from({ length: 40 }, (_, n) => `N${n}`));
    const { session } = await begin(server, {
      ...{ sessionId: '2', code: 200, last: 'n1', next: 'n2', maxMsgSize: 4_000 },
    });
    const first = await upload(session);
    expect(first.final).toBe(false);
    const full = [...session.statuses({ Add: 420 }), nextMessage()];
    const { reply } = await session.send(full, { final: false });
    expect(addedGuids(reply)).toEqual([]);
    expect(reply.final).toBe(true);
    await confirm(session);
    expect(await thenTold(server)).toHaveLength(40);
  });

  it('C38: after 420 updates and deletes still go', async () => {
    const server = await withNews(...Array.from({ length: 20 }, (_, n) => `N${n}`));
    const first = await wholeSync(server, { sessionId: '2', code: 200, last: 'n1', next: 'n2' });
    expect(addedGuids(first.reply)).toHaveLength(20);
    for (let n = 20; n < 50; n += 1) await crm(server, `N${n}`);
    await crm(server, 'N0', 'upsert', 'TEL:1');
    await crm(server, 'N1', 'delete');
    const { session } = await begin(server, {
      ...{ sessionId: '3', code: 200, last: 'n2', next: 'n3', maxMsgSize: 4_000 },
    });
    await upload(session);
    const full = [...session.statuses({ Add: 420 }), nextMessage()];
    const { reply } = await session.send(full, { final: false });
    expect(changesOf(reply).map(({ name }) => name)).toEqual(['Replace', 'Delete']);
  });
});

describe('a Replace or Delete of ours', () => {
  /** The phone holds Ada as 1; then the CRM does something to her. */
  async function changed(op: 'upsert' | 'delete') {
    const server = await withNews('Ada');
    const first = await begin(server, { sessionId: '2', code: 200, last: 'n1', next: 'n2' });
    const [ada = ''] = addedGuids(await upload(first.session));
    await confirm(first.session, [[ada, '1']]);
    await crm(server, 'Ada', op, 'TEL:1');
    const { session } = await session3(server);
    const reply = await upload(session);
    return { server, session, ada, names: told(reply) };
  }
  const later = async (server: TestServer) => {
    const { session } = await begin(server, { sessionId: '4', code: 200, last: 'n3', next: 'n4' });
    return told(await upload(session));
  };

  it.each([404, 410])('C39: Replace answered %i: the item is added next session', async (code) => {
    const { server, session, names } = await changed('upsert');
    expect(names).toEqual(['Replace Ada as 1']);
    await confirm(session, [], { Replace: code });
    expect(await later(server)).toEqual(['Add Ada']);
  });

  it.each([408, 417, 500, 510])('C42: Replace answered %i: it goes again', async (code) => {
    const { server, session } = await changed('upsert');
    await confirm(session, [], { Replace: code });
    expect(await later(server)).toEqual(['Replace Ada as 1']);
  });

  it.each([200, 207, 208, 209, 419])('X10: Replace answered %i is done', async (code) => {
    const { server, session } = await changed('upsert');
    await confirm(session, [], { Replace: code });
    expect(await later(server)).toEqual([]);
  });

  it('C41: Replace answered 201 and mapped anew: the new LUID counts', async () => {
    const { server, session, ada } = await changed('upsert');
    await confirm(session, [[ada, '8']], { Replace: 201 });
    await crm(server, 'Ada', 'upsert', 'TEL:2');
    expect(await later(server)).toEqual(['Replace Ada as 8']);
  });

  it.each([200, 210, 211, 404, 410])('C40: Delete answered %i is done', async (code) => {
    const { server, session, names } = await changed('delete');
    expect(names).toEqual(['Delete 1']);
    await confirm(session, [], { Delete: code });
    expect(await later(server)).toEqual([]);
  });

  it('C42 M11: Delete answered 500 goes again, by the same LUID', async () => {
    const { server, session } = await changed('delete');
    await confirm(session, [], { Delete: 500 });
    expect(await later(server)).toEqual(['Delete 1']);
  });
});

describe('Statuses that mean nothing', () => {
  it('C43: for commands that never were are ignored, whatever they say', async () => {
    const server = await withNews('Ada');
    const { session } = await session2(server);
    const [ada = ''] = addedGuids(await upload(session));
    const odd = [
      ['99', '1'],
      ['2', '999'],
      ['0', '0'],
      ['x', 'y'],
      ['', ''],
    ].map(
      ([msgRef = '', cmdRef = '']): Draft => ({
        name: 'Status',
        msgRef,
        cmdRef,
        cmd: 'Add',
        code: 500 as never,
      }),
    );
    const { reply } = await session.send([...odd, ...session.statuses(), ...odd, map([[ada, '1']])]);
    expect(codeOf(reply, 'Map')).toBe(200);
    expect(reply.final).toBe(true);
    expect(await thenTold(server)).toEqual([]);
  });

  it('C43: the same Status twice counts once', async () => {
    const server = await withNews('Ada');
    const { session } = await session2(server);
    await upload(session);
    const refused = session.statuses({ Add: 500 });
    await session.send([...refused, ...refused]);
    expect(await thenTold(server)).toEqual(['Add Ada']);
  });
});
