/**
 * Items in every format as trees: parsed as they came, brought into the form that is stored, brought into a device's
 * format.
 *
 * Stored are vCard 3.0, iCalendar 2.0 and plain text, as `text/vcard`, `text/calendar` and `text/plain`; a note that is
 * more than a text as `text/calendar`, too. What cannot be read is kept as it came, under the type that it came with.
 */

import { decodeBytes } from '../vobject/charset.ts';
import type { Component } from '../vobject/model.ts';
import { readObjects, type VObject } from '../vobject/read.ts';
import { rowOf } from './content-types.ts';
import { canonicalCalendar } from './icalendar/canonical.ts';
import { isNote, type Note } from './note.ts';
import { fromSif, isSif } from './sif/items.ts';
import { parseSif, type SifDocument, xmlCharset } from './sif/xml.ts';
import { fromVcalendar } from './vcalendar/calendar.ts';
import { canonicalCard } from './vcard/canonical.ts';
import { noteFromVnote } from './vnote.ts';

/** A media type in lower case without parameters, and its version if the type has several. */
export interface Format {
  readonly type: string;
  readonly version?: string | undefined;
}

/** The families of content types. Appointments and tasks are one family, because both are calendars. */
export type Family = 'contact' | 'calendar' | 'note';

export const familyOf = (type: string): Family | undefined => {
  const kind = rowOf(type)?.kinds[0];
  return kind === 'event' || kind === 'task' ? 'calendar' : kind;
};

/** The content types that are stored. */
export const STORED: { readonly [family in Family]: string } = {
  contact: 'text/vcard',
  calendar: 'text/calendar',
  note: 'text/plain',
};

/** A parsed item, still in the format in which it came. */
export type ParsedItem =
  | { readonly objects: readonly VObject[]; readonly sif?: undefined }
  | { readonly objects?: undefined; readonly sif: SifDocument };

/** The stored form of an item that can be parsed: a vCard 3.0, an iCalendar 2.0, or a note. */
export type ItemTree = Component | Note;

/**
 * Parses an item. Undefined for a type without a structure, such as plain text. Throws a FormatError for an item that
 * does not fit its type.
 */
export function parseFormat(
  type: string,
  data: string | Uint8Array,
  charset?: string,
): ParsedItem | undefined {
  if (familyOf(type) === undefined || type === STORED.note) return undefined;
  if (!isSif(type)) return { objects: readObjects(data, { charset, dialect: rowOf(type)?.dialect }) };
  return { sif: parseSif(typeof data === 'string' ? data : decodeBytes(data, xmlCharset(data), charset)) };
}

/**
 * Brings a parsed item to the stored form. Undefined if the item is of another kind than its type. Throws a FormatError
 * for an item that cannot be converted, and a RangeError for times out of range.
 */
export function storedTree(type: string, { objects, sif }: ParsedItem): ItemTree | undefined {
  const family = familyOf(type);
  if (family === undefined) return undefined;
  if (sif === undefined) return ofObjects(family, objects);
  const tree = fromSif(type, sif);
  if (isNote(tree)) return tree;
  return family === 'contact' ? canonicalCard(tree, 'vcard-3.0') : canonicalCalendar(tree);
}

/** Several calendars become one with all their components. Several objects of another kind are not supported. */
function ofObjects(family: Family, objects: readonly VObject[]): ItemTree | undefined {
  const trees = objects.map((object) => ofObject(family, object));
  const [first] = trees;
  if (trees.length === 1) return first;
  const calendars = trees.flatMap((one) => (one && !isNote(one) && family === 'calendar' ? [one] : []));
  if (first === undefined || isNote(first) || calendars.length < trees.length) return undefined;
  return { ...first, components: calendars.flatMap(({ components }) => components) };
}

/** Undefined if the object is of another kind than its type. */
function ofObject(family: Family, { dialect, component }: VObject): ItemTree | undefined {
  switch (family) {
    case 'contact':
      return component.name === 'VCARD' ? canonicalCard(component, dialect) : undefined;
    case 'calendar':
      if (component.name === 'VCARD' || component.name === 'VNOTE') return undefined;
      return canonicalCalendar(dialect === 'vcalendar-1.0' ? fromVcalendar(component) : component);
    case 'note':
      return component.name === 'VNOTE' ? noteFromVnote(component) : undefined;
  }
}

/**
 * Can items that are stored as `from` be written in this format? An item that cannot be parsed can be written only as
 * it came.
 */
export function canWrite(from: string, to: Format): boolean {
  const family = familyOf(to.type);
  const isStored = family !== undefined && from === STORED[family];
  return from === to.type || isStored || (family === 'note' && from === STORED.calendar);
}

/**
 * A name for the way in which items are written in a format. It is equal for formats in which items are written in the
 * same way.
 */
export function writtenAs(format: Format): string {
  const { type, version } = format;
  if (!isSif(type)) return rowOf(type, version)?.dialect ?? type;
  const form = rowOf(type)?.form;
  return form === undefined ? type : `${type} ${form}`;
}

/** The version that an item states. */
export function versionIn(data: string | Uint8Array): string | undefined {
  const text = typeof data === 'string' ? data : Buffer.from(data).toString('latin1');
  return /^VERSION:[ \t]*([\d.]+)[ \t]*$/im.exec(text)?.[1];
}
