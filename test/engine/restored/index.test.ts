/** The match index where the table of the items was restored: rows that a process keeps, and a tail of another log. */
import { expect, it } from 'vitest';
import { commitKey } from '../../../lib/store/rows/keys.ts';
import { Device } from '../../kit/device.ts';
import { vcard } from '../../kit/drafts.ts';
import { CONTACTS, headIn, indexFaults } from '../../kit/match-index.ts';
import { copyOf, inSync, putBack, type Scene } from './people.ts';

const names = (word: string, count: number) => Array.from({ length: count }, (_, n) => `${word}${n}`);

async function brings(scene: Scene, device: string, cards: readonly string[]): Promise<Device> {
  const phone = new Device(scene.server, { device });
  for (const name of cards) phone.add(vcard(name));
  await phone.sync(201);
  return phone;
}

const liveIn = async ({ store }: Scene) => (await headIn(store))?.live;

it.each([100, 250])(
  'a process keeps rows of the index as it was: %i new items, none of them twice',
  async (count) => {
    const scene = await inSync(100);
    const copy = await copyOf(scene);
    // Rows with the same keys, which this process reads.
    await brings(scene, 'c', names('Lost', 200));
    await brings(scene, 'd', names('Lost', 200));
    const lost = await headIn(scene.store);
    await putBack(scene, copy, false);
    await brings(scene, 'e', names('Other', count));
    expect((await headIn(scene.store))?.index?.epoch).toBe(lost?.index?.epoch);
    await brings(scene, 'f', names('Other', count));
    expect(await liveIn(scene)).toBe(100 + count);
    expect(await indexFaults(scene.store)).toEqual([]);
  },
);

it('commits of another log behind the rows: the index is made anew', async () => {
  const scene = await inSync(3);
  const head = await headIn(scene.store);
  const [row] = await scene.store.get([commitKey(CONTACTS, head?.sequence ?? 0)]);
  if (row === undefined) throw new Error('there is no commit');
  const attributes = { ...row.attributes, id: 'another', prev: 'another' };
  await scene.store.transact([{ op: 'put', row: { ...row, attributes }, condition: 'any' }]);
  await brings(scene, 'c', names('Person', 3));
  const made = await headIn(scene.store);
  expect(made?.index?.epoch).not.toBe(head?.index?.epoch);
  expect(made?.live).toBe(3);
});
