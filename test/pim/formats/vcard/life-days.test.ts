/** Birthdays and anniversaries: one value inside, however a device writes it; each device gets what its dialect can say. */
import { describe, expect, it } from 'vitest';
import type { Format } from '../../../../lib/pim/formats/registry.ts';
import { readItem, seenOf, type TextItem, writeItem } from '../../../kit/items.ts';
import { merge } from '../../merge/merging.ts';
import { C, xml } from '../sif/sif.ts';
import { FOUR, linesOf, OLD, read, THREE } from './vcards.ts';

const SIF: Format = { type: C };
const NAMES: [name: string, three: string, four: string, field: string][] = [
  ['BDAY', 'BDAY', 'BDAY', 'Birthday'],
  ['X-ANNIVERSARY', 'X-ANNIVERSARY', 'ANNIVERSARY', 'Anniversary'],
];
const shown = (item: TextItem, to: Format): string =>
  to === SIF
    ? (/<(?:Birthday|Anniversary)>[^<]+</.exec(writeItem(item, to).body)?.[0] ?? '')
    : linesOf(writeItem(item, to)).join('');

describe.each(NAMES)('%s', (name, three, four, field) => {
  const yearless = `${three};X-APPLE-OMIT-YEAR=1604:1604-05-01`;

  it.each([
    [THREE, ';X-APPLE-OMIT-YEAR=1604:1604-05-01'],
    [THREE, ';X-APPLE-OMIT-YEAR=1604:16040501'],
    [THREE, ';X-APPLE-OMIT-YEAR=1604;VALUE=date:1604-05-01'],
    [THREE, ';X-APPLE-OMIT-YEAR=1900:1900-05-01'],
    [THREE, ';VALUE=date;X-APPLE-OMIT-YEAR=1604:1604-05-01T00:00:00Z'],
    [THREE, ':--05-01'],
    [THREE, ':--0501'],
    [THREE, ':1604-05-01'],
    [THREE, ':0000-05-01'],
    [OLD, ':--0501'],
    [OLD, ':--05-01'],
    [OLD, ':16040501'],
    [OLD, ';X-APPLE-OMIT-YEAR=1604:16040501'],
    [FOUR, ':--0501'],
    [FOUR, ';VALUE=date-and-or-time:--0501'],
    [FOUR, ';VALUE=date:--0501'],
    [FOUR, ':--05-01'],
  ])('without a year, in $version: %j', (from, rest) => {
    const item = read(from, `${from === FOUR ? four : name}${rest}`);
    expect(linesOf(item)).toEqual([yearless]);
    expect(shown(item, OLD)).toBe(`${three}:--0501`);
    expect(shown(item, THREE)).toBe(yearless);
    expect(shown(item, FOUR)).toBe(`${four}:--0501`);
    expect(shown(item, SIF)).toBe('');
    for (const to of [OLD, THREE, FOUR]) expect(seenOf(item, to)).toEqual(item);
  });

  it.each([
    '1973-09-28',
    '19730928',
    '1973-09-28T00:00:00',
    '1973-09-28T00:00:00Z',
    '1973-09-28T00:00:00+02:00',
    '1973-09-28T00:00:00-11:00',
    '19730928T000000+0200',
    '19730928T000000+02',
    '1973-09-28T00:00:00.000Z',
    '1973-09-28 00:00:00',
    '19730928T00',
  ])('at midnight of any clock is a day: %s', (value) => {
    for (const form of ['', ';VALUE=date', ';VALUE=date-time']) {
      const item = read(THREE, `${name}${form}:${value}`);
      expect(linesOf(item)).toEqual([`${three}:1973-09-28`]);
      expect(shown(item, FOUR)).toBe(`${four}:19730928`);
      expect(shown(item, SIF)).toBe(`<${field}>1973-09-28<`);
    }
  });

  it('at another time of the day is that time, and a day for Outlook', () => {
    const item = read(THREE, `${name};VALUE=date-time:1973-09-28T14:30:00+02:00`);
    expect(linesOf(item)).toEqual([`${three};VALUE=date-time:1973-09-28T14:30:00+02:00`]);
    expect(shown(item, SIF)).toBe(`<${field}>1973-09-28<`);
  });

  it('that is a part of a date is for vCard 4.0 alone', () => {
    for (const part of ['1985', '1985-04', '--04', '---12']) {
      const item = read(FOUR, `${four}:${part}`);
      expect([OLD, THREE, SIF].map((to) => shown(item, to))).toEqual(['', '', '']);
      expect(shown(item, FOUR)).toBe(`${four}:${part}`);
    }
  });

  it('with a year has no mark of a year that lacks', () => {
    expect(linesOf(read(THREE, `${name};X-APPLE-OMIT-YEAR=1604:1980-05-01`))).toEqual([
      `${three}:1980-05-01`,
    ]);
  });
});

