/** Devices that hold an item more than once: they restored a backup, or imported it again. */
import { peerOfDevice } from '../../../lib/engine/model/ids.ts';
import { Device, type DeviceOptions } from '../../kit/device.ts';
import { vcard } from '../../kit/drafts.ts';
import { startServer, type TestServer } from '../../kit/server.ts';
import { liveItems } from '../steps.ts';

export const NOTHING = { Add: 0, Replace: 0, Delete: 0 };
export const NAMES = ['Ada', 'Berta', 'Carl', 'Dora', 'Emil'];

/** A phone and a laptop that hold the same cards. The phone brought them. */
export async function pairWith(
  cards: readonly string[] = NAMES.map((name) => vcard(name)),
  options: DeviceOptions = {},
) {
  const server = await startServer();
  const phone = new Device(server, { device: 'phone', ...options });
  const { datastore } = options;
  const laptop = new Device(server, {
    device: 'laptop',
    ...(datastore && { datastore, type: options.type ?? '' }),
  });
  for (const card of cards) phone.add(card);
  await phone.sync();
  await laptop.sync();
  return { server, phone, laptop };
}

/** Adds everything that the device holds again, as an import of a backup does. Gives the new LUIDs. */
export const importAgain = (device: Device): string[] =>
  [...device.items.values()].map((card) => device.add(card));

/** As above, but the old copies are gone and nobody says so. */
export function restoreSilently(device: Device): string[] {
  const items = [...device.items];
  for (const [luid] of items) device.lose(luid);
  return items.map(([, card], n) => device.add(card, `new-${n}`));
}

/** The LUIDs under which a device holds each item, by the name on its card. */
export async function heldBy(
  server: TestServer,
  device = 'phone',
): Promise<{ [name: string]: readonly string[] }> {
  const items = await liveItems(server);
  return Object.fromEntries(
    items.map(({ content, luids }) => {
      const name = /FN:(\S+)/.exec(content?.isWhole ? content.storedText : '')?.[1] ?? '';
      return [name, Object.values(luids[peerOfDevice(device)] ?? {}).at(-1) ?? []];
    }),
  );
}
