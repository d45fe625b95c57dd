/** SIF by its content types: read into what is stored, written from it. */
import { type Component, valueIn } from '../model.ts';
import { FormatError } from '../syntax/read.ts';
import { calendarFromSif, calendarToSif } from './calendar.ts';
import { contactFromSif, contactToSif } from './contact.ts';
import { field, fieldText, parseSif, writeSif } from './xml.ts';

/** Root elements by the letter at the end of the type: `text/x-s4j-sifc`, `text/x-sifc`. */
const ROOTS: { readonly [letter: string]: string } = { c: 'contact', e: 'appointment', t: 'task', n: 'note' };

const rootOf = (type: string): string | undefined =>
  ROOTS[/^text\/x-(?:s4j-)?sif([cetn])$/.exec(type)?.[1] ?? ''];
export const isSif = (type: string): boolean => rootOf(type) !== undefined;

/** A tree of vCard 3.0 or iCalendar 2.0, or the text of a note. Throws a FormatError for what is none. */
export function fromSif(type: string, text: string): Component | string {
  const document = parseSif(text);
  const { root, fields } = document;
  const wanted = rootOf(type);
  const isCalendar = (name: string | undefined) => name === 'appointment' || name === 'task';
  if (root !== wanted && !(isCalendar(root) && isCalendar(wanted)))
    throw new FormatError(`this is no ${wanted}`);
  if (root === 'contact') return contactFromSif(fields);
  if (root !== 'note') return calendarFromSif(document);
  const [subject, body] = ['Subject', 'Body'].map((name) => fieldText(fields, name) ?? '') as [
    string,
    string,
  ];
  // The subject is the first line of the text, unless somebody wrote another one.
  return subject === '' || firstLine(body) === subject ? body : `${subject}\n${body}`.trim();
}

const firstLine = (text: string): string => (text.split('\n')[0] ?? '').trim();

export const noteToSif = (text: string): string =>
  writeSif({ root: 'note', fields: [field('Subject', firstLine(text)), field('Body', text)] });

/** Undefined when the tree is none of what the format can say. */
export function toSif(tree: Component, options: { readonly utc: boolean }): string | undefined {
  if (tree.name === 'VCARD')
    return valueIn(tree, 'VERSION') === undefined
      ? undefined
      : writeSif({ root: 'contact', fields: contactToSif(tree) });
  const document = calendarToSif(tree, options);
  return document && writeSif(document);
}
