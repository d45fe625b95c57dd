/** A session that a deployment before this one wrote, in another shape: its device begins again, with all that it has. */
import { describe, expect, it } from 'vitest';
import { SESSION_SHAPE } from '../../../lib/engine/model/session-state.ts';
import { Device, type DeviceOptions } from '../../kit/device.ts';
import { add, vcard } from '../../kit/drafts.ts';
import type { TestServer } from '../../kit/server.ts';
import { alertsOf, Refused } from '../../kit/session.ts';
import { begin, bodiesOf, codeOf, upload, watchedServer, wholeSync } from '../steps.ts';

/** A server that can be deployed anew: the sessions of that moment are of another shape from then on. */
async function deployedServer() {
  const { server, writes } = await watchedServer();
  const deploy = async () => {
    const rows = writes.flatMap((write) => (write.op === 'put' && write.row.sk === 'S' ? [write.row] : []));
    for (const row of new Map(rows.map((row) => [row.pk, row])).values()) {
      const older = { ...row, attributes: { ...row.attributes, f: SESSION_SHAPE - 1 } };
      await server.store.transact([{ op: 'put', row: older, condition: 'any' }]);
    }
  };
  return { server, deploy };
}

/** The deployment happens before the n-th message from now on; false as long as it did not come to that. */
function deployBefore(server: TestServer, deploy: () => Promise<void>, n: number) {
  const { post } = server;
  const reached = { done: false };
  let messages = 0;
  server.post = async (request) => {
    messages += 1;
    if (messages === n) await deploy();
    reached.done ||= messages === n;
    return post(request);
  };
  return reached;
}

describe('a session of an older shape', () => {
  it('is answered 407, and its id serves a new session', async () => {
    const { server, deploy } = await deployedServer();
    const { session } = await begin(server);
    await upload(session, [add('1', vcard('Ada'))], { final: false });
    await deploy();
    expect(codeOf(await upload(session, [add('2', vcard('Berta'))]), 'SyncHdr')).toBe(407);
    const all = [add('1', vcard('Ada')), add('2', vcard('Berta'))];
    const { init, reply } = await wholeSync(server, { next: 'n2' }, all);
    expect(alertsOf(init)).toEqual([201]);
    expect([codeOf(reply, 'Add', 0), codeOf(reply, 'Add', 1)]).toEqual([201, 201]);
    expect(await bodiesOf(server)).toEqual([vcard('Ada'), vcard('Berta')]);
    const next = await wholeSync(server, { sessionId: '2', code: 200, last: 'n2', next: 'n3' });
    expect(alertsOf(next.init)).toEqual([200]);
  });

  it('is not resumed: its datastore is compared', async () => {
    const { server, deploy } = await deployedServer();
    const { session } = await begin(server);
    await upload(session, [add('1', vcard('Ada'))], { final: false });
    await deploy();
    const resumed = await begin(server, { sessionId: '2', code: 225, next: 'n2' });
    expect([codeOf(resumed.init, 'Alert'), alertsOf(resumed.init)]).toEqual([508, [201]]);
    await upload(resumed.session, [add('1', vcard('Ada')), add('2', vcard('Berta'))]);
    expect(await bodiesOf(server)).toEqual([vcard('Ada'), vcard('Berta')]);
  });

  const STORIES: readonly (readonly [string, DeviceOptions, first: number, then: number])[] = [
    ['a slow sync, then Alert 225', {}, 201, 225],
    ['a two-way sync with late Maps', { lateMaps: true }, 200, 0],
    ['a two-way sync with short GUIDs', { maxGuidSize: 6 }, 200, 225],
    ['a large object each way', { chunkBytes: 700 }, 200, 225],
  ];

  it.each(STORIES)(
    '%s: nothing is lost and nothing is there twice, wherever it broke',
    async (_, how, first, then) => {
      for (let at = 1; ; at += 1) {
        const { server, deploy } = await deployedServer();
        const options = { maxMsgSize: 2_500, perMessage: 2, ...how };
        const phone = new Device(server, { device: 'phone', ...options });
        const laptop = new Device(server, { device: 'laptop' });
        for (const n of [1, 2, 3]) phone.add(vcard(`Phone ${n}`, `NOTE:${'p'.repeat(n * 600)}`));
        for (const n of [1, 2, 3]) laptop.add(vcard(`Laptop ${n}`, `NOTE:${'l'.repeat(n * 900)}`));
        if (first === 200) await phone.sync();
        await laptop.sync();
        phone.add(vcard('New', `NOTE:${'n'.repeat(2_000)}`));
        if (first === 200) phone.replace(phone.find('FN:Phone 1'), vcard('Phone 1', 'NOTE:edited'));
        const reached = deployBefore(server, deploy, at);
        await phone.sync(first).catch(expectRefused);
        if (!reached.done) return;
        await phone.sync(then === 0 ? undefined : then).catch(expectRefused);
        for (const device of [phone, laptop, phone, laptop]) await device.sync();
        expect(phone.contents, `message ${at}`).toEqual(await bodiesOf(server));
        expect(laptop.contents, `message ${at}`).toEqual(phone.contents);
        expect(phone.contents, `message ${at}`).toHaveLength(7);
        expect(phone.contents.some((body) => body.includes('NOTE:edited'))).toBe(first === 200);
      }
    },
  );
});

/** The device gives its session up; it begins another one. */
function expectRefused(error: unknown): void {
  expect(error).toBeInstanceOf(Refused);
}
