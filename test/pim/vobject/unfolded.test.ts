/** Devices that do not read lines which are broken into several (E32, E46). */
import { expect, it } from 'vitest';
import { readItem, writeItem } from '../../kit/items.ts';

const CARD = { type: 'text/x-vcard', version: '2.1' };
const NOTE = `NOTE:${'Straße nach Köln, '.repeat(20)}`;
const PLAIN = `NOTE:${'a road to somewhere '.repeat(20).trim()}`;
const card = (note: string) =>
  readItem(
    'text/vcard',
    ['BEGIN:VCARD', 'VERSION:3.0', 'N:Lovelace;Ada', note, 'END:VCARD', ''].join('\r\n'),
  );
const notesIn = (note: string, unfolded: boolean) => {
  const { body } = writeItem(card(note), CARD, { utc: true, charset: 'utf-8', unfolded });
  expect(readItem(CARD.type, body).body).toBe(readItem(CARD.type, writeItem(card(note), CARD).body).body);
  return body.split('\r\n').slice(3, -2);
};

it('E32 E46: a text is one line in quoted-printable, and one where it needs none', () => {
  expect(notesIn(NOTE, true)).toHaveLength(1);
  expect(notesIn(NOTE, true)[0]).toMatch(
    /^NOTE;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Stra=C3=9Fe nach K=C3=B6ln/,
  );
  expect(notesIn(PLAIN, true)).toEqual([PLAIN]);
  expect(notesIn(NOTE, false).length).toBeGreaterThan(1);
});
