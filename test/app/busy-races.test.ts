/** Busy, and what may come between: stores that stay slow, limits named in a held message, a resend that races. */
import { describe, expect, it } from 'vitest';
import { addCodes } from '../engine/receive/large.ts';
import { begin, bodiesOf, upload, wholeSync } from '../engine/steps.ts';
import { add, alert, devInf, nextMessage, putDevInf, sync, vcard } from '../kit/drafts.ts';
import { codesOf, type Draft, Session } from '../kit/session.ts';
import { slowServer } from './slow-server.ts';

const people = (count: number): Draft[] =>
  Array.from({ length: count }, (_, n) => add(String(n), vcard(`Name ${n}`)));
const result = (): Draft => ({ ...nextMessage(), code: 221 }) as Draft;

/** Nothing is said of what the message holds. */
const isBusy = (codes: readonly string[]) =>
  codes.every((code) => code.startsWith('SyncHdr@') || code.endsWith('=101'));

describe('a store that stays slow', () => {
  it.each([
    ['writes of 16 seconds', { write: 16_000 }],
    ['an inventory of 20 seconds', { query: 2_500 }],
  ])('%s: a slow sync of one item comes to its end', async (_, slow) => {
    const { server, pace } = await slowServer();
    await wholeSync(server, { device: 'other', next: 'n1' }, people(3));
    const { session } = await begin(server);
    Object.assign(pace, slow);
    let reply = await upload(session, [add('1', vcard('Ada'))]);
    for (let asked = 0; asked < 5 && isBusy(codesOf(reply)); asked += 1)
      ({ reply } = await session.send([...session.statuses(), result()], { final: false }));
    expect(codesOf(reply).some((code) => /^Add@\d+=201$/.test(code))).toBe(true);
    expect(await bodiesOf(server)).toHaveLength(4);
  });
});

describe('a held message', () => {
  it('H18: leaves the limits that it named', async () => {
    const { server, pace } = await slowServer();
    const notes = Array.from({ length: 60 }, (_, n) =>
      add(`${n}`, vcard(`O${n}`, `NOTE:${'x'.repeat(300)}`)),
    );
    await wholeSync(server, { device: 'other', next: 'n1' }, notes);
    const limited = new Session(server, { sessionId: '1', maxMsgSize: 5_000 });
    pace.write = 6_000;
    const first = [putDevInf(devInf()), alert(201, 'contacts', { next: 'n1' }), sync(people(300))];
    expect(isBusy(codesOf((await limited.send(first)).reply))).toBe(true);
    pace.write = 0;
    const asking = new Session(server, { sessionId: '1' });
    Object.assign(asking, { msgId: 1, respURI: limited.respURI, last: limited.last });
    const { http } = await asking.send([...asking.statuses(), result()], { final: false });
    expect(http.body.length).toBeLessThan(5_200);
  });

  it('T17: stays whole when its repetition is worked on at the same time', async () => {
    const { server, pace } = await slowServer();
    const { session } = await begin(server);
    const chunk = {
      ...{ name: 'Add', meta: { type: 'text/vcard', size: 5_000 } },
      items: [{ source: { uri: 'big' }, data: `BEGIN:VCARD${'x'.repeat(2_000)}`, moreData: true }],
    } as Draft;
    const [finish, finished] = gate();
    const [arrive, arrived] = gate();
    let resent: ReturnType<Session['resend']> | undefined;
    let writes = 0;
    pace.before = async () => {
      writes += 1;
      if (writes === 1) {
        server.time += 16_000;
        resent = session.resend();
        await arrived;
      } else if (writes === 2) {
        arrive();
        await finished;
      }
    };
    await upload(session, [...people(3), chunk], { final: false });
    finish();
    await resent;
    pace.before = undefined;
    const { reply } = await session.send([result()], { final: false });
    expect(codesOf(reply)[0]).toBe('SyncHdr@0=200');
    const rest = {
      ...chunk,
      meta: { type: 'text/vcard' },
      items: [{ source: { uri: 'big' }, data: 'y'.repeat(2_989) }],
    };
    expect(addCodes([await upload(session, [rest as Draft])])).toEqual([201]);
    expect(await bodiesOf(server)).toHaveLength(4);
  });
});

function gate(): [open: () => void, opened: Promise<void>] {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return [open, opened];
}
