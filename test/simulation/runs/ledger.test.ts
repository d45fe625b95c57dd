import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { eachInFolder } from '../../kit/folder.ts';
import {
  added,
  doneSeeds,
  type Entry,
  failuresIn,
  type Kind,
  type Ledger,
  ledgerText,
  parseLedger,
  withSeed,
} from './ledger.ts';
import { readLedger, saveResult } from './ledger-file.ts';
import { parseSeeds, textOf } from './seeds.ts';
import { summaryText } from './summary.ts';

const KIND: Kind = { commit: '0123456789abcdef', steps: 40, store: 'sqlite' };
const result = (seeds: string, failed: readonly number[] = [], kind: Kind = KIND): Entry => ({
  ...kind,
  begun: '2030-01-01T00:00:00.000Z',
  last: '2030-01-01T01:00:00.000Z',
  seeds: parseSeeds(seeds) ?? [],
  failures: failed.map((seed) => ({ seed, reason: `lost: Name-${seed}` })),
});
const ledgerOf = (...results: readonly Entry[]): Ledger => results.reduce<Ledger>(added, []);
const doneIn = (ledger: Ledger, kind = KIND, anyCommit = false) => textOf(doneSeeds(ledger, kind, anyCommit));

describe('results', () => {
  it('of the same code and options add up in one entry', () => {
    const ledger = ledgerOf(result('20..30', [25]), result('0..10', [7]), result('10..20'));
    expect(ledger).toHaveLength(1);
    expect(doneIn(ledger)).toBe('0..30');
    expect(ledger[0]?.failures.map(({ seed }) => seed)).toEqual([7, 25]);
  });

  it('change nothing when they are taken in twice', () => {
    const once = ledgerOf(result('0..10', [7]), result('20..30', [25]));
    expect(added(once, result('20..30', [25]))).toEqual(once);
  });

  it.each([
    ['commit', { commit: 'fedcba' }],
    ['tree', { dirty: 'abc' }],
    ['number of steps', { steps: 25 }],
    ['store', { store: 'dynamodb' }],
  ] as const)('of another %s begin a new entry', (_, other) => {
    const ledger = ledgerOf(result('0..10'), result('0..5', [], { ...KIND, ...other }));
    expect(ledger).toHaveLength(2);
    expect([doneIn(ledger), doneIn(ledger, { ...KIND, ...other })]).toEqual(['0..10', '0..5']);
  });

  it('of a seed that is told again stand instead of the older ones', () => {
    const ledger = ledgerOf(result('0..10', [3, 7]), result('7..8'));
    expect(failuresIn(ledger, KIND, [{ from: 0, to: 10 }]).map(({ seed }) => seed)).toEqual([3]);
  });

  it('grow seed by seed', () => {
    const one = withSeed(result('0..2'), 3, '2030-01-02', 'lost');
    const two = withSeed(one, 2, '2030-01-03');
    expect(textOf(two.seeds)).toBe('0..4');
    expect(two.failures).toEqual([{ seed: 3, reason: 'lost' }]);
    expect(two.last).toBe('2030-01-03');
  });
});

describe('seeds that passed with another commit', () => {
  const other: Kind = { ...KIND, commit: 'fedcba' };
  const ledger = ledgerOf(result('0..10', [3], other), result('20..30', [25]));

  it('count as done only when that is asked for; those that failed do not', () => {
    expect(doneIn(ledger)).toBe('20..30');
    expect(doneIn(ledger, KIND, true)).toBe('0..3 4..10 20..30');
  });
  it('never count with other steps', () => {
    expect(doneIn(ledger, { ...KIND, steps: 25 }, true)).toBe('');
  });
});

describe('the text of a ledger', () => {
  it('is read as it was written', () => {
    const ledger = ledgerOf(result('0..10 20..30', [7]), result('0..5', [], { ...KIND, dirty: 'abc' }));
    expect(parseLedger(ledgerText(ledger))).toEqual(ledger);
    expect(ledgerText(ledger)).toContain('"seeds": "0..10 20..30"');
  });
  it.each([
    '',
    '[]',
    '{"format": 2, "entries": []}',
    '{"format": 1}',
    '{"format": 1, "entries": [{}]}',
    ledgerText(ledgerOf(result('0..10'))).replace('0..10', '10..0'),
    ledgerText(ledgerOf(result('0..10', [7]))).replace('"seed": 7', '"seed": "x"'),
  ])('%j is refused', (text) => {
    expect(() => parseLedger(text)).toThrow();
  });
});

describe('the file', () => {
  let folder: string;
  let file: string;
  eachInFolder('ledger-', (path) => {
    folder = path;
    file = join(path, 'all.ledger');
  });

  it('that is missing is an empty ledger', () => {
    expect(readLedger(file)).toEqual([]);
  });
  it('takes in results of runs that know nothing of each other', () => {
    saveResult(file, result('0..10'));
    saveResult(file, result('20..30', [25]));
    saveResult(file, result('0..12'));
    expect(doneIn(readLedger(file))).toBe('0..12 20..30');
    expect(readdirSync(folder)).toEqual(['all.ledger']);
  });
  it('that is something else stays as it is, and the error says what helps', () => {
    writeFileSync(file, '# Notes');
    expect(() => saveResult(file, result('0..10'))).toThrow(/is no ledger.*--ledger FILE/);
    expect(readFileSync(file, 'utf8')).toBe('# Notes');
  });
  it('that cannot be written or read: the error says what helps', () => {
    expect(() => saveResult(join(folder, 'none', 'all.ledger'), result('0..10'))).toThrow(
      /cannot be written.*--ledger FILE/,
    );
    expect(() => readLedger(folder)).toThrow(/cannot be read.*--ledger FILE/);
  });
});

describe('the summary', () => {
  it('has a line for each entry, and says which seeds of this code failed and how to tell them again', () => {
    const other: Kind = { ...KIND, commit: 'fedcba9876543210', dirty: 'abc', steps: 25 };
    const ledger = ledgerOf(result('0..10 20..30', [7, 25]), result('0..5', [], other));
    expect(summaryText('all.ledger', ledger, KIND).split('\n')).toEqual([
      'all.ledger holds',
      '  fedcba9876 with changes (abc), 25 steps on sqlite: 5 seeds, 0..5; none failed',
      '  this code: 0123456789, 40 steps on sqlite: 20 seeds, 0..10 20..30; 2 failed: 7 25',
      '    seed 7: lost: Name-7',
      '    seed 25: lost: Name-25',
      '    tell one again: npm run simulate -- --seeds 7..8 --steps 40 --store sqlite --again',
    ]);
  });
});
