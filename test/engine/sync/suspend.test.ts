/** Suspend and resume: a session that stopped anywhere is gone on with by another one [S01-S20]. */
import { describe, expect, it } from 'vitest';
import { add, alert, nextMessage, remove, replace, suspend, sync, vcard } from '../../kit/drafts.ts';
import { startServer } from '../../kit/server.ts';
import { alertsOf, changesOf, codesOf, type Draft, Session } from '../../kit/session.ts';
import { crm, known, told } from '../send/news.ts';
import { holding, manyAdds, receiveAll } from '../send/receiving.ts';
import { addedGuids, begin, bodiesOf, codeOf, codesByLuid, confirm, upload, wholeSync } from '../steps.ts';
import { alertCodes, expectQuiet, resume } from './resuming.ts';

describe('suspend', () => {
  it('is answered 200 and ends the session with Final; the anchors stay as they were (S01, S04, N13)', async () => {
    const server = await known();
    const { session } = await begin(server, { sessionId: '2', code: 200, last: 'n1', next: 'n2' });
    const { reply } = await session.send([...session.statuses(), suspend()], { final: false });
    expect(codesOf(reply)).toEqual(['SyncHdr@0=200', 'Alert@3=200']);
    expect([reply.final, alertsOf(reply)]).toEqual([true, []]);
    const next = await begin(server, { sessionId: '3', code: 200, last: 'n1', next: 'n3' });
    expect(alertsOf(next.init)).toEqual([200]);
  });

  it('what comes behind it is cancelled by 514, what came before it counts (S05)', async () => {
    const server = await known();
    const { session } = await begin(server, { sessionId: '2', code: 200, last: 'n1', next: 'n2' });
    const { reply } = await session.send([
      ...session.statuses(),
      sync([add('2', vcard('Berta'))]),
      suspend(),
      sync([add('3', vcard('Carl'))]),
    ]);
    expect(codesOf(reply).slice(1)).toEqual([
      'Sync@3=200',
      'Add@4=201',
      'Alert@5=200',
      'Sync@6=514',
      'Add@7=514',
    ]);
    expect(await bodiesOf(server)).toEqual([vcard('Ada'), vcard('Berta')]);
  });

  it('is not known below 1.2 (S09)', async () => {
    const server = await startServer();
    const { session } = await begin(server, { version: '1.1' });
    expect(codeOf((await session.send([...session.statuses(), suspend()])).reply, 'Alert')).toBe(406);
  });

  it('in any phase: in package #3, in package #4, before the Map; for before: resume-unbegun.test.ts (S01)', async () => {
    for (const at of ['sync', 'send', 'map']) {
      const server = await known();
      await crm(server, 'Berta');
      const { session } = await begin(server, { sessionId: '2', code: 200, last: 'n1', next: 'n2' });
      await upload(session, [add('2', vcard('Carl'))], { final: at !== 'sync' });
      const statuses = at === 'map' ? session.statuses() : [];
      expect((await session.send([...statuses, suspend()])).reply.final, at).toBe(true);
      const resumed = await resume(server, 'n1');
      expect(alertCodes(resumed), at).toEqual([200, [200]]);
      const reply = await upload(resumed.session);
      expect(told(reply), at).toEqual(['Add Berta']);
      await confirm(resumed.session, [[addedGuids(reply)[0] ?? '', '9']]);
      expect(await bodiesOf(server), at).toEqual([vcard('Ada'), vcard('Berta'), vcard('Carl')]);
      await expectQuiet(server);
    }
  });
});

