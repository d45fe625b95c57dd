/** Names in full: written by somebody, or made of the parts. */
import { describe, expect, it } from 'vitest';
import { readItem, type TextItem, writeItem } from '../../kit/items.ts';
import { card, linesOf, merge } from './merging.ts';

const ada = (family: string, full: string) => card(`N:${family};Ada;;;`, `FN:${full}`);
const made = (family: string) => ada(family, `Ada ${family}`);

it.each([
  ['the laptop', ada('Byron', 'The Countess'), made('King')],
  ['the phone', made('King'), ada('Byron', 'The Countess')],
])('a name in full that %s wrote stands before one that only follows its parts', (_, theirs, ours) => {
  const { item, clashes } = merge(made('Byron'), theirs, ours);
  expect(linesOf(item).sort()).toEqual(['FN:The Countess', 'N:King;Ada;;;']);
  expect(clashes).toBe(0);
});

it.each([
  ['written by one side', ada('Byron', 'Boss'), made('Byron'), 'FN:Boss'],
  ['written by the other', made('Byron'), ada('Byron', 'Boss'), 'FN:Boss'],
  [
    'written by both, in another order',
    ada('Byron', 'Byron Ada'),
    ada('Byron', 'Byron\\, Ada'),
    'FN:Byron Ada',
  ],
  ['in another order', ada('Byron', 'Byron\\, Ada'), made('Byron'), 'FN:Byron\\, Ada'],
])('of two that meet: %s', (_, theirs, ours, expected) => {
  const { item, clashes } = merge(undefined, theirs, ours);
  expect(linesOf(item)).toContain(expected);
  expect(linesOf(item).filter((line) => line.startsWith('FN'))).toHaveLength(1);
  expect(clashes).toBe(0);
});

describe('a device that changes the parts and sends the name in full that it was shown', () => {
  const JANE = card('N:Roe;Jane;;;', 'FN:Jane Roe');
  const nameIn = (item: TextItem) => linesOf(item).find((line) => line.startsWith('FN'));

  it.each<[string, TextItem, TextItem, string]>([
    ['the family name', JANE, card('N:Doe;Jane;;;', 'FN:Jane Roe'), 'FN:Jane Doe'],
    ['a name more', JANE, card('N:Roe;Jane;Ann;;', 'FN:Jane Roe'), 'FN:Jane Ann Roe'],
    ['both, in turn', JANE, card('N:Jane;Roe;;;', 'FN:Jane Roe'), 'FN:Roe Jane'],
    [
      'with blanks of its own',
      card('N:Roe;Jane;;;', 'FN:Jane  Roe'),
      card('N:Doe;Jane;;;', 'FN:Jane Roe'),
      'FN:Jane Doe',
    ],
    [
      'in its own order',
      card('N:Roe;Jane;;;', 'FN:Roe\\, Jane'),
      card('N:Doe;Jane;;;', 'FN:Roe\\, Jane'),
      'FN:Doe\\, Jane',
    ],
    [
      'in capitals',
      card('N:Roe;Jane;;;', 'FN:JANE ROE'),
      card('N:Doe;Jane;;;', 'FN:JANE ROE'),
      'FN:JANE DOE',
    ],
    [
      'of capitals',
      card('N:ROE;JANE;;;', 'FN:Jane Roe'),
      card('N:DOE;JANE;;;', 'FN:Jane Roe'),
      'FN:Jane DOE',
    ],
    [
      'a part that is gone',
      card('N:Roe;Jane;;;', 'FN:Roe\\, Jane'),
      card('N:;Jane;;;', 'FN:Roe\\, Jane'),
      'FN:Jane',
    ],
    [
      'words of its own stay',
      card('N:Roe;Jane;;;', 'FN:Aunt Jane Roe'),
      card('N:Doe;Jane;;;', 'FN:Aunt Jane Roe'),
      'FN:Aunt Jane Roe',
    ],
  ])('%s', (_, item, sent, expected) => {
    expect(nameIn(merge(item, item, sent).item)).toBe(expected);
  });

  it.each<[string, TextItem, string[]]>([
    [
      'another number',
      card('N:Roe;Jane;;;', 'FN:Jane Roe', 'TEL:1'),
      ['N:Doe;Jane;;;', 'FN:Jane Doe', 'TEL:1'],
    ],
    ['the other part', card('N:Roe;Janet;;;', 'FN:Janet Roe'), ['N:Doe;Janet;;;', 'FN:Janet Doe']],
    ['a name in full', card('N:Roe;Jane;;;', 'FN:Boss'), ['N:Doe;Jane;;;', 'FN:Boss']],
  ])('while another changes %s', (_, now, expected) => {
    expect(linesOf(merge(JANE, now, card('N:Doe;Jane;;;', 'FN:Jane Roe')).item)).toEqual(expected);
  });

  it('where nobody knows what it had', () => {
    const { item } = merge(undefined, JANE, card('N:Doe;Jane;;;', 'FN:Jane Roe'));
    expect(linesOf(item)).toEqual(['N:Doe;Jane;;;', 'FN:Jane Doe']);
  });

  it('in Outlook, where it is what the contact is filed as', () => {
    const C = 'text/x-s4j-sifc';
    const view = (one: TextItem) => readItem(C, writeItem(one, { type: C }).body);
    for (const [full, expected] of [
      ['Jane Roe', 'Jane Doe'],
      ['Roe\\, Jane', 'Doe\\, Jane'],
    ]) {
      const item = card('N:Roe;Jane;;;', `FN:${full}`);
      const sif = writeItem(item, { type: C }).body.replace('<LastName>Roe', '<LastName>Doe');
      expect(nameIn(merge(item, item, readItem(C, sif), { view }).item)).toBe(`FN:${expected}`);
    }
  });

  it('that has the parts only because its dialect requires them', () => {
    const OLD = { type: 'text/x-vcard', version: '2.1' };
    const view = (one: TextItem) => readItem(OLD.type, writeItem(one, OLD).body);
    const item = card('FN:Jane Roe');
    const sent = readItem(OLD.type, writeItem(item, OLD).body.replace('\nN:Jane Roe', '\nN:Jane Doe'));
    expect(linesOf(merge(item, item, sent, { view }).item)).toEqual(['FN:Jane Doe', 'N:Jane Doe;;;;']);
  });
});

it.each([true, false])(
  'a company gets no family name from a device that makes one (known: %s)',
  (isKnown) => {
    const firm = card('FN:Ada GmbH', 'ORG:Ada GmbH', 'TEL:1');
    const sent = card('N:Ada GmbH;;;;', 'FN:Ada GmbH', 'ORG:Ada GmbH', 'TEL:2');
    const { item } = merge(isKnown ? firm : undefined, firm, sent);
    expect(linesOf(item)).toEqual(expect.not.arrayContaining(['N:Ada GmbH;;;;']));
    const named = card('N:Byron;Ada;;;', 'FN:Ada GmbH', 'ORG:Ada GmbH', 'TEL:1');
    expect(linesOf(merge(firm, firm, named).item)).toContain('N:Byron;Ada;;;');
  },
);
