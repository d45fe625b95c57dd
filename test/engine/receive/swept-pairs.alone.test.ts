/** LUIDs that were mapped while a refresh from the client deleted in portions are found, also where reads lag behind. */
import { expect, it, vi } from 'vitest';
import type * as Limits from '../../../lib/engine/model/limits.ts';
import type { Store } from '../../../lib/store/port/port.ts';
import { sqliteStore } from '../../../lib/store/sqlite/store.ts';
import { Device } from '../../kit/device.ts';
import { vcard } from '../../kit/drafts.ts';
import { startServer } from '../../kit/server.ts';
import { liveItems } from '../steps.ts';

vi.mock('../../../lib/engine/model/limits.ts', async (original) => ({
  ...(await original<typeof Limits>()),
  MAX_SWEPT_ITEMS: 2,
}));

it('an item that was named in a refresh with many deletions is known by its LUID', async () => {
  const inner = sqliteStore({ file: ':memory:' });
  const lag = { isOn: false };
  const store: Store = {
    ...inner,
    query: async (range) => (lag.isOn && range.eventual === true ? { rows: [] } : inner.query(range)),
  };
  const server = await startServer({ store });
  const [laptop, phone] = ['laptop', 'phone'].map((device) => new Device(server, { device })) as [
    Device,
    Device,
  ];
  for (let n = 0; n < 7; n += 1) laptop.add(vcard(`Name-${n}`));
  for (const device of [laptop, phone]) await device.sync();
  const kept = phone.find('Name-3');
  for (const luid of [...phone.items.keys()]) if (luid !== kept) phone.delete(luid);
  await phone.sync(203);
  expect(await liveItems(server)).toHaveLength(1);
  lag.isOn = true;
  phone.delete(kept);
  await phone.sync(200);
  expect(await liveItems(server)).toEqual([]);
});
