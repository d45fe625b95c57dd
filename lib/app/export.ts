/**
 * All that the server knows of a user, part by part, so that one is in memory at a time: his items as texts for files, and
 * records of everything else. Left out are verifiers of passwords, nonces and running messages, which would let somebody in,
 * and the match index, which is made of the items.
 */
import { DATASTORES } from '../engine/model/datastores.ts';
import type { Guid } from '../engine/model/ids.ts';
import type { Commit, Item } from '../engine/model/records.ts';
import type { Range, Row, Store } from '../store/port/port.ts';
import { headKey, inventoryRanges, logRange, reviewRange } from '../store/rows/keys.ts';
import { crmPartition, peerPartitions, wholeRange } from '../store/rows/partitions.ts';
import {
  commitFromRow,
  headFromRow,
  itemFromRow,
  reviewFromRow,
  versionFromRow,
} from '../store/rows/shapes.ts';
import { pagesOf } from '../store/step-io/reader.ts';
import { wholeContents } from '../store/step-io/whole-contents.ts';
import { knownAccount, loginsOf } from './accounts.ts';
import { describeAccount } from './described-account.ts';
import { peerRecord } from './exported-peers.ts';
import { changeOf } from './ingest.ts';
import { itemFile } from './item-files.ts';
import { knownDevices } from './known-peers.ts';

export interface ExportedRecord {
  /** All records of a section follow one another. */
  readonly section: 'logins' | 'peers' | 'items' | 'versions' | 'log' | 'heads' | 'reviews' | 'crmChanges';
  readonly value: unknown;
  /** The text of an item, and the path of its file. */
  readonly file?: { readonly path: string; readonly text: string };
}

type Records = AsyncGenerator<ExportedRecord>;

interface InDatastore {
  readonly user: string;
  readonly datastore: string;
}

/** Throws an UnknownLoginError, and StoreErrors as they come. */
export async function* exportUser(store: Store, login: string): Records {
  const { user, policies } = await knownAccount(store, login);
  for (const each of new Set([login, ...(await loginsOf(store, user))]))
    yield {
      section: 'logins',
      value: { ...(await describeAccount(store, each)), ...(policies && { policies }) },
    };
  yield* peers(store, user);
  for (const part of [items, versions, log, heads, reviews])
    for (const { name: datastore } of DATASTORES) yield* part(store, { user, datastore });
  for await (const row of rowsOf(store, wholeRange(crmPartition(user))))
    yield { section: 'crmChanges', value: changeOf(row) };
}

async function* peers(store: Store, user: string): Records {
  for (const { name, partition } of peerPartitions(user, await knownDevices(store, user)))
    for await (const row of rowsOf(store, wholeRange(partition)))
      yield { section: 'peers', value: { of: name, ...peerRecord(row) } };
}

/** The user's items, deleted ones too. */
async function* items(store: Store, at: InDatastore): Records {
  for (const range of inventoryRanges(at))
    for await (const rows of pagesOf(store, range)) {
      const found = rows.map((row) => itemFromRow(row.sk.slice(2) as Guid, row));
      const live = found.flatMap(({ guid, content }) => (content === undefined ? [] : [{ guid, content }]));
      const whole = await wholeContents(store, at, live);
      const texts = new Map(live.map(({ guid }, n) => [guid, whole[n]?.storedText]));
      for (const item of found) yield itemRecord(at, item, texts.get(item.guid));
    }
}

function itemRecord(at: InDatastore, item: Item, text: string | undefined): ExportedRecord {
  const { content, version: _, ...own } = item;
  const known = { ...at, ...own };
  const deleted = content === undefined && { deleted: true };
  if (content === undefined || text === undefined)
    return { section: 'items', value: { ...known, ...deleted } };
  const path = itemFile(at.datastore, item.guid, content.type);
  const value = { ...known, type: content.type, file: path };
  return { section: 'items', value, file: { path, text } };
}

/** What the items were before, with their texts. */
async function* versions(store: Store, at: InDatastore): Records {
  for (const { table, pk } of inventoryRanges(at))
    for await (const rows of pagesOf(store, { table, pk, from: 'V#', to: 'V#~' })) {
      const found = rows.flatMap((row) => versionFromRow(row) ?? []);
      const whole = await wholeContents(store, at, found);
      for (const [n, { content, ...version }] of found.entries()) {
        const text = whole[n]?.storedText;
        yield { section: 'versions', value: { ...at, ...version, type: content.type, text } };
      }
    }
}

async function* log(store: Store, at: InDatastore): Records {
  for await (const row of rowsOf(store, logRange(at)))
    if (row.sk.startsWith('C#'))
      yield { section: 'log', value: { ...at, ...withoutKeys(commitFromRow(Number(row.sk.slice(2)), row)) } };
}

async function* heads(store: Store, at: InDatastore): Records {
  for (const row of await store.get([headKey(at)]))
    yield { section: 'heads', value: { ...at, ...headFromRow(row) } };
}

/** The keys of the match index are made of the items. */
const withoutKeys = ({ changes, ...commit }: Commit): object => ({
  ...commit,
  changes: changes.map(({ keys: _, ...change }) => change),
});

async function* reviews(store: Store, at: InDatastore): Records {
  for await (const row of rowsOf(store, reviewRange(at)))
    yield { section: 'reviews', value: { ...at, ...reviewFromRow(row) } };
}

async function* rowsOf(store: Store, range: Range): AsyncGenerator<Row> {
  for await (const rows of pagesOf(store, range)) yield* rows;
}
