/** Converts Outlook's notes (SIF-N) to notes and back. */
import { type Component, property } from '../../vobject/model.ts';
import { escapeText } from '../../vobject/text.ts';
import { firstLine, type Note, noteFrom, plainTextIn } from '../note.ts';
import { emptyFields } from './empty.ts';
import { SHARED_FIELDS, sharedFromSif, sharedToSif } from './shared.ts';
import { givenBack, keptField } from './unknown.ts';
import { field, type SifField, wholeText } from './xml.ts';

/** Outlook's subject is usually the first line of the text. Any other subject is a title. */
export function noteFromSif(fields: readonly SifField[]): Note {
  const text = (name: string) => wholeText(fields, name) ?? '';
  const title = text('Subject') === '' ? [] : [property('SUMMARY', escapeText(text('Subject')))];
  const others = fields.filter(({ name }) => !SIF_OWN.has(name));
  return noteFrom(text('Body'), [...title, ...sharedFromSif(fields), ...others.flatMap(keptField)]);
}
const SIF_OWN = new Set(['Subject', 'Body', ...SHARED_FIELDS]);

export function noteToSif({ text, rest }: Note): SifField[] {
  const journal: Component = { name: 'VJOURNAL', properties: rest, components: [] };
  const title = plainTextIn(journal, 'SUMMARY') || firstLine(text);
  const said = [field('Subject', title), field('Body', text), ...sharedToSif(journal)];
  const fields = [...said, ...emptyFields(said, ['Categories'])];
  return [...fields, ...givenBack(journal, fields)];
}
