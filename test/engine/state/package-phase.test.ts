/** The tables of phases, cell by cell, and the guards beside them. */
import { describe, expect, it } from 'vitest';
import type { DatastoreState, SyncKind } from '../../../lib/engine/model/datastore-state.ts';
import { MAX_EMPTY_REQUESTS, MAX_OWED_REQUESTS } from '../../../lib/engine/model/limits.ts';
import { PHASES, type Phase, type SessionState } from '../../../lib/engine/model/session-state.ts';
import {
  type Answered,
  closePackage,
  FIRST_PHASE,
  finishesWith,
  isOver,
  type MessageEnd,
  move,
  mustAskForMore,
  noteMessageEnd,
  phaseRefusal,
  sendsAlerts,
  sendsChanges,
  type Trigger,
  takeFinal,
} from '../../../lib/engine/state/package-phase.ts';

const TRIGGERS = [
  ...['initialised', 'synced', 'received', 'nothingToSend', 'sent', 'confirmed', 'suspended'],
] as readonly Trigger[];

/** Typed a second time on purpose: the test is the other opinion. */
const CELLS: readonly (readonly [Phase, Trigger, Phase])[] = [
  ['init', 'initialised', 'sync'],
  ['init', 'synced', 'sync'],
  ['init', 'suspended', 'done'],
  ['sync', 'synced', 'sync'],
  ['sync', 'received', 'send'],
  ['sync', 'nothingToSend', 'done'],
  ['sync', 'suspended', 'done'],
  ['send', 'sent', 'map'],
  ['send', 'suspended', 'done'],
  ['map', 'confirmed', 'done'],
  ['map', 'suspended', 'done'],
  ['done', 'suspended', 'done'],
];
const absent = PHASES.flatMap((phase) => TRIGGERS.map((trigger) => [phase, trigger] as const)).filter(
  ([phase, trigger]) => !CELLS.some(([from, by]) => from === phase && by === trigger),
);

describe('phases', () => {
  it('are these, in the order of the packages', () => {
    expect(PHASES).toEqual(['init', 'sync', 'send', 'map', 'done']);
    expect(FIRST_PHASE).toEqual({ phase: 'init', emptyRequests: 0 });
    expect(PHASES.filter((phase) => isOver({ phase }))).toEqual(['done']);
  });

  it.each(CELLS)('%s: %s leads to %s', (phase, trigger, next) => {
    const state = { phase };
    move(state, trigger);
    expect(state.phase).toBe(next);
    expect(PHASES.indexOf(next)).toBeGreaterThanOrEqual(PHASES.indexOf(phase));
  });

  it.each(absent)('%s: %s cannot happen', (phase, trigger) => {
    const state = { phase };
    expect(() => move(state, trigger)).toThrow(`${trigger} cannot happen in phase ${phase}`);
    expect(state.phase).toBe(phase);
  });

  it('count their cells: 12 are there, 23 are not', () => {
    expect([CELLS.length, absent.length]).toEqual([12, 23]);
  });
});

describe('what follows from a phase', () => {
  it.each([
    ['init', undefined, undefined, false, false],
    ['sync', 403, undefined, true, false],
    ['send', 403, 405, true, true],
    ['map', 403, 405, true, false],
    ['done', 403, 405, true, false],
  ] as const)(
    '%s: Alert %s, Sync %s, our Alerts %s, our changes %s',
    (phase, alert, sync, alerts, changes) => {
      expect(phaseRefusal({ phase }, 'syncAlert')).toBe(alert);
      expect(phaseRefusal({ phase }, 'sync')).toBe(sync);
      expect(sendsAlerts({ phase })).toBe(alerts);
      expect(sendsChanges({ phase })).toBe(changes);
    },
  );

  it.each([
    ['init', 'none'],
    ['sync', 'none'],
    ['send', 'one-way from the client'],
    ['map', 'one-way from the client'],
    ['done', 'all'],
  ] as const)('%s finishes %s, and nothing once the session is over', (phase, finishes) => {
    for (const before of PHASES)
      expect(finishesWith({ phase }, { phase: before })).toBe(before === 'done' ? 'none' : finishes);
  });
});

const session = (phase: Phase, more: Partial<SessionState> = {}): SessionState =>
  ({ phase, emptyRequests: 0, datastores: [], ...more }) as unknown as SessionState;
const seen = (kind: SyncKind, isSeen = true): DatastoreState =>
  ({ kind, progress: isSeen ? 'receiving' : 'agreed', incoming: {} }) as DatastoreState;

const FINAL: MessageEnd = { final: true, asksForMore: false, hasSubstance: false };
const OPEN: MessageEnd = { ...FINAL, final: false };
const EMPTY: MessageEnd = { ...OPEN, asksForMore: true };

