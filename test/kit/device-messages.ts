/** What a device says in its first message, and what it reads from the answer. */
import type { DevInf } from '../../lib/message/devinf-model.ts';
import type { Message } from '../../lib/message/model.ts';
import { devInf } from './drafts.ts';
import type { Draft } from './session.ts';

/** A DS 1.2 filter: a query in the CGI grammar. */
export interface DeviceFilter {
  readonly query: string;
  readonly inclusive?: boolean;
}

/** The Alert with a record filter in the Target of its items (F01). */
export function withFilter(
  draft: Draft,
  { query, inclusive = false }: DeviceFilter,
  type = 'text/vcard',
): Draft {
  if (draft.name !== 'Alert') return draft;
  const filter = {
    meta: { type },
    record: { meta: { type: 'syncml:filtertype-cgi' }, data: query },
    filterType: inclusive ? 'INCLUSIVE' : 'EXCLUSIVE',
  };
  const items = draft.items.map((item) => ({ ...item, target: { uri: item.target?.uri ?? '', filter } }));
  return { ...draft, items };
}

/** The Alert, Sync or Map of a database that the device calls so. */
export function withSource(draft: Draft, uri: string): Draft {
  if (draft.name === 'Sync' || draft.name === 'Map') return { ...draft, source: { uri } };
  if (draft.name !== 'Alert') return draft;
  return { ...draft, items: draft.items.map((item) => ({ ...item, source: { uri } })) };
}

/** Device information of a device with one database of one content type. */
export function infoOf(
  datastore: string,
  options: {
    readonly type?: string;
    readonly properties?: readonly string[];
    readonly most?: { readonly [property: string]: number };
    readonly sizes?: { readonly [property: string]: number };
    readonly largeObjects?: boolean;
    readonly numberOfChanges?: boolean;
    readonly maxGuidSize?: number;
    readonly oem?: string;
  },
): DevInf {
  const {
    largeObjects = true,
    numberOfChanges = true,
    type = 'text/vcard',
    properties,
    most = {},
    sizes = {},
    maxGuidSize,
    oem,
  } = options;
  const listed = properties?.map((name) => ({
    ...{ name, valEnum: [], params: [] },
    ...(most[name] !== undefined && { maxOccur: most[name] }),
    ...(sizes[name] !== undefined && { maxSize: sizes[name] }),
  }));
  const dataStores = devInf().dataStores.map((store) => ({
    ...store,
    sourceRef: `./${datastore}`,
    rxPref: { type, version: '1' },
    ...(listed && { ctCaps: [{ type, properties: listed }] }),
    ...(maxGuidSize !== undefined && { maxGuidSize }),
  }));
  return devInf({
    ...{ supportLargeObjs: largeObjects, supportNumberOfChanges: numberOfChanges, dataStores },
    ...(oem !== undefined && { oem }),
  });
}

/** The sync type that the server's Alert names; throws when it alerts nothing. */
export function agreedCode(reply: Message): number {
  const alerted = reply.commands.find((command) => command.name === 'Alert' && command.code !== 222);
  if (alerted?.name !== 'Alert' || alerted.code === undefined) throw new Error('the server alerts nothing');
  return alerted.code;
}

/** An object of another size than was said; rolled back, or not tried, in an Atomic. */
export const NOT_TAKEN: readonly number[] = [424, 215, 216];

export const isAccepted = (command: Message['commands'][number]): boolean =>
  command.name === 'Status' && command.cmd === 'Alert' && command.code === 200;

/** A session that broke, as far as the device knows it. */
export interface Interrupted {
  readonly code: number;
  readonly last: string | undefined;
  /** What the server acknowledged, by LUID; undefined for a Delete. */
  readonly done: Map<string, string | undefined>;
  /** The chunks of an object that the server took. */
  partial?: { luid: string; data: string; taken: number };
}
