/**
 * Resume (Alert 225): a new session goes on where an unfinished one stopped, wherever that was [S06-S19].
 *
 * What is needed for that is the unfinished session's own row: each message leaves it complete (S12), and the anchor
 * names the session. Its row is only read. A session that is resumed twice is therefore resumed from the same place
 * both times; what the first attempt did meets the second one as done.
 */

import type { RecordFilter } from '../../filter/ast.ts';
import { printFilter } from '../../filter/print.ts';
import { alertAnchor } from '../../message/data.ts';
import type { StepContext } from '../context/step-context.ts';
import {
  type Cursor,
  type DatastoreState,
  FIRST_CURSOR,
  type ResumedSync,
} from '../model/datastore-state.ts';
import type { Resend } from '../model/records.ts';
import type { Inbound, Outbound, SessionState } from '../model/session-state.ts';
import {
  FIRST_OUTGOING_PROGRESS,
  FIRST_PROGRESS,
  hasSync,
  isFinished,
  wasReceived,
} from '../state/datastore-progress.ts';
import { dueOf } from '../state/due.ts';
import { traitsOf } from '../state/sync-kind.ts';
import type { SyncRequest } from './request.ts';

/** The unfinished sync of a datastore, and the session that it belongs to. */
interface Unfinished {
  readonly session: SessionState;
  readonly d: number;
  readonly datastore: DatastoreState;
}

/** The datastore's state in the new session; undefined when there is nothing that could be resumed (S08). */
export function resumeDatastore(
  step: StepContext,
  { name, item, filter }: SyncRequest,
): DatastoreState | undefined {
  const found = unfinished(step, name);
  if (found === undefined) return undefined;
  const { last } = alertAnchor(item) ?? {};
  const { datastore } = found;
  // The client names the Last that it named then (S10). A session that ended on our side is resumed only by a client
  // whose
  // Last shows that it missed the end (S19).
  if (last === undefined ? isFinished(datastore) : last !== (datastore.anchors.clientLast ?? ''))
    return undefined;
  if (filter !== undefined && textOf(filter) !== textOf(datastore.client.filter)) return undefined; // F17
  return takeOver(step, found);
}

const textOf = (filter: RecordFilter | undefined): string | undefined =>
  filter && `${filter.inclusive} ${printFilter(filter.record)}`;

function unfinished(step: StepContext, name: string): Unfinished | undefined {
  const { user, device } = step.session;
  const sessionId = step.anchors.of(name)?.session;
  if (sessionId === undefined) return undefined;
  const session = step.facts.need({ read: 'session', user, device, sessionId })?.state;
  const d = session?.datastores.findIndex((candidate) => candidate.name === name) ?? -1;
  const datastore = session?.datastores[d];
  if (session?.version !== '1.2' || session.cutOff === true || datastore === undefined) return undefined;
  const { isComplete } = traitsOf(datastore);
  // Not all was compared or told: only a new comparison is right.
  if (isComplete && datastore.anchors.stay === true) return undefined;
  // The comparison never began. A client that does not know of it means the one before (S10).
  if (isComplete && !hasSync(datastore) && datastore.resume === undefined) return undefined;
  return { session, d, datastore };
}

/** The datastore goes on in this session: its mapping, its index and what is open are taken over as a copy. */
function takeOver(step: StepContext, found: Unfinished): DatastoreState {
  const { session, d } = found;
  const { incoming, outgoing, index, resume: _, ...kept } = structuredClone(found.datastore);
  const at = step.session.datastores.findIndex((other) => other.name === kept.name);
  const place = at < 0 ? step.session.datastores.length : at;
  const open = takeOutbound(step, found, place);
  takeInbound(step, found, place);
  const { view, walks, keptBack } = outgoing;
  const begun = session.outbound?.d === d ? session.outbound.guid : outgoing.begun;
  return {
    ...kept,
    progress: FIRST_PROGRESS,
    incoming: incoming.hasGaps === true ? { hasGaps: true } : {},
    outgoing: {
      progress: FIRST_OUTGOING_PROGRESS,
      cursor: { ...FIRST_CURSOR },
      ...(view !== undefined && { view }),
      ...(walks === true && { walks }),
      resend: unconfirmed(found, open),
      failed: [],
      ...(begun !== undefined && { begun }),
      ...(keptBack === true && { keptBack }),
    },
    ...(index && { index: { session: session.sessionId, ...index } }),
    resume: resumed(found.datastore),
  };
}

/** What is known from the earlier session, and the ones that it resumed. */
function resumed(datastore: DatastoreState): ResumedSync {
  const behind = whereToGoOn(datastore);
  const told = behind?.list === 'log' ? behind.at - 1 : datastore.resume?.told;
  return {
    ...(wasReceived(datastore) && { received: true }),
    ...(behind !== undefined && { behind }),
    ...(told !== undefined && { told }),
  };
}

/** Where the cursor stood in the earlier session: the place to go on at behind the items that go again. */
function whereToGoOn({ outgoing, resume }: DatastoreState): Cursor | undefined {
  const { cursor, snapshot = 0 } = outgoing;
  switch (cursor.list) {
    case 'resend':
      return resume?.behind;
    case 'inventory':
    case 'log':
      return { ...cursor };
    case 'end':
      return { list: 'log', at: snapshot + 1, sub: 0 };
  }
}

/** What the client was told and has not confirmed, what it refused, and what was not told yet of the list (S13). */
function unconfirmed({ session, d, datastore }: Unfinished, open: Outbound | undefined): Resend[] {
  const { cursor, resend, failed } = datastore.outgoing;
  const due = new Map<string, Resend>();
  const rest = cursor.list === 'resend' ? resend.slice(cursor.at) : [];
  const chunked = session.outbound?.d === d && open === undefined ? [session.outbound] : [];
  const again = chunked.map(({ guid, op }): Resend => ({ guid, why: op === 'add' ? 'map' : 'error' }));
  for (const entry of [...dueOf(session, d), ...again, ...failed, ...rest]) due.set(entry.guid, entry);
  return [...due.values()].filter((entry) => entry.guid !== open?.guid);
}

/**
 * An object to the client goes on behind the last chunk if the client confirmed that. If it did not, nobody knows
 * whether it has it: the object begins anew, which every client takes, whether it keeps parts or not.
 */
function takeOutbound(step: StepContext, { session, d }: Unfinished, index: number): Outbound | undefined {
  const { outbound } = session;
  if (outbound === undefined || outbound.d !== d || step.session.outbound !== undefined) return undefined;
  if (outbound.accepted !== true || outbound.offset === 0) return undefined;
  step.session.outbound = { ...outbound, d: index };
  return step.session.outbound;
}

/** An object from the client waits for its next chunk; its bytes stay where they are. */
function takeInbound(step: StepContext, { session, d }: Unfinished, index: number): void {
  const { inbound, ended } = session;
  if (ended?.d === d) step.session.ended = { ...ended, d: index, resumed: true };
  if (inbound === undefined || inbound.d !== d || step.session.inbound !== undefined) return;
  const { from, rows, received, earlier = [], ...rest } = inbound;
  const before = earlier.reduce((n, part) => n + part.bytes, 0);
  const part = { session: session.sessionId, from, rows, bytes: received - before };
  const nextChunk = Math.max(step.session.nextChunk, session.nextChunk);
  const taken: Inbound = {
    ...rest,
    ...{ d: index, received, from: nextChunk, rows: 0, resumed: true },
    earlier: rows === 0 ? earlier : [...earlier, part],
  };
  Object.assign(step.session, { inbound: taken, nextChunk });
}