describe('a device that cannot say a day', () => {
  const outlook = (fields: { readonly [name: string]: string }) =>
    readItem(C, xml('contact', { LastName: 'A', FirstName: 'B', FileAs: 'B A', ...fields }));
  const DAYS = ['BDAY:--0415', 'BDAY;VALUE=date-time:1973-09-28T14:30:00+02:00', 'BDAY:1985-04'];
  const view = (item: TextItem) => seenOf(item, SIF);

  it.each(DAYS)('does not delete it: %s', (day) => {
    const item = read(FOUR, day);
    const told = /<Birthday>(.*)</.exec(writeItem(item, SIF).body)?.[1];
    const sent = outlook({ JobTitle: 'Boss', ...(told !== undefined && { Birthday: told }) });
    const merged = merge(item, item, sent, { view }).item;
    expect(linesOf(merged)).toEqual(expect.arrayContaining([...linesOf(item), 'TITLE:Boss']));
  });
  it.each(DAYS)('replaces it by one of its own: %s', (day) => {
    const item = read(FOUR, day);
    const merged = merge(item, item, outlook({ Birthday: '1990-04-15' }), { view }).item;
    expect(linesOf(merged).filter((line) => line.startsWith('BDAY'))).toEqual(['BDAY:1990-04-15']);
  });

  it.each(['BDAY:16040415', 'BDAY:--0415', 'BDAY;X-APPLE-OMIT-YEAR=1604:16040415'])(
    'does not give it a year: %s',
    (sent) => {
      const item = read(THREE, 'BDAY;X-APPLE-OMIT-YEAR=1604:1604-04-15');
      const edited = read(OLD, sent, 'TITLE:Boss');
      const merged = merge(item, item, edited, { view: (one) => seenOf(one, OLD) }).item;
      expect(shown(merged, THREE)).toContain('BDAY;X-APPLE-OMIT-YEAR=1604:1604-04-15');
    },
  );
  it('gives it a year where its user does', () => {
    const item = read(THREE, 'BDAY;X-APPLE-OMIT-YEAR=1604:1604-04-15');
    const edited = read(OLD, 'BDAY:19800415');
    const merged = merge(item, item, edited, { view: (one) => seenOf(one, OLD) }).item;
    expect(linesOf(merged)).toEqual(['BDAY:1980-04-15']);
  });
});

it('a day that an older version stored is told in every dialect, too', () => {
  const item = { type: 'text/vcard', body: read(THREE).body.replace('END:', 'BDAY:--0415\r\nEND:') };
  expect([OLD, THREE, FOUR, SIF].map((to) => shown(item, to))).toEqual([
    ...['BDAY:--0415', 'BDAY;X-APPLE-OMIT-YEAR=1604:1604-04-15', 'BDAY:--0415', ''],
  ]);
});

it('a day that Outlook cannot show says nothing of its field; where there is no day, the field is empty', () => {
  const [none, some] = [read(THREE), read(THREE, 'BDAY:--0501')].map((item) => writeItem(item, SIF).body);
  expect(none).toContain('<Birthday></Birthday>');
  expect(some).not.toContain('Birthday');
});
