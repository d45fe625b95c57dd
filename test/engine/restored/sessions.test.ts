/** Sessions that did not end when a table was restored to an earlier moment (S08). */
import { describe, expect, it } from 'vitest';
import { Device, Suspended } from '../../kit/device.ts';
import { add, vcard } from '../../kit/drafts.ts';
import { alertsOf } from '../../kit/session.ts';
import { begin, codeOf, confirm, upload } from '../steps.ts';

import { addsEach, copyOf, expectEqual, inSync, namesOn, putBack, type Scene } from './people.ts';

const SIX = ['Ada', 'Berta', 'Carl', 'Dora', 'Emil', 'Fritz'];

async function suspend(device: Device, code: number, at: number): Promise<void> {
  device.suspendAt = at;
  await expect(device.sync(code)).rejects.toBeInstanceOf(Suspended);
}

describe('an unfinished session', () => {
  /** B adds six and suspends when some of them are answered; `before`: the copy is older than that. */
  async function suspended(code: 200 | 201, at: number): Promise<Scene> {
    const scene = await inSync(12, { perMessage: 2 });
    const { b } = scene;
    const copy = await copyOf(scene);
    for (const name of SIX) b.add(vcard(name));
    await suspend(b, code, at);
    await putBack(scene, copy);
    return scene;
  }

  it.each([
    [200, 225],
    [200, 200],
    [201, 225],
    [201, 200],
  ] as const)(
    'of Alert %i, whose commits are gone: Alert %i is answered by a slow sync',
    async (code, next) => {
      for (const at of [3, 4]) {
        const scene = await suspended(code, at);
        const c = new Device(scene.server, { device: 'c' });
        c.add(vcard('Other'));
        await c.sync(201);
        expect((await scene.b.sync(next)).code).toBe(201);
        await expectEqual([scene.b, scene.a, c], [...SIX, 'Other'], 12);
      }
    },
  );

  it('stays forgotten when the slow sync breaks before it began, too', async () => {
    const scene = await suspended(200, 4);
    await suspend(scene.b, 200, 1);
    expect((await scene.b.sync(200)).code).toBe(201);
    await expectEqual([scene.b, scene.a], SIX, 12);
  });

  it.each([200, 225])('whose LUIDs are gone, and no commit: Alert %i', async (next) => {
    const scene = await inSync(3, { perMessage: 2, maxMsgSize: 2_500 });
    const { a, b } = scene;
    await addsEach(a, ...SIX, ...SIX.map((name) => `${name}2`));
    const copy = await copyOf(scene);
    await suspend(b, 200, 4);
    expect(namesOn(b).length).toBeGreaterThan(5);
    await putBack(scene, copy);
    expect((await b.sync(next)).code).toBe(201);
    await expectEqual([b, a], [...SIX, ...SIX.map((name) => `${name}2`)], 3);
  });

  it('is resumed as ever if no table was restored', async () => {
    const scene = await inSync(12, { perMessage: 2 });
    for (const name of SIX) scene.b.add(vcard(name));
    await suspend(scene.b, 200, 4);
    expect((await scene.b.sync(225)).code).toBe(200);
    await expectEqual([scene.b, scene.a], SIX, 12);
  });
});

describe('a running session', () => {
  it('ends by 512, and the next one compares', async () => {
    const scene = await inSync(0);
    const { server } = scene;
    const copy = await copyOf(scene);
    const start = { device: 'c', info: false } as const;
    const { session } = await begin(server, { ...start, next: 'n1' });
    await upload(session, [add('1', vcard('Ada'))], { final: false });
    await putBack(scene, copy);
    const reply = await upload(session, [add('2', vcard('Berta'))]);
    expect(codeOf(reply, 'SyncHdr')).toBe(512);
    const next = await begin(server, { ...start, sessionId: '2', code: 200, last: 'n1', next: 'n2' });
    expect(alertsOf(next.init)).toEqual([201]);
  });

  it('that only confirms is not asked, and the next one compares', async () => {
    const scene = await inSync(2);
    const { server, a } = scene;
    const start = { device: 'c', info: false } as const;
    const { session } = await begin(server, { ...start, next: 'n1' });
    const sent = await upload(session);
    expect(sent.final).toBe(true);
    await confirm(session, []);
    const copy = await copyOf(scene);
    await addsEach(a, ...SIX);
    const second = await begin(server, { ...start, sessionId: '2', code: 200, last: 'n1', next: 'n2' });
    await upload(second.session);
    await putBack(scene, copy);
    await confirm(second.session, []);
    const next = await begin(server, { ...start, sessionId: '3', code: 200, last: 'n2', next: 'n3' });
    expect(alertsOf(next.init)).toEqual([201]);
  });
});
