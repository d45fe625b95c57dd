/** Anchors: which sync follows from which pair [C.8, N01-N11]. */
import { describe, expect, it } from 'vitest';
import type { Message } from '../../../lib/message/model.ts';
import { add, alert, putDevInf, replace, sync, vcard } from '../../kit/drafts.ts';
import { startServer } from '../../kit/server.ts';
import { alertsOf, changesOf, codesOf, type Draft, Session } from '../../kit/session.ts';
import { crm, DAY, known, told } from '../send/news.ts';
import { addedGuids, begin, bodiesOf, codeOf, confirm, upload, wholeSync } from '../steps.ts';

describe('the decision of C.8 (P27)', () => {
  it.each([
    [200, 508, 201],
    [202, 508, 203],
    [204, 508, 205],
    [201, 200, 201],
    [203, 200, 203],
    [205, 200, 205],
    [225, 508, 201],
  ])(
    'N04 Y16 Y18 Y19: no anchor stored, Alert %i: %i and Alert %i, whatever Last says',
    async (asked, code, answer) => {
      for (const last of [undefined, 'n0', '']) {
        const start = { code: asked, ...(last !== undefined && { last }) };
        const { init } = await begin(await startServer(), start);
        expect(codeOf(init, 'Alert')).toBe(code);
        expect(alertsOf(init)).toEqual([answer]);
      }
    },
  );

  it.each([200, 202, 204])('N03 N04: Last is the stored Next, Alert %i: 200 and the same', async (asked) => {
    const { init } = await begin(await known(), { sessionId: '2', code: asked, last: 'n1', next: 'n2' });
    expect(codeOf(init, 'Alert')).toBe(200);
    expect(alertsOf(init)).toEqual([asked]);
  });

  it.each([
    [200, 201],
    [202, 203],
    [204, 205],
  ])('N04 Y18: another Last, Alert %i: 508 and Alert %i', async (asked, answer) => {
    for (const last of ['n0', 'N1', 'n1 1', '', undefined]) {
      const start = { sessionId: '2', code: asked, next: 'n2', ...(last !== undefined && { last }) };
      const { init } = await begin(await known(), start);
      expect(codeOf(init, 'Alert')).toBe(508);
      expect(alertsOf(init)).toEqual([answer]);
    }
  });

  it.each([201, 203, 205])('Y19: Alert %i needs no match', async (asked) => {
    for (const last of ['n1', 'other', undefined]) {
      const start = { sessionId: '2', code: asked, next: 'n2', ...(last !== undefined && { last }) };
      const { init } = await begin(await known(), start);
      expect(codeOf(init, 'Alert')).toBe(200);
      expect(alertsOf(init)).toEqual([asked]);
    }
  });

  it('E66 S08: Alert 225 that cannot be resumed: 508 and a slow sync', async () => {
    const { init } = await begin(await known(), { sessionId: '2', code: 225, last: 'n1', next: 'n2' });
    expect(codeOf(init, 'Alert')).toBe(508);
    expect(alertsOf(init)).toEqual([201]);
  });

  it('S09: Alert 225 below 1.2: 406', async () => {
    const { init } = await begin(await startServer(), { code: 225, version: '1.1' });
    expect(codeOf(init, 'Alert')).toBe(406);
    expect(alertsOf(init)).toEqual([]);
  });

  it.each([
    [206, 200],
    [207, 202],
    [208, 203],
    [209, 204],
    [210, 205],
  ])('A09: Alert %i runs as %i', async (asked, base) => {
    const { init } = await begin(await known(), { sessionId: '2', code: asked, last: 'n1', next: 'n2' });
    expect(codeOf(init, 'Alert')).toBe(200);
    expect([asked, base]).toContain(alertsOf(init)[0]);
  });

  it('N10: the client answers our Alert by 508: the Sync of the same message is the slow sync', async () => {
    const server = await known([add('1', vcard('Ada')), add('2', vcard('Berta'))]);
    const { session } = await begin(server, { sessionId: '2', code: 200, last: 'n1', next: 'n2' });
    const whole = [replace('x', vcard('Ada')), replace('y', vcard('Carl'))];
    const { reply } = await session.send([...session.statuses({ Alert: 508 }), sync(whole)]);
    expect(
      codesOf(reply)
        .slice(2)
        .map((code) => code.slice(-3)),
    ).toEqual(['200', '201']);
    expect(told(reply)).toEqual(['Add Berta']);
    await confirm(
      session,
      addedGuids(reply).map((guid) => [guid, 'z']),
    );
    expect(await bodiesOf(server)).toEqual([vcard('Ada'), vcard('Berta'), vcard('Carl')]);
    const again = await wholeSync(server, { sessionId: '3', code: 200, last: 'n2', next: 'n3' });
    expect(alertsOf(again.init)).toEqual([200]);
    expect(changesOf(again.reply)).toEqual([]);
  });

  it('N10: the 508 of a client whose Sync came already is too late: the next session compares', async () => {
    const server = await known([add('1', vcard('Ada'))]);
    const session = new Session(server, { sessionId: '2' });
    const first = [
      alert(200, 'contacts', { last: 'n1', next: 'n2' }),
      sync([replace('1', vcard('Ada', 'NOTE:a'))]),
    ];
    expect(alertsOf((await session.send([putDevInf(), ...first])).reply)).toEqual([200]);
    expect((await session.send(session.statuses({ Alert: 508 }))).reply.final).toBe(true);
    const again = await wholeSync(server, { sessionId: '3', code: 200, last: 'n2', next: 'n3' }, [
      replace('1', vcard('Ada', 'NOTE:b')),
    ]);
    expect(alertsOf(again.init)).toEqual([201]);
    expect(await bodiesOf(server)).toEqual([vcard('Ada', 'NOTE:b')]);
    const quiet = await wholeSync(server, { sessionId: '4', code: 200, last: 'n3', next: 'n4' }, [
      replace('1', vcard('Ada', 'NOTE:c')),
    ]);
    expect([alertsOf(quiet.init), changesOf(quiet.reply)]).toEqual([[200], []]);
    expect(await bodiesOf(server)).toEqual([vcard('Ada', 'NOTE:c')]);
  });
});

