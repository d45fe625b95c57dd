/** What a device sends again, what it is compared with, and what it is not told of. */
import { describe, expect, it } from 'vitest';
import { readVersions } from '../../../lib/app/changes.ts';
import { VERSION_SECONDS } from '../../../lib/engine/model/limits.ts';
import { Device } from '../../kit/device.ts';
import { add, remove, replace, taking, vcard } from '../../kit/drafts.ts';
import { startServer, type TestServer, USER } from '../../kit/server.ts';
import { changesOf } from '../../kit/session.ts';
import { told } from '../send/news.ts';
import { begin, bodiesOf, codesByLuid, confirm, liveItems, upload, wholeSync } from '../steps.ts';

type Policy = 'client-wins' | 'server-wins' | 'newest-wins';

const OLD = 'REV:20300101T000000Z';
const NEW = 'REV:20300105T000000Z';
const LISTED = ['N', 'FN', 'TEL', 'TITLE', 'ROLE', 'NOTE', 'EMAIL', 'REV'];

/** A phone that holds Ada as `1` after a session with Next `n1`, and a laptop that holds her too. */
async function both(lines: readonly string[] = [], policy?: Policy) {
  const server = await startServer(policy ? { policies: { contacts: policy } } : {});
  await wholeSync(server, { next: 'n1' }, [add('1', vcard('Ada', ...lines))]);
  const laptop = new Device(server, { device: 'laptop', properties: LISTED });
  await laptop.sync();
  return { server, laptop };
}
const ada = (...lines: string[]): string => vcard('Ada', ...lines);

async function edit(device: Device, ...lines: string[]) {
  await device.sync();
  device.replace(device.find('Ada'), ada(...lines));
  return [...(await device.sync()).codes.values()][0];
}

/** The phone sends Ada so in a session that goes on from `n1`, of which it never gets an answer. */
async function lost(server: TestServer, sessionId: string, ...lines: string[]) {
  const start = { sessionId, code: 200, last: 'n1', next: `n${sessionId}`, info: false } as const;
  const { session } = await begin(server, start);
  return { session, reply: await upload(session, [replace('1', ada(...lines))]) };
}

