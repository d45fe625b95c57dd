/**
 * How far the sync of one datastore has come [SP11 4, 5].
 *
 * Rule 1: everything that affects the two states of a datastore stands in this file. Other files note what happened,
 * and call the guards by name. No other file compares a state. Rule 2: this file is the only writer of a datastore's
 * `progress` and `outgoing.progress`.
 *
 * The sync as a whole (`progress`):
 *
 * | state | what happened | what is awaited |
 * |---|---|---|
 * | agreed | an Alert of the client was accepted | the client's Sync |
 * | receiving | its Sync came, or must be taken as empty | the rest of package #3 |
 * | received | package #3 is complete | the server's changes, and the client's Statuses for them |
 * | finished | the anchors are settled | nothing |
 *
 * A datastore whose Sync does not come stays `agreed` to the end of the session. A second Alert for the datastore, or a
 * resume, begins its state anew as `agreed`.
 *
 * The server's part (`outgoing.progress`):
 *
 * | state | what happened |
 * |---|---|
 * | unannounced | the server's Alert did not find room yet |
 * | announced | the server's Alert is sent |
 * | sending | the server's first Sync is sent |
 *
 * One rule connects the two: the server sends its changes only when package #3 is complete. Else they are independent.
 * Without separate initialisation the client's Sync comes before the server's Alert (P33), and a sync that sends
 * nothing may be finished while the Alert still waits for room.
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
 * - `announced`: the server's Alert is sent.
 * - `opened`: a Sync of the server is sent.
 */
export type DatastoreEvent = 'synced' | 'packageEnded' | 'closed' | 'announced' | 'opened';

/** The progress after an event. Where a cell is absent the event cannot happen, and the caller is wrong. */
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

/** Moves the datastore on. Throws when the event cannot happen in its state. */
export function note(datastore: InProgress, event: DatastoreEvent): void {
  const { name, progress, outgoing } = datastore;
  const [next, nextOutgoing] = [NEXT_PROGRESS[progress][event], NEXT_OUTGOING[outgoing.progress][event]];
  if (next === undefined || nextOutgoing === undefined)
    throw new Error(`${name}: ${event} cannot happen in ${progress}, ${outgoing.progress}`);
  if (next !== 'stays') datastore.progress = next;
  if (nextOutgoing !== 'stays') outgoing.progress = nextOutgoing;
}

/** Did a Sync of the client come in this session, or was an empty one assumed? */
export const hasSync = ({ progress }: Pick<DatastoreState, 'progress'>): boolean => progress !== 'agreed';

/** Are its anchors settled? */
export const isFinished = ({ progress }: Pick<DatastoreState, 'progress'>): boolean =>
  progress === 'finished';

/** Can the anchors be settled when the session comes to that? */
export const isFinishable = ({ progress }: Pick<DatastoreState, 'progress'>): boolean =>
  progress === 'received';

/** Did package #3 come to its end, in this session or in one that it resumes (S11)? */
export const wasReceived = ({ progress, resume }: Pick<DatastoreState, 'progress' | 'resume'>): boolean =>
  progress === 'received' || progress === 'finished' || resume?.received === true;

/**
 * Guard, for the end of package #3: did the client name every item that it has (Y20)? If so, it lacks the items that it
 * did not name. True when a Sync came and nothing in it was refused. A sync whose package #3 ended before a resume was
 * asked then, and is not asked again (S11).
 */
export const isWholeList = (datastore: DatastoreState): boolean =>
  traitsOf(datastore).wins === 'client' &&
  datastore.progress === 'receiving' &&
  datastore.incoming.hasGaps !== true &&
  datastore.resume?.received !== true;

/** Are the items that the client did not name still being deleted? */
export const isSweeping = ({ incoming }: Pick<DatastoreState, 'incoming'>): boolean =>
  incoming.sweep !== undefined;

/** Does the client get changes of this datastore in package #4? */
export const getsChanges = (datastore: Pick<DatastoreState, 'progress' | 'kind'>): boolean =>
  datastore.progress === 'received' && !isOneWayFromClient(datastore);

/** Is the server's Alert for the datastore sent? */
export const isAnnounced = ({ outgoing }: InProgress): boolean => outgoing.progress !== 'unannounced';

/** Is the server's first Sync for the datastore sent? */
export const isBegun = ({ outgoing }: InProgress): boolean => outgoing.progress === 'sending';
