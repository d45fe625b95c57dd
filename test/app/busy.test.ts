/** An answer leaves in time: work waits for the next message, or the client is told to ask for it [SP11 2.12]. */
import { describe, expect, it } from 'vitest';
import { ANSWER_SECONDS } from '../../lib/app/exchange.ts';
import type { Message } from '../../lib/message/model.ts';
import { begin, bodiesOf, confirm, statusesOf, upload, wholeSync } from '../engine/steps.ts';
import { add, alert, nextMessage, sync, vcard } from '../kit/drafts.ts';
import type { TestServer } from '../kit/server.ts';
import { changesOf, codesOf, type Draft, Session } from '../kit/session.ts';
import { slowServer } from './slow-server.ts';

const people = (count: number): Draft[] =>
  Array.from({ length: count }, (_, n) => add(String(n), vcard(`Name ${String(n).padStart(4, '0')}`)));
const result = (): Draft => ({ ...nextMessage(), code: 221 }) as Draft;
/** Nothing is said of what the message holds. */
const isBusy = (reply: Message) =>
  codesOf(reply).every((code) => code.startsWith('SyncHdr@') || code.endsWith('=101'));
const tally = (reply: Message, cmd: string, code: number) =>
  statusesOf(reply).filter((status) => status.cmd === cmd && status.code === code).length;
const names = (reply: Message) =>
  changesOf(reply).map((change) => ('items' in change ? (change.items[0] as { data?: unknown }).data : ''));

describe('a message that there is no time for', () => {
  it('B03 B05: is Busy, and its Statuses answer the question for the result', async () => {
    const { server, pace } = await slowServer();
    const { session } = await begin(server);
    pace.write = 6_000;
    const busy = await upload(session, people(300));
    expect([codesOf(busy), busy.final]).toEqual([['SyncHdr@0=200'], false]);
    pace.write = 0;
    const { reply } = await session.send([...session.statuses(), result()], { final: false });
    expect(tally(reply, 'Add', 201)).toBe(300);
    expect(statusesOf(reply).find(({ cmd }) => cmd === 'Add')?.msgRef).toBe('2');
    expect(codesOf(reply)).toContain('Alert@2=200');
    expect(reply.final).toBe(true);
    expect((await confirm(session)).final).toBe(true);
    expect(await bodiesOf(server)).toHaveLength(300);
  });

  it('B04: is Busy again, to the Alert too, until it is done, and no item is there twice', async () => {
    const { server, pace } = await slowServer();
    const { session } = await begin(server);
    pace.write = 12_000;
    let reply = await upload(session, people(500));
    let asked = 0;
    while (isBusy(reply) && asked < 20) {
      if (asked > 0) expect(codesOf(reply)).toEqual(['SyncHdr@0=200', 'Alert@2=101']);
      asked += 1;
      ({ reply } = await session.send([...session.statuses(), result()], { final: false }));
    }
    expect(asked).toBeGreaterThan(1);
    expect(tally(reply, 'Add', 201)).toBe(500);
    expect(await bodiesOf(server)).toHaveLength(500);
  });

  it('B02: may be the very first of a session, whose credentials count once', async () => {
    const { server, pace } = await slowServer();
    const { nonce } = await settled(server);
    const session = new Session(server, { sessionId: '2', auth: 'md5', nonce });
    pace.write = 8_000;
    const first = [alert(201), sync(people(300))];
    const { reply } = await session.send(first);
    expect(codesOf(reply)).toEqual(['SyncHdr@0=200']);
    pace.write = 0;
    const asked = await session.send([...session.statuses(), result()], { final: false });
    expect(tally(asked.reply, 'Add', 201)).toBe(300);
    const thief = new Session(server, { sessionId: '3', auth: 'md5', nonce });
    expect(codesOf((await thief.send([alert(201)])).reply)[0]).toBe('SyncHdr@0=401');
  });

  it('T18: sent again it is Busy again; with the next message instead of a question both are done', async () => {
    const { server, pace } = await slowServer();
    const { session } = await begin(server);
    pace.write = 6_000;
    const busy = await upload(session, people(300), { final: false });
    expect((await session.resend()).reply).toEqual(busy);
    pace.write = 0;
    const both = await upload(session, [add('more', vcard('More'))]);
    expect(tally(both, 'Add', 201)).toBe(301);
    expect(await bodiesOf(server)).toHaveLength(301);
  });

  it('B06: that nobody asks for leaves the anchors as they were', async () => {
    const { server, pace } = await slowServer();
    const { session } = await begin(server);
    pace.write = 6_000;
    await upload(session, people(300));
    pace.write = 0;
    const later = await begin(server, { sessionId: '2', code: 200, last: 'n1' });
    expect(codesOf(later.init)).toContain('Alert@2=508');
    const reply = await upload(later.session, people(300));
    expect(changesOf(reply)).toEqual([]);
    expect(await bodiesOf(server)).toHaveLength(300);
  });

  it('B07: a message that there is no time for while another one waits is 503', async () => {
    const { server, pace } = await slowServer();
    const { session } = await begin(server);
    pace.write = 12_000;
    await upload(session, people(400), { final: false });
    const { reply } = await session.send([sync([add('more', vcard('More'))])]); // again and again, as clients do
    const refused = server.log.filter(({ event, error }) => event === 'error' && error === 'BusyError');
    expect(refused.length).toBeGreaterThan(0);
    expect(tally(reply, 'Add', 201)).toBe(401);
    expect(await bodiesOf(server)).toHaveLength(401);
  });
});

/** A device that knows the nonce for its next login. */
async function settled(server: TestServer) {
  const session = new Session(server, { auth: 'md5' });
  await session.send([alert(201)]);
  const challenge = session.last?.commands.find((command) => command.name === 'Status');
  const retry = new Session(server, { auth: 'md5', nonce: nonceOf(challenge) });
  const { reply } = await retry.send([alert(201)]);
  return { nonce: nonceOf(reply.commands[0]) };
}
const nonceOf = (command: Message['commands'][number] | undefined): Uint8Array =>
  (command?.name === 'Status' ? command.chal?.nextNonce : undefined) ?? new Uint8Array();

describe('the time for package #4', () => {
  it('what cannot be looked for in time waits for the next message', async () => {
    const { server, pace } = await slowServer();
    await wholeSync(server, {});
    const other = await begin(server, { device: 'other' });
    await upload(other.session, people(3));
    await confirm(other.session);
    const { session } = await begin(server, { sessionId: '2', code: 200, last: 'n1' });
    pace.read = 16_000;
    const late = await upload(session);
    expect([changesOf(late), late.final, codesOf(late)[0]]).toEqual([[], false, 'SyncHdr@0=200']);
    pace.read = 0;
    const { reply } = await session.send([...session.statuses(), nextMessage()], { final: false });
    expect(names(reply)).toHaveLength(3);
    expect(reply.final).toBe(true);
  });

  it('B10 Y08: is 20 seconds of the 30 that the gateway has', () => expect(ANSWER_SECONDS).toBe(20));
});