describe('a resend of what others have edited since', () => {
  it('changes nothing, however often they did', async () => {
    const { server, laptop } = await both();
    await lost(server, '2', 'TEL:1');
    await edit(laptop, 'TEL:1', 'NOTE:more');
    await edit(laptop, 'TEL:1', 'NOTE:more', 'ROLE:r');
    const [before] = await liveItems(server);
    const { reply } = await lost(server, '3', 'TEL:1');
    expect(codesByLuid(reply)).toEqual({ 1: 200 });
    expect(await liveItems(server)).toEqual([before]);
    expect(told(reply)).toEqual(['Replace Ada as 1']);
  });

  it('changes nothing when the version that was sent is not kept any more', async () => {
    const { server, laptop } = await both();
    await lost(server, '2', 'TEL:1', 'TITLE:Dr.');
    await edit(laptop, 'TITLE:Dr.');
    server.time += (VERSION_SECONDS + 3_600) * 1_000;
    const { reply } = await lost(server, '3', 'TEL:1', 'TITLE:Dr.');
    expect(codesByLuid(reply)).toEqual({ 1: 200 });
    expect(await bodiesOf(server)).toEqual([ada('TITLE:Dr.')]);
  });

  it('changes nothing when it was merged into what they had', async () => {
    const { server, laptop } = await both();
    await edit(laptop, 'TEL:1');
    await lost(server, '2', 'TITLE:Dr.');
    await edit(laptop, 'TEL:1', 'ROLE:r');
    server.time += (VERSION_SECONDS + 3_600) * 1_000;
    const { reply } = await lost(server, '3', 'TITLE:Dr.');
    expect(codesByLuid(reply)).toEqual({ 1: 200 });
    expect(await bodiesOf(server)).toEqual([ada('TEL:1', 'ROLE:r')]);
  });

  it('changes nothing when the item keeps more of others than the device sees', async () => {
    const { server, laptop } = await both();
    await edit(laptop, 'NOTE:kept');
    const info = taking('text/vcard', '3.0', ['N', 'FN', 'TEL', 'TITLE']);
    const reply = async (sessionId: string) => {
      const { session } = await begin(server, { sessionId, code: 200, last: 'n1', next: 'n2', info });
      return upload(session, [replace('1', ada('TEL:1', 'TITLE:Dr.'))]);
    };
    await reply('2');
    expect(await bodiesOf(server)).toEqual([ada('NOTE:kept', 'TEL:1', 'TITLE:Dr.')]);
    await edit(laptop, 'NOTE:kept', 'TITLE:Dr.');
    server.time += (VERSION_SECONDS + 3_600) * 1_000;
    expect(codesByLuid(await reply('3'))).toEqual({ 1: 200 });
    expect(await bodiesOf(server)).toEqual([ada('NOTE:kept', 'TITLE:Dr.')]);
  });

  it('is told from an edit that goes back to what the device sent before that', async () => {
    const server = await startServer();
    const [phone, laptop] = ['phone', 'laptop'].map(
      (device) => new Device(server, { device, properties: LISTED }),
    ) as [Device, Device];
    phone.add(ada('TEL:1'));
    await phone.sync();
    await edit(laptop, 'TEL:1', 'NOTE:x');
    await edit(phone, 'TEL:2');
    await edit(laptop, 'TEL:2', 'ROLE:r');
    phone.replace(phone.find('Ada'), ada('TEL:1'));
    await phone.sync();
    expect(await bodiesOf(server)).toEqual([ada('TEL:1', 'ROLE:r')]);
  });
});

describe('a Delete that comes again', () => {
  it('is done where the device deleted the item itself, else there is nothing to delete', async () => {
    const { server } = await both();
    const again = async (sessionId: string) => {
      const start = { sessionId, code: 200, last: 'n1', next: 'n2', info: false } as const;
      return codesByLuid(await upload((await begin(server, start)).session, [remove('1')]));
    };
    expect([await again('2'), await again('3')]).toEqual([{ 1: 200 }, { 1: 200 }]);
    const other = await both();
    other.laptop.delete(other.laptop.find('Ada'));
    await other.laptop.sync();
    const { session } = await begin(other.server, { sessionId: '2', code: 200, last: 'n1', info: false });
    expect(codesByLuid(await upload(session, [remove('1')]))).toEqual({ 1: 211 });
  });
});

describe('an edit of a device that was not told what became of the last ones', () => {
  it('is compared with what it sent last, not with what it sent before that', async () => {
    const { server, laptop } = await both(['ROLE:r']);
    await edit(laptop, 'ROLE:r', 'TEL:1');
    await lost(server, '2', 'ROLE:r', 'EMAIL:a@example.com');
    await lost(server, '3', 'ROLE:r', 'EMAIL:a@example.com', 'URL:http://a.example.com');
    await lost(server, '4', 'ROLE:r', 'EMAIL:a@example.com');
    expect(await bodiesOf(server)).toEqual([ada('ROLE:r', 'TEL:1', 'EMAIL:a@example.com')]);
  });

  it('is compared with what was refused of it', async () => {
    const { server, laptop } = await both(['TITLE:0']);
    await edit(laptop, 'TITLE:1', NEW);
    expect(codesByLuid((await lost(server, '2', 'TITLE:2', OLD)).reply)).toEqual({ 1: 419 });
    // Its title is what it was refused with: that is no second try.
    const { reply } = await lost(server, '3', 'TITLE:2', 'TEL:1');
    expect(codesByLuid(reply)).toEqual({ 1: 207 });
    expect(await bodiesOf(server)).toEqual([ada('TITLE:1', NEW, 'TEL:1')]);
  });

  it('is compared with what it was told after what it sent', async () => {
    const { server, laptop } = await both(['ROLE:r', 'TITLE:0']);
    await edit(laptop, 'ROLE:r', 'TITLE:0', 'TEL:1');
    const { session } = await lost(server, '2', 'ROLE:r', 'TITLE:0', 'TEL:2');
    await confirm(session); // it holds both numbers now
    await edit(laptop, 'ROLE:r', 'TITLE:1', 'TEL:1', 'TEL:2');
    const { session: next } = await begin(server, { sessionId: '3', code: 200, last: 'n2', info: false });
    const roomy = vcard('Bob', 'TEL:8', 'TEL:9'); // it has room for two numbers
    await upload(next, [add('2', roomy), replace('1', ada('ROLE:x', 'TITLE:0', 'TEL:2'))]);
    expect((await bodiesOf(server)).sort()).toEqual([ada('ROLE:x', 'TITLE:1', 'TEL:2'), roomy].sort());
  });
});

