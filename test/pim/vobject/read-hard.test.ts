/** What is hard to read: encodings where nobody expects them, folds that few write, cards in cards. */

import { describe, expect, it } from 'vitest';
import { type Component, firstOf, paramValues, propertiesOf } from '../../../lib/pim/vobject/model.ts';
import { readObjects } from '../../../lib/pim/vobject/read.ts';
import { writeObject } from '../../../lib/pim/vobject/write.ts';
import { readItem, writeItem } from '../../kit/items.ts';

const card = (version: string, ...lines: readonly string[]): string =>
  ['BEGIN:VCARD', `VERSION:${version}`, ...lines, 'END:VCARD', ''].join('\r\n');
const part = (version: string, name: string, ...lines: readonly string[]): string =>
  ['BEGIN:VCALENDAR', `VERSION:${version}`, `BEGIN:${name}`, ...lines, `END:${name}`, 'END:VCALENDAR'].join(
    '\r\n',
  );
const first = (input: string | Uint8Array): Component => readObjects(input)[0]?.component as Component;
const values = (input: string | Uint8Array, name: string): string[] =>
  propertiesOf(first(input), name).map(({ value }) => value);

describe('a property', () => {
  it('of a group of several parts', () => {
    const text = card(
      '2.1',
      'PHOTO;ENCODING=BASE64:',
      ' QUJD',
      '',
      'HOME.Riga.EMAIL;QUOTED-PRINTABLE:a=40b.example',
    );
    const [mail] = propertiesOf(first(text), 'EMAIL');
    expect(mail).toEqual({ group: 'HOME.Riga', name: 'EMAIL', params: [], value: 'a@b.example' });
    expect(writeObject(first(text), 'vcard-2.1')).toContain('HOME.Riga.EMAIL:a@b.example');
  });
  it('behind base64 that is none adds nothing to it', () => {
    expect(values(card('2.1', 'PHOTO;BASE64:QUJD', 'a (b) c?', 'REVG', 'TEL:1'), 'PHOTO')).toEqual([
      'QUJDREVG',
    ]);
  });
  it('of base64 in which a fold has a slip goes on behind it', () => {
    expect(values(card('2.1', 'PHOTO;BASE64:', ' QU!JD', ' REVG', 'TEL:1'), 'PHOTO')).toEqual(['QU!JDREVG']);
  });
  it('with a bare word that says where its value is', () => {
    const [photo] = propertiesOf(first(card('2.1', 'PHOTO;URL;GIF:http://a.example/b.gif')), 'PHOTO');
    expect(photo && [paramValues(photo, 'VALUE'), paramValues(photo, 'TYPE')]).toEqual([['URL'], ['GIF']]);
  });
  it('with bare types between commas, or in quotes', () => {
    const [tel] = propertiesOf(first(card('2.1', 'TEL;HOME,"FAX":1')), 'TEL');
    expect(tel && paramValues(tel, 'TYPE')).toEqual(['HOME', 'FAX']);
  });
  it('with a type that is called as such a word is', () => {
    const text = card('3.0', 'N:A;;;;', 'FN:A', 'TEL;TYPE=URL:1');
    const stored = readItem('text/vcard', text);
    const old = writeItem(stored, { type: 'text/x-vcard', version: '2.1' });
    expect(readItem('text/x-vcard', old.body).body).toContain('TEL;TYPE=URL:1');
  });
});

describe('quoted-printable', () => {
  it.each([
    ['a fold without a soft line break', ['NOTE;QUOTED-PRINTABLE:a=C3=A4', '  b=C3=B6', 'TEL:1'], 'aä  bö'],
    ['a fold with a colon', ['NOTE;QUOTED-PRINTABLE:a=C3=A4', ' b: c', 'TEL:1'], 'aä b: c'],
    ['a soft line break in a fold', ['NOTE;QUOTED-PRINTABLE:a', ' b=', 'c', 'TEL:1'], 'a bc'],
  ])('2.1: %s', (_, lines, value) => {
    const text = card('2.1', ...lines);
    expect([values(text, 'NOTE'), values(text, 'TEL')]).toEqual([[value], ['1']]);
  });
  it('3.0: has the escapes of 3.0', () => {
    const text = card(
      '3.0',
      'NOTE;ENCODING=QUOTED-PRINTABLE:a\\, b=0D=0Ac',
      'CATEGORIES;QUOTED-PRINTABLE:=C3=A4,b',
    );
    expect([values(text, 'NOTE'), values(text, 'CATEGORIES')]).toEqual([['a\\, b\\nc'], ['ä,b']]);
  });
  it('3.0: a soft line break before a fold', () => {
    const text = card('3.0', 'NOTE;ENCODING=QUOTED-PRINTABLE:a=C3=', ' =A4=', ' abc', 'TEL:1');
    expect([values(text, 'NOTE'), values(text, 'TEL')]).toEqual([['aäabc'], ['1']]);
  });
});

