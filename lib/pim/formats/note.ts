/**
 * Notes: a text, and what else a device says of it (categories, dates, a colour). A text alone is stored as plain text;
 * with more it is the note of iCalendar, a VJOURNAL.
 */

import { type Component, type Property, property, valueIn } from '../vobject/model.ts';
import { escapeText, unescapeText } from '../vobject/text.ts';

export interface Note {
  readonly text: string;
  /** The rest, as properties of a VJOURNAL. */
  readonly rest: readonly Property[];
}

export const isNote = (item: Component | Note): item is Note => 'text' in item;

/** What is stored as a VJOURNAL. */
export const journalOf = ({ text, rest }: Note): Component =>
  journalWith([property('DESCRIPTION', escapeText(text)), ...rest]);

/** The calendar of a VJOURNAL with these properties. */
export const journalWith = (properties: readonly Property[]): Component => ({
  name: 'VCALENDAR',
  properties: [property('VERSION', '2.0')],
  components: [{ name: 'VJOURNAL', properties, components: [] }],
});

/** Undefined for a calendar of something else. */
export function noteIn(calendar: Component): Note | undefined {
  const [journal, ...others] = calendar.components;
  if (journal?.name !== 'VJOURNAL' || others.length > 0 || journal.components.length > 0) return undefined;
  return noteFrom(
    plainTextIn(journal, 'DESCRIPTION'),
    journal.properties.filter(({ name }) => name !== 'DESCRIPTION'),
  );
}

export const plainTextIn = (of: Component, name: string): string => unescapeText(valueIn(of, name) ?? '');
export const firstLine = (text: string): string => (text.trimStart().split('\n')[0] ?? '').trim();

/** So much of the first line is its beginning, which a device takes for the title; less may be a title of its own. */
const TITLE_LENGTH = 30;

/**
 * A title (SUMMARY, Subject of SIF) that is the first line of the text says nothing of its own, and a note of nothing but a
 * title is that text. Any other title is none of the text: devices of plain text do not show it, but in the text it would
 * come back to the others twice, once as their title and once as a line that nobody wrote.
 */
export function noteFrom(text: string, rest: readonly Property[]): Note {
  const title = rest.find(({ name }) => name === 'SUMMARY');
  if (title === undefined) return { text, rest };
  const [said, line] = [unescapeText(title.value).trim(), firstLine(text)];
  const untitled = rest.filter((one) => one !== title);
  if (line === '') return { text: said, rest: untitled };
  const isLine = said === line || (said.length >= TITLE_LENGTH && line.startsWith(said));
  return { text, rest: isLine ? untitled : rest };
}
