/** The tables of a datastore's progress, each joint state and each event, and the questions that are asked of it. */
import { describe, expect, it } from 'vitest';
import {
  type DatastoreState,
  OUTGOING_PROGRESS,
  type OutgoingProgress,
  PROGRESS,
  type Progress,
  type SyncKind,
} from '../../../lib/engine/model/datastore-state.ts';
import {
  type DatastoreEvent,
  FIRST_OUTGOING_PROGRESS,
  FIRST_PROGRESS,
  getsChanges,
  hasSync,
  isAnnounced,
  isBegun,
  isFinishable,
  isFinished,
  isWholeList,
  note,
  wasReceived,
} from '../../../lib/engine/state/datastore-progress.ts';

const EVENTS = ['synced', 'packageEnded', 'closed', 'announced', 'opened'] as const;
type Joint = readonly [Progress, OutgoingProgress];

const datastore = (
  [progress, ours]: Joint,
  more: Partial<Pick<DatastoreState, 'kind' | 'resume'>> = {},
): DatastoreState =>
  ({ name: 'notes', kind: 'two-way', ...more, progress, outgoing: { progress: ours } }) as DatastoreState;

/** Typed a second time on purpose: the test is the other opinion. Every joint state that there is, event by event. */
const CELLS: readonly (readonly [Joint, { readonly [event in DatastoreEvent]?: Joint }])[] = [
  [
    ['agreed', 'unannounced'],
    {
      synced: ['receiving', 'unannounced'],
      packageEnded: ['agreed', 'unannounced'],
      announced: ['agreed', 'announced'],
    },
  ],
  [['agreed', 'announced'], { synced: ['receiving', 'announced'], packageEnded: ['agreed', 'announced'] }],
  [
    ['receiving', 'unannounced'],
    {
      synced: ['receiving', 'unannounced'],
      packageEnded: ['received', 'unannounced'],
      announced: ['receiving', 'announced'],
    },
  ],
  [
    ['receiving', 'announced'],
    { synced: ['receiving', 'announced'], packageEnded: ['received', 'announced'] },
  ],
  [
    ['received', 'unannounced'],
    { closed: ['finished', 'unannounced'], announced: ['received', 'announced'] },
  ],
  [['received', 'announced'], { closed: ['finished', 'announced'], opened: ['received', 'sending'] }],
  [['received', 'sending'], { closed: ['finished', 'sending'], opened: ['received', 'sending'] }],
  [['finished', 'unannounced'], { announced: ['finished', 'announced'] }],
  [['finished', 'announced'], {}],
  [['finished', 'sending'], {}],
];
const present = CELLS.flatMap(([from, events]) =>
  EVENTS.flatMap((event) => (events[event] === undefined ? [] : [[from, event, events[event]] as const])),
);
const absent = CELLS.flatMap(([from, events]) =>
  EVENTS.flatMap((event) => (events[event] === undefined ? [[from, event] as const] : [])),
);

describe('the progress of a datastore', () => {
  it('begins before the Sync of the client and before our Alert', () => {
    expect([FIRST_PROGRESS, FIRST_OUTGOING_PROGRESS]).toEqual([PROGRESS[0], OUTGOING_PROGRESS[0]]);
  });

  it.each(present)('%j: %s leads to %j', (from, event, to) => {
    const one = datastore(from);
    note(one, event);
    expect([one.progress, one.outgoing.progress]).toEqual(to);
    expect(PROGRESS.indexOf(to[0])).toBeGreaterThanOrEqual(PROGRESS.indexOf(from[0]));
    expect(OUTGOING_PROGRESS.indexOf(to[1])).toBeGreaterThanOrEqual(OUTGOING_PROGRESS.indexOf(from[1]));
  });

  it.each(absent)('%j: %s cannot happen', (from, event) => {
    const one = datastore(from);
    expect(() => note(one, event)).toThrow(`notes: ${event} cannot happen in ${from.join(', ')}`);
    expect([one.progress, one.outgoing.progress]).toEqual(from);
  });

  it('comes to all of these joint states, and to no other', () => {
    const reached = new Map<string, Joint>();
    const visit = (joint: Joint): void => {
      if (reached.has(joint.join())) return;
      reached.set(joint.join(), joint);
      for (const event of EVENTS) {
        const one = datastore(joint);
        try {
          note(one, event);
        } catch {
          continue;
        }
        visit([one.progress, one.outgoing.progress]);
      }
    };
    visit([FIRST_PROGRESS, FIRST_OUTGOING_PROGRESS]);
    expect([...reached.keys()].sort()).toEqual(CELLS.map(([joint]) => joint.join()).sort());
  });
});

describe('what is asked of it', () => {
  it.each([
    ['agreed', false, false, false, false],
    ['receiving', true, false, false, false],
    ['received', true, true, false, true],
    ['finished', true, false, true, true],
  ] as const)(
    '%s: has a Sync %s, can be finished %s, is finished %s, was received %s',
    (progress, ...answers) => {
      const one = datastore([progress, 'announced']);
      expect([hasSync(one), isFinishable(one), isFinished(one), wasReceived(one)]).toEqual(answers);
      expect(wasReceived({ ...one, resume: { received: true } })).toBe(true);
      expect(wasReceived({ ...one, resume: {} })).toBe(answers[3]);
    },
  );

  it.each([
    ['unannounced', false, false],
    ['announced', true, false],
    ['sending', true, true],
  ] as const)('%s: our Alert is sent %s, our first Sync %s', (ours, ...answers) => {
    const one = datastore(['received', ours]);
    expect([isAnnounced(one), isBegun(one)]).toEqual(answers);
  });

  it.each([
    ['refresh-from-client', 'receiving', {}, true],
    ['refresh-from-client', 'agreed', {}, false],
    ['refresh-from-client', 'receiving', { incoming: { hasGaps: true } }, false],
    ['refresh-from-client', 'receiving', { resume: { received: true } }, false],
    ['refresh-from-client', 'receiving', { resume: {} }, true],
    ['slow', 'receiving', {}, false],
    ['one-way-from-client', 'receiving', {}, false],
    ['two-way', 'receiving', {}, false],
  ] as const)('%s, %s, %j: the list of the client is whole %s', (kind, progress, more, isWhole) => {
    const one = { ...datastore([progress, 'announced'], { kind }), incoming: {}, ...more };
    expect(isWholeList(one)).toBe(isWhole);
  });

  it.each([
    ['two-way', true],
    ['slow', true],
    ['one-way-from-client', false],
    ['refresh-from-client', false],
    ['one-way-from-server', true],
    ['refresh-from-server', true],
  ] as const)('%s: once received, the client gets changes %s', (kind: SyncKind, gets) => {
    for (const progress of PROGRESS)
      expect(getsChanges(datastore([progress, 'announced'], { kind }))).toBe(gets && progress === 'received');
  });
});
