/** The table of the anchors as it was at an earlier moment, beside items and sessions that went on (N01). */
import { describe, expect, it } from 'vitest';
import { Device, Suspended } from '../../kit/device.ts';
import { vcard } from '../../kit/drafts.ts';
import { addsEach, copyOf, expectEqual, inSync, namesOn, putBack } from './people.ts';

const SIX = ['Ada', 'Berta', 'Carl', 'Dora', 'Emil', 'Fritz'];

async function suspend(device: Device, code: number, at: number): Promise<void> {
  device.suspendAt = at;
  await expect(device.sync(code)).rejects.toBeInstanceOf(Suspended);
}

describe('anchors that went back', () => {
  it('behind settled syncs', async () => {
    const scene = await inSync(3);
    const copy = await copyOf(scene, 'anchors');
    await addsEach(scene.a, ...SIX);
    await scene.b.sync(200);
    await putBack(scene, copy);
    expect((await scene.b.sync(200)).code).toBe(201);
    await expectEqual([scene.b, scene.a], SIX, 3);
  });

  it('to before the device came first: no generation is begun a second time', async () => {
    const scene = await inSync(3);
    const c = new Device(scene.server, { device: 'c' });
    const copy = await copyOf(scene, 'anchors');
    await c.sync(201);
    c.delete(c.find('FN:Person1\r'));
    await c.sync(200);
    await addsEach(scene.a, ...SIX);
    await putBack(scene, copy);
    c.forgetAnchor();
    c.delete(c.find('FN:Person0\r'));
    expect((await c.sync(201)).received.Add).toBe(1 + SIX.length);
    expect(namesOn(c)).toContain('Person0');
  });

  it('behind a two-way sync that broke when LUIDs were stored', async () => {
    const scene = await inSync(3, { perMessage: 2, maxMsgSize: 2_500 });
    const { a, b } = scene;
    await addsEach(a, ...SIX, ...SIX.map((name) => `${name}2`));
    const copy = await copyOf(scene, 'anchors');
    await suspend(b, 200, 4);
    const [first] = namesOn(b).filter((name) => SIX.includes(name));
    await putBack(scene, copy);
    b.replace(b.find(`FN:${first}\r`), vcard(first as string, 'TITLE:edited'));
    expect((await b.sync(200)).code).toBe(201);
    await expectEqual([b, a], [...SIX, ...SIX.map((name) => `${name}2`)], 3);
    expect(a.contents.join()).toContain('TITLE:edited');
  });

  it('behind a slow sync that broke', async () => {
    const scene = await inSync(12, { perMessage: 2 });
    const { a, b } = scene;
    const copy = await copyOf(scene, 'anchors');
    for (const name of SIX) b.add(vcard(name));
    await suspend(b, 201, 7);
    await putBack(scene, copy);
    expect((await b.sync(200)).code).toBe(201);
    await expectEqual([b, a], SIX, 12);
  });
});
