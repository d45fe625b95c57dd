/**
 * How far the sync of one datastore has come [SP11 4, 5].
 *
 * Rule 1: everything that affects the two states of a datastore stands in this file. Other files tell it what happened, and
 * ask its functions by name; none of them compares a state.
 * Rule 2: this file is the only writer of a datastore's `progress` and `outgoing.progress`.
 *
 * The sync as a whole (`progress`):
 *
 * | state | what happened | what is awaited |
 * |---|---|---|
 * | agreed | an Alert of the client was accepted | the client's Sync |
 * | receiving | its Sync came, or must be taken as empty | the rest of package #3 |
 * | received | package #3 is complete | our changes, and what the client says of them |
 * | finished | the anchors are settled | nothing |
 *
 * A datastore whose Sync does not come stays `agreed` to the end of the session. A second Alert for the datastore, and a
 * resume, make a new one in its place, which begins as `agreed`.
 *
 * Our part (`outgoing.progress`):
 *
 * | state | what happened |
 * |---|---|
 * | unannounced | our Alert did not find room yet |
 * | announced | our Alert is sent |
 * | sending | our first Sync is sent |
 *
 * The two are independent, but for one rule: we send once package #3 is complete. Without separate initialisation the Sync
 * comes before our Alert (P33), and a sync that sends nothing may be finished while our Alert still waits for room.
 */
import type { DatastoreState, OutgoingProgress, Progress } from '../model/datastore-state.ts';
import { isOneWayFromClient, traitsOf } from './sync-kind.ts';

export const FIRST_PROGRESS: Progress = 'agreed';
export const FIRST_OUTGOING_PROGRESS: OutgoingProgress = 'unannounced';

/**
 * What happens to a datastore:
 * - `synced`: a Sync of the client was taken, or is assumed.
 * - `packageEnded`: the client's package #3 is complete.
 * - `closed`: its anchors were settled.
 * - `announced`: our Alert is sent.
 * - `opened`: a Sync of ours is sent.
 */
export type DatastoreEvent = 'synced' | 'packageEnded' | 'closed' | 'announced' | 'opened';

/** The state after an event. An absent cell: the event cannot happen in that state, the caller is wrong. */
const NEXT_PROGRESS: {
  readonly [state in Progress]: { readonly [event in DatastoreEvent]?: Progress | 'stays' };
} = {
  agreed: { synced: 'receiving', packageEnded: 'stays', announced: 'stays' },
  receiving: { synced: 'stays', packageEnded: 'received', announced: 'stays' },
  received: { closed: 'finished', announced: 'stays', opened: 'stays' },
  finished: { announced: 'stays' },
};

const NEXT_OUTGOING: {
  readonly [state in OutgoingProgress]: { readonly [event in DatastoreEvent]?: OutgoingProgress | 'stays' };
} = {
  unannounced: { synced: 'stays', packageEnded: 'stays', closed: 'stays', announced: 'announced' },
  announced: { synced: 'stays', packageEnded: 'stays', closed: 'stays', opened: 'sending' },
  sending: { closed: 'stays', opened: 'stays' },
};

type InProgress = Pick<DatastoreState, 'name' | 'progress'> & {
  readonly outgoing: Pick<DatastoreState['outgoing'], 'progress'>;
};

/** Moves the datastore on. */
export function note(datastore: InProgress, event: DatastoreEvent): void {
  const { name, progress, outgoing } = datastore;
  const [next, nextOutgoing] = [NEXT_PROGRESS[progress][event], NEXT_OUTGOING[outgoing.progress][event]];
  if (next === undefined || nextOutgoing === undefined)
    throw new Error(`${name}: ${event} cannot happen in ${progress}, ${outgoing.progress}`);
  if (next !== 'stays') datastore.progress = next;
  if (nextOutgoing !== 'stays') outgoing.progress = nextOutgoing;
}

/** Did a Sync of the client come in this session? An empty one may have been assumed. */
export const hasSync = ({ progress }: Pick<DatastoreState, 'progress'>): boolean => progress !== 'agreed';

/** Are its anchors settled? */
export const isFinished = ({ progress }: Pick<DatastoreState, 'progress'>): boolean =>
  progress === 'finished';

/** Is all there, so that its anchors can be settled when the session comes to that? */
export const isFinishable = ({ progress }: Pick<DatastoreState, 'progress'>): boolean =>
  progress === 'received';

/** Did package #3 come to its end, in this session or in one that it resumes (S11)? */
export const wasReceived = ({ progress, resume }: Pick<DatastoreState, 'progress' | 'resume'>): boolean =>
  progress === 'received' || progress === 'finished' || resume?.received === true;

/**
 * Guard: does the client's package #3 list all that it has, so that it does not have what it does not name (Y20)? A Sync
 * came and nothing in it was refused. The question is asked when package #3 ends, once for a sync that is resumed (S11).
 */
export const isWholeList = (datastore: DatastoreState): boolean =>
  traitsOf(datastore).wins === 'client' &&
  datastore.progress === 'receiving' &&
  datastore.incoming.hasGaps !== true &&
  datastore.resume?.received !== true;

/** Does the client get the changes of it in package #4? */
export const getsChanges = (datastore: Pick<DatastoreState, 'progress' | 'kind'>): boolean =>
  datastore.progress === 'received' && !isOneWayFromClient(datastore);

/** Is our Alert for it sent? */
export const isAnnounced = ({ outgoing }: InProgress): boolean => outgoing.progress !== 'unannounced';

/** Is our first Sync for it sent? */
export const isBegun = ({ outgoing }: InProgress): boolean => outgoing.progress === 'sending';
