/**
 * What must hold of the match index at the end of a story: it covers the live items, and a new device that has copies of all
 * of them already gets no double.
 */

import { wholeContents } from '../../lib/store/step-io/whole-contents.ts';
import { Device } from '../kit/device.ts';
import { indexFaults, itemsIn } from '../kit/match-index.ts';
import { USER } from '../kit/server.ts';
import { breakIndex } from './index-faults.ts';
import type { World } from './world.ts';

/** Throws with the first thing that does not hold. */
export async function checkIndex(world: World): Promise<void> {
  await covers(world);
  const { store, server, index, datastore } = world;
  if (index?.dice.chance(0.5) === true) await breakIndex(store, index.dice, index.at);
  server.restart();
  const before = await bodiesIn(world);
  const newcomer = new Device(server, { device: 'newcomer', datastore, perMessage: 7 });
  for (const body of before) newcomer.add(body);
  const { received } = await newcomer.sync(201);
  if (received.Add + received.Replace + received.Delete > 0)
    throw new Error(`a new device is sent copies of what it has: ${JSON.stringify(received)}`);
  const after = await bodiesIn(world);
  if (after.join() !== before.join())
    throw new Error(`doubles of what a new device brought: ${before.length} items became ${after.length}`);
  await covers(world);
}

async function bodiesIn({ store, datastore }: World): Promise<string[]> {
  const at = { user: USER, datastore };
  const items = await itemsIn(store, at);
  const live = items.flatMap(({ guid, content }) => (content === undefined ? [] : [{ guid, content }]));
  const contents = await wholeContents(store, at, live);
  return contents.flatMap((content) => content?.storedText ?? []).sort();
}

async function covers({ store, datastore }: World): Promise<void> {
  const [fault] = await indexFaults(store, { user: USER, datastore });
  if (fault !== undefined) throw new Error(`the match index does not fit the items: ${fault}`);
}