describe("the end of the client's message", () => {
  it.each([
    ['init', 1],
    ['sync', 3],
    ['send', undefined],
    ['map', 5],
    ['done', undefined],
  ] as const)('%s: Final ends package #%s', (phase, ended) => {
    expect(noteMessageEnd(session(phase), FINAL)).toEqual(ended && { package: ended, by: 'final' });
    expect(noteMessageEnd(session(phase), OPEN)).toBeUndefined();
  });

  it.each([
    ['init', 1],
    ['sync', 3],
    ['send', undefined],
    ['map', 5],
    ['done', undefined],
  ] as const)('%s: one request too many ends package #%s', (phase, ended) => {
    const state = session(phase);
    for (let n = 0; n < MAX_EMPTY_REQUESTS; n += 1) expect(noteMessageEnd(state, EMPTY)).toBeUndefined();
    expect(noteMessageEnd(state, EMPTY)).toEqual(ended && { package: ended, by: 'requests' });
    expect(state.emptyRequests).toBe(0);
    expect(state.owesFinal).toBe(phase === 'init' ? true : undefined);
  });

  it.each([
    ['another command', { ...EMPTY, hasSubstance: true }],
    ['a message without Alert 222', OPEN],
    ['a Final', { ...EMPTY, final: true }],
  ])('%s begins the count anew', (_, message) => {
    const state = session('send', { emptyRequests: MAX_EMPTY_REQUESTS });
    noteMessageEnd(state, message);
    expect(state.emptyRequests).toBe(0);
  });

  it('a Final that asks for the rest of our package #2 ends nothing, requests without end do', () => {
    const state = session('sync', { owesFinal: true, datastores: [seen('two-way', false)] });
    expect(noteMessageEnd(state, FINAL)).toBeUndefined();
    expect(
      noteMessageEnd(session('sync', { owesFinal: true, datastores: [seen('two-way')] }), FINAL),
    ).toBeDefined();
    state.emptyRequests = MAX_OWED_REQUESTS;
    expect(noteMessageEnd(state, EMPTY)).toEqual({ package: 3, by: 'requests' });
  });

  it.each([
    ['init', 1, [], 'sync'],
    ['sync', 3, [seen('two-way')], 'send'],
    ['sync', 3, [seen('one-way-from-client'), seen('one-way-from-server')], 'send'],
    ['sync', 3, [seen('one-way-from-client'), seen('refresh-from-client')], 'done'],
    ['sync', 3, [seen('one-way-from-client'), seen('two-way', false)], 'done'],
    ['map', 5, [], 'done'],
  ] as const)('in %s package #%s of %j leads to %s', (phase, which, datastores, next) => {
    const state = session(phase, { datastores: [...datastores] });
    closePackage(state, { package: which, by: 'final' });
    expect(state.phase).toBe(next);
  });
});

describe('our Final', () => {
  const ANSWERED: Answered = { final: false, complete: true, sent: false };

  it.each([
    ['init', {}, {}, false],
    ['init', { owesFinal: true }, { final: true }, false],
    ['sync', {}, {}, false],
    ['sync', {}, { final: true }, true],
    ['sync', { datastores: [seen('two-way')] }, { final: true }, false],
    ['sync', { owesFinal: true, datastores: [seen('two-way')] }, {}, true],
    ['send', { owesFinal: true }, { final: true }, false],
    ['map', {}, { final: true }, false],
    ['map', {}, { sent: true }, true],
    ['map', { owesFinal: true }, {}, true],
    ['done', {}, {}, true],
  ] as const)('in %s with %j after %j: %s', (phase, more, answered, due) => {
    const state = session(phase, more as Partial<SessionState>);
    expect(takeFinal(state, { ...ANSWERED, ...answered })).toBe(due);
    expect(state.owesFinal).toBeUndefined();
  });

  it.each([
    ['sync', { final: true }, true],
    ['sync', {}, false],
    ['done', {}, true],
  ] as const)('in %s after %j that did not fit: owed is %s', (phase, answered, owed) => {
    const state = session(phase);
    expect(takeFinal(state, { ...ANSWERED, ...answered, complete: false })).toBe(false);
    expect(state.owesFinal).toBe(owed);
    takeFinal(state, { ...ANSWERED, complete: false });
    expect(state.owesFinal).toBe(owed);
  });

  it.each(PHASES)(
    '%s: an answer without it asks for more while the package of the client is open',
    (phase) => {
      const asks = ['init', 'sync', 'map'].includes(phase);
      expect(mustAskForMore({ phase }, ANSWERED)).toBe(asks);
      expect(mustAskForMore({ phase }, { ...ANSWERED, final: true })).toBe(false);
      expect(mustAskForMore({ phase }, { ...ANSWERED, complete: false })).toBe(false);
    },
  );
});
