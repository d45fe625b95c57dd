/** Folders of exports: written for their owner alone, read item by item. */
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { open, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ExportedRecord } from '../../../lib/app/export.ts';
import { ITEM_FOLDERS, typeOfFile, UNREAD } from '../../../lib/app/item-files.ts';
import { UsageError } from '../options.ts';

const OWN_FOLDER = 0o700;
const OWN_FILE = 0o600;
/** All that the server knows of a user, with the texts of the items in files beside it. */
const RECORDS = 'user.json';

/** Makes the folder of an export. Throws a UsageError where it cannot be made, or holds something. */
export function makeExportFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true, mode: OWN_FOLDER });
  } catch (error) {
    throw new UsageError(`The folder ${folder} cannot be made (${(error as NodeJS.ErrnoException).code}).`);
  }
  if (readdirSync(folder).length > 0)
    throw new UsageError(`The folder ${folder} is not empty: name one that is not there yet.`);
}

export type Counts = { readonly [section: string]: number };

/** Writes the records as they come: each section as a list in user.json, each text of an item as a file. */
export async function writeExport(
  folder: string,
  records: AsyncIterable<ExportedRecord>,
  told: (counts: Counts) => void,
): Promise<Counts> {
  for (const name of ITEM_FOLDERS) mkdirSync(join(folder, name), { mode: OWN_FOLDER });
  const list = await open(join(folder, RECORDS), 'wx', OWN_FILE);
  const counts: { [section: string]: number } = {};
  let current: string | undefined;
  for await (const { section, value, file } of records) {
    if (file !== undefined)
      await writeFile(join(folder, file.path), file.text, { mode: OWN_FILE, flag: 'wx' });
    const before = current === undefined ? '{' : '\n],';
    await list.write(section === current ? ',\n' : `${before}\n${JSON.stringify(section)}: [\n`);
    await list.write(JSON.stringify(value));
    current = section;
    counts[section] = (counts[section] ?? 0) + 1;
    told(counts);
  }
  await list.write('\n]\n}\n');
  await list.close();
  return counts;
}

/** A file that holds an item. */
export interface ItemFile {
  /** Below the folder. */
  readonly path: string;
  readonly datastore: string;
  readonly type: string;
  /** Nobody could read the item when it came: it may be anything. */
  readonly isUnread: boolean;
}

/** The items of a folder as an export has them, in the order of their names. Throws a UsageError where there are none. */
export function itemFilesIn(folder: string): ItemFile[] {
  const unread = new Map<string, string>();
  const found = ITEM_FOLDERS.flatMap((datastore) =>
    namesIn(join(folder, datastore)).flatMap((name): ItemFile[] => {
      const path = `${datastore}/${name}`;
      const isUnread = name.endsWith(`.${UNREAD}`);
      if (isUnread && unread.size === 0)
        for (const [file, type] of typesListed(folder)) unread.set(file, type);
      const type = isUnread ? unread.get(path) : typeOfFile(name);
      return type === undefined ? [] : [{ path, datastore, type, isUnread }];
    }),
  );
  if (found.length > 0) return found;
  throw new UsageError(
    `${folder} has no items: they are files like contacts/NAME.vcf, in folders ${ITEM_FOLDERS.join(', ')}.`,
  );
}

function namesIn(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder).sort() : [];
}

/** The types of the files that user.json names. */
function typesListed(folder: string): [file: string, type: string][] {
  const { items = [] } = JSON.parse(readFileSync(join(folder, RECORDS), 'utf8')) as {
    readonly items?: readonly { readonly file?: string; readonly type?: string }[];
  };
  return items.flatMap(({ file, type }) => (file !== undefined && type !== undefined ? [[file, type]] : []));
}
