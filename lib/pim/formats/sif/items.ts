/** Converts documents of SIF to trees and notes and back, by content type. */
import { type Component, valueIn } from '../../vobject/model.ts';
import { FormatError } from '../../vobject/read.ts';
import { isNote, type Note } from '../note.ts';
import { calendarFromSif, calendarToSif, type SifDevice } from './calendar.ts';
import { contactFromSif, contactToSif } from './contact.ts';
import { noteFromSif, noteToSif } from './note.ts';
import type { SifDocument } from './xml.ts';

/** The root element by the last letter of the content type: `text/x-s4j-sifc`, `text/x-sifc`. */
const ROOTS: { readonly [letter: string]: string } = { c: 'contact', e: 'appointment', t: 'task', n: 'note' };

const rootOf = (type: string): string | undefined =>
  ROOTS[/^text\/x-(?:s4j-)?sif([cetn])$/.exec(type)?.[1] ?? ''];
export const isSif = (type: string): boolean => rootOf(type) !== undefined;

/** A tree of vCard 3.0 or iCalendar 2.0, or a note. Throws a FormatError for a document of another kind. */
export function fromSif(type: string, document: SifDocument): Component | Note {
  const { root, fields } = document;
  const wanted = rootOf(type);
  const isCalendar = (name: string | undefined) => name === 'appointment' || name === 'task';
  if (root !== wanted && !(isCalendar(root) && isCalendar(wanted)))
    throw new FormatError(`this is no ${wanted}`);
  if (root === 'contact') return contactFromSif(fields);
  return root === 'note' ? noteFromSif(fields) : calendarFromSif(document);
}

/** Undefined if SIF cannot express the item. */
export function toSif(item: Component | Note, options: SifDevice): SifDocument | undefined {
  if (isNote(item)) return { root: 'note', fields: noteToSif(item) };
  if (item.name !== 'VCARD') return calendarToSif(item, options);
  return valueIn(item, 'VERSION') === undefined ? undefined : { root: 'contact', fields: contactToSif(item) };
}
