/** Which devices a user has: from their passwords, the items and the log, without a look at other users' rows. */
import { DATASTORES } from '../engine/model/datastores.ts';
import { CRM, type Guid, IMPORT, type Peer, peerOfDevice, UNDO } from '../engine/model/ids.ts';
import type { Item } from '../engine/model/records.ts';
import type { Store } from '../store/port/port.ts';
import { inventoryRanges, logRange } from '../store/rows/keys.ts';
import { commitFromRow, itemFromRow } from '../store/rows/shapes.ts';
import { pagesOf } from '../store/step-io/reader.ts';
import { readBindings } from './accounts.ts';

/** Peers that are no device. */
const OTHERS: readonly Peer[] = [CRM, UNDO, IMPORT];

/** A device is known if it has a password of its own, holds an item, or changed one in the time of the log. */
export async function knownDevices(store: Store, user: string): Promise<Peer[]> {
  const found = new Set<string>();
  const bindings = await readBindings(store, user);
  for (const device of Object.values(bindings?.bound ?? {})) found.add(peerOfDevice(device));
  for (const { name: datastore } of DATASTORES) {
    for (const range of inventoryRanges({ user, datastore }))
      for await (const rows of pagesOf(store, range))
        for (const row of rows)
          for (const peer of peersOf(itemFromRow(row.sk.slice(2) as Guid, row))) found.add(peer);
    for await (const rows of pagesOf(store, logRange({ user, datastore })))
      for (const row of rows) if (row.sk.startsWith('C#')) found.add(commitFromRow(0, row).origin);
  }
  return [...found].map((peer) => peer as Peer).filter((peer) => !OTHERS.includes(peer));
}

const peersOf = ({ luids, origin }: Item): string[] => [...Object.keys(luids), origin];
