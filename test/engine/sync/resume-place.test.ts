/** Where a resume goes on: in the middle of one commit of others, and behind a resume that broke itself [S03, S11-S13]. */
import { describe, expect, it } from 'vitest';
import { Device } from '../../kit/device.ts';
import { add, map, nextMessage, replace, vcard } from '../../kit/drafts.ts';
import type { Session } from '../../kit/session.ts';
import { crm, known, told } from '../send/news.ts';
import { receiveAll } from '../send/receiving.ts';
import { addedGuids, begin, bodiesOf, confirm, upload } from '../steps.ts';
import { alertCodes, expectQuiet, resume } from './resuming.ts';

const COUNT = 30;
const SIZE = 400;

/** A phone after `n1`, and a laptop that then added many contacts in one message. */
async function oneCommit() {
  const server = await known([]);
  const laptop = new Device(server, { device: 'laptop' });
  await laptop.sync();
  for (let n = 0; n < COUNT; n += 1) laptop.add(vcard(`N${n}`, `NOTE:${'x'.repeat(SIZE)}`));
  await laptop.sync();
  const start = { code: 200, last: 'n1', next: 'n2', maxMsgSize: 4_000, info: false } as const;
  const { session } = await begin(server, { ...start, sessionId: '2' });
  const first = await upload(session);
  expect(first.final).toBe(false);
  const names = told(first).map((change) => change.replace('Add ', ''));
  return { server, laptop, session, got: addedGuids(first), names };
}
const pairsOf = (guids: readonly string[]) => guids.map((guid) => [guid, `M-${guid}`] as const);
/** All that comes from here on, mapped. */
async function rest(session: Session) {
  const replies = await receiveAll(session, await upload(session));
  const guids = replies.flatMap(addedGuids);
  await confirm(session, pairsOf(guids));
  return { guids, changes: replies.flatMap(told) };
}

describe('a resume in the middle of a commit', () => {
  it('brings what was sent and not confirmed, and the rest', async () => {
    const { server, got } = await oneCommit();
    const resumed = await resume(server, 'n1');
    expect(alertCodes(resumed)).toEqual([200, [200]]);
    const { guids } = await rest(resumed.session);
    expect(guids).toHaveLength(COUNT);
    expect(guids).toEqual(expect.arrayContaining(got));
    await expectQuiet(server);
  });

  it('brings nothing again that was confirmed and mapped', async () => {
    const { server, session, got } = await oneCommit();
    const drafts = [...session.statuses(), map(pairsOf(got)), nextMessage()];
    const second = addedGuids((await session.send(drafts, { final: false })).reply);
    const { guids } = await rest((await resume(server, 'n1')).session);
    expect(guids).toHaveLength(COUNT - got.length);
    expect(guids).toEqual(expect.arrayContaining(second));
    await expectQuiet(server);
  });

  it('that broke in the same place again brings the same', async () => {
    const { server } = await oneCommit();
    await upload((await resume(server, 'n1', 'r1')).session);
    await upload((await resume(server, 'n1', 'r2')).session);
    expect((await rest((await resume(server, 'n1', 'r3')).session)).guids).toHaveLength(COUNT);
    await expectQuiet(server);
  });

  it('brings what was changed meanwhile once, as it is now', async () => {
    const { server, laptop, session, got } = await oneCommit();
    const drafts = [...session.statuses(), map(pairsOf(got)), nextMessage()];
    const { reply } = await session.send(drafts, { final: false });
    expect(told(reply).length).toBeGreaterThan(0);
    const name = told(reply)[0]?.replace('Add ', '') ?? '';
    laptop.replace(laptop.find(name), vcard(name, 'TEL:1'));
    await laptop.sync();
    await crm(server, 'Berta');
    const { guids, changes } = await rest((await resume(server, 'n1')).session);
    expect(guids).toHaveLength(COUNT - got.length + 1);
    expect(changes.filter((change) => change === `Add ${name}`)).toHaveLength(1);
    await expectQuiet(server);
  });

  it('takes what the device changes of an item that it got, and sends that not again', async () => {
    const { server, session, got, names } = await oneCommit();
    const drafts = [...session.statuses(), map(pairsOf(got)), nextMessage()];
    await session.send(drafts, { final: false });
    const { session: next } = await resume(server, 'n1');
    const change = vcard(names[0] ?? '', `NOTE:${'x'.repeat(SIZE)}`, 'TEL:1');
    const replies = await receiveAll(next, await upload(next, [replace(`M-${got[0]}`, change)]));
    expect(replies.flatMap(told).filter((one) => one.startsWith('Replace'))).toEqual([]);
    expect(await bodiesOf(server)).toContain(change);
  });
});

describe('a resume that breaks before its Sync', () => {
  it.each([200, 201])('of a sync of type %i is resumed itself', async (code) => {
    const server = await known([add('1', vcard('Ada')), add('2', vcard('Berta'))]);
    const last = code === 200 ? 'n1' : undefined;
    const start = { sessionId: '2', code, next: 'n2', info: false } as const;
    const { session } = await begin(server, { ...start, ...(last !== undefined && { last }) });
    await upload(session, [replace('1', vcard('Ada', 'TEL:1'))], { final: false });
    await resume(server, last, 'r1');
    const again = await resume(server, last, 'r2');
    expect(alertCodes(again)).toEqual([200, [code]]);
    expect(told(await upload(again.session, [replace('2', vcard('Berta'))]))).toEqual([]);
    await confirm(again.session);
    expect(await bodiesOf(server)).toEqual([vcard('Ada', 'TEL:1'), vcard('Berta')]);
    await expectQuiet(server);
  });
});
