/** Anniversary, spouse, manager and assistant: each program has names of its own for them. */
import { describe, expect, it } from 'vitest';
import type { DeviceCapabilities } from '../../../../lib/pim/device/capabilities.ts';
import { ALL } from '../../../../lib/pim/device/capabilities.ts';
import { readItem, type TextItem, writeItem } from '../../../kit/items.ts';
import { card, linesOf, merge } from '../../merge/merging.ts';
import { C, written } from '../sif/sif.ts';

const PEOPLE = { Spouse: 'Bob', ManagerName: 'Max', AssistantName: 'Tim' };
const FIELDS = { Anniversary: '2010-06-05', ...PEOPLE };
const inApple = (at: number, name: string, value: string, label: string) => [
  `item${at}.${name}:${value}`,
  `item${at}.X-ABLABEL:${label}`,
];
const CARDS: [string, string[]][] = [
  ['usual', ['X-ANNIVERSARY:2010-06-05', 'X-SPOUSE:Bob', 'X-MANAGER:Max', 'X-ASSISTANT:Tim']],
  [
    'Evolution',
    [
      ...['X-EVOLUTION-ANNIVERSARY:2010-06-05', 'X-EVOLUTION-SPOUSE:Bob'],
      ...['X-EVOLUTION-MANAGER:Max', 'X-EVOLUTION-ASSISTANT:Tim'],
    ],
  ],
  [
    'Microsoft',
    ['X-MS-ANNIVERSARY:20100605', 'X-MS-SPOUSE;N=1:Bob', 'X-MS-MANAGER:Max', 'X-MS-ASSISTANT:Tim'],
  ],
  [
    'KDE',
    [
      ...['X-KADDRESSBOOK-X-ANNIVERSARY:2010-06-05', 'X-KADDRESSBOOK-X-SPOUSESNAME:Bob'],
      ...['X-KADDRESSBOOK-X-MANAGERSNAME:Max', 'X-KADDRESSBOOK-X-ASSISTANTSNAME:Tim'],
    ],
  ],
  [
    'Apple',
    [
      ...inApple(1, 'X-ABDATE;TYPE=PREF', '2010-06-05', '_$!<Anniversary>!$_'),
      ...inApple(2, 'X-ABRELATEDNAMES;TYPE=PREF', 'Bob', '_$!<Spouse>!$_'),
      ...inApple(3, 'X-ABRELATEDNAMES', 'Kim', '_$!<Child>!$_'),
      ...inApple(4, 'X-ABRELATEDNAMES', 'Max', '_$!<Manager>!$_'),
      ...inApple(5, 'X-ABRELATEDNAMES', 'Tim', 'assistant'),
    ],
  ],
];
const NAME = ['N:Byron;Ada;;;', 'FN:Ada Byron'];
const sifOf = (item: TextItem) => writeItem(item, { type: C }).body;
const view = (item: TextItem) => readItem(C, sifOf(item));
/** The lines of a card after Outlook changed its copy. */
const edited = (lines: readonly string[], edit: (sif: string) => string) => {
  const item = card(...NAME, ...lines);
  return linesOf(merge(item, item, readItem(C, edit(sifOf(item))), { view }).item).slice(NAME.length);
};

describe.each(CARDS)('under the names of %s', (_, lines) => {
  it('they reach Outlook', () => {
    expect(written(C, lines)).toEqual(FIELDS);
  });

  it('what Outlook did not change stays under its names', () => {
    expect(edited(lines, (sif) => sif)).toEqual(lines);
    expect(edited(lines, (sif) => sif.replace('</contact>', '<Hobby>chess</Hobby></contact>'))).toEqual([
      ...lines,
      'X-SIF-HOBBY;X-ELEMENT=Hobby:chess',
    ]);
  });

  it.each(['Bob', 'Max', 'Tim'])('what Outlook changes keeps its name: %s', (person) => {
    expect(edited(lines, (sif) => sif.replace(`>${person}<`, '>Zoe<')).sort()).toEqual(
      lines.map((line) => line.replace(`:${person}`, ':Zoe')).sort(),
    );
  });

  it('a day that Outlook changes keeps its name and its form', () => {
    const later = lines.map((line) =>
      line.replace('2010-06-05', '2011-07-08').replace('20100605', '20110708'),
    );
    expect(edited(lines, (sif) => sif.replace('2010-06-05', '2011-07-08')).sort()).toEqual(later.sort());
  });

  it('what Outlook empties is gone, with its label', () => {
    const emptied = edited(lines, (sif) => sif.replace('>Bob<', '><').replace('>2010-06-05<', '><'));
    expect(emptied.join('\n')).not.toMatch(/Bob|Spouse>|2010|Anniversary>/i);
    expect(emptied).toHaveLength(lines.length === 10 ? 6 : 2);
  });
});

