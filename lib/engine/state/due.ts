/** Commands of the server that the client has not confirmed, and that must be sent again [C42, M09, P39, Q12]. */
import type { Guid } from '../model/ids.ts';
import { MAX_SESSIONS_BACK } from '../model/limits.ts';
import type { Resend } from '../model/records.ts';
import type { SessionState } from '../model/session-state.ts';

/**
 * Items of one datastore whose Status or Map never came. An Add without a Map may have arrived all the same. If so, an
 * early Map of the next session says so, and the item is not sent again.
 */
export function dueOf({ sent }: SessionState, d: number): Resend[] {
  return Object.values(sent).flatMap((one): Resend[] =>
    one.d !== d || one.guid === undefined || one.op === 'alert' || one.op === 'chunk'
      ? []
      : [{ guid: one.guid, why: one.op === 'add' ? 'map' : 'error' }],
  );
}

/**
 * The items to send again, each with the position up to which the device knows of it: the one in `before`, where the item was
 * due already, else `since`, at which the session began.
 */
export function withSince(
  due: readonly Resend[],
  before: readonly Resend[],
  since: number | undefined,
): Resend[] {
  const known = new Map(before.map((entry) => [entry.guid, entry]));
  return due.map(({ guid, why }) => {
    const earlier = known.get(guid);
    const from = earlier === undefined ? since : earlier.since;
    return { guid, why, ...(from !== undefined && { since: from }) };
  });
}

/**
 * Sessions of the device that had the datastore before this one, the newest first: Adds of theirs may wait for their Map.
 */
export function sessionsBefore({ sessionId, datastores, earlier }: SessionState, name: string): string[] {
  const { before } = datastores.find((datastore) => datastore.name === name) ?? {};
  const known = new Set([...(before === undefined ? [] : [before]), ...(earlier?.[name] ?? [])]);
  return [...known].filter((id) => id !== sessionId).slice(0, MAX_SESSIONS_BACK);
}

/** GUIDs of the Adds in one datastore that wait for their Map. */
export const unmappedOf = ({ sent }: SessionState, d: number): Guid[] =>
  Object.values(sent).flatMap((one) => (one.d === d && one.op === 'add' && one.guid ? [one.guid] : []));
