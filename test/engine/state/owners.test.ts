/** Each state has one file that knows it: nobody else in lib compares or writes it. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const LIB = join(import.meta.dirname, '..', '..', '..', 'lib');

const SOURCES = readdirSync(LIB, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .map((file) => ({ file, source: readFileSync(join(LIB, file), 'utf8') }));

const filesWith = (pattern: RegExp): string[] =>
  SOURCES.filter(({ source }) => pattern.test(source)).map(({ file }) => file);

describe('nobody else', () => {
  it.each([
    ['how often the client asks', /\.emptyRequests\b/, 'package-phase.ts'],
    ['the Final that we owe', /\bowesFinal\b(?!\?:)/, 'package-phase.ts'],
    ['how far a datastore has come', /\bprogress (?:[!=]==|=) /, 'datastore-progress.ts'],
  ])('knows %s', (_, pattern, owner) => {
    expect(filesWith(pattern)).toEqual([`engine/state/${owner}`]);
  });

  it('compares kinds of sync: they have traits', () => {
    expect(filesWith(/[!=]== '(?:two-way|slow|one-way-from-|refresh-from-)/)).toEqual([]);
  });
});
