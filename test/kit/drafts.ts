/** Short ways to say commands in tests. */

import type { AlertCode } from '../../lib/message/codes.ts';
import type { DevInf } from '../../lib/message/devinf-model.ts';
import type { MessageItem } from '../../lib/message/model.ts';
import { readItem } from './items.ts';
import type { Draft } from './session.ts';

export function alert(
  code: number,
  datastore = 'contacts',
  anchor: { last?: string; next?: string } = {},
): Draft {
  const { next = 'n1', ...rest } = anchor;
  return {
    name: 'Alert',
    code: code as AlertCode,
    items: [
      { target: { uri: datastore }, source: { uri: `./${datastore}` }, meta: { anchor: { ...rest, next } } },
    ],
  };
}

export const nextMessage = (): Draft => ({
  name: 'Alert',
  code: 222 as AlertCode,
  items: [{ target: { uri: 'http://sync.example.com/syncml' }, source: { uri: 'phone-1' } }],
});

export const suspend = (device = 'phone-1'): Draft => ({
  name: 'Alert',
  code: 224 as AlertCode,
  items: [{ target: { uri: 'http://sync.example.com/syncml' }, source: { uri: device } }],
});

export function sync(commands: readonly Draft[], datastore = 'contacts'): Draft {
  return {
    name: 'Sync',
    target: { uri: datastore },
    source: { uri: `./${datastore}` },
    commands: commands as never,
  };
}

const item = (luid: string, data?: string, more: Partial<MessageItem> = {}): MessageItem => ({
  source: { uri: luid },
  ...(data !== undefined && { data }),
  ...more,
});
export const add = (
  luid: string,
  data: string,
  type = 'text/vcard',
  more: Partial<MessageItem> = {},
): Draft => ({
  name: 'Add',
  meta: { type },
  items: [item(luid, data, more)],
});
export const replace = (
  luid: string,
  data: string,
  type = 'text/vcard',
  more: Partial<MessageItem> = {},
): Draft => ({
  name: 'Replace',
  meta: { type },
  items: [item(luid, data, more)],
});
export const remove = (luid: string): Draft => ({ name: 'Delete', items: [item(luid)] });

export const map = (
  pairs: readonly (readonly [guid: string, luid: string])[],
  datastore = 'contacts',
): Draft => ({
  name: 'Map',
  target: { uri: datastore },
  source: { uri: `./${datastore}` },
  items: pairs.map(([target, source]) => ({ target, source })),
});

/** As it is stored. */
export const vcard = (name: string, ...lines: string[]): string => {
  const text = ['BEGIN:VCARD', 'VERSION:3.0', `N:${name};;;;`, `FN:${name}`, ...lines, 'END:VCARD', ''];
  return readItem('text/vcard', text.join('\r\n')).body;
};

/** Device information of a capable phone; `more` overrides. */
export const devInf = (more: Partial<DevInf> = {}): DevInf => ({
  verDTD: '1.2',
  man: 'Example',
  mod: 'Phone',
  devId: 'phone-1',
  devTyp: 'phone',
  utc: true,
  supportNumberOfChanges: true,
  supportLargeObjs: true,
  dataStores: [
    {
      sourceRef: './contacts',
      rxPref: { type: 'text/vcard', version: '3.0' },
      rx: [],
      txPref: { type: 'text/vcard', version: '3.0' },
      tx: [],
      ctCaps: [],
      syncTypes: [1, 2, 3, 4, 5, 6, 7],
    },
  ],
  ...more,
});

/** Device information of a phone that takes this type, and lists these properties. */
export function taking(type: string, version: string, names: readonly string[] = []): DevInf {
  const properties = names.map((name) => ({ name, valEnum: [], params: [] }));
  const ctCaps = names.length === 0 ? [] : [{ type, version, properties }];
  const base = devInf();
  const dataStores = base.dataStores.map((store) => ({ ...store, rxPref: { type, version }, ctCaps }));
  return { ...base, dataStores };
}

export const putDevInf = (info: DevInf = devInf(), name = './devinf12'): Draft => ({
  name: 'Put',
  meta: { type: 'application/vnd.syncml-devinf+xml' },
  items: [{ source: { uri: name }, data: { devInf: info } }],
});
