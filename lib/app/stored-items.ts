/** Lists the items of a user, live and deleted ones, and shows one with its text. For an operator's commands. */
import { DATASTORES } from '../engine/model/datastores.ts';
import { guid as asGuid, type Guid } from '../engine/model/ids.ts';
import type { Item, ItemVersion } from '../engine/model/records.ts';
import type { Content } from '../pim/content.ts';
import { valueIn } from '../pim/vobject/model.ts';
import type { Store } from '../store/port/port.ts';
import { inventoryRanges, itemKey } from '../store/rows/keys.ts';
import { itemFromRow } from '../store/rows/shapes.ts';
import { queryAll } from '../store/step-io/reader.ts';
import { wholeContents } from '../store/step-io/whole-contents.ts';
import { readVersions } from './changes.ts';

export interface ListedItem {
  readonly datastore: string;
  readonly guid: Guid;
  /** What a person calls it: the name of a contact, the summary of an appointment, the first line of a note. */
  readonly name: string;
  readonly rev: number;
  /** Who changed it last, or deleted it: `d:` and a DevID, `crm`, `undo`; and when (epoch ms). */
  readonly by: string;
  readonly at: number;
  readonly deleted: boolean;
}

interface InDatastore {
  readonly user: string;
  readonly datastore: string;
}

/**
 * The live items, or those that are deleted, of one datastore or of each, the one that was changed last at the end. A
 * deleted item is known as long as the log; its name as long as its versions.
 */
export async function listItems(
  store: Store,
  user: string,
  { datastore, deleted = false }: { readonly datastore?: string; readonly deleted?: boolean } = {},
): Promise<ListedItem[]> {
  const names = datastore === undefined ? DATASTORES.map(({ name }) => name) : [datastore];
  const lists: ListedItem[][] = [];
  for (const name of names) lists.push(await listedIn(store, { user, datastore: name }, deleted));
  return lists.flat();
}

async function listedIn(store: Store, at: InDatastore, deleted: boolean): Promise<ListedItem[]> {
  const rows = await Promise.all(inventoryRanges(at).map((range) => queryAll(store, range)));
  const items = rows
    .flat()
    .map((row) => itemFromRow(row.sk.slice(2) as Guid, row))
    .filter(({ content }) => (content === undefined) === deleted);
  const listed: ListedItem[] = [];
  for (const item of items) {
    const { guid, rev, origin: by, at: when } = item;
    const content = await contentOrLast(store, at, item);
    const name = content === undefined ? '' : itemName(content);
    listed.push({ datastore: at.datastore, guid, name, rev, by, at: when, deleted });
  }
  return listed.sort((a, b) => a.at - b.at || (a.guid < b.guid ? -1 : 1));
}

/** The content with its text; of a deleted item, the one that it had. */
async function contentOrLast(store: Store, at: InDatastore, item: Item): Promise<Content | undefined> {
  if (item.content === undefined) {
    const versions = await readVersions(store, at.user, at.datastore, item.guid);
    return versions.filter(({ reason }) => reason === 'deleted').at(-1)?.content;
  }
  const [whole] = await wholeContents(store, at, [{ guid: item.guid, content: item.content }]);
  return whole;
}

/** What a person calls the item; empty where it has no name. */
export function itemName(content: Content): string {
  if (!content.isWhole) return '';
  const { tree } = content;
  if (tree === undefined) return content.note?.text.split('\n')[0]?.trim() ?? '';
  const found = [tree, ...tree.components].flatMap(
    (one) => valueIn(one, 'FN') ?? valueIn(one, 'SUMMARY') ?? [],
  );
  return found[0] ?? '';
}

export interface ShownItem {
  readonly item: Omit<ListedItem, 'datastore' | 'name'>;
  readonly name: string;
  /** Its content, or the one that it had. Absent where the item is deleted and its versions are gone. */
  readonly content?: Content;
  readonly versions: readonly ItemVersion[];
}

/** One item with its text, or the text that it had, and its versions, oldest first. Undefined if there is none. */
export async function showItem(store: Store, at: InDatastore, id: string): Promise<ShownItem | undefined> {
  const guid = asGuid(id);
  const [row] = await store.get([itemKey(at, guid)]);
  if (row === undefined) return undefined;
  const found = itemFromRow(guid, row);
  const { rev, origin: by, at: when } = found;
  const content = await contentOrLast(store, at, found);
  return {
    item: { guid, rev, by, at: when, deleted: found.content === undefined },
    name: content === undefined ? '' : itemName(content),
    ...(content?.isWhole && { content }),
    versions: await readVersions(store, at.user, at.datastore, guid),
  };
}
