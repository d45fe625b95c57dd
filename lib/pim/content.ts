/**
 * Item payloads as text: their canonical line ends, what slow-sync matching must ignore, when they were changed.
 *
 * Owns: the view of a payload that needs no understanding of its fields. Must not know: SyncML, devices, stores.
 */
import { hash } from 'node:crypto';
import { isOutsideKey } from './properties/table.ts';
import { escapeText, unescapeText } from './vobject/text.ts';

export const isVFormat = (type: string): boolean => /vcard|calendar|vnote/i.test(type);

/** UTF-8 text as it is stored: CRLF for vCard and iCalendar (XML turned it into LF), LF for plain text. */
export function canonicalBody(type: string, text: string): string {
  const lines = text.replace(/\r\n?/g, '\n');
  if (!isVFormat(type)) return lines;
  let end = lines.length;
  while (lines.charAt(end - 1) === '\n') end -= 1;
  return `${lines.slice(0, end)}\n`.replace(/\n/g, '\r\n');
}

/** 128 bits of SHA-256 as 22 base64url characters. */
export const digest = (text: string): string => hash('sha256', text, 'base64url').slice(0, 22);

/** Hash of the exact canonical body: equal means the same bytes. */
export const contentHash = (type: string, body: string): string => digest(`${type.toLowerCase()}\n${body}`);

/** Logical lines of a vFormat: unfolded, without the empty ones and those outside the key, names in upper case. */
export function significantLines(body: string): string[] {
  const lines: string[] = [];
  for (const line of body.replace(/\r?\n[ \t]/g, '').split(/\r?\n/)) {
    const end = line.search(/[;:]/);
    const name = (end < 0 ? line : line.slice(0, end)).toUpperCase();
    const rest = end < 0 ? '' : line.slice(end);
    if (isOutsideKey(name) || /^[^:]*:[;\s]*$/.test(rest) || line.trim() === '') continue;
    lines.push(`${name}${sortedParameters(rest)}`);
  }
  return lines;
}

function sortedParameters(rest: string): string {
  const colon = rest.indexOf(':');
  if (!rest.startsWith(';') || colon < 0) return rest;
  const parameters = rest.slice(1, colon).toUpperCase().split(';').sort();
  return `;${parameters.join(';')}${rest.slice(colon)}`;
}

/** As `significantLines`; a plain text as the note that it is (lib/pim/formats/note.ts). */
export const comparedLines = (type: string, body: string): string[] =>
  isVFormat(type)
    ? significantLines(body)
    : [
        'BEGIN:VCALENDAR',
        'BEGIN:VJOURNAL',
        `DESCRIPTION:${escapeText(body)}`,
        'END:VJOURNAL',
        'END:VCALENDAR',
      ];

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

export function keysOf(type: string, body: string): ContentKeys {
  const lines = comparedLines(type, body);
  const lineValue = (name: string) => {
    const line = lines.find((l) => l.startsWith(name) && /^[;:]/.test(l.slice(name.length)));
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
  return { key: digest(lines.sort().join('\n')).slice(0, 11), about: shortKey(about) };
}

function shortKey(text: string): string {
  const plain = text
    .toLowerCase()
    .replace(/[;\s]+/g, ' ')
    .trim();
  return plain === '' ? '' : digest(plain).slice(0, 6);
}

/** REV or LAST-MODIFIED as comparable digits, undefined when the item does not say. */
export function modifiedAt(body: string): string | undefined {
  const found = /^(?:REV|LAST-MODIFIED)[^:\r\n]*:([-0-9T:]{8,})/im.exec(body);
  const digits = found?.[1]?.replace(/\D/g, '');
  return digits?.padEnd(14, '0');
}
