import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { UsageError } from '../../../functions/cli/options.ts';
import { readLedger } from './ledger-file.ts';
import { parseOptions } from './options.ts';
import { durationText, progressText } from './progress.ts';
import { joined, textOf } from './seeds.ts';

describe('the options', () => {
  it.each([
    [[], '1..1001'],
    [['--seeds', '10'], '1..11'],
    [['--seeds', '10', '--from', '0'], '0..10'],
    [['--from', '500'], '500..1500'],
    [['--seeds', '0..20000'], '0..20000'],
    [['--seeds', '7..9,0..3'], '0..3 7..9'],
  ])('%j: seeds %s', (args, seeds) => {
    expect(textOf(parseOptions(args).seeds)).toBe(seeds);
  });
  it.each([
    [['--seeds', '0'], '--seeds takes a whole number from 1 on, not "0".'],
    [['--seeds', '9..3'], '--seeds takes a number or ranges such as 0..20000, not "9..3".'],
    [['--seeds', '1..3', '--from', '5'], '--from goes with a number of seeds'],
    [['--steps', '1.5'], '--steps takes a whole number from 1 on, not "1.5".'],
    [['--jobs', '-1'], "Option '--jobs' argument is ambiguous"],
    [['--store', 'redis'], '--store takes memory, sqlite, dynamodb, not "redis".'],
    [['--ledger', ''], '--ledger needs the name of a file.'],
    [['--sedes', '1'], "Unknown option '--sedes'. --help lists the options."],
  ])('%j: %s', (args, message) => {
    expect(() => parseOptions(args)).toThrow(UsageError);
    expect(() => parseOptions(args)).toThrow(message);
  });
});

describe('progress', () => {
  it('counts what was done before, but not its time', () => {
    const told = { done: 600, all: 1000, failed: 2, told: 100, seconds: 50 };
    expect(progressText(told)).toBe('600 of 1000 (60 %), 2.0 stories a second, 2 failed, 3 min left');
  });
  it('says nothing of time before the first story', () => {
    const nothing = { done: 0, all: 1000, failed: 0, told: 0, seconds: 1 };
    expect(progressText(nothing)).toBe('0 of 1000 (0 %), 0 failed');
  });
  it.each([
    [40, '40 s'],
    [120, '2 min'],
    [5_950, '99 min'],
    [9_000, '2 h 30 min'],
  ])('%i seconds are %s', (seconds, text) => {
    expect(durationText(seconds)).toBe(text);
  });
});

describe('the command', () => {
  const simulate = (...args: readonly string[]) =>
    spawnSync(process.execPath, [join(import.meta.dirname, '..', 'simulate.ts'), '--steps', '1', ...args], {
      encoding: 'utf8',
    });

  it('goes on with what is missing', () => {
    const folder = mkdtempSync(join(tmpdir(), 'simulate-'));
    const ledger = join(folder, 'all.ledger');
    try {
      const first = simulate('--seeds', '2..4', '--ledger', ledger);
      expect(first.stdout).toContain('2 of 2 seeds to do');
      // Somebody may edit the code just now.
      const second = simulate('--seeds', '0..6', '--jobs', '2', '--any-commit', '--ledger', ledger);
      expect(second.stdout).toContain('4 of 6 seeds to do');
      expect(second.status).toBe(0);
      const entries = readLedger(ledger);
      expect(textOf(joined(...entries.map(({ seeds }) => seeds)))).toBe('0..6');
      expect(entries.flatMap(({ failures }) => failures)).toEqual([]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