describe('resume', () => {
  it('goes on with the saved sync type, which our Alert names (S06, S07, S12, S18)', async () => {
    const server = await holding(3);
    const { session } = await begin(server, { code: 201 });
    await upload(session, [replace('1', vcard('N1', 'NOTE:'))], { final: false });
    expect(alertCodes(await resume(server))).toEqual([200, [201]]);
  });

  it('of an upload: what was acknowledged need not come again, and makes no second item if it does (S02, S03, S14)', async () => {
    const server = await known();
    const { session } = await begin(server, { sessionId: '2', code: 200, last: 'n1', next: 'n2' });
    await upload(session, [add('2', vcard('Berta')), remove('1')], { final: false });
    const resumed = await resume(server, 'n1');
    const reply = await upload(resumed.session, [
      add('2', vcard('Berta')),
      remove('1'),
      add('3', vcard('Carl')),
    ]);
    expect(codesByLuid(reply)).toEqual({ 1: 200, 2: 201, 3: 201 });
    await confirm(resumed.session);
    expect(await bodiesOf(server)).toEqual([vcard('Berta'), vcard('Carl')]);
    await expectQuiet(server);
  });

  it('of a slow upload: links what is left, and does not send back what came before (S11, S18)', async () => {
    const server = await holding(4);
    const { session } = await begin(server, { code: 201 });
    const [first, ...rest] = manyAdds(4);
    await upload(session, [first as Draft], { final: false });
    const resumed = await resume(server);
    const reply = await upload(resumed.session, rest.slice(0, 2));
    expect(told(reply)).toEqual(['Add N3']);
    await confirm(resumed.session, [[addedGuids(reply)[0] ?? '', '9']]);
    expect(await bodiesOf(server)).toHaveLength(4);
    await expectQuiet(server);
  });

  it('of a download: only what was not confirmed comes, with what is new since (S03, S13)', async () => {
    const server = await holding(30, () => 400);
    const { session } = await begin(server, { code: 201, maxMsgSize: 4_000 });
    const first = await upload(session);
    const got = addedGuids(first);
    expect(got.length).toBeGreaterThan(3);
    // The first message is confirmed and mapped, the second one is lost.
    const pairs = got.map(
      (guid): Draft => ({
        name: 'Map',
        target: { uri: 'contacts' },
        source: { uri: 'c' },
        items: [{ target: guid, source: `M-${guid}` }],
      }),
    );
    await session.send([...session.statuses(), ...pairs, nextMessage()], { final: false });
    await crm(server, 'Berta');
    const resumed = await resume(server);
    const replies = await receiveAll(resumed.session, await upload(resumed.session));
    const later = replies.flatMap(addedGuids);
    expect(later.filter((guid) => got.includes(guid))).toEqual([]);
    expect(new Set([...got, ...later]).size).toBe(31);
    expect(later).toHaveLength(31 - got.length);
    await confirm(
      resumed.session,
      later.map((guid) => [guid, `M-${guid}`]),
    );
    await expectQuiet(server);
  });

  it('a Map that the client kept says what had arrived: that does not come again (M07, S17)', async () => {
    const server = await holding(3);
    const { session } = await begin(server, { code: 201 });
    const [one = '', two = ''] = addedGuids(await upload(session));
    const resumed = await resume(server);
    const early: Draft = {
      name: 'Map',
      target: { uri: 'contacts' },
      source: { uri: 'c' },
      items: [
        { target: one, source: 'a' },
        { target: two, source: 'b' },
      ],
    };
    const { reply } = await resumed.session.send([...resumed.session.statuses(), early, sync([])]);
    expect(codeOf(reply, 'Map')).toBe(200);
    expect(changesOf(reply)).toHaveLength(1);
    await confirm(resumed.session, [[addedGuids(reply)[0] ?? '', 'c']], { Add: 418 });
    await expectQuiet(server);
  });

  it('of a refresh from the client deletes once, and only on the whole list (S11)', async () => {
    const server = await known([add('1', vcard('Ada')), add('2', vcard('Berta')), add('3', vcard('Carl'))]);
    const { session } = await begin(server, { sessionId: '2', code: 203, next: 'n2' });
    await upload(session, [replace('1', vcard('Ada'))], { final: false });
    const first = await resume(server, '', 'r1');
    expect(alertCodes(first)).toEqual([200, [203]]);
    await upload(first.session, [replace('2', vcard('Berta'))]);
    expect(await bodiesOf(server)).toEqual([vcard('Ada'), vcard('Berta')]);
    await expectQuiet(server, 'later');
  });

  it('what the client edits after it was told of another edit is no conflict (X01)', async () => {
    const server = await startServer({ policies: { contacts: 'server-wins' } });
    await wholeSync(server, { next: 'n1' }, [add('1', vcard('Ada'))]);
    const laptop = await begin(server, { device: 'laptop', code: 201 });
    await upload(laptop.session, [replace('x', vcard('Ada'))]);
    await confirm(laptop.session);
    const edit = { sessionId: '2', code: 200, last: 'n1', next: 'n2', device: 'laptop' };
    await wholeSync(server, edit, [replace('x', vcard('Ada', 'TEL:1'))]);
    const { session } = await begin(server, { sessionId: '2', code: 200, last: 'n1', next: 'n2' });
    expect(told(await upload(session))).toEqual(['Replace Ada as 1']);
    await session.send([...session.statuses(), suspend()]);
    const resumed = await resume(server, 'n1');
    const reply = await upload(resumed.session, [replace('1', vcard('Ada', 'TEL:2'))]);
    expect(codesByLuid(reply)).toEqual({ 1: 200 });
    expect(told(reply)).toEqual([]);
  });

  it('goes on from a session that was itself resumed (S02)', async () => {
    const server = await holding(12, () => 600);
    const all: string[] = [];
    let { session } = await begin(server, { code: 201, maxMsgSize: 3_000 });
    for (let n = 0; n < 3; n += 1) {
      const reply = await upload(session);
      const pairs = addedGuids(reply).map((guid): readonly [string, string] => [guid, `M-${guid}`]);
      all.push(...addedGuids(reply));
      await session.send([...session.statuses(), { ...mapOf(pairs) }, suspend()]);
      ({ session } = await begin(server, {
        ...{ code: 225, sessionId: `r${n}`, maxMsgSize: 3_000, info: false },
      }));
    }
    const replies = await receiveAll(session, await upload(session));
    all.push(...replies.flatMap(addedGuids));
    expect([all.length, new Set(all).size]).toEqual([12, 12]);
  });

  it('keeps the filter of the session that it resumes; another filter is another sync (F17)', async () => {
    const server = await known([]);
    await crm(server, 'Ada');
    await crm(server, 'Berta');
    const filtered = (code: number, query: string): Draft => {
      const draft = alert(code, 'contacts', { last: 'n1', next: 'n2' });
      if (draft.name !== 'Alert') throw new Error('no Alert');
      const record = { meta: { type: 'syncml:filtertype-cgi' }, data: query };
      const filter = { meta: { type: 'text/vcard' }, record, filterType: 'EXCLUSIVE' };
      return {
        ...draft,
        items: draft.items.map((item) => ({ ...item, target: { uri: 'contacts', filter } })),
      };
    };
    const start = async (draft: Draft, sessionId: string) => {
      const session = new Session(server, { sessionId });
      return { session, init: (await session.send([draft])).reply };
    };
    const { session } = await start(filtered(200, 'FN&EQ;Ada'), '2');
    await session.send([...session.statuses(), sync([]), suspend()]);
    expect(alertsOf((await start(filtered(225, 'FN&EQ;Berta'), '3')).init)).toEqual([201]);
    const again = await start(filtered(200, 'FN&EQ;Ada'), '4');
    await again.session.send([...again.session.statuses(), sync([]), suspend()]);
    const resumed = await resume(server, 'n1');
    expect(told(await upload(resumed.session))).toEqual(['Add Ada']);
  });

  const mapOf = (pairs: readonly (readonly [string, string])[]): Draft => ({
    name: 'Map',
    target: { uri: 'contacts' },
    source: { uri: 'c' },
    items: pairs.map(([target, source]) => ({ target, source })),
  });

  it('of a client that only asks for more goes on as if an empty Sync had come (E24, S20)', async () => {
    const server = await holding(2);
    const { session } = await begin(server, { code: 201 });
    await session.send([...session.statuses(), suspend()]);
    const resumed = await resume(server);
    let reply = resumed.init;
    for (let n = 0; n < 5 && changesOf(reply).length === 0; n += 1)
      reply = (await resumed.session.send([...resumed.session.statuses(), nextMessage()], { final: false }))
        .reply;
    expect(changesOf(reply)).toHaveLength(2);
  });
});
