/** Any contact, to Outlook and back any number of times: nothing moves, nothing doubles. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readItem, type TextItem, writeItem } from '../../../kit/items.ts';
import { card, merge } from '../../merge/merging.ts';
import { anyCard } from '../any-item.ts';
import { C, linesOf } from './sif.ts';

const TYPES = [
  'HOME',
  'WORK',
  'CELL',
  'FAX',
  'PAGER',
  'CAR',
  'PREF',
  'VOICE',
  'MOBILE',
  'OTHER',
  'X-A',
  'ISDN',
];
const typed = (name: string, value: (n: number) => string): fc.Arbitrary<string> =>
  fc
    .tuple(fc.uniqueArray(fc.constantFrom(...TYPES), { maxLength: 3 }), fc.integer({ min: 1, max: 30 }))
    .map(([types, n]) => `${name}${types.length > 0 ? `;TYPE=${types.join()}` : ''}:${value(n)}`);
const line = fc.oneof(
  { arbitrary: typed('TEL', (n) => `${n}00`), weight: 4 },
  { arbitrary: typed('ADR', (n) => `;;Road ${n};Town;;;`), weight: 2 },
  typed('EMAIL', (n) => `${n}@example.com`),
  typed('URL', (n) => `http://example.com/${n}`),
  fc.constantFrom(
    ...['X-SPOUSE:Bob', 'X-EVOLUTION-SPOUSE:Bob', 'X-MS-MANAGER:Max', 'X-EVOLUTION-ANNIVERSARY:20100605'],
    ...['item2.X-ABRELATEDNAMES:Tim', 'item2.X-ABLABEL:_$!<Assistant>!$_'],
  ),
  fc.constantFrom('item1.TEL:77', 'item1.X-ABLABEL:Boat', 'TEL;TYPE=HOME;X-OWN=1:78'),
);
const anyContact = fc.array(line, { maxLength: 24 });

const sifOf = (item: TextItem): string => writeItem(item, { type: C }).body;
const view = (item: TextItem): TextItem => readItem(C, sifOf(item));

describe('a contact', () => {
  it('is the same after the first time to Outlook and back', () => {
    const items = fc.oneof(
      anyContact.map((lines) => card(...lines)),
      anyCard.map(([type, text]) => readItem(type, text)),
    );
    fc.assert(
      fc.property(items, (item) => {
        fc.pre(item.body.startsWith('BEGIN:VCARD'));
        const first = view(item);
        expect(view(first)).toEqual(first);
        expect(view(view(first))).toEqual(first);
      }),
      { numRuns: 1_000, seed: 1 },
    );
  });

  it('that Outlook sends back as it got it does not change', () => {
    fc.assert(
      fc.property(anyContact, fc.boolean(), (lines, isKnown) => {
        // Where nobody knows what Outlook had, a spouse under another name stays beside it.
        const item = card(...lines.filter((one) => isKnown || !/SPOUSE|MANAGER|ANNIVERSARY|NAMES/.test(one)));
        const { item: merged } = merge(isKnown ? item : undefined, item, view(item), { view });
        expect(linesOf(merged.body).sort()).toEqual(linesOf(item.body).sort());
      }),
      { numRuns: 500, seed: 2 },
    );
  });

  it('changes by the user alone, in ten rounds', () => {
    const edits = fc.array(
      fc.record({ from: fc.integer({ min: 1, max: 30 }), to: fc.integer({ min: 31, max: 60 }) }),
      { minLength: 10, maxLength: 10 },
    );
    fc.assert(
      fc.property(anyContact, edits, (lines, rounds) => {
        let item = card(...new Set(lines));
        for (const { from, to } of rounds) {
          const [before, kinds] = [numbersIn(item), kindsIn(item)];
          const sif = sifOf(item);
          const edited = sif.replace(`>${from}00<`, `>${to}00<`);
          item = merge(item, item, readItem(C, edited), { view }).item;
          const shown = edited === sif ? [] : [`${from}00`];
          const expected = [...without(before, shown), ...(edited === sif ? [] : [`${to}00`])];
          expect(numbersIn(item)).toEqual(expected.sort());
          expect(kindsIn(item)).toEqual(kinds);
          item = merge(item, item, view(item), { view }).item;
          expect(numbersIn(item)).toEqual(expected.sort());
        }
      }),
      { numRuns: 80, seed: 3 },
    );
  });
});

const telephones = (item: TextItem): string[] =>
  linesOf(item.body).filter((one) => /^(?:item1\.)?TEL/.test(one));
const numbersIn = (item: TextItem): string[] =>
  telephones(item)
    .map((one) => one.replace(/^.*:/, ''))
    .sort();
/** Groups and parameters of all numbers. */
const kindsIn = (item: TextItem): string[] =>
  telephones(item)
    .map((one) => one.replace(/:[^:]*$/, ''))
    .sort();
/** The list, with each of the others left out once. */
function without(list: readonly string[], others: readonly string[]): string[] {
  const left = [...list];
  for (const one of others) left.splice(left.indexOf(one), 1);
  return left;
}
