/**
 * The content of an item is a value that is made of its tree. What rows keep of it was made of its text once: the functions
 * that did so stand here, and must find the same.
 */
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Content } from '../../lib/pim/content.ts';
import { readItem } from '../../lib/pim/read-item.ts';
import { readObjects } from '../../lib/pim/vobject/read.ts';
import { escapeText, unescapeText } from '../../lib/pim/vobject/text.ts';
import { anyItem } from './formats/any-item.ts';

const OUTSIDE = new Set([
  'PRODID',
  'REV',
  'UID',
  'VERSION',
  'DTSTAMP',
  'LAST-MODIFIED',
  'CREATED',
  'DCREATED',
]);
const digest = (text: string): string =>
  createHash('sha256').update(text, 'utf8').digest('base64url').slice(0, 22);
const isVFormat = (type: string): boolean => /vcard|calendar|vnote/i.test(type);

function significantLines(body: string): string[] {
  const lines: string[] = [];
  for (const line of body.replace(/\r?\n[ \t]/g, '').split(/\r?\n/)) {
    const end = line.search(/[;:]/);
    const name = (end < 0 ? line : line.slice(0, end)).toUpperCase();
    const rest = end < 0 ? '' : line.slice(end);
    if (OUTSIDE.has(name) || /^[^:]*:[;\s]*$/.test(rest) || line.trim() === '') continue;
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

const comparedLines = (type: string, body: string): string[] =>
  isVFormat(type)
    ? significantLines(body)
    : [
        'BEGIN:VCALENDAR',
        'BEGIN:VJOURNAL',
        `DESCRIPTION:${escapeText(body)}`,
        'END:VJOURNAL',
        'END:VCALENDAR',
      ];

function keysOfText(type: string, body: string): { key: string; about: string } {
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

const OPTIONS = { numRuns: 3_000 };

describe('a content that is read', () => {
  it('has the hash, the size and the keys of its text', () => {
    fc.assert(
      fc.property(anyItem, ([type, data]) => {
        const { content } = readItem(type, data);
        const { hash, size, key, about, storedText: text } = content;
        const expected = {
          hash: digest(`${content.type.toLowerCase()}\n${text}`),
          size: Buffer.byteLength(text, 'utf8'),
          ...keysOfText(content.type, text),
        };
        expect({ hash, size, key, about }).toEqual(expected);
      }),
      OPTIONS,
    );
  });

  it('has the tree of its text', () => {
    fc.assert(
      fc.property(anyItem, ([type, data]) => {
        const { content } = readItem(type, data);
        if (content.tree === undefined) return;
        expect([content.tree]).toEqual(readObjects(content.storedText).map(({ component }) => component));
      }),
      OPTIONS,
    );
  });

  it('is another one when it is made of its text, with the same parts', () => {
    fc.assert(
      fc.property(anyItem, ([type, data]) => {
        const { content } = readItem(type, data);
        const again = Content.ofText(content.type, content.storedText);
        expect(again.tree).toEqual(content.tree);
        expect(again.note).toEqual(content.note);
        expect(again.modifiedAt).toBe(content.modifiedAt);
        expect(again.isSame(content)).toBe(true);
        expect(content.isSame(again)).toBe(true);
        expect([again.hash, again.key, again.about]).toEqual([content.hash, content.key, content.about]);
      }),
      OPTIONS,
    );
  });
});
