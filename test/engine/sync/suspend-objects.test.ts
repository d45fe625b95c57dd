/** Large objects that a resume goes on with, both ways [S13-S16]. */
import { describe, expect, it } from 'vitest';
import type { Message } from '../../../lib/message/model.ts';
import { add, nextMessage, remove, replace, suspend, vcard } from '../../kit/drafts.ts';
import type { TestServer } from '../../kit/server.ts';
import { alertsOf, changesOf, type Draft } from '../../kit/session.ts';
import { addCodes, bytesOf, chunks, holding, large, receive } from '../receive/large.ts';
import { known, told } from '../send/news.ts';
import { addedGuids, begin, bodiesOf, codeOf, confirm, upload, wholeSync } from '../steps.ts';

const body = large('Big', 12_000);
const resume = (server: TestServer, more: object = {}) =>
  begin(server, { sessionId: 'r', code: 225, last: 'n1', next: 'later', info: false, ...more });

describe('an object from the client', () => {
  /** A server that took the first chunks of four; the session then stopped. */
  async function stopped(taken: number) {
    const server = await known();
    const { session } = await begin(server, { sessionId: '2', code: 200, last: 'n1', next: 'n2' });
    const pieces = chunks('7', body, 4);
    for (const piece of pieces.slice(0, taken)) await upload(session, [piece], { final: false });
    return { server, pieces };
  }
  /** Sends the pieces in the session that resumes; the codes. */
  async function goOn(server: TestServer, pieces: readonly Draft[]) {
    const { session } = await resume(server);
    const replies: Message[] = [];
    for (const [n, piece] of pieces.entries())
      replies.push(await upload(session, [piece], { final: n === pieces.length - 1 }));
    await confirm(session);
    return { codes: addCodes(replies), alerts: replies.flatMap(alertsOf) };
  }
  const withMeta = (draft: Draft, meta: object): Draft =>
    draft.name === 'Add' ? { ...draft, meta: { ...draft.meta, ...meta } } : draft;

  it('goes on behind the chunk that was taken (S13, S15)', async () => {
    const { server, pieces } = await stopped(2);
    expect((await goOn(server, pieces.slice(2))).codes).toEqual([213, 201]);
    expect(await bodiesOf(server)).toEqual([vcard('Ada'), body].sort());
  });

  it('also when the client names the Size again (S15)', async () => {
    const { server, pieces } = await stopped(2);
    const [third, fourth] = pieces.slice(2) as [Draft, Draft];
    expect((await goOn(server, [withMeta(third, { size: bytesOf(body) }), fourth])).codes).toEqual([
      213, 201,
    ]);
    expect(await bodiesOf(server)).toHaveLength(2);
  });

  it('is forgotten when the first message of its session came again late: 508 and a slow sync (T19)', async () => {
    const { server, pieces } = await stopped(2);
    await begin(server, { sessionId: '2', code: 200, last: 'n1', next: 'n2' });
    const { session, init } = await resume(server);
    expect([codeOf(init, 'Alert'), alertsOf(init)]).toEqual([508, [201]]);
    expect(codeOf(await upload(session, [pieces[3] as Draft, replace('7', body)]), 'Replace')).toBe(200);
    await confirm(session);
  });

  it('takes a chunk whose Status was lost once (S14)', async () => {
    const { server, pieces } = await stopped(2);
    expect((await goOn(server, pieces.slice(1))).codes).toEqual([213, 213, 201]);
    expect(await bodiesOf(server)).toEqual([vcard('Ada'), body].sort());
  });

  it('takes its last chunk once, whatever came behind it (S14)', async () => {
    const { server, pieces } = await stopped(4);
    expect((await goOn(server, [pieces[3] as Draft, add('8', vcard('Other'))])).codes).toEqual([201, 201]);
    expect(await bodiesOf(server)).toEqual([vcard('Ada'), vcard('Other'), body].sort());
  });

  it('may begin again (S15)', async () => {
    const { server, pieces } = await stopped(3);
    expect((await goOn(server, pieces)).codes).toEqual([213, 213, 213, 201]);
    expect(await bodiesOf(server)).toEqual([vcard('Ada'), body].sort());
  });

  it('that goes on with another Size is never stored (S15)', async () => {
    const { server, pieces } = await stopped(2);
    const [third, fourth] = pieces.slice(2) as [Draft, Draft];
    const { codes } = await goOn(server, [withMeta(third, { size: bytesOf(body) + 500 }), fourth]);
    expect(codes).toEqual([213, 424]);
    expect(await bodiesOf(server)).toEqual([vcard('Ada')]);
  });

  it('may say where its chunk begins; what is there already is not taken twice, a gap is 424 (S16)', async () => {
    const { server, pieces } = await stopped(2);
    const dataOf = (draft?: Draft) => (draft?.name === 'Add' ? bytesOf(String(draft.items[0]?.data)) : 0);
    const [first, second] = pieces.map(dataOf);
    const at = withMeta(pieces[1] as Draft, { emi: [`datapos=${first}`] });
    expect((await goOn(server, [at, ...pieces.slice(2)])).codes).toEqual([213, 213, 201]);
    const again = await stopped(1);
    const gap = withMeta(again.pieces[2] as Draft, { emi: [`datapos=${(first ?? 0) + (second ?? 0)}`] });
    expect((await goOn(again.server, [gap])).codes).toEqual([424]);
  });

  it('that the client gives up is dropped by an Alert 223 (L09)', async () => {
    const { server } = await stopped(2);
    const { codes, alerts } = await goOn(server, [add('8', vcard('Other'))]);
    expect([codes, alerts]).toEqual([[201], [223]]);
    expect(await bodiesOf(server)).toEqual([vcard('Ada'), vcard('Other')]);
  });

  it('goes on over two resumes, and when the SessionID is the same again (S02, H11)', async () => {
    const { server, pieces } = await stopped(1);
    for (const [n, sessionId] of ['2', '2', 'x'].entries()) {
      const { session } = await resume(server, { sessionId });
      const reply = await upload(session, [pieces[n + 1] as Draft], { final: n === 2 });
      expect(codeOf(reply, 'Add')).toBe(n === 2 ? 201 : 213);
    }
    expect(await bodiesOf(server)).toEqual([vcard('Ada'), body].sort());
  });
});

