/** What new devices get of a store, by the server of today: kept with the store, to be compared with what later ones send. */
import type { Datastore } from '../client/syncevolution.ts';
import type { Device } from '../kit/device.ts';
import type { TestServer } from '../kit/server.ts';
import type { Fixture, FixtureItem } from './fixture.ts';
import { another, anything, DATASTORES, serverOf } from './known.ts';

/** One that takes anything, and one of the make of the tablet. */
export const READERS = ['anything', 'another tablet'] as const;
type Reader = (typeof READERS)[number];

export const readBy = (reader: Reader): readonly Datastore[] =>
  reader === 'anything' ? DATASTORES : ['contacts', 'calendar'];

export const newDevice = (
  server: TestServer,
  fixture: Fixture,
  reader: Reader,
  datastore: Datastore,
): Device =>
  reader === 'anything'
    ? anything(server, fixture, datastore)
    : another(server, fixture, 'tablet', datastore);

/** The fixture with the items that such devices get of it now. */
export async function withReaders(fixture: Fixture): Promise<Fixture> {
  const items = fixture.items.filter(({ device }) => !READERS.some((reader) => reader === device));
  for (const reader of READERS)
    for (const datastore of readBy(reader)) items.push(...(await itemsRead(fixture, reader, datastore)));
  return { ...fixture, items };
}

async function itemsRead(fixture: Fixture, reader: Reader, datastore: Datastore): Promise<FixtureItem[]> {
  const device = newDevice(await serverOf(fixture), fixture, reader, datastore);
  await device.sync();
  const type = device.options.type ?? '';
  return [...device.items].map(([item, text]) => ({ item, device: reader, datastore, type, text }));
}
