/** The files in which the items of a user are exported and imported. */
import { DATASTORES } from '../engine/model/datastores.ts';

/** A folder for each datastore. */
export const ITEM_FOLDERS: readonly string[] = DATASTORES.map(({ name }) => name);

const EXTENSIONS: { readonly [type: string]: string } = {
  'text/vcard': 'vcf',
  'text/calendar': 'ics',
  'text/plain': 'txt',
};

/** Other programs write these, too. */
const TYPES: { readonly [extension: string]: string } = {
  vcf: 'text/vcard',
  ics: 'text/calendar',
  vcs: 'text/x-vcalendar',
  vnt: 'text/x-vnote',
  txt: 'text/plain',
};

/** Of an item that is stored as it came, because nobody could read it: its type stands in the list of items. */
export const UNREAD = 'item';

/** `contacts/GUID.vcf`. */
export const itemFile = (datastore: string, guid: string, type: string): string =>
  `${datastore}/${guid}.${EXTENSIONS[type] ?? UNREAD}`;

/** The content type that a file has by its name; undefined for a file that is no item. */
export const typeOfFile = (name: string): string | undefined =>
  TYPES[/\.([^.]+)$/.exec(name)?.[1]?.toLowerCase() ?? ''];
