/**
 * The keys of a content, which rows keep: they are made of its logical lines, with names and parameters in one spelling and
 * without what programs write as they like. A tree says its lines itself; of what cannot be read the text has them.
 */
import { digest } from './digest.ts';
import { isOutsideKey } from './properties/table.ts';
import { escapeText, unescapeText } from './vobject/text.ts';

export interface ContentKeys {
  /**
   * Under which two renderings of the same item meet in a slow sync: independent of line ends, folding, PRODID, REV,
   * UID, time stamps and the order of properties. 11 characters (66 bits): a user's items do not collide.
   */
  readonly key: string;
  /**
   * What an item is about: name of a contact, summary and start of an event, first line of a note. It guards a link
   * that the mapping of an earlier session suggests; alone it is never reason to link. 6 characters, '' when unknown.
   */
  readonly about: string;
}

/** Without the empty lines and those outside the key, names and parameters in upper case and parameters in order. */
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

/** Lines of a vCard or an iCalendar that cannot be read, folds undone. */
export const linesInText = (text: string): string[] =>
  significantLines(text.replace(/\r?\n[ \t]/g, '').split(/\r?\n/));

/** Lines of a plain text as those of the note that it is (formats/note.ts). */
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
