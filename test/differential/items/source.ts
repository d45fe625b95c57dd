/** An item of the corpus, and texts that are hard to write down in any grammar. */

export interface SourceItem {
  readonly title: string;
  /** In the format that ical.js reads, or as plain text. */
  readonly text: string;
}

/** A name and the text with the escapes of vCard 3.0 and iCalendar. */
export const ODD_TEXTS: readonly (readonly [name: string, text: string])[] = [
  ['umlauts', 'Größe äöü'],
  ['scripts', 'Ελλάδα 日本語 עברית'],
  ['emoji', 'a 👩‍👩‍👧 b 🦊'],
  ['comma', 'a\\, b\\,c'],
  ['semicolon', 'a\\; b\\;c'],
  ['backslash', 'a\\\\b\\\\'],
  ['backslash n', 'a\\\\nb'],
  ['colon', 'a: b:c'],
  ['equals', 'a=3D b = c='],
  ['quotes', '"a" \'b\''],
  ['lines', 'one\\ntwo\\n\\nfour'],
  ['indented lines', 'one\\n  two\\n\tthree'],
  ['markup', '<b>&amp\\;</b> ]]>'],
  ['long', 'word '.repeat(60).trim()],
  ['long umlauts', 'größer '.repeat(40).trim()],
  ['long word', 'x'.repeat(200)],
  ['blanks', 'a  b   c'],
  ['begin', 'BEGIN:VCARD\\nEND:VCARD'],
];
