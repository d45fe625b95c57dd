/**
 * Tables that are restored: all rows of the items, or of the anchors, are what they were at an earlier moment. Sessions and
 * devices go on from what they know. What no device holds any more is gone with that, and what was deleted comes back.
 */
import type { RestorableStore, TableCopy } from '../kit/restorable-store.ts';
import type { Random } from './random.ts';
import { nameOn, type World } from './world.ts';

export interface Restores {
  readonly dice: Random;
  readonly store: RestorableStore;
  readonly copies: TableCopy[];
  /** Names that a device held twice at such a moment: it brings both back, and a review of them may be gone. */
  readonly twice: Set<string>;
  /** One table is restored in a story. Two of them, to different moments, may leave an item on one device alone. */
  isDone: boolean;
}

export const newRestores = (dice: Random, store: RestorableStore): Restores => ({
  dice,
  store,
  copies: [],
  twice: new Set(),
  isDone: false,
});

/** Between two syncs: a table is copied, or is put back as it was at one of the earlier moments. */
export async function mayRestore(world: World): Promise<void> {
  const { restores } = world;
  if (restores === undefined) return;
  const { dice, store, copies } = restores;
  if (dice.chance(0.25)) copies.push(await store.copy(dice.chance(0.7) ? 'items' : 'anchors'));
  if (copies.length === 0 || !dice.chance(0.08) || restores.isDone) return;
  restores.isDone = true;
  const copy = dice.pick(copies);
  await store.putBack(copy);
  // Later copies are of a time that never was.
  copies.length = copies.indexOf(copy) + 1;
  if (dice.chance(0.5)) world.server.restart();
  world.story.lines.push(`the table ${copy.table} is restored`);
  for (const name of heldTwice(world)) restores.twice.add(name);
  noteLost(world);
}

const heldTwice = ({ devices }: World): string[] =>
  devices.flatMap((device) => {
    const names = device.contents.map((text) => nameOn(device, text));
    return names.filter((name, n) => names.indexOf(name) !== n);
  });

/** From now on only what a device holds counts. */
function noteLost(world: World): void {
  const { devices, written, authors, deleted, rich, crmRecords } = world;
  world.calm = false;
  const held = new Set(devices.flatMap((device) => device.contents.map((text) => nameOn(device, text))));
  for (const name of written.keys()) {
    if (!held.has(name)) deleted.add(name);
    authors.set(name, (authors.get(name) ?? new Set()).add('restored'));
    rich?.refreshed.add(name);
  }
  for (const device of devices) device.acknowledged.clear();
  // The CRM does not learn of it, and what it saves is not compared with what the devices bring back.
  crmRecords.length = 0;
}