describe('an object to the client', () => {
  const start = { code: 201, maxMsgSize: 4_000, maxObjSize: 100_000 };
  const chunkOf = (reply: Message): string => {
    const [change] = changesOf(reply);
    return change?.name === 'Add' ? String(change.items[0]?.data ?? '') : '';
  };

  it('goes on behind the last chunk that the client confirmed (S13)', async () => {
    const server = await holding(body);
    const { session } = await begin(server, start);
    const first = await upload(session);
    await session.send([...session.statuses(), suspend()]);
    const resumed = await begin(server, { ...start, code: 225, sessionId: 'r', info: false });
    const rest = await receive(resumed.session, await upload(resumed.session));
    expect(chunkOf(first) + rest.objects.join('')).toBe(body);
    expect(rest.commands.some(({ size }) => size !== undefined)).toBe(false);
  });

  it('whose last chunk was not confirmed begins again, with its Size (S13)', async () => {
    const server = await holding(body);
    const { session } = await begin(server, start);
    await upload(session);
    const resumed = await begin(server, { ...start, code: 225, sessionId: 'r', info: false });
    const { objects, commands } = await receive(resumed.session, await upload(resumed.session));
    expect(objects).toEqual([body]);
    expect(commands[0]?.size).toBe(bytesOf(body));
  });

  it('that was edited meanwhile goes on as it was; the edit comes in the next session (S13)', async () => {
    const server = await holding(body);
    const { session } = await begin(server, start);
    const first = await upload(session);
    await session.send([...session.statuses(), suspend()]);
    const edit = { device: 'other', sessionId: '2', code: 201, next: 'x' };
    const other = await begin(server, edit);
    await upload(other.session, [replace('L1', vcard('Big', 'NOTE:short'))]);
    const resumed = await begin(server, { ...start, code: 225, sessionId: 'r', info: false });
    const { objects, commands } = await receive(resumed.session, await upload(resumed.session));
    expect(chunkOf(first) + objects.join('')).toBe(body);
    await confirm(resumed.session, [[commands[0]?.item.source?.uri ?? '', '1']]);
    const { reply } = await wholeSync(server, { sessionId: 'q', code: 200, last: 'n1', next: 'n2' });
    expect(told(reply)).toEqual(['Replace Big as 1']);
  });

  it('that the client deleted meanwhile does not replace what is gone: it is added once', async () => {
    const server = await holding(vcard('Big'));
    const first = await wholeSync(server, { code: 201, next: 'n1' });
    const luid = `M-${addedGuids(first.reply)[0]}`;
    const other = await begin(server, { device: 'other', sessionId: '2', code: 201, next: 'x' });
    await upload(other.session, [replace('L1', body)]);
    await confirm(other.session);
    const next = { ...start, code: 200, last: 'n1', next: 'n2' };
    const { session } = await begin(server, { ...next, sessionId: '2' });
    await upload(session);
    await session.send([...session.statuses(), suspend()]);
    const resumed = await begin(server, { ...next, code: 225, sessionId: 'r', info: false });
    const { commands, objects } = await receive(
      resumed.session,
      await upload(resumed.session, [remove(luid)]),
    );
    expect(new Set(commands.map(({ name }) => name))).toEqual(new Set(['Add']));
    expect(objects).toEqual([body]);
  });

  it('says at which byte it goes on, and that it begins again at the first one (S16, E53)', async () => {
    for (const isConfirmed of [true, false]) {
      const server = await holding(body);
      const { session } = await begin(server, start);
      const first = await upload(session);
      if (isConfirmed) await session.send([...session.statuses(), suspend()]);
      const resumed = await begin(server, { ...start, code: 225, sessionId: 'r', info: false });
      const chunk = changesOf(await upload(resumed.session))[0];
      expect(chunk?.meta?.emi).toEqual([`datapos=${isConfirmed ? bytesOf(chunkOf(first)) : 0}`]);
      const { reply } = await resumed.session.send([...resumed.session.statuses(), nextMessage()]);
      expect(changesOf(reply)[0]?.meta).toEqual({ type: 'text/vcard' });
    }
  });
});
