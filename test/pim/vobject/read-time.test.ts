/**
 * Objects of a megabyte and more that are slow to read where a reader looks at anything twice. No time is asserted: it
 * is the limit of a test that ends one.
 */

import { describe, expect, it } from 'vitest';
import { readItem, writeItem } from '../../kit/items.ts';

const MEGABYTE = 1_000_000;
const OLD = { type: 'text/x-vcard', version: '2.1' } as const;
const card = (...lines: readonly string[]): string =>
  ['BEGIN:VCARD', 'VERSION:2.1', 'N:A;B', ...lines, 'END:VCARD', ''].join('\r\n');
const fill = (text: string, size = MEGABYTE): string => text.repeat(Math.ceil(size / text.length));
const read = (text: string) => readItem(OLD.type, Buffer.from(text));

describe('an object of a megabyte', () => {
  it.each([
    ['quoted-printable', card(`NOTE;QUOTED-PRINTABLE:${fill(`${fill('=C3=A4', 60)}=\r\n`)}`)],
    ['quoted-printable in short lines', card(`NOTE;QUOTED-PRINTABLE:${fill('a=\r\n')}`)],
    ['quoted-printable in folds', card(`NOTE;QUOTED-PRINTABLE:a\r\n${fill(' a: b\r\n')}`)],
    ['folds', card(`NOTE:a\r\n${fill(' a\r\n')}`)],
    ['folds before a colon', card(`NOTE\r\n${fill(' a\r\n')} :b`)],
    ['base64', card(`PHOTO;BASE64:\r\n${fill(' QUJD\r\n')}`)],
    ['lines of no property', card(`NOTE:a\r\n${fill('a b\r\n')}`)],
    ['types', card(`TEL${fill(';TYPE=a')}:1`)],
    ['parameters', card(`PHOTO${fill(';A=a')};BASE64:QUJD`)],
    ['blanks behind base64', card('X-A;BASE64:QUJD', `${fill(' ')}:`)],
    ['blanks behind an equals sign', card(`NOTE;QUOTED-PRINTABLE:=${fill('\t')}x`)],
    ['dots of a group', card(`${fill('a.')}TEL:1`)],
  ])('of %s is read', (_, text) => {
    expect(read(text).type).toBe('text/vcard');
  });

  it('of line ends stays as it came', () => {
    expect(read(`x${fill('\n')}x`).type).toBe(OLD.type);
    expect(read(`x${fill('\n')}`).body).toBe('x\r\n');
  });

  it('of cards that do not end stays as it came', () => {
    expect(read(fill('BEGIN:VCARD\r\n')).type).toBe(OLD.type);
  });

  it('of a text is written for old devices and read again', () => {
    const stored = readItem('text/vcard', card(`NOTE:${fill('ä\\, b\\n')}`).replace('2.1', '3.0'));
    expect(readItem(OLD.type, writeItem(stored, OLD).body)).toMatchObject({ type: 'text/vcard' });
  });
});
