/** Sessions that cannot be resumed, and those that another one took the place of [S07-S10, S19, P43]. */
import { describe, expect, it } from 'vitest';
import { RESUME_SECONDS, SESSION_SECONDS } from '../../../lib/engine/model/limits.ts';
import { add, replace, vcard } from '../../kit/drafts.ts';
import { startServer, type TestServer } from '../../kit/server.ts';
import { codesOf } from '../../kit/session.ts';
import { crm, known, told } from '../send/news.ts';
import { begin, bodiesOf, codeOf, confirm, upload, wholeSync } from '../steps.ts';
import { alertCodes, expectQuiet, resume } from './resuming.ts';

describe('a resume that cannot be', () => {
  const refused = async (server: TestServer, last?: string) =>
    expect(alertCodes(await resume(server, last))).toEqual([508, [201]]);

  it('without a session before: 508 and a slow sync (S08)', async () => refused(await startServer()));

  it('with another Last than the session named (S10)', async () => {
    const server = await known();
    await begin(server, { sessionId: '2', code: 200, last: 'n1', next: 'n2' });
    await refused(server, 'n0');
  });

  it('after a session that succeeded (S19)', async () => {
    const server = await known();
    await wholeSync(server, { sessionId: '2', code: 200, last: 'n1', next: 'n2' });
    await refused(server, 'n2');
    await refused(await known());
  });

  it('by a client that lost only our last answer: it is resumed, nothing comes twice (N12, S10)', async () => {
    const server = await known();
    await crm(server, 'Berta');
    await wholeSync(server, { sessionId: '2', code: 200, last: 'n1', next: 'n2' }, [add('2', vcard('Carl'))]);
    const resumed = await resume(server, 'n1');
    expect(alertCodes(resumed)).toEqual([200, [200]]);
    expect(told(await upload(resumed.session, [add('2', vcard('Carl'))]))).toEqual([]);
    await confirm(resumed.session);
    expect(await bodiesOf(server)).toHaveLength(3);
    await expectQuiet(server);
  });

  it('of a comparison that never began: the client may mean the one before it (S10)', async () => {
    const server = await known();
    const { session } = await begin(server, { sessionId: '2', code: 201, next: 'n2' });
    await upload(session, [add('2', vcard('Berta'))], { final: false });
    await begin(server, { sessionId: '3', code: 201, next: 'n3' });
    await refused(server);
  });

  it('is a slow sync that makes no doubles (S08)', async () => {
    const server = await known();
    const { session } = await begin(server, { sessionId: '2', code: 200, last: 'n1', next: 'n2' });
    await upload(session, [add('2', vcard('Berta'))], { final: false });
    const slow = await resume(server, 'n0');
    await upload(slow.session, [replace('1', vcard('Ada')), replace('2', vcard('Berta'))]);
    await confirm(slow.session);
    expect(await bodiesOf(server)).toEqual([vcard('Ada'), vcard('Berta')]);
    await expectQuiet(server);
  });

  it('a record outlives its session, and goes after a month (P43)', async () => {
    const server = await known();
    const start = { sessionId: '2', code: 200, last: 'n1', next: 'n2' };
    const { session } = await begin(server, start);
    await upload(session, [], { final: false });
    server.time += (SESSION_SECONDS + 60) * 1000;
    expect(codeOf(await upload(session, [add('2', vcard('Berta'))]), 'Sync')).toBe(407);
    expect(alertCodes(await resume(server, 'n1'))).toEqual([200, [200]]);
    server.time += (RESUME_SECONDS + 60) * 1000;
    await refused(server, 'n1');
  });
});

describe('a session that another one of the device took the place of', () => {
  it('changes nothing any more: a late message is refused by 512', async () => {
    const server = await known();
    const old = await begin(server, { sessionId: '2', code: 200, last: 'n1', next: 'n2' });
    await wholeSync(server, { sessionId: '3', code: 200, last: 'n1', next: 'n3' }, [
      replace('1', vcard('Ada', 'TEL:2')),
    ]);
    const late = await upload(old.session, [replace('1', vcard('Ada', 'TEL:1'))]);
    expect(codesOf(late).map((code) => code.split('=')[1])).toEqual(['512', '512', '512']);
    expect(await bodiesOf(server)).toEqual([vcard('Ada', 'TEL:2')]);
    await expectQuiet(server, 'n3');
  });
});