describe('an edit of a device that does not have what the item became', () => {
  it('is not compared with what its last edit became, before it was told', async () => {
    const { server, laptop } = await both(['TEL:0']);
    await edit(laptop, 'TEL:0', 'TEL:1');
    await lost(server, '2', 'TEL:0', 'TITLE:Dr.');
    await edit(laptop, 'TEL:0', 'TEL:1', 'TITLE:Dr.', 'ROLE:r');
    await lost(server, '3', 'TEL:0', 'TITLE:Prof.');
    expect(await bodiesOf(server)).toEqual([ada('TEL:0', 'TEL:1', 'TITLE:Prof.', 'ROLE:r')]);
  });

  it('is not compared with what it was told and refused', async () => {
    const { server, laptop } = await both(['TEL:0']);
    await edit(laptop, 'TEL:0', 'TEL:1');
    const start = { code: 200, info: false } as const;
    const { session } = await begin(server, { ...start, sessionId: '2', last: 'n1', next: 'n2' });
    await upload(session);
    await confirm(session, [], { Replace: 500 });
    await edit(laptop, 'TEL:0', 'TEL:1', 'ROLE:r');
    const { session: third } = await begin(server, { ...start, sessionId: '3', last: 'n2', next: 'n3' });
    await upload(third, [replace('1', ada('TEL:0', 'TITLE:Dr.'))]);
    expect(await bodiesOf(server)).toEqual([ada('TEL:0', 'TEL:1', 'ROLE:r', 'TITLE:Dr.')]);
  });
});

