/** The table of properties: what a row says agrees with itself, and no other file has a set of properties. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { PROPERTIES } from '../../../lib/pim/properties/rows.ts';
import {
  isBound,
  isDateOfSet,
  isDay,
  isStamp,
  isStoredOtherwise,
  isTime,
  storedNameOf,
  valueTypeOf,
} from '../../../lib/pim/properties/table.ts';

const ROWS = Object.values(PROPERTIES).flatMap((rows) => Object.entries(rows));

describe('the table of properties', () => {
  it('has one row a name, in upper case', () => {
    const names = ROWS.map(([name]) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(names.filter((name) => !/^[A-Z\d-]+$/.test(name))).toEqual([]);
  });

  it.each(ROWS)('%s: its columns fit its value', (name, row) => {
    expect(row.time !== undefined).toBe(row.value === 'time');
    if (row.parts !== undefined || row.listsInParts || row.whole) expect(row.value).toBe('parts');
    if (row.lines) expect(row).toMatchObject({ value: 'text', occurs: 'one' });
    expect([isTime, isStamp, isDay].filter((holds) => holds(name))).toHaveLength(
      row.time === undefined ? 0 : 1,
    );
    if (isBound(name) || isDateOfSet(name)) expect(isTime(name)).toBe(true);
    expect(storedNameOf(storedNameOf(name))).toBe(storedNameOf(name));
  });

  it('tells which names in a device’s list do not tell what it lacks', () => {
    const names = ['AALARM', 'DCREATED', 'ANNIVERSARY', 'X-AGENT', 'BODY', 'TEL', 'X-ANNIVERSARY'];
    expect(names.filter(isStoredOtherwise)).toEqual(['AALARM', 'DCREATED', 'ANNIVERSARY', 'X-AGENT']);
  });

  it('knows nothing of other names', () => {
    expect(valueTypeOf('X-UNKNOWN')).toBe('other');
    expect(storedNameOf('X-UNKNOWN')).toBe('X-UNKNOWN');
    expect([isTime, isStamp, isDay].some((holds) => holds('X-UNKNOWN'))).toBe(false);
  });

  it('is the only one: who wants to know what a property is asks it', () => {
    const known = new Set(ROWS.map(([name]) => name));
    const files = ['pim', 'filter', 'engine'].flatMap((folder) => {
      const root = join(import.meta.dirname, '../../../lib', folder);
      return readdirSync(root, { recursive: true, encoding: 'utf8' }).map((file) => join(root, file));
    });
    const sources = files.filter((file) => file.endsWith('.ts')).map((file) => readFileSync(file, 'utf8'));
    const sets = sources.flatMap((source) => source.match(/new Set(?:<\w+>)?\(\[[^\]]*\]/g) ?? []);
    // URL is a place of a value, too.
    const propertiesIn = (set: string) =>
      (set.match(/'[A-Z-]+'/g) ?? []).filter((name) => known.has(name.slice(1, -1)) && name !== "'URL'");
    expect(sources.length).toBeGreaterThan(100);
    expect(sets.length).toBeGreaterThan(5);
    expect(sets.filter((set) => propertiesIn(set).length > 0)).toEqual([]);
  });
});
