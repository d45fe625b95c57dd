/** The match index of a large store of before is made over several Busy answers, and none of its portions twice. */
import { expect, it } from 'vitest';
import { forgetIndex } from '../engine/match/preparing.ts';
import { begin, confirm, liveItems, statusesOf, upload, wholeSync } from '../engine/steps.ts';
import { add, nextMessage, vcard } from '../kit/drafts.ts';
import { headIn, indexFaults } from '../kit/match-index.ts';
import { codesOf, type Draft } from '../kit/session.ts';
import { slowServer } from './slow-server.ts';

const people = Array.from({ length: 60 }, (_, n) => add(String(n), vcard(`Name ${n}`)));
const result = (): Draft => ({ ...nextMessage(), code: 221 }) as Draft;

it('a message that needs the index is Busy while it is made, and then is done', async () => {
  const { server, pace } = await slowServer();
  await wholeSync(server, { device: 'laptop', next: 'l1' }, people);
  await forgetIndex(server.store);
  const { session } = await begin(server);
  pace.write = 6_000;
  let reply = await upload(session, people);
  const walked: string[] = [];
  while (codesOf(reply)[0] === 'SyncHdr@0=101' && walked.length < 20) {
    const { walk } = (await headIn(server.store))?.index ?? {};
    walked.push(walk === undefined ? 'ready' : `${walk.shard} ${walk.after}`);
    ({ reply } = await session.send([...session.statuses(), result()], { final: false }));
  }
  // Each answer finds the walk at another place.
  expect(walked.length).toBeGreaterThan(2);
  expect(new Set(walked).size).toBe(walked.length);
  expect(statusesOf(reply).filter(({ cmd, code }) => cmd === 'Add' && code < 300)).toHaveLength(60);
  pace.write = 0;
  while (!reply.final) reply = (await session.send([...session.statuses(), nextMessage()])).reply;
  await confirm(session);
  expect((await liveItems(server)).length).toBe(60);
  expect(await indexFaults(server.store)).toEqual([]);
});