describe('what a device sent and lost with', () => {
  it.each([
    ['refused', ['TITLE:2', OLD], 419],
    ['sent', ['TITLE:0', 'ROLE:r', 'TEL:1'], 207],
  ] as const)(
    'is kept (%s) beside what the item was then and what it became',
    async (reason, lines, code) => {
      const { server, laptop } = await both(['TITLE:0', 'ROLE:r']);
      await edit(laptop, 'TITLE:1', NEW);
      expect(codesByLuid((await lost(server, '2', ...lines)).reply)).toEqual({ 1: code });
      const [then] = await liveItems(server);
      await edit(laptop, 'TITLE:3');
      const versions = await readVersions(server.store, USER, 'contacts', then?.guid ?? '');
      const kept = versions.filter(({ rev }) => rev === then?.rev);
      expect(kept.find((version) => version.reason === reason)?.content.storedText).toBe(ada(...lines));
      expect(kept.map(({ content }) => content.storedText)).toContain(then?.content?.storedText);
    },
  );

  it('is not what another device saw of the item, at the same rev', async () => {
    const { server, laptop } = await both(['TITLE:0']);
    await laptop.sync();
    const { session } = await lost(server, '2', 'TITLE:1', NEW);
    await confirm(session);
    laptop.replace(laptop.find('Ada'), ada('TITLE:2', OLD));
    expect([...(await laptop.sync()).codes.values()]).toEqual([419]);
    const quiet = await wholeSync(server, { sessionId: '3', code: 200, last: 'n2', next: 'n1' });
    expect(changesOf(quiet.reply)).toEqual([]);
    await edit(laptop, 'TITLE:3');
    await lost(server, '4', 'TITLE:1', 'TEL:1');
    expect(await bodiesOf(server)).toEqual([ada('TITLE:3', NEW, 'TEL:1')]);
  });

  it('is not what another device sent', async () => {
    const { server, laptop } = await both(['TITLE:0']);
    const tablet = new Device(server, { device: 'tablet' });
    await tablet.sync();
    await edit(tablet, 'TITLE:1', NEW);
    laptop.replace(laptop.find('Ada'), ada('TITLE:2', OLD));
    expect([...(await laptop.sync()).codes.values()]).toEqual([419]);
    await lost(server, '2', 'TITLE:0', 'TEL:1');
    expect(await bodiesOf(server)).toEqual([ada('TITLE:1', NEW, 'TEL:1')]);
  });

  it('was not seen of the item: sent again in a slow sync, after what won came, it is an edit', async () => {
    const { server, laptop } = await both(['TITLE:0'], 'server-wins');
    await edit(laptop, 'TITLE:1');
    const { session, reply } = await lost(server, '2', 'TITLE:2');
    expect([codesByLuid(reply), told(reply)]).toEqual([{ 1: 419 }, ['Replace Ada as 1']]);
    await confirm(session);
    const slow = await begin(server, { sessionId: '3', code: 201, next: 'n3', info: false });
    const answer = await upload(slow.session, [replace('1', ada('TITLE:2'))]);
    expect([codesByLuid(answer), told(answer)]).toEqual([{ 1: 200 }, []]);
    expect(await bodiesOf(server)).toEqual([ada('TITLE:2')]);
  });
});

describe('a change of others that the device overwrote', () => {
  it('is not sent to it', async () => {
    const { server, laptop } = await both(['TITLE:0'], 'client-wins');
    await edit(laptop, 'TITLE:1');
    const { session, reply } = await lost(server, '2', 'TITLE:2');
    expect([codesByLuid(reply), told(reply)]).toEqual([{ 1: 208 }, []]);
    await confirm(session);
    const next = await wholeSync(server, { sessionId: '3', code: 200, last: 'n2', next: 'n3' });
    expect(told(next.reply)).toEqual([]);
  });

  it('is not sent to it, although it had refused it and was to get it again', async () => {
    const { server, laptop } = await both(['TITLE:0'], 'client-wins');
    await edit(laptop, 'TITLE:1');
    const start = { code: 200, info: false } as const;
    const { session } = await begin(server, { ...start, sessionId: '2', last: 'n1', next: 'n2' });
    expect(told(await upload(session))).toEqual(['Replace Ada as 1']);
    await confirm(session, [], { Replace: 500 });
    const { session: third } = await begin(server, { ...start, sessionId: '3', last: 'n2', next: 'n3' });
    const reply = await upload(third, [replace('1', ada('TITLE:2'))]);
    expect([codesByLuid(reply), told(reply)]).toEqual([{ 1: 208 }, []]);
    expect(await bodiesOf(server)).toEqual([ada('TITLE:2')]);
  });

  it('is not sent to it, although it was a deletion', async () => {
    const { server, laptop } = await both();
    laptop.delete(laptop.find('Ada'));
    await laptop.sync();
    const { session, reply } = await lost(server, '2', 'TITLE:2');
    expect([codesByLuid(reply), told(reply)]).toEqual([{ 1: 200 }, []]);
    await confirm(session);
    const next = await wholeSync(server, { sessionId: '3', code: 200, last: 'n2', next: 'n3' });
    expect(told(next.reply)).toEqual([]);
  });
});
