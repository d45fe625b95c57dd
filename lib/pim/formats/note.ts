/**
 * Notes: a text, and other properties (categories, dates, a colour). A note that is only a text is stored as plain
 * text. A note with other properties is stored as a VJOURNAL of iCalendar.
 */

import { type Component, type Property, property, valueIn } from '../vobject/model.ts';
import { escapeText, unescapeText } from '../vobject/text.ts';

export interface Note {
  readonly text: string;
  /** The other properties, in the form of a VJOURNAL. */
  readonly rest: readonly Property[];
}

export const isNote = (item: Component | Note): item is Note => 'text' in item;

/** The calendar with the note as a VJOURNAL. */
export const journalOf = ({ text, rest }: Note): Component =>
  journalWith([property('DESCRIPTION', escapeText(text)), ...rest]);

/** A calendar with a VJOURNAL of these properties. */
export const journalWith = (properties: readonly Property[]): Component => ({
  name: 'VCALENDAR',
  properties: [property('VERSION', '2.0')],
  components: [{ name: 'VJOURNAL', properties, components: [] }],
});

/** The note in a calendar. Undefined for a calendar with anything else. */
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

/**
 * Some devices cut the first line to make the title. A title of at least this length counts as the beginning of the
 * first line.
 */
const TITLE_LENGTH = 30;

/**
 * Makes a note of a text and properties. A title (SUMMARY, Subject of SIF) that is the first line of the text is
 * dropped. If there is only a title, it becomes the text. Any other title is kept as a property and not put in the
 * text: otherwise devices with titles would get it twice. So devices that take only plain text do not show it.
 */
export function noteFrom(text: string, rest: readonly Property[]): Note {
  const title = rest.find(({ name }) => name === 'SUMMARY');
  if (title === undefined) return { text, rest };
  const [titleText, line] = [unescapeText(title.value).trim(), firstLine(text)];
  const untitled = rest.filter((one) => one !== title);
  if (line === '') return { text: titleText, rest: untitled };
  const isLine = titleText === line || (titleText.length >= TITLE_LENGTH && line.startsWith(titleText));
  return { text, rest: isLine ? untitled : rest };
}
