/** Groups of properties, as Apple's address book writes them: what belongs together stays together. */

import { describe, expect, it } from 'vitest';
import type { TextItem } from '../../kit/items.ts';
import { card, linesOf, merge } from './merging.ts';

const NAME = ['N:Byron;Ada;;;', 'FN:Ada Byron'];
const labelled = (...numbers: readonly (readonly [group: string, number: string, label: string])[]) =>
  card(
    ...NAME,
    ...numbers.flatMap(([group, number, label]) => [`${group}.TEL:${number}`, `${group}.X-ABLABEL:${label}`]),
  );
/** `number label`, by the groups that the item says. */
function labelsOf(item: TextItem): string[] {
  const lines = linesOf(item);
  const numbers = lines.map((line) => /^(\w+)\.TEL:(.*)/.exec(line)).filter((match) => match !== null);
  return numbers.map(([, group, number]) => `${number} ${labelIn(lines, group)}`).sort();
}
const labelIn = (lines: readonly string[], group = ''): string =>
  lines
    .filter((line) => line.startsWith(`${group}.X-ABLABEL:`))
    .map((line) => line.slice(line.indexOf(':') + 1))
    .join('+');

describe('groups of properties', () => {
  it('two sides give a new number the same group: both keep their labels', () => {
    const [theirs, ours] = [labelled(['item1', '111111', 'Boat']), labelled(['item1', '222222', 'Car'])];
    const { item, clashes } = merge(card(...NAME), theirs, ours);
    expect([labelsOf(item), clashes]).toEqual([['111111 Boat', '222222 Car'], 0]);
  });

  it('with the same label too', () => {
    const [theirs, ours] = [labelled(['item1', '111111', 'Boat']), labelled(['item1', '222222', 'Boat'])];
    expect(labelsOf(merge(card(...NAME), theirs, ours).item)).toEqual(['111111 Boat', '222222 Boat']);
  });

  it('that never met are one where they are the same, and two where not', () => {
    const theirs = labelled(['item1', '111111', 'Boat'], ['item2', '222222', 'Car']);
    const ours = labelled(['item1', '222222', 'Car'], ['item2', '333333', 'Home']);
    const { item } = merge(undefined, theirs, ours);
    expect(labelsOf(item)).toEqual(['111111 Boat', '222222 Car', '333333 Home']);
  });

  it('a program numbers the rest anew when it deletes the first: the others stay what they are', () => {
    const base = labelled(['item1', '111111', 'Boat'], ['item2', '222222', 'Car']);
    const now = labelled(['item1', '111111', 'Boat'], ['item2', '222222', 'Truck']);
    expect(labelsOf(merge(base, now, labelled(['item1', '222222', 'Car'])).item)).toEqual(['222222 Truck']);
  });

  it('a label is changed here, a number there', () => {
    const base = labelled(['item1', '111111', 'Boat']);
    const [theirs, ours] = [labelled(['item1', '111111', 'Ship']), labelled(['item1', '999999', 'Boat'])];
    expect(labelsOf(merge(base, theirs, ours).item)).toEqual(['999999 Ship']);
  });
});

describe('a device that knows no groups', () => {
  const boat = ['item1.TEL:+49 89 1234567', 'item1.X-ABLABEL:Boat'];
  const base = card('N:A;B;;;', 'TEL:1', ...boat);
  const plain = (...lines: string[]) => card('N:A;B;;;', ...lines);
  it('does not take a number out of its group, nor its label away', () => {
    const { item } = merge(base, base, plain('TEL:1', 'TEL:+49891234567', 'TITLE:t'));
    expect(linesOf(item).sort()).toEqual(
      [...['N:A;B;;;', 'TEL:1', 'TITLE:t', 'item1.TEL:+49891234567'], boat[1]].sort(),
    );
  });
  it('changes the number in its group', () => {
    const { item } = merge(base, base, plain('TEL:1', 'TEL:+49 40 7'));
    expect(linesOf(item).sort()).toEqual(
      ['N:A;B;;;', 'TEL:1', 'item1.TEL:+49 40 7', 'item1.X-ABLABEL:Boat'].sort(),
    );
  });
  it('deletes the label with the number', () => {
    expect(linesOf(merge(base, base, plain('TEL:1')).item)).toEqual(['N:A;B;;;', 'TEL:1']);
  });
});

it('a label goes with its number where one side deletes both and the other changes the label', () => {
  const [base, other] = ['L', 'M'].map((label) =>
    card('N:A;B;;;', 'item1.TEL:1', `item1.X-ABLABEL:${label}`),
  ) as [TextItem, TextItem];
  const none = card('N:A;B;;;');
  expect(linesOf(merge(base, none, other).item)).toEqual(['N:A;B;;;']);
  expect(linesOf(merge(base, other, none).item)).toEqual(['N:A;B;;;']);
});

describe('a date with a label is no label', () => {
  const date = (group: string, day: string, label: string) => [
    `${group}.X-ABDATE:${day}`,
    `${group}.X-ABLABEL:${label}`,
  ];
  const base = card(...NAME, ...date('item1', '2001-01-01', 'Boat'));
  it('a device that knows no groups sends it, and it does not stand twice', () => {
    expect(merge(base, base, card(...NAME, 'X-ABDATE:2001-01-01')).item).toEqual(base);
  });
  it('such a device deletes it, and its label goes with it', () => {
    expect(linesOf(merge(base, base, card(...NAME)).item)).toEqual(NAME);
  });
  it('it tells its group from others where a program numbers them anew', () => {
    const two = [...date('item1', '2001-01-01', 'Boat'), ...date('item2', '2002-02-02', 'Car')];
    const current = card(...NAME, ...two, 'item2.X-OWN:1');
    const sent = card(...NAME, ...date('item1', '2002-02-02', 'Bus'));
    const { item } = merge(card(...NAME, ...two), current, sent);
    expect(linesOf(item)).toEqual([...NAME, ...date('item2', '2002-02-02', 'Bus'), 'item2.X-OWN:1']);
  });
});

it('a program numbers the groups anew and writes the numbers in its own way: they stay what they are', () => {
  const base = labelled(['item1', '+49 89 111111', 'Boat'], ['item2', '+49 89 222222', 'Car']);
  const current = card(...linesOf(base), 'item2.X-OWN:1');
  const { item } = merge(base, current, labelled(['item1', '+4989222222', 'Car']));
  expect(linesOf(item).slice(NAME.length).sort()).toEqual(
    ['item2.TEL:+4989222222', 'item2.X-ABLABEL:Car', 'item2.X-OWN:1'].sort(),
  );
});
