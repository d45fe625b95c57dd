/** A look into the data of the server under test: the log of changes, and the versions that were replaced or lost. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import * as application from '../../lib/app/changes.ts';
import type { Guid } from '../../lib/engine/model/ids.ts';
import { dynamodbStore } from '../../lib/store/dynamodb/store.ts';
import type { Store } from '../../lib/store/port/port.ts';
import { inventoryRanges } from '../../lib/store/rows/keys.ts';
import { DEFAULT_TABLE_PREFIX } from '../../lib/store/rows/schema.ts';
import { itemFromRow } from '../../lib/store/rows/shapes.ts';
import { sqliteStore } from '../../lib/store/sqlite/store.ts';
import { queryAll } from '../../lib/store/step-io/reader.ts';
import { wholeContents } from '../../lib/store/step-io/whole-contents.ts';
import type { Datastore } from './syncevolution.ts';
import type { World } from './world.ts';

type Place = Pick<World, 'user' | 'dataDir' | 'endpoint'>;

export interface OpenLog {
  changes(datastore: Datastore): Promise<application.LoggedChange[]>;
  /** Live items as they are stored. */
  bodies(datastore: Datastore): Promise<string[]>;
  /** All kept versions of all items of a datastore, each as text that holds its body. */
  versions(datastore: Datastore): Promise<string[]>;
}

/** Opens the data beside the running server, for as long as `read` takes. */
export async function openLog<T>(place: Place, read: (log: OpenLog) => Promise<T>): Promise<T> {
  const store = openStore(place);
  const changes = (datastore: Datastore) => application.readChanges(store, place.user, { datastore });
  try {
    return await read({
      changes,
      bodies: async (datastore) => {
        const ranges = inventoryRanges({ user: place.user, datastore }).map((range) =>
          queryAll(store, range),
        );
        const rows = (await Promise.all(ranges)).flat();
        const items = rows.map((row) => itemFromRow(row.sk.slice(2) as Guid, row));
        const live = items.flatMap(({ guid, content }) => (content ? [{ guid, content }] : []));
        const contents = await wholeContents(store, { user: place.user, datastore }, live);
        return contents.flatMap((content) => content?.storedText ?? []);
      },
      versions: async (datastore) => {
        const guids = new Set((await changes(datastore)).map((change) => change.guid));
        const kept: string[] = [];
        for (const guid of guids) {
          const found = await application.readVersions(store, place.user, datastore, guid);
          kept.push(...found.map(({ content }) => (content.isWhole ? content.storedText : '')));
        }
        return kept;
      },
    });
  } finally {
    await store.close();
  }
}

export const keptTexts = (place: Place, datastore: Datastore): Promise<string[]> =>
  openLog(place, (log) => log.versions(datastore));

export function openStore(place: Place): Store {
  if (place.endpoint !== undefined) {
    return dynamodbStore({ prefix: DEFAULT_TABLE_PREFIX, endpoint: place.endpoint });
  }
  const file = readdirSync(place.dataDir, { recursive: true, encoding: 'utf8' }).find((name) =>
    /\.(db|sqlite3?)$/.test(name),
  );
  if (file === undefined) throw new Error(`the server has no database in ${place.dataDir}`);
  return sqliteStore({ file: join(place.dataDir, file) });
}
