/** The device information of the device: it takes every property, and items of any size. */
import type { DevInf } from '../../../lib/message/devinf-model.ts';
import { FOLDERS } from '../datastores.ts';
import type { Draft } from './line.ts';

export function putDevInf(devId: string): Draft {
  const devInf: DevInf = {
    ...{ verDTD: '1.2', man: 'Serverless SyncML', mod: 'npm run device', devId, devTyp: 'workstation' },
    ...{ utc: true, supportNumberOfChanges: true, supportLargeObjs: true },
    dataStores: FOLDERS.map(({ datastore, type, version }) => ({
      sourceRef: `./${datastore}`,
      rxPref: { type, version },
      rx: [],
      txPref: { type, version },
      tx: [],
      ctCaps: [],
      syncTypes: [1, 2],
    })),
  };
  return {
    name: 'Put',
    meta: { type: 'application/vnd.syncml-devinf+wbxml' },
    items: [{ source: { uri: './devinf12' }, data: { devInf } }],
  };
}
