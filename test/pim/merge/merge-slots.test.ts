/** What Outlook shows in a slot of another kind comes back as what it was. */
import { describe, expect, it } from 'vitest';
import { readItem, type TextItem, writeItem } from '../../kit/items.ts';
import { card, linesOf, merge } from './merging.ts';

const C = 'text/x-s4j-sifc';
const sifOf = (item: TextItem): string => writeItem(item, { type: C }).body;
const view = (item: TextItem): TextItem => readItem(C, sifOf(item));
/** The lines of the item after Outlook changed its copy. */
const merged = (lines: readonly string[], edit: (sif: string) => string): string[] => {
  const item = card(...lines);
  return linesOf(merge(item, item, readItem(C, edit(sifOf(item))), { view }).item);
};
const value = (from: string, to: string) => (sif: string) => sif.replace(`>${from}<`, `>${to}<`);

const FIVE = ['TEL;TYPE=CELL:1', 'TEL;TYPE=CELL:2', 'TEL;TYPE=WORK:3', 'TEL;TYPE=WORK:4', 'TEL;TYPE=WORK:5'];
const LABELLED = ['TEL;TYPE=X-MYLABEL:104', 'TEL;TYPE=MOBILE:102', 'TEL;TYPE=HOME,WORK:103', 'TEL:101'];
const ADDRESSES = ['ADR;TYPE=HOME:;;A;;;;', 'ADR;TYPE=HOME,POSTAL:;;B;;;;', 'ADR:;;C;;;;'];
/** More numbers of the person than neutral slots, so that some are shown as other than they are. */
const MANY = Array.from({ length: 9 }, (_, n) => `TEL;TYPE=WORK:${n + 1}`);

describe('a value in a borrowed slot', () => {
  it.each([
    ['more of a kind than slots', FIVE],
    ['labels', LABELLED],
    ['addresses', ADDRESSES],
    ['many', MANY],
  ])('that is not changed stays as it is: %s', (_, lines) => {
    expect(merged(lines, (sif) => sif).sort()).toEqual([...lines].sort());
  });

  it.each([
    ['more of a kind than slots', FIVE, '5', '55', 'TEL;TYPE=WORK:55'],
    ['a second mobile', FIVE, '2', '22', 'TEL;TYPE=CELL:22'],
    ['a label', LABELLED, '104', '9', 'TEL;TYPE=X-MYLABEL:9'],
    ['another word for mobile', LABELLED, '102', '9', 'TEL;TYPE=MOBILE:9'],
    ['two kinds', LABELLED, '103', '9', 'TEL;TYPE=HOME,WORK:9'],
    ['an address', ADDRESSES, 'B', 'D', 'ADR;TYPE=HOME,POSTAL:;;D;;;;'],
    ['work shown as home', MANY, '7', '77', 'TEL;TYPE=WORK:77'],
    ['no kind shown as home', [...Array.from({ length: 5 }, (__, n) => `TEL:${n}`)], '4', '9', 'TEL:9'],
  ])('keeps its own types when it is edited: %s', (_, lines, from, to, line) => {
    const left = merged(lines, value(from, to));
    expect(left).toContain(line);
    expect(left).toHaveLength(lines.length);
  });

  it.each([
    ['more of a kind than slots', FIVE, '5', 'TEL;TYPE=WORK:5'],
    ['a slot of its own', FIVE, '3', 'TEL;TYPE=WORK:3'],
    ['a label', LABELLED, '104', 'TEL;TYPE=X-MYLABEL:104'],
    ['work shown as home', MANY, '7', 'TEL;TYPE=WORK:7'],
    ['an address', ADDRESSES, 'B', 'ADR;TYPE=HOME,POSTAL:;;B;;;;'],
  ])('is deleted when it is emptied: %s', (_, lines, from, line) => {
    expect(merged(lines, value(from, '')).sort()).toEqual(lines.filter((one) => one !== line).sort());
  });

  it('keeps its own types also where another slot is emptied in the same edit', () => {
    const edit = (sif: string) => value('5', '55')(value('3', '')(sif));
    const left = ['TEL;TYPE=CELL:1', 'TEL;TYPE=CELL:2', 'TEL;TYPE=WORK:4', 'TEL;TYPE=WORK:55'];
    expect(merged(FIVE, edit).sort()).toEqual(left);
  });

  it('is told from another of the same number', () => {
    const twice = ['TEL;TYPE=CELL:5', 'TEL;TYPE=X-A:5'];
    const emptied = (field: string) => (sif: string) =>
      sif.replace(`<${field}>5</${field}>`, `<${field}></${field}>`);
    expect(merged(twice, emptied('OtherTelephoneNumber'))).toEqual(['TEL;TYPE=CELL:5']);
    expect(merged(twice, emptied('MobileTelephoneNumber'))).toEqual(['TEL;TYPE=X-A:5']);
  });

  it('moved to another slot by the user has the type of that slot', () => {
    const moved = (sif: string) =>
      sif
        .replace('<OtherTelephoneNumber>3</OtherTelephoneNumber>', '')
        .replace('<CarTelephoneNumber><', '<CarTelephoneNumber>3<');
    expect(merged(['TEL;TYPE=HOME:1', 'TEL;TYPE=HOME:2', 'TEL;TYPE=ISDN:3'], moved)).toContain(
      'TEL;TYPE=CAR,ISDN:3',
    );
  });

  it('is not doubled where nobody knows what Outlook had', () => {
    for (const lines of [FIVE, LABELLED, ADDRESSES, MANY]) {
      const item = card(...lines);
      expect(linesOf(merge(undefined, item, view(item)).item).sort()).toEqual([...lines].sort());
    }
  });

  it('and a change that another made meanwhile both stay', () => {
    const item = card(...FIVE);
    const now = card(...FIVE.slice(0, 4), 'TEL;TYPE=WORK,X-NEW:5', 'TEL;TYPE=HOME:6');
    const sent = readItem(C, value('5', '55')(sifOf(item)));
    const { item: result, clashes } = merge(item, now, sent, { view });
    expect(linesOf(result).sort()).toEqual(
      [...FIVE.slice(0, 4), 'TEL;TYPE=WORK,X-NEW:55', 'TEL;TYPE=HOME:6'].sort(),
    );
    expect(clashes).toBe(0);
  });
});
