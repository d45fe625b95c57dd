/** What a device says in its first message, and what it reads from the answer. */
import type { DevInf } from '../../lib/message/devinf-model.ts';
import type { Message } from '../../lib/message/model.ts';
import type { DatabaseOptions, HandsetOptions } from './device-options.ts';
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

/** What is said of the device as a whole. */
type SaidOfDevice = Pick<
  HandsetOptions,
  'largeObjects' | 'numberOfChanges' | 'maxGuidSize' | 'tellsVersions' | 'oem'
>;
/** What is said of one of its databases. */
type SaidOfDatabase = Pick<
  DatabaseOptions,
  'type' | 'typeVersion' | 'properties' | 'most' | 'sizes' | 'database'
>;

/** Device information of a device with one database of one content type. */
export const infoOf = (datastore: string, options: SaidOfDevice & SaidOfDatabase): DevInf =>
  infoOfAll([{ datastore, options }], options);

/** Device information of a device with these databases, each of one content type. */
export function infoOfAll(
  databases: readonly { readonly datastore: string; readonly options: SaidOfDatabase }[],
  { largeObjects = true, numberOfChanges = true, tellsVersions = true, maxGuidSize, oem }: SaidOfDevice,
): DevInf {
  const dataStores = databases.flatMap(({ datastore, options }) => {
    const { type = 'text/vcard', typeVersion = UNKNOWN_VERSION, database = `./${datastore}` } = options;
    const listed = listedBy(options);
    return devInf().dataStores.map((store) => ({
      ...store,
      sourceRef: database,
      rxPref: { type, version: tellsVersions ? typeVersion : '' },
      ...(listed && { ctCaps: [{ type, properties: listed, ...(tellsVersions && versionOfList(options)) }] }),
      ...(maxGuidSize !== undefined && { maxGuidSize }),
    }));
  });
  return devInf({
    ...{ supportLargeObjs: largeObjects, supportNumberOfChanges: numberOfChanges, dataStores },
    ...(oem !== undefined && { oem }),
  });
}

/** Of a content type whose version a test does not say. */
const UNKNOWN_VERSION = '1';

const versionOfList = ({ typeVersion = '' }: SaidOfDatabase) =>
  typeVersion === '' ? {} : { version: typeVersion };

const listedBy = ({ properties, most = {}, sizes = {} }: SaidOfDatabase) =>
  properties?.map((name) => ({
    ...{ name, valEnum: [], params: [] },
    ...(most[name] !== undefined && { maxOccur: most[name] }),
    ...(sizes[name] !== undefined && { maxSize: sizes[name] }),
  }));

/** What the server answered to the Alert of one database. */
export interface AlertAnswer {
  /** Its Status for the Alert. */
  status?: number;
  /** The sync type that its own Alert names. */
  agreed?: number;
}

/** Notes what a reply says of the Alert with this CmdID in the first message, of a database that the device calls so. */
export function noteAnswer(answer: AlertAnswer, reply: Message, cmdId: string, uri: string): void {
  for (const command of reply.commands) {
    if (command.name === 'Status' && command.cmd === 'Alert' && command.msgRef === '1') {
      if (command.cmdRef === cmdId) answer.status = command.code;
    } else if (command.name === 'Alert' && command.code !== undefined && command.code !== 222) {
      if (command.items[0]?.target?.uri === uri) answer.agreed ??= command.code;
    }
  }
}

/** Nothing more is to come: the server named the sync type, or refused the Alert. 508 names another type. */
export const isAnswered = ({ status = 0, agreed }: AlertAnswer): boolean =>
  agreed !== undefined || (status >= 400 && status !== 508);

/** An object of another size than was said; rolled back, or not tried, in an Atomic. */
export const NOT_TAKEN: readonly number[] = [424, 215, 216];

/** A session that broke, as far as the device knows it. */
export interface Interrupted {
  readonly code: number;
  readonly last: string | undefined;
  /** What the server acknowledged, by LUID; undefined for a Delete. */
  readonly done: Map<string, string | undefined>;
  /** The chunks of an object that the server took. */
  partial?: { luid: string; data: string; taken: number };
}
