/** Devices in sync, a copy of a table, what happens after it, and the table as it was then. */
import { expect } from 'vitest';
import type { TableName } from '../../../lib/store/rows/schema.ts';
import { sqliteStore } from '../../../lib/store/sqlite/store.ts';
import { Device, type DeviceOptions } from '../../kit/device.ts';
import { vcard } from '../../kit/drafts.ts';
import { type RestorableStore, restorableStore, type TableCopy } from '../../kit/restorable-store.ts';
import { startServer, type TestServer } from '../../kit/server.ts';

export interface Scene {
  readonly server: TestServer;
  readonly store: RestorableStore;
  readonly a: Device;
  readonly b: Device;
}

/** A and B with the same contacts. */
export async function inSync(count = 60, options: DeviceOptions = {}): Promise<Scene> {
  const store = restorableStore(sqliteStore({ file: ':memory:' }));
  const server = await startServer({ store });
  const [a, b] = ['a', 'b'].map((device) => new Device(server, { ...options, device })) as [Device, Device];
  for (let n = 0; n < count; n += 1) a.add(vcard(`Person${n}`));
  await a.sync(201);
  await b.sync(201);
  await a.sync(200);
  return { server, store, a, b };
}

/** Another process answers after that: whoever restores a table starts the server anew. */
export async function putBack({ store, server }: Scene, copy: TableCopy, restarts = true): Promise<void> {
  await store.putBack(copy);
  if (restarts) server.restart();
}

export const copyOf = ({ store }: Scene, table: TableName = 'items'): Promise<TableCopy> => store.copy(table);

export async function addsEach(device: Device, ...names: readonly string[]): Promise<void> {
  for (const name of names) {
    device.add(vcard(name));
    await device.sync(200);
  }
}

export const namesOn = (device: Device): string[] =>
  device.contents.flatMap((text) => /FN:(\S+)/.exec(text)?.[1] ?? []).sort();

/** Two syncs of each, and then all hold just the same: the names, and the 60 or so of before. */
export async function expectEqual(
  devices: readonly Device[],
  names: readonly string[],
  count = 60,
): Promise<void> {
  for (let round = 0; round < 2; round += 1) for (const device of devices) await device.sync(200);
  const expected = [...Array.from({ length: count }, (_, n) => `Person${n}`), ...names].sort();
  for (const device of devices) expect(namesOn(device)).toEqual(expected);
  for (const device of devices)
    expect((await device.sync(200)).received).toEqual({ Add: 0, Replace: 0, Delete: 0 });
}
