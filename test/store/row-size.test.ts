import { describe, expect, it } from 'vitest';
import { attributeBytes, attributesBytes, numberBytes, rowBytes } from '../../lib/store/rows/row-size.ts';

describe('the size of a row, by the rules of DynamoDB', () => {
  it.each([
    [0, 1],
    [7, 2],
    [42, 2],
    [100, 2],
    [123, 3],
    [-123, 4],
    [0.05, 2],
    [1234567890, 6],
    [1e-7, 2],
    [1.25e30, 3],
  ])('a number: %d takes %d bytes', (value, bytes) => {
    expect(numberBytes(value)).toBe(bytes);
  });

  it('counts text in UTF-8, null and booleans as one byte', () => {
    expect(['', 'abc', 'é', '\u{1F600}', null, true, false].map(attributeBytes)).toEqual([
      0, 3, 2, 4, 1, 1, 1,
    ]);
  });

  it('counts 3 bytes for a list or map and one for each element', () => {
    expect(attributeBytes([])).toBe(3);
    expect(attributeBytes(['ab', 7])).toBe(3 + (1 + 2) + (1 + 2));
    expect(attributeBytes({})).toBe(3);
    expect(attributeBytes({ key: 'ab', deep: [null] })).toBe(3 + (1 + 3 + 2) + (1 + 4 + 3 + 1 + 1));
  });

  it('counts the names of all attributes, and nothing for those that are undefined', () => {
    expect(attributesBytes({ name: 'ab', none: undefined } as never)).toBe(4 + 2);
    const row = { table: 'items', pk: 'user', sk: 'é', version: 12, attributes: { n: 'x' } } as const;
    const plain = 2 + 4 + (2 + 2) + (1 + 2) + (1 + 1);
    expect(rowBytes(row)).toBe(plain);
    expect(rowBytes({ ...row, expires: 1234567890, blob: new Uint8Array(10) })).toBe(
      plain + (3 + 6) + (1 + 10),
    );
  });
});
