/** Contacts of a rich story: fields of one value and of many, edited as each device sees them. */
import type { Edit, ItemKind } from './item-kinds.ts';
import { insert, isAt, set, withCategory, withLine } from './line-edits.ts';

const telephone = (number: number): string => `TEL;TYPE=CELL:+49170${10_000_000 + number}`;
const address = (number: number): string => `EMAIL;TYPE=HOME:e${number}@example.com`;

/** Takes one of many away, or puts another in its place. */
const exchanged =
  (name: string, another: (number: number) => string): Edit =>
  (lines, number, random) => {
    const own = lines.filter(isAt(name));
    if (own.length === 0) return lines;
    const gone = random.pick(own);
    const rest = lines.filter((line) => line !== gone);
    return random.chance(0.5) ? rest : insert(rest, another(number));
  };

export const CONTACTS: ItemKind = {
  datastore: 'contacts',
  dialects: [
    {},
    { type: 'text/x-vcard' },
    { properties: ['N', 'FN', 'TEL', 'EMAIL', 'TITLE', 'NOTE'] },
    { properties: ['N', 'FN', 'TEL', 'CATEGORIES'] },
    { properties: ['N', 'FN', 'TEL', 'EMAIL', 'NOTE'], most: { TEL: 2, EMAIL: 1 } },
    { type: 'text/x-vcard', properties: ['N', 'FN', 'EMAIL', 'TITLE', 'NOTE'] },
  ],
  moreDialects: [
    { type: 'text/x-s4j-sifc' },
    { type: 'text/x-s4j-sifc', properties: ['N', 'FN', 'TEL', 'EMAIL', 'NOTE'] },
    { properties: ['N', 'FN', 'TEL', 'NOTE'], sizes: { NOTE: 12 } },
    {
      type: 'text/x-vcard',
      properties: ['N', 'FN', 'NOTE', 'EMAIL'],
      sizes: { NOTE: 20 },
      most: { EMAIL: 1 },
    },
  ],
  first: (name, number) => {
    const tail = name.slice(name.indexOf('-') + 1);
    return [
      ...['BEGIN:VCARD', 'VERSION:3.0', `N:${name};Given-${tail};;;`, `FN:${name}`, telephone(number)],
      ...[`TITLE:t${number}`, `X-ODD:x${number}`, `NOTE:n${number}`, 'END:VCARD'],
    ];
  },
  edits: [
    ['TEL', (lines, number) => insert(lines, telephone(number))],
    ['EMAIL', (lines, number) => insert(lines, address(number))],
    ['TITLE', (lines, number) => set(lines, 'TITLE', `TITLE:t${number}`)],
    ['X-ODD', (lines, number) => set(lines, 'X-ODD', `X-ODD:x${number}`)],
    ['CATEGORIES', withCategory],
    ['NOTE', (lines, number, random) => withLine('NOTE', lines, number, random)],
    ['TEL', exchanged('TEL', telephone)],
    ['EMAIL', exchanged('EMAIL', address)],
  ],
  growth: ['TITLE', 'CATEGORIES', 'EMAIL', 'NOTE', 'X-ODD'],
};
