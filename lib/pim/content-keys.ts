/**
 * The keys of a content, which rows store. They are made of its logical lines. Names and parameters are brought to one
 * spelling, and properties that programs rewrite are left out. The lines come from the tree. A content that cannot be
 * parsed has no tree; its lines come from the text.
 */
import { digest } from './digest.ts';
import { isOutsideKey } from './properties/table.ts';
import { escapeText, unescapeText } from './vobject/text.ts';

export interface ContentKeys {
  /**
   * Two renderings of the same item have the same key, so that they meet in a slow sync. It does not depend on line ends,
   * folding, PRODID, REV, UID, time stamps and the order of properties. 11 characters (66 bits) make collisions among the
   * items of a user very improbable.
   */
  readonly key: string;
  /**
   * A hash of what identifies the item for people: the name of a contact, the summary and start of an event, the first line
   * of a note. It confirms a link that the mapping of an earlier session suggests. Alone it never makes a link.
   * 6 characters; empty where there is nothing to hash.
   */
  readonly about: string;
}

/** Removes empty lines and lines outside the key. Names and parameters get upper case, and parameters are sorted. */
export function significantLines(lines: readonly string[]): string[] {
  return lines.flatMap((line) => {
    const end = line.search(/[;:]/);
    const name = (end < 0 ? line : line.slice(0, end)).toUpperCase();
    const rest = end < 0 ? '' : line.slice(end);
    const isLeft = isOutsideKey(name) || /^[^:]*:[;\s]*$/.test(rest) || line.trim() === '';
    return isLeft ? [] : [`${name}${sortedParameters(rest)}`];
  });
}

function sortedParameters(rest: string): string {
  const colon = rest.indexOf(':');
  if (!rest.startsWith(';') || colon < 0) return rest;
  const parameters = rest.slice(1, colon).toUpperCase().split(';').sort();
  return `;${parameters.join(';')}${rest.slice(colon)}`;
}

/** The unfolded lines of a vCard or an iCalendar that cannot be parsed. */
export const linesInText = (text: string): string[] =>
  significantLines(text.replace(/\r?\n[ \t]/g, '').split(/\r?\n/));

/** The lines of a plain text, written as the note that it is (formats/note.ts). */
export const linesOfNote = (text: string): string[] => [
  ...['BEGIN:VCALENDAR', 'BEGIN:VJOURNAL'],
  `DESCRIPTION:${escapeText(text)}`,
  ...['END:VJOURNAL', 'END:VCALENDAR'],
];

export function keysOf(type: string, lines: readonly string[]): ContentKeys {
  const lineValue = (name: string) => {
    const line = lines.find((one) => one.startsWith(name) && /^[;:]/.test(one.slice(name.length)));
    return line === undefined ? '' : line.slice(line.indexOf(':') + 1);
  };
  if (lines.includes('BEGIN:VJOURNAL')) {
    const text = unescapeText(lineValue('DESCRIPTION')).trim();
    const others = lines.filter((line) => !/^(BEGIN|END|DESCRIPTION):/.test(line)).sort();
    const key = digest([text, ...others].join('\n')).slice(0, 11);
    return { key, about: shortKey(text.split('\n')[0] ?? '') };
  }
  const about = /vcard/i.test(type)
    ? lineValue('N') || lineValue('FN')
    : lineValue('SUMMARY') + lineValue('DTSTART');
  return { key: digest([...lines].sort().join('\n')).slice(0, 11), about: shortKey(about) };
}

function shortKey(text: string): string {
  const plain = text
    .toLowerCase()
    .replace(/[;\s]+/g, ' ')
    .trim();
  return plain === '' ? '' : digest(plain).slice(0, 6);
}
