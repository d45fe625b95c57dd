/** Commands of ours that the client has not confirmed: what has to be told again [C42, M09, P39, Q12]. */
import type { Guid } from '../model/ids.ts';
import type { Resend } from '../model/records.ts';
import type { SessionState } from '../model/session-state.ts';

/**
 * Items of one datastore whose Status or Map never came. An Add without a Map may have arrived: an early Map of the next
 * session says so, and then it does not go again.
 */
export function dueOf({ sent }: SessionState, d: number): Resend[] {
  return Object.values(sent).flatMap((one): Resend[] =>
    one.d !== d || one.guid === undefined || one.op === 'alert' || one.op === 'chunk'
      ? []
      : [{ guid: one.guid, why: one.op === 'add' ? 'map' : 'error' }],
  );
}

/** GUIDs of Adds without a Map. */
export const unmappedOf = ({ sent }: SessionState, d: number): Guid[] =>
  Object.values(sent).flatMap((one) => (one.d === d && one.op === 'add' && one.guid ? [one.guid] : []));
