/** May a session go on with a message? Not if what the session knows does not fit the rows that were read beside it. */

import type { MessageItem } from '../../message/model.ts';
import { holds } from '../changes/standing.ts';
import type { Facts } from '../io/facts.ts';
import type { Environment, Request } from '../io/request.ts';
import { datastoreOf } from '../model/datastores.ts';
import { peerOfDevice } from '../model/ids.ts';
import type { SessionState, StoredSession } from '../model/session-state.ts';
import { isFinished } from '../state/datastore-progress.ts';

/**
 * The session does not fit the rows that were read beside it. One round of reads is no snapshot: another request may
 * have written all of them in between. So they are read once more.
 */
export interface Unsettled {
  readonly kind: 'unsettled';
  /** Version of the session's row as read; for `sessionRead` of the next run. */
  readonly sessionRead: number;
}

/** A message for a session, and the row of the session as it was read. */
interface Arrival {
  readonly request: Request;
  readonly facts: Facts;
  readonly environment: Environment;
  readonly stored?: StoredSession | undefined;
}

/** The datastores that are named in commands of the message. */
export function datastoresIn({ message }: Request): ReadonlySet<string> {
  const items = message.commands.flatMap((command): readonly Named[] => {
    if (command.name === 'Alert') return command.items;
    return command.name === 'Sync' || command.name === 'Map' ? [command] : [];
  });
  const names = items.map(({ target, source }) => datastoreOf(target?.uri || source?.uri || '')?.name);
  return new Set(names.filter((name) => name !== undefined));
}

type Named = Pick<MessageItem, 'target' | 'source'>;

/**
 * Has the device begun another session with one of the datastores? If so, a late message of this session is refused,
 * because it could undo what the other session did.
 */
function isSuperseded({ user, device, sessionId, datastores }: SessionState, facts: Facts): boolean {
  const peer = peerOfDevice(device);
  const anchors = datastores.map(({ name: datastore }) =>
    facts.need({ read: 'anchor', user, peer, datastore }),
  );
  return anchors.some((anchor) => anchor?.session !== undefined && anchor.session !== sessionId);
}

/**
 * Does the session know of commits that a datastore named by the message does not have, because a table was restored
 * (docs/adr/0019)? The client has to begin anew.
 */
function isOutdated({ user, device, datastores }: SessionState, { request, facts }: Arrival): boolean {
  const named = datastoresIn(request);
  const peer = peerOfDevice(device);
  return datastores.some(
    (datastore) =>
      named.has(datastore.name) &&
      !isFinished(datastore) &&
      !holds(facts, { user, datastore: datastore.name }, peer, datastore.standing),
  );
}

/** May the session go on with this message? Unsettled where that cannot be said on these facts. */
export function canGoOn(state: SessionState, arrival: Arrival): boolean | Unsettled {
  const { facts, environment } = arrival;
  const { version: sessionRead = 0 } = arrival.stored ?? {};
  if (!isSuperseded(state, facts) && !isOutdated(state, arrival)) return true;
  return environment.sessionRead === sessionRead ? false : { kind: 'unsettled', sessionRead };
}
