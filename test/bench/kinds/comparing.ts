/** Syncs in which the server compares what the device has with all that it holds itself. */
import { books } from '../../pim/match/books.ts';
import { CONTACTS, newItems } from '../material.ts';
import type { Change } from '../scripted-device.ts';
import { type Kind, receivedIn } from './kind.ts';

/** The device and the server have the same already. */
export const slowSync: Kind['prepare'] = async (world, size) => {
  const phone = world.device('phone');
  const items = newItems(CONTACTS, size);
  await phone.sync(201, items);
  return async () => ({ sent: size, received: receivedIn(await phone.sync(201, items)) });
};

const SEED = 4_040;
/** Of the people in one address book, those who are in the other one, too. */
const SHARE_OF_PAIRS = 0.6;

/** Two address books, most people in both, written differently. */
export const firstMatch: Kind['prepare'] = async (world, size) => {
  const { ours, theirs } = books(SEED, size, Math.round(size * SHARE_OF_PAIRS));
  const added = (list: typeof ours): Change[] =>
    list.map(({ item }, n) => ({ op: 'Add', luid: String(n), data: item.body }));
  await world.device('phone').sync(201, added(ours));
  const tablet = world.device('tablet');
  return async () => ({ sent: size, received: receivedIn(await tablet.sync(201, added(theirs))) });
};

/** The device sends half of what it had: the server deletes the other half. */
export const refreshFromClient: Kind['prepare'] = async (world, size) => {
  const phone = world.device('phone');
  const items = newItems(CONTACTS, size);
  await phone.sync(201, items);
  const kept = items.slice(0, Math.ceil(size / 2));
  return async () => ({ sent: kept.length, received: receivedIn(await phone.sync(203, kept)) });
};
