/** The table of phases, cell by cell; an absent cell changes nothing. */
import { describe, expect, it } from 'vitest';
import { nextPhase, PHASES, type Phase, type Trigger } from '../../lib/engine/state/package-phase.ts';

const TRIGGERS = [
  ...['initialised', 'sync', 'received', 'nothingToSend', 'sent', 'confirmed', 'stopped'],
] as readonly Trigger[];

/** Typed a second time on purpose: the test is the other opinion. */
const CELLS: readonly (readonly [Phase, Trigger, Phase])[] = [
  ['init', 'initialised', 'sync'],
  ['init', 'sync', 'sync'],
  ['init', 'stopped', 'done'],
  ['sync', 'received', 'send'],
  ['sync', 'nothingToSend', 'done'],
  ['sync', 'stopped', 'done'],
  ['send', 'sent', 'map'],
  ['send', 'stopped', 'done'],
  ['map', 'confirmed', 'done'],
  ['map', 'stopped', 'done'],
];
const absent = PHASES.flatMap((phase) => TRIGGERS.map((trigger) => [phase, trigger] as const)).filter(
  ([phase, trigger]) => !CELLS.some(([from, by]) => from === phase && by === trigger),
);

describe('phases', () => {
  it('are these, in the order of the packages', () => {
    expect(PHASES).toEqual(['init', 'sync', 'send', 'map', 'done']);
  });

  it.each(CELLS)('%s: %s leads to %s', (phase, trigger, next) => {
    expect(nextPhase(phase, trigger)).toBe(next);
  });

  it.each(absent)('%s: %s changes nothing', (phase, trigger) => {
    expect(nextPhase(phase, trigger)).toBe(phase);
  });

  it('never lead back, and done is the end', () => {
    for (const phase of PHASES)
      for (const trigger of TRIGGERS)
        expect(PHASES.indexOf(nextPhase(phase, trigger))).toBeGreaterThanOrEqual(PHASES.indexOf(phase));
    for (const trigger of TRIGGERS) expect(nextPhase('done', trigger)).toBe('done');
  });

  it('count their cells: 10 lead on, 25 do not', () => {
    expect([CELLS.length, absent.length]).toEqual([10, 25]);
  });
});
