/** Items that go one way: from a device that adds or edits all, or to a second device that has none. */
import { editedItems, type Material, newItems } from '../material.ts';
import type { World } from '../world.ts';
import { type Kind, receivedIn } from './kind.ts';

type Prepare = Kind['prepare'];

const phoneOf = (world: World, { datastore }: Material) => world.device('phone', { datastore });

export const uploadOf =
  (material: Material): Prepare =>
  async (world, size) => {
    const phone = phoneOf(world, material);
    const items = newItems(material, size);
    return async () => ({ sent: size, received: receivedIn(await phone.sync(201, items)) });
  };

export const updateOf =
  (material: Material): Prepare =>
  async (world, size) => {
    const phone = phoneOf(world, material);
    await phone.sync(201, newItems(material, size));
    const edited = editedItems(material, size, 1);
    return async () => ({ sent: size, received: receivedIn(await phone.sync(200, edited)) });
  };

export const newDeviceOf =
  (material: Material): Prepare =>
  async (world, size) => {
    await phoneOf(world, material).sync(201, newItems(material, size));
    const tablet = world.device('tablet', { datastore: material.datastore });
    return async () => ({ sent: 0, received: receivedIn(await tablet.sync(201)) });
  };
