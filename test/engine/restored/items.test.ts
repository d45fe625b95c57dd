/** The table of the items as it was at an earlier moment, under anchors and sessions that know of later commits (N01). */
import { describe, expect, it } from 'vitest';
import { headKey } from '../../../lib/store/rows/keys.ts';
import { Device } from '../../kit/device.ts';
import { vcard } from '../../kit/drafts.ts';
import { CONTACTS } from '../../kit/match-index.ts';
import { addsEach, copyOf, expectEqual, inSync, namesOn, putBack, type Scene } from './people.ts';

const SIX = ['Ada', 'Berta', 'Carl', 'Dora', 'Emil', 'Fritz'];
const newcomer = ({ server }: Scene, ...names: readonly string[]): Device => {
  const c = new Device(server, { device: 'c' });
  for (const name of names) c.add(vcard(name));
  return c;
};

/** A adds six, B gets them, and the items are as they were before. */
async function wentBack(): Promise<Scene> {
  const scene = await inSync();
  const copy = await copyOf(scene);
  await addsEach(scene.a, ...SIX);
  await scene.b.sync(200);
  await putBack(scene, copy);
  return scene;
}

describe('a log that went back', () => {
  it.each([1, 6, 7, 8])('and %i commits of another device since', async (count) => {
    const scene = await wentBack();
    const { a, b } = scene;
    const others = Array.from({ length: count }, (_, n) => `Other${n}`);
    const c = newcomer(scene, others[0] as string);
    await c.sync(201);
    await addsEach(c, ...others.slice(1));
    expect((await b.sync(200)).code).toBe(201);
    expect(namesOn(b)).toEqual(expect.arrayContaining([...SIX, ...others]));
    await expectEqual([b, c, a], [...SIX, ...others]);
  });

  it('and nobody changed anything since', async () => {
    const scene = await wentBack();
    expect((await scene.b.sync(200)).code).toBe(201);
    await expectEqual([scene.b, scene.a], SIX);
  });

  it.each([202, 204])('under an anchor, Alert %i: the complete kind of the same direction', async (code) => {
    const { b } = await wentBack();
    expect((await b.sync(code)).code).toBe(code + 1);
  });

  it('with edits and deletions: what a device still has counts', async () => {
    const scene = await inSync(3);
    const { a, b } = scene;
    const copy = await copyOf(scene);
    a.replace(a.find('FN:Person0\r'), vcard('Person0', 'TITLE:later'));
    await a.sync(200);
    await b.sync(200);
    await putBack(scene, copy);
    await expectEqual([b, a], [], 3);
    for (const device of [a, b]) expect(device.contents.join()).toContain('TITLE:later');
  });

  it('while no commit was made: LUIDs are gone', async () => {
    const scene = await inSync(3);
    const { a, b } = scene;
    await addsEach(a, ...SIX);
    const copy = await copyOf(scene);
    await b.sync(200);
    await putBack(scene, copy);
    b.replace(b.find('FN:Ada\r'), vcard('Ada', 'TITLE:edited'));
    expect((await b.sync(200)).code).toBe(201);
    a.replace(a.find('FN:Berta\r'), vcard('Berta', 'TITLE:edited'));
    await a.sync(200);
    await expectEqual([b, a], SIX, 3);
    expect(a.contents.join()).toContain('TITLE:edited');
  });

  it('to before the device came first', async () => {
    const scene = await inSync(0);
    const copy = await copyOf(scene);
    await addsEach(scene.a, ...SIX);
    const c = newcomer(scene, 'Other');
    await c.sync(203);
    await putBack(scene, copy);
    await expectEqual(
      [c, scene.a],
      [...SIX, 'Other'].filter((name) => name === 'Other' || namesOn(scene.a).includes(name)),
      0,
    );
  });

  it('after a sync in one direction only, whose anchor stands at the beginning of the log', async () => {
    const scene = await inSync(0);
    const copy = await copyOf(scene);
    const c = newcomer(scene, 'Other');
    await c.sync(203);
    await putBack(scene, copy);
    expect((await c.sync(202)).code).toBe(203);
    await expectEqual([scene.a, c], ['Other'], 0);
  });
});

describe('a user', () => {
  it('who is erased, and made anew', async () => {
    const scene = await inSync(3);
    await putBack(scene, { table: 'items', rows: [] });
    const c = newcomer(scene, 'Other');
    await c.sync(201);
    await addsEach(c, ...SIX);
    expect((await scene.b.sync(200)).code).toBe(201);
    await expectEqual([scene.b, scene.a, c], ['Other', ...SIX], 3);
  });

  it('whose head is gone', async () => {
    const scene = await inSync(3);
    await scene.store.transact([{ op: 'delete', key: headKey(CONTACTS), condition: 'any' }]);
    const c = newcomer(scene, 'Other', 'Person1');
    await c.sync(201);
    await addsEach(scene.a, ...SIX);
    await expectEqual([scene.b, scene.a, c], ['Other', ...SIX], 3);
  });
});
