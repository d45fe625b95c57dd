/**
 * Notes: a text, and what else a device says of it (categories, dates, a colour). A text alone is stored as plain text;
 * with more it is the note of iCalendar, a VJOURNAL.
 */
import { toCanonical } from './calendar/canonical.ts';
import { fromOldCalendar } from './calendar/from-old.ts';
import { toOldCalendar } from './calendar/to-old.ts';
import { type Component, isEmpty, type Property, property, valueIn } from './model.ts';
import { SHARED_FIELDS, sharedFromSif, sharedToSif } from './sif/shared.ts';
import { givenBack, keptField } from './sif/unknown.ts';
import { field, fieldText, type SifField } from './sif/xml.ts';
import { escapeText, unescapeText } from './syntax/text.ts';

export interface Note {
  readonly text: string;
  /** The rest, as properties of a VJOURNAL. */
  readonly rest: readonly Property[];
}

export const isNote = (item: Component | Note): item is Note => 'text' in item;

const VNOTE_OWN = new Set(['VERSION', 'BODY', 'PRODID']);
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
  return {
    text: unescapeText(valueIn(journal, 'DESCRIPTION') ?? ''),
    rest: journal.properties.filter(({ name }) => name !== 'DESCRIPTION'),
  };
}

const firstLine = (text: string): string => (text.split('\n')[0] ?? '').trim();

/** Of a VNOTE. A title that is the first line of the text says nothing of its own. */
export function noteFromVnote(vnote: Component): Note {
  const text = unescapeText(valueIn(vnote, 'BODY') ?? '');
  const own = vnote.properties.filter(
    (one) =>
      !VNOTE_OWN.has(one.name) &&
      !isEmpty(one) &&
      !(one.name === 'SUMMARY' && unescapeText(one.value).trim() === firstLine(text)),
  );
  const { components } = toCanonical(fromOldCalendar(calendarOf(own)));
  return { text, rest: components[0]?.properties ?? [] };
}

export function noteToVnote({ text, rest }: Note): Component {
  const { components } = toOldCalendar(calendarOf(rest), { utc: true });
  return {
    name: 'VNOTE',
    properties: [
      property('VERSION', '1.1'),
      property('BODY', escapeText(text)),
      ...(components[0]?.properties ?? []),
    ],
    components: [],
  };
}

/** SIF-N. Outlook's subject is the first line of the text, unless somebody wrote another one. */
export function noteFromSif(fields: readonly SifField[]): Note {
  const [subject, body] = ['Subject', 'Body'].map((name) => fieldText(fields, name) ?? '') as [
    string,
    string,
  ];
  const text = subject === '' || firstLine(body) === subject ? body : `${subject}\n${body}`.trim();
  const others = fields.filter(({ name }) => !SIF_OWN.has(name));
  return { text, rest: [...sharedFromSif(fields), ...others.flatMap(keptField)] };
}
const SIF_OWN = new Set(['SIFVersion', 'Subject', 'Body', ...SHARED_FIELDS]);

export function noteToSif({ text, rest }: Note): SifField[] {
  const journal: Component = { name: 'VJOURNAL', properties: rest, components: [] };
  const fields = [field('Subject', firstLine(text)), field('Body', text), ...sharedToSif(journal)];
  return [...fields, ...givenBack(journal, fields)];
}
