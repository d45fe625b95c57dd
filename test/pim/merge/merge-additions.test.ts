/** Both sides write more in one place of a text: what each wrote stays. */
import { describe, expect, it } from 'vitest';
import { readItem, type TextItem, writeItem } from '../../kit/items.ts';
import { card, event, linesOf, merge, note } from './merging.ts';

const CASES: [name: string, base: string, item: string, device: string, expected: string][] = [
  ['lines behind', 'milk', 'milk\nbread', 'milk\neggs', 'milk\nbread\neggs'],
  ['lines behind a line end', 'milk\n', 'milk\nbread', 'milk\neggs', 'milk\nbread\neggs'],
  ['lines before', 'milk', 'bread\nmilk', 'eggs\nmilk', 'bread\neggs\nmilk'],
  ['lines in the middle', 'a\nb', 'a\nx\nb', 'a\ny\nb', 'a\nx\ny\nb'],
  ['one line the same', 'milk', 'milk\nbread\nham', 'milk\nbread\neggs', 'milk\nbread\nham\neggs'],
  ['the line', 'milk', 'milk, bread', 'milk, eggs', 'milk, bread, eggs'],
  ['the line and lines', 'milk', 'milk, bread', 'milk\neggs', 'milk, bread\neggs'],
  ['before the line and behind it', 'milk', 'buy milk', 'milk, eggs', 'buy milk, eggs'],
  ['the same and more', 'milk', 'milk, bread', 'milk, bread, eggs', 'milk, bread, eggs'],
  ['a number that begins like the other', 'Eggs', 'Eggs, 12', 'Eggs, 1', 'Eggs, 12, 1'],
  ['a number that begins like it, the other way', 'Eggs', 'Eggs, 1', 'Eggs, 12', 'Eggs, 1, 12'],
  ['a number that ends like the other', 'Eggs', 'Eggs 112', 'Eggs 12', 'Eggs 112 12'],
  ['a word that begins like the other', 'Call', 'Call Ann', 'Call Anna', 'Call Ann Anna'],
  ['a word that ends like the other', 'milk', 'oat milk', 'goat milk', 'oat goat milk'],
  ['a line that is the beginning of the other', 'milk', 'milk\nham', 'milk\nhamster', 'milk\nham\nhamster'],
  ['a number that is half the other', 'Call', 'Call 555 1234', 'Call 555', 'Call 555 1234 555'],
  ['a price', 'Eggs', 'Eggs 12,50', 'Eggs 12', 'Eggs 12,50 12'],
  ['the same number', 'Call', 'Call 555 1234', 'Call 555 1234 at 9', 'Call 555 1234 at 9'],
  ['words that begin again', 'say', 'say la la la lo', 'say la la lo', 'say la la la lo'],
  ['signs alone', 'milk', 'milk, bread', 'milk :-)', 'milk, bread :-)'],
  ['one word of several', 'milk', 'milk, bread, eggs', 'milk, eggs', 'milk, bread, eggs'],
  ['the same words before', 'milk', 'buy oat milk', 'buy milk', 'buy oat milk'],
  ['lines between equal ones', 'a\n', 'a\n--\nx\n', 'a\n--\ny\n', 'a\n--\nx\n--\ny\n'],
  ['the same lines, and more', 'a\n', 'a\n--\nx\n', 'a\n--\nx\n--\ny\n', 'a\n--\nx\n--\ny\n'],
  ['equal lines behind blank ones', 'a\n\n', 'a\nx\n--\ny', 'a\nz\n--\nw', 'a\nx\n--\ny\nz\n--\nw'],
  ['lines behind one that the other deletes', 'a\nmilk', 'a', 'a\nmilk\neggs', 'a\neggs'],
  ['lines behind one that the other changes', 'a\nmilk', 'a\nbeer', 'a\nmilk\neggs', 'a\nbeer\neggs'],
  ['lines around what the other changes', 'milk', 'beer', 'buy\nmilk\neggs', 'buy\nbeer\neggs'],
  ['lines between two of which one is deleted', 'a\nb', 'b', 'a\nx\nb', 'x\nb'],
  ['each deletes another line, one adds one', 'a\nb', 'a\nx', 'b', 'x'],
  ['one deletes a line, the other puts one in its place', 'a\nmilk', 'a', 'a\nbeer', 'a\nbeer'],
  ['one deletes a line, the other goes on with it', 'a\nmilk', 'a', 'a\nmilk, eggs', 'a\nmilk, eggs'],
  ['the last line of several', 'a\nmilk', 'a\nmilk, bread', 'a\nmilk, eggs', 'a\nmilk, bread, eggs'],
];
const escaped = (text: string) => text.replace(/,/g, '\\,').replace(/\n/g, '\\n');

describe.each(CASES)('%s', (_, base, item, device, expected) => {
  it.each(['client', 'server'] as const)('in a note, the policy is %s', (winner) => {
    expect(merge(note(base), note(item), note(device), { winner })).toEqual({
      item: note(expected),
      clashes: 0,
    });
  });

  it.each<[string, (text: string) => TextItem]>([
    ['the NOTE of a contact', (text) => card('N:A;;;;', 'FN:A', `NOTE:${escaped(text)}`)],
    ['the DESCRIPTION of an appointment', (text) => event('UID:1', `DESCRIPTION:${escaped(text)}`)],
  ])('in %s', (__, of) => {
    const { item: merged, clashes } = merge(of(base), of(item), of(device));
    expect({ lines: linesOf(merged), clashes }).toEqual({ lines: linesOf(of(expected)), clashes: 0 });
  });
});

it.each([
  ['a word that both change', 'milk', 'milks', 'milky'],
  ['a line that one changes, and the other goes on', 'milk', 'beer', 'milk, eggs'],
])('one side wins: %s', (_, base, item, device) => {
  expect(merge(note(base), note(item), note(device))).toEqual({ item: note(device), clashes: 1 });
  expect(merge(note(base), note(item), note(device), { winner: 'server' }).item).toEqual(note(item));
});

describe('the subject of a note of Outlook', () => {
  const N = 'text/x-s4j-sifn';
  const view = (one: TextItem) => readItem(N, writeItem(one, { type: N }).body);
  const sif = (subject: string, body: string) =>
    readItem(N, `<note><Subject>${subject}</Subject><Body>${body}</Body></note>`);

  it('that was the first line is no title when the line changes', () => {
    const item = note('milk\nbread');
    expect(merge(item, item, sif('milk', 'eggs\nbread'), { view }).item).toEqual(note('eggs\nbread'));
    expect(merge(undefined, item, sif('milk', 'eggs\nbread')).item.body).not.toContain('SUMMARY');
  });

  it('of its own stays, and so does its date, whoever changes the text', () => {
    const dated = readItem(
      N,
      '<note><Subject>List</Subject><Body>milk</Body><Date>2006-01-02T10:00:00Z</Date></note>',
    );
    const plain = (one: TextItem) => note(writeItem(one, { type: 'text/plain', version: '1.0' }).body);
    const { item } = merge(dated, dated, note('eggs'), { view: plain });
    const told = writeItem(item, { type: N }).body;
    for (const field of ['<Subject>List<', '<Body>eggs<', '<Date>2006-01-02T10:00:00Z<'])
      expect(told).toContain(field);
    expect(merge(dated, dated, sif('Shopping', 'milk'), { view }).item.body).toContain('SUMMARY:Shopping');
  });
});