describe('the anchors themselves', () => {
  it.each(['20300101T101010Z', '0', '007', 'x'.repeat(300), 'Grüße & <x>', '1 2'])(
    'N07: %s is stored and found again',
    async (next) => {
      const server = await startServer();
      await wholeSync(server, { next });
      const { init } = await begin(server, { sessionId: '2', code: 200, last: next, next: 'n2' });
      expect(alertsOf(init)).toEqual([200]);
    },
  );

  it('N04: 007 is not 7', async () => {
    const server = await startServer();
    await wholeSync(server, { next: '007' });
    const { init } = await begin(server, { sessionId: '2', code: 200, last: '7', next: 'n2' });
    expect(alertsOf(init)).toEqual([201]);
  });

  it('N08 E56: without any anchor it is a slow sync, each time', async () => {
    const server = await startServer();
    const bare = { name: 'Alert', code: 200, items: [{ target: { uri: 'contacts' }, source: { uri: 'c' } }] };
    for (const sessionId of ['1', '2']) {
      const session = new Session(server, { sessionId });
      const init = await session.send([putDevInf(), bare as Draft]);
      expect(alertsOf(init.reply)).toEqual([201]);
      expect(codeOf(await upload(session, [replace('1', vcard('Ada'))]), 'Replace')).toBeLessThan(300);
      expect((await confirm(session)).final).toBe(true);
    }
    expect(await bodiesOf(server)).toEqual([vcard('Ada')]);
  });

  it('N02 N09: our Alert has both anchors: Last is our Next of the last completed session', async () => {
    const server = await startServer();
    const ours = (reply: Message) => {
      const own = reply.commands.find((command) => command.name === 'Alert');
      return own?.name === 'Alert' ? own.items[0]?.meta?.anchor : undefined;
    };
    const first = ours((await wholeSync(server, { next: 'n1' })).init);
    expect(first?.last).toBeUndefined();
    server.time += DAY;
    await begin(server, { sessionId: '2', code: 200, last: 'n1', next: 'n2' }); // never completed
    server.time += DAY;
    const third = ours((await wholeSync(server, { sessionId: '3', code: 200, last: 'n1', next: 'n3' })).init);
    expect(third?.last).toBe(first?.next);
    expect(third?.next).not.toBe(first?.next);
  });

  it('N11: each datastore of each device has its own', async () => {
    const server = await known();
    const notes = await begin(server, {
      sessionId: '2',
      datastore: 'notes',
      code: 200,
      last: 'n1',
      next: 'x',
    });
    expect(alertsOf(notes.init)).toEqual([201]);
    const other = await begin(server, { device: 'phone-2', code: 200, last: 'n1', next: 'x' });
    expect(alertsOf(other.init)).toEqual([201]);
  });
});

describe('the retention of the log', () => {
  it('N01: an anchor older than the kept log forces a slow sync', async () => {
    const server = await known();
    await crm(server, 'Berta');
    server.time += 200 * DAY;
    await crm(server, 'Carl');
    const { init, reply } = await wholeSync(server, { sessionId: '2', code: 200, last: 'n1', next: 'n2' }, [
      replace('1', vcard('Ada')),
    ]);
    expect(codeOf(init, 'Alert')).toBe(508);
    expect(told(reply).sort()).toEqual(['Add Berta', 'Add Carl']);
  });

  it('N01: also when nothing came after what was dropped', async () => {
    const server = await known();
    await crm(server, 'Berta');
    server.time += 200 * DAY;
    const { init } = await begin(server, { sessionId: '2', code: 200, last: 'n1', next: 'n2' });
    expect(alertsOf(init)).toEqual([201]);
  });

  it('a device that was away while nothing changed needs none', async () => {
    const server = await known();
    server.time += 200 * DAY;
    const { init, reply } = await wholeSync(server, { sessionId: '2', code: 200, last: 'n1', next: 'n2' });
    expect(alertsOf(init)).toEqual([200]);
    expect(changesOf(reply)).toEqual([]);
  });
});
