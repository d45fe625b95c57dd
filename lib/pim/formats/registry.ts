/**
 * Items in every format: read into the form that is stored, written for a device.
 *
 * Stored are vCard 3.0, iCalendar 2.0 and plain text, as `text/vcard`, `text/calendar` and `text/plain`; a note that is more
 * than a text as `text/calendar`, too. What cannot be read is kept as it came, under the type that it came with.
 */

import { canonicalBody } from '../content.ts';
import { type Abilities, ALL } from '../device/capabilities.ts';
import { takesPart, withinAbilities } from '../device/limits.ts';
import { decodeBytes } from '../vobject/charset.ts';
import type { Component, Dialect } from '../vobject/model.ts';
import { FormatError, readObjects, type VObject } from '../vobject/read.ts';
import { writeObject } from '../vobject/write.ts';
import { rowOf } from './content-types.ts';
import { toCanonical as canonicalCalendar } from './icalendar/canonical.ts';
import { forDevice } from './icalendar/for-device.ts';
import { isNote, journalOf, type Note, noteFromVnote, noteIn, noteToVnote } from './note.ts';
import { fromSif, isSif, toSif } from './sif/items.ts';
import { xmlCharset } from './sif/xml.ts';
import { fromOldCalendar } from './vcalendar/from-vcalendar.ts';
import { toOldCalendar } from './vcalendar/to-vcalendar.ts';
import { toCanonical as canonicalCard, fromCanonical } from './vcard/canonical.ts';

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

/** Throws nothing: an item that is not what its type says, or says what no clock can count, stays as it is. */
export function readItem(type: string, data: string | Uint8Array, charset?: string): StoredItem {
  try {
    return understood(type, data, charset) ?? asItCame(type, data, charset);
  } catch (error) {
    if (error instanceof FormatError || error instanceof RangeError) return asItCame(type, data, charset);
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
  if (isNote(tree)) return storedNote(tree);
  return {
    type: STORED[family],
    body: writeObject(tree, family === 'contact' ? 'vcard-3.0' : 'icalendar-2.0'),
  };
}

/** Several calendars are one with all that is in them; several of another kind are none that can be read. */
function vTree(family: Family, objects: readonly VObject[]): Component | Note | undefined {
  const trees = objects.map((object) => storedTree(family, object));
  const [first] = trees;
  if (trees.length === 1) return first;
  const calendars = trees.flatMap((one) => (one && !isNote(one) && family === 'calendar' ? [one] : []));
  if (first === undefined || isNote(first) || calendars.length < trees.length) return undefined;
  return { ...first, components: calendars.flatMap(({ components }) => components) };
}

function sifTree(
  family: Family,
  type: string,
  data: string | Uint8Array,
  charset?: string,
): Component | Note {
  const tree = fromSif(type, typeof data === 'string' ? data : decodeBytes(data, xmlCharset(data), charset));
  if (isNote(tree)) return tree;
  return family === 'contact' ? canonicalCard(tree, 'vcard-3.0') : canonicalCalendar(tree);
}

/** Undefined when the object is of another kind than its type says. */
function storedTree(family: Family, { dialect, component }: VObject): Component | Note | undefined {
  switch (family) {
    case 'contact':
      return component.name === 'VCARD' ? canonicalCard(component, dialect) : undefined;
    case 'calendar':
      if (component.name === 'VCARD' || component.name === 'VNOTE') return undefined;
      return canonicalCalendar(dialect === 'vcalendar-1.0' ? fromOldCalendar(component) : component);
    case 'note':
      return component.name === 'VNOTE' ? noteFromVnote(component) : undefined;
  }
}

/** Can items that are stored as `from` be written in this format? What could not be read only as it came. */
export function canWrite(from: string, to: Format): boolean {
  const family = familyOf(to.type);
  const isStored = family !== undefined && from === STORED[family];
  return from === to.type || isStored || (family === 'note' && from === STORED.calendar);
}

/** The item in the device's format, with what it can hold of it. What could not be read goes as it came. */
export function writeItem(item: StoredItem, to: Format, abilities: Abilities = ALL): StoredItem {
  if (familyOf(to.type) === 'note') return noteAs(item, to, abilities);
  const tree = familyOf(item.type) === familyOf(to.type) ? treeOf(item) : undefined;
  if (tree === undefined) return item;
  if (isSif(to.type)) return sifItem(tree, to.type, abilities) ?? item;
  const dialect = rowOf(to.type, to.version)?.dialect;
  if (dialect === undefined) return item;
  const written = withinAbilities(inDialect(tree, dialect, abilities), abilities);
  return { type: to.type, body: writeObject(written, dialect, { charset: abilities.charset }) };
}

function sifItem(item: Component | Note, type: string, abilities: Abilities): StoredItem | undefined {
  const body = toSif(item, abilities);
  return body === undefined ? undefined : { type, body };
}

function noteAs(item: StoredItem, to: Format, abilities: Abilities): StoredItem {
  const note = noteOf(item);
  if (note === undefined) return item;
  if (isSif(to.type)) return sifItem(note, to.type, abilities) ?? item;
  if (rowOf(to.type, to.version)?.dialect === undefined) return storedNote({ text: note.text, rest: [] });
  const written = withinAbilities(noteToVnote(note), abilities);
  return { type: to.type, body: writeObject(written, 'vnote-1.1', { charset: abilities.charset }) };
}

/** A note as it is stored. */
export const storedNote = (note: Note): StoredItem =>
  note.rest.length === 0
    ? { type: STORED.note, body: canonicalBody(STORED.note, note.text) }
    : { type: STORED.calendar, body: writeObject(journalOf(note), 'icalendar-2.0') };

/** Undefined for what is none. */
export function noteOf(item: StoredItem): Note | undefined {
  if (item.type === STORED.note) return { text: item.body, rest: [] };
  const isJournal = item.type === STORED.calendar && item.body.includes('BEGIN:VJOURNAL');
  const tree = isJournal ? treeOf(item) : undefined;
  return tree && noteIn(tree);
}

export function treeOf({ type, body }: StoredItem): Component | undefined {
  if (type !== STORED.contact && type !== STORED.calendar) return undefined;
  try {
    const [object, ...others] = readObjects(body);
    return others.length === 0 ? object?.component : undefined;
  } catch {
    return undefined; // kept as it came
  }
}

function inDialect(
  tree: Component,
  dialect: Dialect,
  { utc, oneEvent = false, properties }: Abilities,
): Component {
  switch (dialect) {
    case 'icalendar-2.0':
      return forDevice(tree, { utc, oneEvent, zones: takesPart('VTIMEZONE', properties) });
    case 'vcalendar-1.0':
      return toOldCalendar(tree, { utc, ...(properties && { alarms: [...properties.keys()] }) });
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
