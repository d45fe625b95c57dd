/**
 * Items in every format: read into the form that is stored, written for a device.
 *
 * Stored are vCard 3.0, iCalendar 2.0 and plain text, as `text/vcard`, `text/calendar` and `text/plain`. What cannot be
 * read is kept as it came, under the type that it came with.
 */
import { type Abilities, ALL } from './abilities.ts';
import { toCanonical as canonicalCalendar } from './calendar/canonical.ts';
import { fromOldCalendar } from './calendar/from-old.ts';
import { toOldCalendar } from './calendar/to-old.ts';
import { withZones } from './calendar/zone-definition.ts';
import { toCanonical as canonicalCard, fromCanonical } from './contact/canonical.ts';
import { canonicalBody } from './content.ts';
import { rowOf } from './content-types.ts';
import { withinAbilities } from './limits.ts';
import { type Component, type Dialect, property, valueIn } from './model.ts';
import { fromSif, isSif, noteToSif, toSif } from './sif/items.ts';
import { xmlCharset } from './sif/xml.ts';
import { decodeBytes } from './syntax/charset.ts';
import { FormatError, readObjects, type VObject } from './syntax/read.ts';
import { escapeText, unescapeText } from './syntax/text.ts';
import { writeObject } from './syntax/write.ts';

/** A media type without parameters, in lower case, and its version where one type has several. */
export interface Format {
  readonly type: string;
  readonly version?: string | undefined;
}

/** An item as it is stored. */
export interface StoredItem {
  readonly type: string;
  readonly body: string;
}

/** Appointments and tasks are one: calendars. */
type Family = 'contact' | 'calendar' | 'note';

const familyOf = (type: string): Family | undefined => {
  const kind = rowOf(type)?.kinds[0];
  return kind === 'event' || kind === 'task' ? 'calendar' : kind;
};

const STORED: { readonly [family in Family]: string } = {
  contact: 'text/vcard',
  calendar: 'text/calendar',
  note: 'text/plain',
};

/** Throws nothing: an item that is not what its type says stays as it is. */
export function readItem(type: string, data: string | Uint8Array, charset?: string): StoredItem {
  try {
    return understood(type, data, charset) ?? asItCame(type, data, charset);
  } catch (error) {
    if (error instanceof FormatError) return asItCame(type, data, charset);
    throw error;
  }
}

const asItCame = (type: string, data: string | Uint8Array, charset?: string): StoredItem => ({
  type,
  body: canonicalBody(type, typeof data === 'string' ? data : decodeBytes(data, undefined, charset)),
});

function understood(type: string, data: string | Uint8Array, charset?: string): StoredItem | undefined {
  const family = familyOf(type);
  if (family === undefined || type === 'text/plain') return undefined;
  const tree = isSif(type)
    ? sifTree(family, type, data, charset)
    : vTree(family, readObjects(data, { charset, dialect: rowOf(type)?.dialect }));
  if (tree === undefined) return undefined;
  if (typeof tree === 'string') return { type: STORED.note, body: canonicalBody(STORED.note, tree) };
  return {
    type: STORED[family],
    body: writeObject(tree, family === 'contact' ? 'vcard-3.0' : 'icalendar-2.0'),
  };
}

/** Several calendars are one with all that is in them; several of another kind are none that can be read. */
function vTree(family: Family, objects: readonly VObject[]): Component | string | undefined {
  const trees = objects.map((object) => storedTree(family, object));
  const [first] = trees;
  if (trees.length === 1) return first;
  const calendars = trees.flatMap((one) => (typeof one === 'object' && family === 'calendar' ? [one] : []));
  if (typeof first !== 'object' || calendars.length < trees.length) return undefined;
  return { ...first, components: calendars.flatMap(({ components }) => components) };
}

function sifTree(
  family: Family,
  type: string,
  data: string | Uint8Array,
  charset?: string,
): Component | string {
  const tree = fromSif(type, typeof data === 'string' ? data : decodeBytes(data, xmlCharset(data), charset));
  if (typeof tree === 'string') return tree;
  return family === 'contact' ? canonicalCard(tree, 'vcard-3.0') : canonicalCalendar(tree);
}

/** Undefined when the object is of another kind than its type says. */
function storedTree(family: Family, { dialect, component }: VObject): Component | string | undefined {
  switch (family) {
    case 'contact':
      return component.name === 'VCARD' ? canonicalCard(component, dialect) : undefined;
    case 'calendar':
      if (component.name === 'VCARD' || component.name === 'VNOTE') return undefined;
      return canonicalCalendar(dialect === 'vcalendar-1.0' ? fromOldCalendar(component) : component);
    case 'note':
      return component.name === 'VNOTE' ? unescapeText(valueIn(component, 'BODY') ?? '') : undefined;
  }
}

/** Can items that are stored as `from` be written in this format? What could not be read only as it came. */
export function canWrite(from: string, to: Format): boolean {
  const family = familyOf(to.type);
  return from === to.type || (family !== undefined && from === STORED[family]);
}

/** The item in the device's format, with what it can hold of it. What could not be read goes as it came. */
export function writeItem(item: StoredItem, to: Format, abilities: Abilities = ALL): StoredItem {
  const family = familyOf(item.type);
  if (family === undefined || item.type !== STORED[family] || !canWrite(item.type, to)) return item;
  if (isSif(to.type)) return sifItem(item, family, to.type, abilities);
  const dialect = rowOf(to.type, to.version)?.dialect;
  if (dialect === undefined) return item;
  if (family === 'note') return { type: to.type, body: noteText(item.body, dialect, abilities) };
  const tree = treeOf(item);
  if (tree === undefined) return item;
  const written = withinAbilities(inDialect(tree, dialect, abilities), abilities);
  return { type: to.type, body: writeObject(written, dialect, { charset: abilities.charset }) };
}

function sifItem(item: StoredItem, family: Family, type: string, abilities: Abilities): StoredItem {
  if (family === 'note') return { type, body: noteToSif(item.body) };
  const tree = treeOf(item);
  const body = tree && toSif(tree, abilities);
  return body === undefined ? item : { type, body };
}

const noteText = (text: string, dialect: Dialect, { charset }: Abilities): string =>
  writeObject(
    {
      name: 'VNOTE',
      properties: [property('VERSION', '1.1'), property('BODY', escapeText(text))],
      components: [],
    },
    dialect,
    { charset },
  );

export function treeOf({ type, body }: StoredItem): Component | undefined {
  if (type !== STORED.contact && type !== STORED.calendar) return undefined;
  try {
    const [object, ...others] = readObjects(body);
    return others.length === 0 ? object?.component : undefined;
  } catch {
    return undefined; // kept as it came
  }
}

function inDialect(tree: Component, dialect: Dialect, { utc }: Abilities): Component {
  switch (dialect) {
    case 'icalendar-2.0':
      return withZones(tree);
    case 'vcalendar-1.0':
      return toOldCalendar(tree, { utc });
    default:
      return fromCanonical(tree, dialect);
  }
}

/** What items look like in a format, whatever it is called: two formats of one name are written alike. */
export function writtenAs(format: Format): string {
  return (!isSif(format.type) && rowOf(format.type, format.version)?.dialect) || format.type;
}

/** The version that an item says of itself. */
export function versionIn(data: string | Uint8Array): string | undefined {
  const text = typeof data === 'string' ? data : Buffer.from(data).toString('latin1');
  return /^VERSION:[ \t]*([\d.]+)[ \t]*$/im.exec(text)?.[1];
}
