/** Bugs in what is believed of an earlier session, and of a log and a mapping that may have been restored. */
import type * as Standing from '../../../../lib/engine/changes/standing.ts';
import type { Cursor, DatastoreState } from '../../../../lib/engine/model/datastore-state.ts';
import type { SessionState } from '../../../../lib/engine/model/session-state.ts';
import type * as ReceiveLarge from '../../../../lib/engine/receive/large-object.ts';
import type * as Resume from '../../../../lib/engine/sync/resume.ts';
import type { Write } from '../../../../lib/store/port/port.ts';
import { packJson, unpackJson } from '../../../../lib/store/rows/pack.ts';
import { type Bug, type Plant, plant } from '../bug.ts';
import { smallPortions } from '../small-portions.ts';
import { rowPut, spoiledWrites } from '../spoiled-writes.ts';
import { life, PLAIN, story } from '../tells.ts';

const layer = 'resume';
const restored = story({ ...PLAIN, broken: false, rich: false, restored: true });

const standing = (spoil: (own: typeof Standing) => Partial<typeof Standing>): Plant =>
  plant<typeof Standing>('lib/engine/changes/standing.ts', spoil);

const resume = (change: (state: DatastoreState) => DatastoreState): Plant =>
  plant<typeof Resume>('lib/engine/sync/resume.ts', ({ resumeDatastore }) => ({
    resumeDatastore: (...of) => {
      const state = resumeDatastore(...of);
      return state === undefined || 'instead' in state ? state : change(state);
    },
  }));
const nextCommit = (behind: Cursor): Cursor =>
  behind.list === 'log' ? { ...behind, at: behind.at + 1, sub: 0 } : behind;

const confirmEarly = (write: Write): Write => {
  const row = rowPut(write, /^S$/);
  if (row === undefined) return write;
  const state = unpackJson(row.blob) as SessionState;
  for (const { outgoing } of state.datastores)
    if (outgoing.object !== undefined) outgoing.object.confirmed = outgoing.object.sent;
  return { ...write, row: { ...row, blob: packJson(state) } } as Write;
};

export const RESUME_BUGS: readonly Bug[] = [
  {
    ...{ layer, tell: restored, seeds: [2] },
    name: 'ids of commits and stamps are not compared: a log is believed if it is long enough',
    plants: [
      smallPortions,
      standing((own) => ({ holds: (facts, at, _, { sequence }) => own.isInLog(facts, at, { sequence }) })),
    ],
  },
  {
    ...{ layer, tell: restored, seeds: [254] },
    name: 'a log is believed whatever it holds',
    plants: [
      smallPortions,
      standing((own) => ({ holds: (facts, at, peer, { stamp }) => own.isStamped(facts, at, peer, stamp) })),
    ],
  },
  {
    ...{ layer, tell: restored, seeds: [155] },
    name: 'stamps are not compared: LUIDs may be gone that no commit names',
    plants: [
      smallPortions,
      standing((own) => ({ holds: (facts, at, _, place) => own.isInLog(facts, at, place) })),
    ],
  },
  {
    ...{ layer, tell: life, seeds: [] },
    name: 'a device goes on where it was, though a table was put back',
    plants: [standing(() => ({ holds: () => true, isInLog: () => true, isStamped: () => true }))],
  },
  {
    ...{ layer, tell: story({ ...PLAIN, parts: true }), seeds: [35] },
    name: 'a chunk counts as confirmed when it is sent',
    plants: [spoiledWrites(confirmEarly)],
  },
  {
    ...{ layer, tell: life, seeds: [] },
    name: 'a resume forgets what the client had not confirmed',
    plants: [resume((state) => ({ ...state, outgoing: { ...state.outgoing, resend: [] } }))],
  },
  {
    ...{ layer, tell: life, seeds: [] },
    name: 'a resume goes on one commit too far',
    plants: [
      resume(({ resume: known, ...state }) => ({
        ...state,
        ...(known && { resume: { ...known, ...(known.behind && { behind: nextCommit(known.behind) }) } }),
      })),
    ],
  },
  {
    ...{ layer, tell: life, seeds: [] },
    name: 'a chunk that comes again after a resume is appended once more',
    plants: [
      plant<typeof ReceiveLarge>('lib/engine/receive/large-object.ts', ({ receiveChunk }) => ({
        receiveChunk: (sync, arriving) => {
          const { inbound } = sync.step.session;
          if (inbound !== undefined) delete inbound.last;
          return receiveChunk(sync, arriving);
        },
      })),
    ],
  },
];
