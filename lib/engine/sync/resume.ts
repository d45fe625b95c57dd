/**
 * Resume (Alert 225): a new session goes on where an unfinished one stopped, wherever that was [S06-S19].
 *
 * All that a resume needs is in the row of the unfinished session: each message leaves the row complete (S12), and the
 * anchor names the session. The row is only read. So a session that is resumed twice is resumed from the same place
 * both times, and the second resume finds what the first one did already done.
 */

import type { RecordFilter } from '../../filter/ast.ts';
import { printFilter } from '../../filter/print.ts';
import { alertAnchor } from '../../message/data.ts';
import type { StepContext } from '../context/step-context.ts';
import {
  type Cursor,
  type DatastoreState,
  FIRST_CURSOR,
  type Outbound,
  type ResumedSync,
} from '../model/datastore-state.ts';
import type { Resend } from '../model/records.ts';
import type { Inbound, Sent, SessionState } from '../model/session-state.ts';
import {
  FIRST_OUTGOING_PROGRESS,
  FIRST_PROGRESS,
  hasSync,
  isFinished,
  wasReceived,
} from '../state/datastore-progress.ts';
import { dueOf, withSince } from '../state/due.ts';
import { isAllSent, isUnanswered } from '../state/outbound.ts';
import { traitsOf } from '../state/sync-kind.ts';
import type { SyncRequest } from './request.ts';

/** The unfinished sync of a datastore, and the session that it belongs to. */
interface Unfinished {
  readonly session: SessionState;
  readonly d: number;
  readonly datastore: DatastoreState;
}

/**
 * The datastore's state in the new session; undefined when no sync can be resumed (S08). `instead`: the client's Sync
 * never came. In a resume it would keep its new items for later, so the sync begins anew: as it was for those that take
 * that (E69), else as a slow one.
 */
export function resumeDatastore(
  step: StepContext,
  request: SyncRequest,
): DatastoreState | { readonly instead: SyncRequest } | undefined {
  const { name, item, filter } = request;
  const found = unfinished(step, name);
  if (found === undefined) return undefined;
  const { last } = alertAnchor(item) ?? {};
  const { datastore } = found;
  // The client names the same Last as in the unfinished session (S10). If the session ended on the server's side, only
  // a client whose Last shows that it missed the end can resume it (S19).
  if (last === undefined ? isFinished(datastore) : last !== (datastore.anchors.clientLast ?? ''))
    return undefined;
  if (filter !== undefined && textOf(filter) !== textOf(datastore.client.filter)) return undefined; // F17
  if (hasSync(datastore) || datastore.resume !== undefined) return takeOver(step, found);
  const code = step.device.options.takesUnresumed === true ? traitsOf(datastore).alert : request.code;
  return { instead: { ...request, code, filter: filter ?? datastore.client.filter } };
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
  // Some items were not compared or sent: only a new comparison helps.
  if (isComplete && datastore.anchors.stay === true) return undefined;
  // The comparison never began. The client may not know of this session, and mean the one before it (S10).
  if (isComplete && !hasSync(datastore) && datastore.resume === undefined) return undefined;
  return { session, d, datastore };
}

/** Takes the datastore over into this session: a copy of its mapping and its open objects. */
function takeOver(step: StepContext, found: Unfinished): DatastoreState {
  const { incoming, outgoing, resume: _, ...kept } = structuredClone(found.datastore);
  const at = step.session.datastores.findIndex((other) => other.name === kept.name);
  const place = at < 0 ? step.session.datastores.length : at;
  takeInbound(step, found, place);
  const { syncSet, walks, keptBack, begun, listsDates } = outgoing;
  const object = outgoing.object && resumedObject(step, outgoing.object);
  return {
    ...kept,
    progress: FIRST_PROGRESS,
    incoming: {
      ...(incoming.hasGaps === true && { hasGaps: true }),
      ...(incoming.named === true && { named: true }),
    },
    outgoing: {
      progress: FIRST_OUTGOING_PROGRESS,
      cursor: { ...FIRST_CURSOR },
      ...(syncSet !== undefined && { syncSet }),
      ...(walks === true && { walks }),
      resend: unconfirmed(found, { object, settled: step.anchors.of(kept.name)?.resend ?? [] }),
      failed: [],
      ...(object !== undefined && { object }),
      ...(begun !== undefined && { begun }),
      ...(keptBack === true && { keptBack }),
      ...(listsDates === true && { listsDates }),
    },
    resume: resumed(found.datastore),
  };
}

/** What is known from the earlier session, and from those that it resumed itself. */
function resumed(datastore: DatastoreState): ResumedSync {
  const behind = whereToGoOn(datastore);
  const last = datastore.outgoing.last ?? datastore.resume?.last;
  const told = behind?.list === 'log' ? behind.at - 1 : datastore.resume?.told;
  return {
    ...(wasReceived(datastore) && { received: true }),
    ...(behind !== undefined && { behind }),
    ...(told !== undefined && { told }),
    ...(last !== undefined && { last }),
  };
}

/** Where the cursor stood in the earlier session. The cursor goes on there after the items to send again. */
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

interface Left {
  /** The large object that goes on. */
  readonly object: Outbound | undefined;
  /** What the anchor says that is to be sent again. */
  readonly settled: readonly Resend[];
}

/**
 * The items to send again: not confirmed by the client, refused by it, or still unsent in the list of items (S13). When the
 * session ended on the server's side, the anchor has them (S19).
 */
function unconfirmed({ session, d, datastore }: Unfinished, { object, settled }: Left): Resend[] {
  const { cursor, resend, failed } = datastore.outgoing;
  const due = new Map<string, Resend>();
  const unsent = cursor.list === 'resend' ? resend.slice(cursor.at) : [];
  const rest = isFinished(datastore) ? settled : unsent;
  for (const entry of [...dueOf(session, d), ...failed, ...rest]) due.set(entry.guid, entry);
  const isOtherCopy = ({ guid, luid }: Sent) => guid === object?.guid && luid !== object?.luid;
  const isOpenOnly = !Object.values(session.sent).some((sent) => sent.d === d && isOtherCopy(sent));
  const all = [...due.values()].filter(({ guid }) => guid !== object?.guid || !isOpenOnly);
  const since = traitsOf(datastore).isComplete ? undefined : datastore.anchors.since;
  return withSince(all, [...settled, ...resend], since);
}

/**
 * A large object to the client goes on behind the last byte that the client confirmed. If there is another chunk that it
 * may hold, a client that reads where data belongs (S16) gets it once more; all others get the object from its beginning,
 * by its Size.
 */
function resumedObject({ device }: StepContext, object: Outbound): Outbound {
  const isWhole = isAllSent(object);
  const goesOn = !isUnanswered(object) || device.options.readsPosition === true;
  const confirmed = goesOn ? object.confirmed : 0;
  return { ...object, confirmed, sent: confirmed, resumed: true, ...(isWhole && { whole: true }) };
}

/** A large object from the client waits for its next chunk. Its bytes stay in the rows of the earlier session. */
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