it('of one thing under two names both follow', () => {
  const lines = ['X-SPOUSE:Bob', 'X-EVOLUTION-SPOUSE:Bob', 'X-MS-SPOUSE:Ben'];
  expect(edited(lines, (sif) => sif.replace('>Bob<', '>Zoe<'))).toEqual(
    expect.arrayContaining(['X-SPOUSE:Zoe', 'X-EVOLUTION-SPOUSE:Zoe', 'X-MS-SPOUSE:Ben']),
  );
});

it('a label that says something else is not a spouse, and a day without a year is not for Outlook', () => {
  expect(written(C, inApple(1, 'X-ABRELATEDNAMES', 'Kim', '_$!<Child>!$_'))).toEqual({});
  expect(written(C, ['X-ABRELATEDNAMES:Kim', 'X-ABLABEL:Spouse'])).toEqual({});
  expect(written(C, inApple(1, 'X-ABDATE;X-APPLE-OMIT-YEAR=1604', '1604-06-05', 'Anniversary'))).toEqual({});
});

describe('a device that lists a name', () => {
  const listing = (...names: string[]): DeviceCapabilities => ({
    ...ALL,
    properties: new Map(['N', 'FN', ...names].map((name) => [name, { values: [] }])),
  });
  const told = (lines: readonly string[], device: DeviceCapabilities, version = '3.0') =>
    linesOf(writeItem(card(...NAME, ...lines), { type: 'text/vcard', version }, device)).slice(NAME.length);

  it.each<[string, string[], string[], string[]]>([
    ['Evolution', ['X-SPOUSE:Bob'], ['X-EVOLUTION-SPOUSE'], ['X-EVOLUTION-SPOUSE:Bob']],
    ['the usual', ['X-EVOLUTION-SPOUSE:Bob'], ['X-SPOUSE'], ['X-SPOUSE:Bob']],
    [
      'the usual, of Apple',
      CARDS[4]?.[1].slice(0, 4) ?? [],
      ['X-SPOUSE', 'X-ANNIVERSARY'],
      ['X-ANNIVERSARY:2010-06-05', 'X-SPOUSE:Bob'],
    ],
    ['Microsoft', ['X-ANNIVERSARY:2010-06-05'], ['X-MS-ANNIVERSARY'], ['X-MS-ANNIVERSARY:20100605']],
    ['both', ['X-SPOUSE:Bob'], ['X-SPOUSE', 'X-EVOLUTION-SPOUSE'], ['X-SPOUSE:Bob']],
    ['none', ['X-SPOUSE:Bob'], ['X-MANAGER'], []],
  ])('gets it under this name: %s', (__, lines, names, expected) => {
    expect(told(lines, listing(...names))).toEqual(expected);
  });

  it('of vCard 4.0 gets the anniversary of the standard', () => {
    expect(told(['X-EVOLUTION-ANNIVERSARY:2010-06-05'], listing('ANNIVERSARY'), '4.0')).toEqual([
      'ANNIVERSARY:20100605',
    ]);
  });

  it('and changes it under the name that the item has', () => {
    const device = listing('X-EVOLUTION-SPOUSE', 'X-EVOLUTION-ANNIVERSARY');
    const item = card(...NAME, 'X-SPOUSE:Bob', 'X-MS-ANNIVERSARY:20100605');
    const its = (one: TextItem) =>
      readItem('text/vcard', writeItem(one, { type: 'text/vcard' }, device).body);
    const sent = card(...NAME, 'X-EVOLUTION-SPOUSE:Zoe', 'X-EVOLUTION-ANNIVERSARY:2011-07-08');
    expect(linesOf(merge(item, item, sent, { view: its }).item)).toEqual([
      ...NAME,
      'X-SPOUSE:Zoe',
      'X-MS-ANNIVERSARY:20110708',
    ]);
    expect(linesOf(merge(item, item, card(...NAME), { view: its }).item)).toEqual(NAME);
  });
});
