/** The server's own device information [DI12, D01, D07-D12]. Its datastores are those of datastores.ts. */

import { filterCapsOf } from '../../filter/caps.ts';
import type { DevInf, DevInfDataStore } from '../../message/devinf-model.ts';
import type { Version } from '../../message/model.ts';
import { DATASTORES, type Datastore } from '../model/datastores.ts';

/** SyncType values 1-7: two-way ... server alerted (D17). */
const SYNC_TYPES = [1, 2, 3, 4, 5, 6, 7];
export const SERVER_ID = 'serverless-syncml';

export const devInfName = (version: Version): string => `./devinf${version.replace('.', '')}`;

/** `./devinf12`, or `devinf12` of clients that drop the `./` (D22). */
export const isDevInfName = (uri: string): boolean => /^(\.?\/)?devinf1[0-2]$/i.test(uri.trim());

/** `paths`: the client's names of the server's datastores. Some clients compare them with the names here (D23). */
export function ownDevInf(version: Version, paths: ReadonlyMap<string, string> = new Map()): DevInf {
  return {
    verDTD: version,
    man: 'Serverless SyncML',
    mod: 'Serverless SyncML Server',
    fwV: '1',
    swV: '0.1.0',
    hwV: '1',
    devId: SERVER_ID,
    devTyp: 'server',
    utc: true,
    supportNumberOfChanges: true,
    supportLargeObjs: true,
    dataStores: DATASTORES.map((datastore) => ({
      ...ownDataStore(datastore, paths.get(datastore.name)),
      ...filterCapsOf(datastore), // D20
    })),
  };
}

function ownDataStore(
  { name, displayName, types: [preferred, ...others] }: Datastore,
  path = `./${name}`,
): DevInfDataStore {
  return {
    sourceRef: path,
    displayName,
    rxPref: preferred,
    rx: others,
    txPref: preferred,
    tx: others,
    ctCaps: [],
    syncTypes: SYNC_TYPES,
  };
}
