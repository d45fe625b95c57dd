/** The match index of a large store of before is made over several Busy answers, and none of its portions twice. */
import { expect, it } from 'vitest';
import type { Message } from '../../lib/message/model.ts';
import { forgetIndex } from '../engine/match/preparing.ts';
import { confirm, liveItems, statusesOf, wholeSync } from '../engine/steps.ts';
import { add, alert, nextMessage, sync, vcard } from '../kit/drafts.ts';
import { headIn, indexFaults } from '../kit/match-index.ts';
import { codesOf, type Draft, Session } from '../kit/session.ts';
import { slowServer } from './slow-server.ts';

const people = Array.from({ length: 60 }, (_, n) => add(String(n), vcard(`Name ${n}`)));
/** Nothing is said of what the message holds. */
const isBusy = (reply: Message) =>
  codesOf(reply).every((code) => code.startsWith('SyncHdr@') || code.endsWith('=101'));
const result = (): Draft => ({ ...nextMessage(), code: 221 }) as Draft;

it('a message that needs the index is Busy while it is made, and then is done', async () => {
  const { server, pace } = await slowServer();
  await wholeSync(server, { device: 'laptop', next: 'l1' }, people);
  await forgetIndex(server.store);
  const session = new Session(server, { sessionId: '1' });
  pace.write = 6_000;
  // Without initialisation: its items come with the Alert, so they have to wait for the index.
  let { reply } = await session.send([alert(201, 'contacts', { next: 'n1' }), sync(people)]);
  const walked: string[] = [];
  while (isBusy(reply) && walked.length < 20) {
    const { walk } = (await headIn(server.store))?.index ?? {};
    walked.push(walk === undefined ? 'ready' : `${walk.shard} ${walk.after}`);
    ({ reply } = await session.send([...session.statuses(), result()], { final: false }));
  }
  // Each answer finds the walk at another place.
  expect(walked.length).toBeGreaterThan(1);
  expect(new Set(walked).size).toBe(walked.length);
  expect(statusesOf(reply).filter(({ cmd, code }) => cmd === 'Add' && code < 300)).toHaveLength(60);
  pace.write = 0;
  while (!reply.final) reply = (await session.send([...session.statuses(), nextMessage()])).reply;
  await confirm(session);
  expect((await liveItems(server)).length).toBe(60);
  expect(await indexFaults(server.store)).toEqual([]);
});

it('a client that begins with an Alert waits for the end of package #2 while the index is made', async () => {
  const { server, pace } = await slowServer();
  await wholeSync(server, { device: 'laptop', next: 'l1' }, people);
  await forgetIndex(server.store);
  pace.write = 6_000;
  const session = new Session(server, { sessionId: '1' });
  let { reply } = await session.send([alert(201, 'contacts', { next: 'n1' })]);
  let asked = 0;
  for (; !reply.final && asked < 20; asked += 1)
    ({ reply } = await session.send([...session.statuses(), nextMessage()], { final: false }));
  expect(asked).toBeGreaterThan(1);
  expect((await headIn(server.store))?.index?.walk).toBeUndefined();
  pace.write = 0;
  ({ reply } = await session.send([...session.statuses(), sync(people)]));
  expect(statusesOf(reply).filter(({ cmd, code }) => cmd === 'Add' && code === 201)).toHaveLength(60);
  expect((await liveItems(server)).length).toBe(60);
});