describe('a text in base64', () => {
  const of = (text: string, charset: BufferEncoding = 'utf8') =>
    Buffer.from(text, charset).toString('base64');
  it.each([
    ['2.1', `NOTE;ENCODING=BASE64:${of('Hello; you, there\r\nÄ \\ ö')}`, 'Hello; you\\, there\\nÄ \\\\ ö'],
    ['2.1', `NOTE;CHARSET=ISO-8859-1;BASE64:\r\n ${of('José', 'latin1')}\r\n`, 'José'],
    ['2.1', `N;BASE64:${of('Ö;A,b')}`, 'Ö;A\\,b'],
    ['3.0', `NOTE;ENCODING=b:${of('a; b, c\nd')}`, 'a\\; b\\, c\\nd'],
    ['3.0', `CATEGORIES;ENCODING=b:${of('a,b')}`, 'a,b'],
  ])('%s %s', (version, line, value) => {
    const name = line.split(';')[0] ?? '';
    expect(values(card(version, line), name)).toEqual([value]);
    expect(firstOf(first(card(version, line)), name)?.params).toEqual([]);
  });
  it('of a calendar, of a note', () => {
    const event = part('1.0', 'VEVENT', `SUMMARY;ENCODING=BASE64;CHARSET=UTF-8:${of('Fête')}`);
    expect(readItem('text/x-vcalendar', event).body).toContain('SUMMARY:Fête\r\n');
    const note = `BEGIN:VNOTE\r\nVERSION:1.1\r\nBODY;ENCODING=BASE64:${of('a\nb;')}\r\nEND:VNOTE\r\n`;
    expect(readItem('text/x-vnote', note)).toEqual({ type: 'text/plain', body: 'a\nb;' });
  });
  it('and bytes that are no text stay what they are', () => {
    const bytes = Buffer.from([0xff, 0, 1, 2]).toString('base64');
    const [note] = propertiesOf(first(card('2.1', `NOTE;BASE64:${bytes}`)), 'NOTE');
    expect(note).toEqual({ name: 'NOTE', params: [{ name: 'ENCODING', values: ['b'] }], value: bytes });
  });
});

describe('what is in one another', () => {
  it.each(['VCARD', 'VEVENT', 'VCALENDAR'])('%s a thousand times stays as it came', (name) => {
    const type = name === 'VCARD' ? 'text/x-vcard' : 'text/x-vcalendar';
    const data = `BEGIN:VCALENDAR\r\n${`BEGIN:${name}\r\nAGENT:\r\n`.repeat(5_000)}`;
    expect(readItem(type, data)).toEqual({ type, body: data });
  });
  it('a card without its END ends where the next one begins', () => {
    const both =
      'BEGIN:VCARD\r\nVERSION:2.1\r\nN:A\r\nBEGIN:VCARD\r\nVERSION:3.0\r\nN:B\r\nEND:VCARD\r\nEND:VCARD\r\n';
    const objects = readObjects(both);
    expect(objects.map(({ component }) => component.properties.at(-1)?.value)).toEqual(['A', 'B']);
    expect(objects.map(({ dialect }) => dialect)).toEqual(['vcard-2.1', 'vcard-3.0']);
  });
  it.each(['AGENT:\r\nBEGIN:VCARD', 'AGENT:\r\n\r\nBEGIN:VCARD', 'AGENT:BEGIN:VCARD'])(
    'the card of an agent: %j',
    (start) => {
      const text = card('2.1', 'N:A', start, 'VERSION:2.1', 'N:B', 'END:VCARD', 'TEL;HOME:1');
      const { properties, components } = first(text);
      expect(properties.map(({ name }) => name)).toEqual(['VERSION', 'N', 'TEL']);
      expect(components.map((one) => one.properties.at(-1)?.value)).toEqual(['B']);
      expect(readObjects(writeObject(first(text), 'vcard-2.1'))[0]?.component).toEqual(first(text));
    },
  );
});

describe('a property without a value', () => {
  it('of which a parameter says something is there', () => {
    const room = part('2.0', 'VEVENT', 'SUMMARY:A', 'ATTENDEE;CN=Room 1:', 'LOCATION;LANGUAGE=de:');
    expect(readItem('text/calendar', room).body).toContain('SUMMARY:A\r\nATTENDEE;CN=Room 1:\r\nEND');
    const label = card('4.0', 'N:A;;;;', 'ADR;LABEL=Ring 1:;;;;;;', 'TEL;TYPE=home:');
    expect(readItem('text/vcard', label).body).toContain('N:A;;;;\r\nADR;LABEL=Ring 1:;;;;;;\r\nEND');
  });
});

it('an object of a version that nobody knows is told by how it is written', () => {
  const draft = part('0.3', 'VEVENT', 'SUMMARY;QUOTED-PRINTABLE:=C3=A4', 'AALARM:20300101T100000Z');
  expect(readObjects(draft)[0]?.dialect).toBe('vcalendar-1.0');
  expect(readObjects(part('2.1', 'VEVENT', 'SUMMARY:A'))[0]?.dialect).toBe('icalendar-2.0');
});
