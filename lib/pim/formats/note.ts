/**
 * Notes: a text, and what else a device says of it (categories, dates, a colour). A text alone is stored as plain text;
 * with more it is the note of iCalendar, a VJOURNAL.
 */

import { isEmpty } from '../properties/parameters.ts';
import { isOfObject } from '../properties/table.ts';
import { type Component, firstOf, type Property, property, valueIn } from '../vobject/model.ts';
import { escapeText, looseText, unescapeText } from '../vobject/text.ts';
import { canonicalCalendar } from './icalendar/canonical.ts';
import { SHARED_FIELDS, sharedFromSif, sharedToSif } from './sif/shared.ts';
import { givenBack, keptField } from './sif/unknown.ts';
import { field, fieldText, type SifField } from './sif/xml.ts';
import { fromVcalendar, toVcalendar } from './vcalendar/calendar.ts';

export interface Note {
  readonly text: string;
  /** The rest, as properties of a VJOURNAL. */
  readonly rest: readonly Property[];
}

export const isNote = (item: Component | Note): item is Note => 'text' in item;

/** It is of the VNOTE, and not what it says of the note. */
const isOfVnote = (name: string): boolean => name === 'BODY' || name === 'PRODID' || isOfObject(name);
const calendarOf = (properties: readonly Property[]): Component => ({
  name: 'VCALENDAR',
  properties: [property('VERSION', '2.0')],
  components: [{ name: 'VJOURNAL', properties, components: [] }],
});

/** What is stored as a VJOURNAL. */
export const journalOf = ({ text, rest }: Note): Component =>
  calendarOf([property('DESCRIPTION', escapeText(text)), ...rest]);

/** Undefined for a calendar of something else. */
export function noteIn(calendar: Component): Note | undefined {
  const [journal, ...others] = calendar.components;
  if (journal?.name !== 'VJOURNAL' || others.length > 0 || journal.components.length > 0) return undefined;
  return noteFrom(
    textIn(journal, 'DESCRIPTION'),
    journal.properties.filter(({ name }) => name !== 'DESCRIPTION'),
  );
}

const textIn = (of: Component, name: string): string => unescapeText(valueIn(of, name) ?? '');
const firstLine = (text: string): string => (text.trimStart().split('\n')[0] ?? '').trim();

/** So much of the first line is its beginning, which a device takes for the title; less may be a title of its own. */
const TITLE_LENGTH = 30;

/**
 * A title (SUMMARY, Subject of SIF) that is the first line of the text says nothing of its own, and a note of nothing but a
 * title is that text. Any other title is none of the text: devices of plain text do not show it, but in the text it would
 * come back to the others twice, once as their title and once as a line that nobody wrote.
 */
function noteFrom(text: string, rest: readonly Property[]): Note {
  const title = rest.find(({ name }) => name === 'SUMMARY');
  if (title === undefined) return { text, rest };
  const [said, line] = [unescapeText(title.value).trim(), firstLine(text)];
  const untitled = rest.filter((one) => one !== title);
  if (line === '') return { text: said, rest: untitled };
  const isLine = said === line || (said.length >= TITLE_LENGTH && line.startsWith(said));
  return { text, rest: isLine ? untitled : rest };
}

/** Where the text of a VNOTE is, the first that has one. */
const VNOTE_TEXTS = ['BODY', 'DESCRIPTION', 'NOTE'];
/** A text beside the text; the first has its name in a VJOURNAL. */
const SECOND_TEXT = 'X-VNOTE-DESCRIPTION';

export function noteFromVnote(vnote: Component): Note {
  const name = VNOTE_TEXTS.find((one) => textIn(vnote, one).trim() !== '') ?? 'BODY';
  const text = firstOf(vnote, name);
  const own = vnote.properties.filter((one) => one !== text && !isOfVnote(one.name) && !isEmpty(one));
  const renamed = own.map((one) => (one.name === 'DESCRIPTION' ? { ...one, name: SECOND_TEXT } : one));
  const { components } = canonicalCalendar(fromVcalendar(calendarOf(renamed)));
  return noteFrom(text === undefined ? '' : unescapeText(text.value), components[0]?.properties ?? []);
}

/** Semicolons of the text stand as they are: a phone shows what is before them. */
export function noteToVnote({ text, rest }: Note): Component {
  const { components } = toVcalendar(calendarOf(rest), { utc: true });
  return {
    name: 'VNOTE',
    properties: [
      property('VERSION', '1.1'),
      property('BODY', looseText(escapeText(text))),
      ...(components[0]?.properties ?? []).map((one) =>
        one.name === SECOND_TEXT ? { ...one, name: 'DESCRIPTION' } : one,
      ),
    ],
    components: [],
  };
}

/** SIF-N. Outlook's subject is the first line of the text, unless somebody wrote another one. */
export function noteFromSif(fields: readonly SifField[]): Note {
  const text = (name: string) => fieldText(fields, name) ?? '';
  const title = text('Subject') === '' ? [] : [property('SUMMARY', escapeText(text('Subject')))];
  const others = fields.filter(({ name }) => !SIF_OWN.has(name));
  return noteFrom(text('Body'), [...title, ...sharedFromSif(fields), ...others.flatMap(keptField)]);
}
const SIF_OWN = new Set(['Subject', 'Body', ...SHARED_FIELDS]);

export function noteToSif({ text, rest }: Note): SifField[] {
  const journal: Component = { name: 'VJOURNAL', properties: rest, components: [] };
  const title = textIn(journal, 'SUMMARY') || firstLine(text);
  const fields = [field('Subject', title), field('Body', text), ...sharedToSif(journal)];
  return [...fields, ...givenBack(journal, fields)];
}
