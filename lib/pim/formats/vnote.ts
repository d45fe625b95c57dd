/** Notes as phones have them: VNOTE 1.1, whose properties besides the text are those of vCalendar 1.0. */

import { isEmpty } from '../properties/parameters.ts';
import { isOfObject } from '../properties/table.ts';
import { type Component, firstOf, property } from '../vobject/model.ts';
import { escapeText, looseText, unescapeText } from '../vobject/text.ts';
import { canonicalCalendar } from './icalendar/canonical.ts';
import { journalWith, type Note, noteFrom, plainTextIn } from './note.ts';
import { fromVcalendar, toVcalendar } from './vcalendar/calendar.ts';

/** Is the property about the VNOTE as an object, and not part of the note's other properties? */
const isOfVnote = (name: string): boolean => name === 'BODY' || name === 'PRODID' || isOfObject(name);

/** The properties in which a VNOTE may have its text. The first that is not empty is taken. */
const VNOTE_TEXTS = ['BODY', 'DESCRIPTION', 'NOTE'];
/**
 * The stored name of the DESCRIPTION of a VNOTE that has its text in BODY. In a VJOURNAL, DESCRIPTION is the text
 * itself.
 */
const SECOND_TEXT = 'X-VNOTE-DESCRIPTION';

export function noteFromVnote(vnote: Component): Note {
  const name = VNOTE_TEXTS.find((one) => plainTextIn(vnote, one).trim() !== '') ?? 'BODY';
  const text = firstOf(vnote, name);
  const own = vnote.properties.filter((one) => one !== text && !isOfVnote(one.name) && !isEmpty(one));
  const renamed = own.map((one) => (one.name === 'DESCRIPTION' ? { ...one, name: SECOND_TEXT } : one));
  const { components } = canonicalCalendar(fromVcalendar(journalWith(renamed)));
  return noteFrom(text === undefined ? '' : unescapeText(text.value), components[0]?.properties ?? []);
}

/** Semicolons in the text are not escaped, because phones would not show the text after an escaped one. */
export function noteToVnote({ text, rest }: Note): Component {
  const { components } = toVcalendar(journalWith(rest), { utc: true });
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
