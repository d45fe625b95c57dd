/** Notes with a title of their own, or with their text in an unusual place; texts of any marks. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Format } from '../../../../lib/pim/formats/registry.ts';
import { mergeEdit, readItem, type TextItem, writeItem } from '../../../kit/items.ts';

const PLAIN: Format = { type: 'text/plain', version: '1.0' };
const VNOTE: Format = { type: 'text/x-vnote', version: '1.1' };
const SIF: Format = { type: 'text/x-s4j-sifn' };
const vnote = (...lines: string[]): TextItem =>
  readItem(VNOTE.type, ['BEGIN:VNOTE', 'VERSION:1.1', ...lines, 'END:VNOTE', ''].join('\r\n'));
const sif = (subject: string, body: string): TextItem =>
  readItem(
    SIF.type,
    `<note><SIFVersion>1.1</SIFVersion><Subject>${subject}</Subject><Body>${body}</Body></note>`,
  );
const shown = (item: TextItem, format: Format): string => writeItem(item, format).body;
const text = (body: string): TextItem => ({ type: 'text/plain', body });

describe('a title of its own', () => {
  it.each([
    ['VNOTE', vnote('SUMMARY:List', 'BODY:bread')],
    ['SIF', sif('List', 'bread')],
  ])('from %s is that of every format that has titles', (_, item) => {
    expect(shown(item, SIF)).toContain('<Subject>List</Subject>\n<Body>bread</Body>');
    expect(shown(item, VNOTE)).toContain('BODY:bread\r\nSUMMARY:List\r\n');
    expect(shown(item, PLAIN)).toBe('bread');
    for (const format of [SIF, VNOTE]) expect(readItem(format.type, shown(item, format))).toEqual(item);
  });

  it('comes back unchanged as often as it is sent', () => {
    const item = sif('List', 'bread');
    const seen = readItem(SIF.type, shown(item, SIF));
    const base = { item, seen };
    const edit = {
      current: item,
      base,
      sent: seen,
      held: 'all',
      unseen: new Set<string>(),
      winner: 'client',
    } as const;
    expect(mergeEdit(edit)).toEqual({ item, clashes: 0 });
  });

  it('stays when a device of plain text changes the text', () => {
    const item = sif('List', 'bread');
    const base = { item, seen: readItem(PLAIN.type, shown(item, PLAIN)) };
    const edit = {
      current: item,
      base,
      sent: text('milk'),
      held: 'all',
      unseen: new Set<string>(),
      winner: 'client',
    } as const;
    expect(shown(mergeEdit(edit).item, SIF)).toContain('<Subject>List</Subject>\n<Body>milk</Body>');
  });
});

describe('no title of its own', () => {
  const long = 'A first line that is too long for the title of somebody';
  it.each<[string, TextItem, string]>([
    ['the first line', vnote('SUMMARY:Milk', 'BODY;QUOTED-PRINTABLE:Milk=0D=0Abread'), 'Milk\nbread'],
    ['the first line behind an empty one', sif('Milk', '\n Milk\nbread'), '\n Milk\nbread'],
    ['the beginning of a long first line', sif(long.slice(0, 40), `${long}\nbread`), `${long}\nbread`],
    ['all there is, of VNOTE', vnote('SUMMARY:Milk'), 'Milk'],
    ['all there is, of SIF', sif('Milk', ''), 'Milk'],
    ['all there is, with a line end', vnote('SUMMARY;QUOTED-PRINTABLE:Milk=0D=0A', 'BODY:'), 'Milk'],
  ])('is %s', (_, item, body) => {
    expect(item).toEqual(text(body));
  });
});

describe('a VNOTE without BODY', () => {
  it.each(['NOTE', 'DESCRIPTION'])('has its text in %s', (name) => {
    expect(vnote(`${name};QUOTED-PRINTABLE:Milk=0D=0Abread`, 'SUMMARY:Milk')).toEqual(text('Milk\nbread'));
  });
  it('that has two texts keeps both', () => {
    const item = vnote('BODY:a', 'DESCRIPTION:b');
    expect(shown(item, PLAIN)).toBe('a');
    expect(shown(item, VNOTE)).toContain('BODY:a\r\nDESCRIPTION:b\r\n');
    expect(readItem(VNOTE.type, shown(item, VNOTE))).toEqual(item);
  });
});

describe('a text of any marks', () => {
  it('has no backslashes before its semicolons', () => {
    expect(shown(text('milk; eggs, bread'), VNOTE)).toContain('BODY:milk; eggs, bread\r\n');
  });
  it('is read as it was written', () => {
    const marks = fc.string({ unit: fc.constantFrom(...'aB ;\\,:=\n\tä😀"'), maxLength: 120 });
    fc.assert(
      fc.property(marks, (body) => {
        const item = text(body.replace(/\r\n?/g, '\n'));
        expect(readItem(VNOTE.type, shown(item, VNOTE))).toEqual(item);
      }),
      { numRuns: 500 },
    );
  });
});
