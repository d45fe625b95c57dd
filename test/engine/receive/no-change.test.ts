/** What changes nothing makes no commit and no version, and nobody is told of it. */
import { describe, expect, it } from 'vitest';
import { readChanges, readVersions } from '../../../lib/app/changes.ts';
import { Device } from '../../kit/device.ts';
import { map, replace, taking, vcard } from '../../kit/drafts.ts';
import { startServer, type TestServer, USER } from '../../kit/server.ts';
import { told } from '../send/news.ts';
import { addedGuids, begin, codesByLuid, confirm, liveItems, upload } from '../steps.ts';

const SHORT = taking('text/vcard', '3.0', ['N', 'FN', 'TEL']);

/** What the server holds of its only item, and how it came to that. */
async function held(server: TestServer) {
  const [item, ...others] = await liveItems(server);
  expect(others).toEqual([]);
  const { guid = '', rev, content } = item ?? {};
  const versions = await readVersions(server.store, USER, 'contacts', guid);
  return { rev, content, versions, changes: await readChanges(server.store, USER) };
}

/** A laptop's contact on a phone that holds little of it, as `1` after a session with Next `n1`. */
async function phone() {
  const server = await startServer();
  const laptop = new Device(server, { device: 'laptop' });
  laptop.add(vcard('Ada', 'TEL:1', 'ROLE:r'));
  await laptop.sync();
  const { session } = await begin(server, { next: 'n1', info: SHORT });
  const [guid = ''] = addedGuids(await upload(session));
  await confirm(session, [[guid, '1']]);
  return { server, laptop };
}

describe('nothing is changed', () => {
  it('by a device that sends what it sees of an item, although it sees little of it', async () => {
    const { server, laptop } = await phone();
    const before = await held(server);
    for (const [n, code] of [200, 201].entries()) {
      const start = { sessionId: String(n + 2), code, last: `n${n + 1}`, next: `n${n + 2}`, info: SHORT };
      const { session } = await begin(server, start);
      const reply = await upload(session, [replace('1', vcard('Ada', 'TEL:1'))]);
      expect([codesByLuid(reply), told(reply)]).toEqual([{ 1: 200 }, []]);
      await confirm(session);
    }
    expect(await held(server)).toEqual(before);
    expect((await laptop.sync()).received).toEqual({ Add: 0, Replace: 0, Delete: 0 });
  });

  it('by a device that writes an item in another way', async () => {
    const { server, laptop } = await phone();
    const before = await held(server);
    const { session } = await begin(server, {
      sessionId: '2',
      code: 200,
      last: 'n1',
      next: 'n2',
      info: SHORT,
    });
    const card = 'BEGIN:VCARD\nVERSION:3.0\nTEL:1\nFN:Ada\nN:Ada;;;;\nREV:20300102T000000Z\nEND:VCARD';
    const reply = await upload(session, [replace('1', card)]);
    expect([codesByLuid(reply), told(reply)]).toEqual([{ 1: 200 }, []]);
    expect(await held(server)).toEqual(before);
    expect((await laptop.sync()).received.Replace).toBe(0);
  });

  it('by a Map, also one that names another LUID', async () => {
    const { server, laptop } = await phone();
    const before = await held(server);
    const [item] = await liveItems(server);
    const { session } = await begin(server, {
      sessionId: '2',
      code: 200,
      last: 'n1',
      next: 'n2',
      info: SHORT,
    });
    await upload(session);
    await session.send([...session.statuses(), map([[item?.guid ?? '', '9']])]);
    expect(await held(server)).toEqual(before);
    expect((await laptop.sync()).received.Replace).toBe(0);
  });

  it('by a device that is told again of what it had refused', async () => {
    const { server, laptop } = await phone();
    laptop.replace(laptop.find('Ada'), vcard('Ada', 'TEL:2', 'ROLE:r'));
    await laptop.sync();
    const before = await held(server);
    for (const [n, code] of [500, 200].entries()) {
      const start = {
        sessionId: String(n + 2),
        code: 200,
        last: `n${n + 1}`,
        next: `n${n + 2}`,
        info: SHORT,
      };
      const { session } = await begin(server, start);
      expect(told(await upload(session))).toEqual(['Replace Ada as 1']);
      await confirm(session, [], { Replace: code });
    }
    expect(await held(server)).toEqual(before);
  });
});
