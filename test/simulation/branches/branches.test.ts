/** How often branches of the server run, as V8 counts it. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { BRANCHES } from './branches.ts';
import { added, placeOf } from './counting.ts';
import { branchesText, neverRun } from './table.ts';

const SIMULATE = join(import.meta.dirname, '..', 'simulate.ts');

describe('the branches', () => {
  it.each(BRANCHES)('$name: its text is in its file once', (branch) => {
    expect(placeOf(branch)).toBeGreaterThan(0);
  });

  it('have names of their own', () => {
    expect(new Set(BRANCHES.map(({ name }) => name)).size).toBe(BRANCHES.length);
  });
});

describe('a run', () => {
  it('counts them where it is asked to', () => {
    const folder = mkdtempSync(join(tmpdir(), 'branches-'));
    const args = [
      '--lives',
      '--seeds',
      '0..10',
      '--jobs',
      '2',
      '--branches',
      '--ledger',
      join(folder, 'ledger'),
    ];
    const { stdout } = spawnSync(process.execPath, [SIMULATE, ...args], { encoding: 'utf8' });
    rmSync(folder, { recursive: true });
    const counts = new Map(
      stdout.split('\n').flatMap((line) => {
        const [, count, name] = /^ *(\d+) {2}(.*)$/.exec(line) ?? [];
        return name === undefined ? [] : [[name, Number(count)] as const];
      }),
    );
    expect([...counts.keys()].sort()).toEqual(BRANCHES.map(({ name }) => name).sort());
    expect([...counts.values()].some((count) => count > 0)).toBe(true);
  }, 60_000);

  it('of many seeds complains of a branch that never ran', () => {
    const counts = added(
      new Map([
        ['it rains', 2],
        ['it snows', 0],
      ]),
      new Map([['it rains', 1]]),
    );
    expect(branchesText(counts)).toBe('times  branch\n    0  it snows\n    3  it rains');
    expect(neverRun(counts, 9_999)).toEqual([]);
    expect(neverRun(counts, 10_000)).toEqual(['In 10000 seeds it never happened that it snows.']);
  });
});
