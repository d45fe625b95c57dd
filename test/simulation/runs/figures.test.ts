import { describe, expect, it } from 'vitest';
import { figuresText } from './figures.ts';
import type { Entry, Kind } from './ledger.ts';

const kind: Kind = { commit: 'a'.repeat(40), steps: 24, store: 'memory', lives: true };
const entry: Entry = {
  ...kind,
  begun: '2030-01-01T00:00:00.000Z',
  last: '2030-01-02T00:00:00.000Z',
  seeds: [{ from: 0, to: 20 }],
  failures: [{ seed: 3, reason: 'lost' }],
};
const ROW = '| lives of up to 24 steps, store: memory | 20 | 1 | 2030-01-02, aaaaaaa |';

describe('the figures', () => {
  it('of a kind of stories are one row', () => {
    const first = figuresText(undefined, [entry], kind);
    expect(first.split('\n').slice(2)).toEqual([ROW]);
    const more = { ...entry, seeds: [{ from: 0, to: 30 }], failures: [] };
    expect(figuresText(first, [more], kind)).toBe(first.replace('| 20 | 1 |', '| 30 | 0 |'));
  });

  it('of other kinds stay', () => {
    const { lives: _, ...stories } = { ...entry, steps: 40 };
    const text = figuresText(figuresText(undefined, [entry], kind), [stories], stories);
    expect(text.split('\n').slice(2)).toEqual([ROW, ROW.replace('lives of up to 24', 'stories of 40')]);
  });

  it('are those of a commit', () => {
    expect(() => figuresText(undefined, [entry], { ...kind, dirty: 'x' })).toThrow('Commit it');
  });
});
